import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { TransactionFilter, TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useAppSelector } from '../../app/store.ts';
import { DataGrid, type GridPage, type GridSort } from '../../components/DataGrid.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { filterToSearch } from './filter-address.ts';
import styles from './Records.module.css';
import { filterOfCell, recordColumns, SORT_OF_COLUMN } from './record-columns.ts';
import { TransactionDrawer } from './TransactionDrawer.tsx';

export type RecordsSummary = Pick<ChannelAnswer<'transactions.page'>, 'total' | 'all' | 'sums'>;

interface RecordsGridProps {
  readonly caseId: string;
  readonly filter: TransactionFilter;
  readonly label: string;
  readonly onSummary?: (summary: RecordsSummary) => void;
  readonly onFilterBy?: (part: TransactionFilter) => void;
  readonly onClearFilter?: () => void;
}

/** Transactions under a filter, block by block. Blocks bypass the query cache: the grid keeps its own, bounded one. */
export const RecordsGrid = ({ caseId, filter, label, onSummary, onFilterBy, onClearFilter }: RecordsGridProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const singleKeys = useAppSelector(state => state.preferences.singleKeys);
  const sources = useChannel('sources.list', { caseId });
  const [opened, setOpened] = useState<number | null>(null);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const [empty, setEmpty] = useState<'filtered' | 'no-data' | null>(null);
  const columns = useMemo(() => {
    const names = new Map(sources.data?.sources.map(source => [source.id, source.name]));
    return recordColumns(sourceId => names.get(sourceId) ?? '');
  }, [sources.data]);
  const filterKey = filterToSearch(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter's text stands for the filter, whose identity changes at each render
  const fetchPage = useCallback(
    async (offset: number, limit: number, sort: GridSort | null): Promise<GridPage<TransactionRow> | null> => {
      const result = await bridge.invoke('transactions.page', {
        caseId,
        filter,
        sort: SORT_OF_COLUMN[sort?.column ?? ''] ?? 'place',
        descending: sort?.descending ?? false,
        offset,
        limit,
      });
      if (!result.ok) {
        setError(result.error);
        return null;
      }
      setError(null);
      const page = result.value as ChannelAnswer<'transactions.page'>;
      if (offset === 0) {
        onSummary?.(page);
        setEmpty(page.total > 0 ? null : page.all === 0 ? 'no-data' : 'filtered');
      }
      return page;
    },
    [bridge, caseId, filterKey, onSummary],
  );
  const pressCellKey = (key: string, column: string, row: TransactionRow): void => {
    if (key.toLowerCase() !== 'f' || !singleKeys) return;
    const part = filterOfCell(column, row);
    if (part !== null) onFilterBy?.(part);
  };
  return (
    <div className={styles.gridPlace}>
      {error === null ? null : <ErrorState error={error} />}
      <DataGrid
        label={label}
        columns={columns}
        fetchPage={fetchPage}
        rowId={row => String(row.id)}
        onOpen={row => setOpened(row.id)}
        onCellKey={pressCellKey}
      />
      {empty === null ? null : (
        <div className={styles.over}>
          {empty === 'filtered' ? (
            <EmptyState
              kind="filtered"
              title={t('records.filtered.title')}
              action={
                onClearFilter === undefined ? undefined : (
                  <button type="button" className={styles.clear} onClick={onClearFilter}>
                    {t('records.clear')}
                  </button>
                )
              }
            >
              {t('records.filtered.text')}
            </EmptyState>
          ) : (
            <EmptyState kind="no-data" title={t('records.empty.title')}>
              {t('records.empty.text')}
            </EmptyState>
          )}
        </div>
      )}
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </div>
  );
};
