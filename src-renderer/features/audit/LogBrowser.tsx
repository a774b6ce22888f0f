import { Button, Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import styles from './Audit.module.css';
import { EntryDetail } from './EntryDetail.tsx';
import { EntryList } from './EntryList.tsx';
import { ExportLog } from './ExportLog.tsx';
import {
  type AuditFilter,
  auditFilterFromSearch,
  auditFilterToSearch,
  EXPORT_ASKED,
  type FoundEntry,
  filterOfEntry,
} from './entry-filter.ts';
import { FilterBar } from './FilterBar.tsx';
import { unverifiedTimes } from './unverified-times.ts';

const PAGE_ENTRIES = 200;
/** The newest of the clock's events: enough to tell of every entry that a person pages to. */
const CLOCK_EVENTS = 1000;

interface LogBrowserProps {
  readonly filter: AuditFilter;
  /** The case whose screen this is; undefined on the workspace's. */
  readonly caseId: string | undefined;
  readonly onChange: (edit: (now: AuditFilter) => AuditFilter) => void;
}

/** Search first, then the entries that fit, with the chosen one in full beside them. */
export const LogBrowser = ({ filter, caseId, onChange }: LogBrowserProps) => {
  const { t } = useTranslation();
  const mayExport = usePermission('audit.export');
  const key = auditFilterToSearch(filter);
  // A page number belongs to one filter: another filter begins at its first page.
  const [place, setPlace] = useState({ key, page: 1 });
  const page = place.key === key ? place.page : 1;
  const [chosen, setChosen] = useState<number | null>(null);
  const [search, changeSearch] = useAddressSearch();
  const [chosenExport, setChosenExport] = useState<AuditFilter | null>(null);
  // The command palette asks for an export by the address.
  const exporting = chosenExport ?? (mayExport && search.has(EXPORT_ASKED) ? filter : null);
  const endExport = (): void => {
    setChosenExport(null);
    if (search.has(EXPORT_ASKED))
      changeSearch(now => auditFilterToSearch(auditFilterFromSearch(now)), { replace: true });
  };
  const found = useChannel('audits.search', { ...filter, offset: (page - 1) * PAGE_ENTRIES, limit: PAGE_ENTRIES });
  const log = useChannel('audits.list', { limit: 1 });
  const clock = useChannel('audits.search', { class: 'clock', limit: CLOCK_EVENTS });
  const isUnverified = unverifiedTimes(clock.data?.entries ?? []);
  const entries = found.data?.entries ?? [];
  const current: FoundEntry | undefined = entries.find(({ seq }) => seq === chosen) ?? entries[0];
  const clear = (): void => onChange(() => ({}));
  return (
    <>
      <FilterBar
        filter={filter}
        caseId={caseId}
        total={found.data?.total}
        all={log.data?.total}
        onChange={onChange}
        onClear={clear}
        actions={
          mayExport ? (
            <Button size="xs" variant="default" onClick={() => setChosenExport(filter)}>
              {t('audit.export.open')}
            </Button>
          ) : null
        }
      />
      <ChannelView of={found} lines={10}>
        {data =>
          data.total === 0 ? (
            <EmptyState
              kind="filtered"
              title={t('audit.nothing.title')}
              action={
                <Button variant="default" onClick={clear}>
                  {t('audit.clear')}
                </Button>
              }
            >
              {t('audit.nothing.text')}
            </EmptyState>
          ) : (
            <div className={styles.split}>
              <div className={styles.listPane} aria-busy={found.isFetching}>
                <EntryList
                  entries={data.entries}
                  current={current?.seq ?? null}
                  isUnverified={isUnverified}
                  onChoose={setChosen}
                />
                {data.total > PAGE_ENTRIES ? (
                  <Pagination
                    className={styles.pages as string}
                    size="sm"
                    value={page}
                    onChange={next => setPlace({ key, page: next })}
                    total={Math.ceil(data.total / PAGE_ENTRIES)}
                    getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                    getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
                  />
                ) : null}
              </div>
              {current === undefined ? null : (
                <EntryDetail
                  entry={current}
                  unverified={isUnverified(current.seq)}
                  onExport={mayExport ? () => setChosenExport(filterOfEntry(current)) : null}
                />
              )}
            </div>
          )
        }
      </ChannelView>
      {exporting === null ? null : (
        <ExportLog filter={exporting} all={log.data?.total ?? 0} caseId={caseId} onClose={endExport} />
      )}
    </>
  );
};
