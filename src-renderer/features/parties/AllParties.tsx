import { Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { useQueue } from '../../app/use-queue.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import styles from './Parties.module.css';
import { PartyDetail } from './PartyDetail.tsx';
import type { Party } from './party-address.ts';

const PAGE_PARTIES = 50;
const nameOf = ({ name }: Party): string => name;

/** Every party of the case, those with most rows first; merged ones as one, and to be taken apart again. */
export const AllParties = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [page, setPage] = useState(1);
  const read = useChannel('parties.list', {
    caseId,
    ...(text === '' ? {} : { text }),
    offset: (page - 1) * PAGE_PARTIES,
    limit: PAGE_PARTIES,
  });
  const pages = Math.max(1, Math.ceil((read.data?.total ?? 0) / PAGE_PARTIES));
  const queue = useQueue({ items: read.data?.parties ?? [], keyOf: nameOf, page, pages, onPage: setPage });
  useKeys({ j: queue.next, k: queue.previous });
  const search = (wanted: string): void => {
    setPage(1);
    setText(wanted);
  };
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          className={styles.search as string}
          label={t('parties.search')}
          placeholder={t('parties.searchHint')}
          text={text}
          onSearch={search}
        />
        <span className={`${styles.total} nx-number`} role="status">
          {read.data === undefined ? t('records.counting') : t('parties.count', { count: read.data.total })}
        </span>
      </div>
      <ChannelView of={read} lines={10}>
        {data =>
          data.total === 0 ? (
            <EmptyState
              kind={text === '' ? 'no-data' : 'filtered'}
              title={t(text === '' ? 'parties.none.title' : 'parties.filtered.title')}
            >
              {t(text === '' ? 'parties.none.text' : 'parties.filtered.text')}
            </EmptyState>
          ) : (
            <div className={styles.split}>
              <div className={styles.listPane}>
                <QueueList
                  label={t('parties.all')}
                  items={data.parties}
                  keyOf={nameOf}
                  current={queue.current?.name ?? null}
                  onChoose={queue.choose}
                >
                  {party => (
                    <span className={styles.line}>
                      <span className={styles.names}>
                        <span>{party.confirmed ? party.name : (party.members[0]?.spellings[0] ?? party.name)}</span>
                        {party.confirmed ? (
                          <span className={styles.quiet}>{t('parties.mergedOf', { count: party.members.length })}</span>
                        ) : null}
                      </span>
                      <span className="nx-number">{t('parties.rowCount', { count: party.rows })}</span>
                    </span>
                  )}
                </QueueList>
                {pages > 1 ? (
                  <Pagination
                    className={styles.pages as string}
                    size="sm"
                    value={page}
                    onChange={setPage}
                    total={pages}
                    siblings={0}
                    getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                    getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
                  />
                ) : null}
              </div>
              {queue.current === null ? null : (
                <PartyDetail key={queue.current.name} caseId={caseId} party={queue.current} />
              )}
            </div>
          )
        }
      </ChannelView>
    </>
  );
};
