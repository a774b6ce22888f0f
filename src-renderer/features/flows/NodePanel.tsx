import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Flows.module.css';
import type { FlowSide, ShownNode } from './flow-view.ts';
import { useTotals } from './use-totals.ts';

interface NodePanelProps {
  readonly caseId: string;
  readonly node: ShownNode;
  readonly busy: boolean;
  readonly full: boolean;
  readonly onExpand: (side: FlowSide) => void;
  readonly onHide: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onStart: () => void;
}

/** The chosen node: what it paid and received, and everything a key does as a button. */
export const NodePanel = ({ caseId, node, busy, full, onExpand, onHide, onMove, onStart }: NodePanelProps) => {
  const { t } = useTranslation();
  const totals = useTotals();
  const rows = (count: number, set: string | null, label: string) =>
    set === null ? (
      t('count', { count })
    ) : (
      <CountButton count={count} to={paths.records(caseId, { set })} label={label} />
    );
  return (
    <Panel title={node.name} note={t(`flows.kinds.${node.kind}`)}>
      <DefinitionList
        entries={[
          [t('flows.received'), totals(node.received)],
          [t('flows.receivedRows'), rows(node.receivedRows, node.receivedSet, t('flows.receivedRows'))],
          [t('flows.paid'), totals(node.paid)],
          [t('flows.paidRows'), rows(node.paidRows, node.paidSet, t('flows.paidRows'))],
          [t('flows.payers'), t('count', { count: node.payers })],
          [t('flows.payees'), t('count', { count: node.payees })],
        ]}
      />
      <div className={styles.actions}>
        <Button size="xs" variant="default" disabled={full} loading={busy} onClick={() => onExpand('payers')}>
          {t('flows.expand.payers')}&nbsp;
          <KeyHint keys="[" />
        </Button>
        <Button size="xs" variant="default" disabled={full} loading={busy} onClick={() => onExpand('payees')}>
          {t('flows.expand.payees')}&nbsp;
          <KeyHint keys="]" />
        </Button>
        <Button size="xs" variant="default" onClick={onHide}>
          {t('flows.hide')}&nbsp;
          <KeyHint keys="h" />
        </Button>
        <Button size="xs" variant="default" onClick={() => onMove(-1)}>
          {t('flows.up')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onMove(1)}>
          {t('flows.down')}
        </Button>
        <Button size="xs" variant="default" onClick={onStart}>
          {t('flows.startHere')}
        </Button>
      </div>
      {full ? <p className={styles.note}>{t('flows.full')}</p> : null}
    </Panel>
  );
};
