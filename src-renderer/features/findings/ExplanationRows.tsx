import { Modal } from '@mantine/core';
import type { ColDef } from 'ag-grid-community';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { DataGrid, type GridPage } from '../../components/DataGrid.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { recordColumns } from '../records/record-columns.ts';
import { TransactionDrawer } from '../records/TransactionDrawer.tsx';
import styles from './Findings.module.css';

interface ExplanationRowsProps {
  readonly caseId: string;
  readonly seq: number;
  readonly explanation: string;
  readonly title: string;
  readonly count: number;
  readonly onClose: () => void;
}

/** Exactly the rows that a tried explanation rests on. */
export const ExplanationRows = ({ caseId, seq, explanation, title, count, onClose }: ExplanationRowsProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const sources = useChannel('sources.list', { caseId });
  const [error, setError] = useState<NexusErrorData | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const columns = useMemo(() => {
    const names = new Map(sources.data?.sources.map(source => [source.id, source.name]));
    return recordColumns(sourceId => names.get(sourceId) ?? '').map(
      (column): ColDef<TransactionRow> => ({ ...column, sortable: false }),
    );
  }, [sources.data]);
  const fetchPage = useCallback(
    async (offset: number, limit: number): Promise<GridPage<TransactionRow> | null> => {
      const result = await bridge.invoke('findings.explanationRows', { caseId, seq, explanation, offset, limit });
      if (!result.ok) {
        setError(result.error);
        return null;
      }
      return result.value as ChannelAnswer<'findings.explanationRows'>;
    },
    [bridge, caseId, seq, explanation],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('explanations.rowsTitle', { count, title })}
      size="80rem"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {error === null ? null : <ErrorState error={error} />}
      <div className={styles.rowsDialog}>
        <DataGrid
          label={t('explanations.rowsOf')}
          columns={columns}
          fetchPage={fetchPage}
          rowId={row => String(row.id)}
          onOpen={row => setOpened(row.id)}
        />
      </div>
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </Modal>
  );
};
