import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../src-main/contract/graphs.contract.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import type { FlowView } from './flow-view.ts';
import { useTotals } from './use-totals.ts';

/** By the largest of an edge's sums, for the eye: sums of different currencies have no common order. */
const largestFirst = (edges: readonly GraphEdge[]): readonly GraphEdge[] => {
  const sizeOf = ({ totals }: GraphEdge): number => Math.max(0, ...totals.map(({ amount }) => Number(amount)));
  return edges.toSorted((a, b) => sizeOf(b) - sizeOf(a));
};

/** The table twin of the picture: every edge with its sums, its movements and the transactions that state them. */
export const FlowTable = ({ caseId, view }: { readonly caseId: string; readonly view: FlowView }) => {
  const { t } = useTranslation();
  const totals = useTotals();
  const names = new Map(view.nodes.map(node => [node.id, node.name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return (
    <FactTable
      caption={t('flows.table')}
      rowHeads={false}
      rows={largestFirst(view.edges)}
      rowKey={edge => `${edge.from} ${edge.to}`}
      columns={[
        { key: 'from', head: t('flows.from'), cell: edge => nameOf(edge.from) },
        { key: 'to', head: t('flows.to'), cell: edge => nameOf(edge.to) },
        { key: 'totals', head: t('flows.sum'), numeric: true, nowrap: true, cell: edge => totals(edge.totals) },
        {
          key: 'movements',
          head: t('flows.movements'),
          numeric: true,
          cell: edge => t('count', { count: edge.movements }),
        },
        {
          key: 'rows',
          head: t('flows.rows'),
          numeric: true,
          cell: (edge: GraphEdge) =>
            edge.set === null ? (
              t('count', { count: edge.rows })
            ) : (
              <CountButton
                count={edge.rows}
                to={paths.records(caseId, { set: edge.set })}
                label={t('flows.rowsOf', { from: nameOf(edge.from), to: nameOf(edge.to) })}
              />
            ),
        },
        { key: 'first', head: t('flows.first'), nowrap: true, cell: edge => edge.first },
        { key: 'last', head: t('flows.last'), nowrap: true, cell: edge => edge.last },
      ]}
    />
  );
};
