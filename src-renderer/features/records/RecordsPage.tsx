import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { FacetsPanel } from './FacetsPanel.tsx';
import { FilterChips } from './FilterChips.tsx';
import { type FilterField, filterFromSearch, filterToSearch, withoutFields } from './filter-address.ts';
import styles from './Records.module.css';
import { RecordsGrid, type RecordsSummary } from './RecordsGrid.tsx';

/** All transactions of a case: facets at the side, the filter in words, the rows, the sums. The address holds the filter. */
export const RecordsPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('evidence.read');
  const [search, changeSearch] = useAddressSearch();
  const filter = useMemo(() => filterFromSearch(search), [search]);
  const sources = useChannel('sources.list', { caseId });
  const [summary, setSummary] = useState<RecordsSummary | null>(null);
  const sourceName = useCallback(
    (sourceId: string) => sources.data?.sources.find(source => source.id === sourceId)?.name ?? '',
    [sources.data],
  );
  const change = (edit: (now: TransactionFilter) => TransactionFilter): void =>
    changeSearch(now => filterToSearch(edit(filterFromSearch(now))));
  const add = (part: TransactionFilter): void => change(now => ({ ...now, ...part }));
  const remove = (fields: readonly FilterField[]): void => change(now => withoutFields(now, fields));
  const clear = (): void => change(() => ({}));
  const searchText = (text: string): void => (text === '' ? remove(['text']) : add({ text }));
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('records.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('records.title')}
        actions={
          <div className={styles.hint}>
            {(['Enter', 'f', '/'] as const).map(key => (
              <span key={key}>
                <KeyHint keys={key} /> {t(`keySheet.records.${key}`)}
              </span>
            ))}
          </div>
        }
      />
      <div className={styles.columns}>
        <FacetsPanel caseId={caseId} filter={filter} sourceName={sourceName} onAdd={add} onRemove={remove} />
        <div className={styles.right}>
          <div className={styles.tools}>
            <SearchField
              className={styles.search as string}
              label={t('records.search')}
              placeholder={t('records.searchHint')}
              text={filter.text ?? ''}
              onSearch={searchText}
            />
            <span className={`${styles.count} nx-number`} role="status">
              {summary === null
                ? t('records.counting')
                : t('records.matching', { count: summary.total, all: summary.all })}
            </span>
            <Sums summary={summary} />
          </div>
          <FilterChips caseId={caseId} filter={filter} sourceName={sourceName} onRemove={remove} onClear={clear} />
          <RecordsGrid
            caseId={caseId}
            filter={filter}
            label={t('records.title')}
            onSummary={setSummary}
            onFilterBy={add}
            onClearFilter={clear}
          />
        </div>
      </div>
    </div>
  );
};

const Sums = ({ summary }: { readonly summary: RecordsSummary | null }) => {
  const { t } = useTranslation();
  return (
    <dl className={styles.sums} aria-label={t('records.sums')}>
      {summary?.sums.map(sum => (
        <div key={sum.currency ?? 'unknown'}>
          <dt>{t('direction.in')}</dt>
          <dd>
            <Money amount={sum.credits} currency={sum.currency} />
          </dd>
          <dt>{t('direction.out')}</dt>
          <dd>
            <Money amount={sum.debits} currency={sum.currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
};
