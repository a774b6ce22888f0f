import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Pages } from '../standardization/Pages.tsx';
import styles from './Coverage.module.css';
import { type CoverageAnswer, filterOfCell, type LineScope } from './coverage-cells.ts';

type TestCell = ChannelAnswer<'coverage.test'>['accounts'][number][number];

/** Accounts shown at a time. */
const PAGE_ACCOUNTS = 25;

interface TestGridProps {
  readonly caseId: string;
  readonly coverage: CoverageAnswer;
  readonly scopes: readonly LineScope[];
  readonly test: string;
}

/** One test by account and month: how many rows it could use of those that are there. */
export const TestGrid = ({ caseId, coverage, scopes, test }: TestGridProps) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const read = useChannel('coverage.test', { caseId, test });
  const first = (page - 1) * PAGE_ACCOUNTS;
  return (
    <ChannelView of={{ ...read, data: read.currentData }} lines={4}>
      {({ accounts }) => (
        <>
          <FactTable
            caption={t('coverage.tests.grid')}
            rows={accounts.slice(first, first + PAGE_ACCOUNTS).map((cells, at) => ({ cells, line: first + at }))}
            rowKey={({ line }) => String(line)}
            columns={[
              {
                key: 'account',
                head: t('coverage.account'),
                cell: ({ line }) => {
                  const account = coverage.accounts[line];
                  return `${account?.account ?? t('coverage.noAccount')} · ${account?.currency ?? t('money.currencyUnknown')}`;
                },
              },
              ...coverage.months.map((month, column) => ({
                key: month,
                head: month,
                numeric: true,
                cell: ({ cells, line }: { readonly cells: readonly TestCell[]; readonly line: number }) => (
                  <Cell
                    caseId={caseId}
                    coverage={coverage}
                    scopes={scopes}
                    line={line}
                    month={month}
                    cell={cells[column]}
                  />
                ),
              })),
            ]}
          />
          <Pages total={accounts.length} size={PAGE_ACCOUNTS} page={page} onPage={setPage} />
        </>
      )}
    </ChannelView>
  );
};

interface CellProps extends Omit<TestGridProps, 'test'> {
  readonly line: number;
  readonly month: string;
  readonly cell: TestCell | undefined;
}

const Cell = ({ caseId, coverage, scopes, line, month, cell }: CellProps) => {
  const { t } = useTranslation();
  const mayOpen = usePermission('evidence.read');
  const [account, scope] = [coverage.accounts[line], scopes[line]];
  if (cell === undefined || account === undefined || scope === undefined || cell.state === 'empty')
    return <span className={styles.quiet}>–</span>;
  const filter = filterOfCell(account, scope, month);
  const words = t(`coverage.tests.cellStates.${cell.state}`);
  return (
    <span className={styles.testCell} data-state={cell.state} title={cell.reason}>
      <span className={styles.testState}>{words}</span>
      <span className="nx-number">
        {cell.state === 'partly' ? `${t('count', { count: cell.usable })} / ` : null}
        {filter === null || !mayOpen ? (
          t('count', { count: cell.rows })
        ) : (
          <CountButton
            count={cell.rows}
            to={paths.records(caseId, filter)}
            label={t('coverage.tests.cellRows', { month, words })}
          />
        )}
      </span>
    </span>
  );
};
