import { Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useQueue } from '../../app/use-queue.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { instantText } from '../../components/measure-text.ts';
import { QueueList } from '../../components/QueueList.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { ClusterDetail } from './ClusterDetail.tsx';
import styles from './Parties.module.css';
import { ProposeParties } from './ProposeParties.tsx';
import { chanceText, clusterKey, type ProposedCluster } from './waterfall.ts';

const PAGE_CLUSTERS = 50;

/** Clusters of parties that may be one, the surest first, with the evidence of the chosen one open beside them. */
export const ProposalQueue = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const read = useChannel('parties.proposals', { caseId, offset: (page - 1) * PAGE_CLUSTERS, limit: PAGE_CLUSTERS });
  const pages = Math.max(1, Math.ceil((read.data?.total ?? 0) / PAGE_CLUSTERS));
  const queue = useQueue({ items: read.data?.clusters ?? [], keyOf: clusterKey, page, pages, onPage: setPage });
  return (
    <ChannelView of={read} lines={10}>
      {data =>
        data.proposedAt === null ? (
          <EmptyState
            kind="not-run"
            title={t('parties.notRun.title')}
            action={<ProposeParties caseId={caseId} again={false} />}
          >
            {t('parties.notRun.text')}
          </EmptyState>
        ) : (
          <>
            <div className={styles.bar}>
              <span>
                <KeyHint keys="j" /> <KeyHint keys="k" /> {t('parties.keys')}
              </span>
              <span className={styles.quiet}>
                {t('parties.proposedAt', {
                  at: instantText(data.proposedAt),
                  chance: data.threshold === null ? '' : chanceText(data.threshold),
                })}
              </span>
              {data.stale ? <StatusTag tone="warn">{t('parties.stale')}</StatusTag> : null}
              <ProposeParties caseId={caseId} again />
            </div>
            {data.total === 0 ? (
              <EmptyState kind="no-data" title={t('parties.noneLeft.title')}>
                {t('parties.noneLeft.text')}
              </EmptyState>
            ) : (
              <div className={styles.split}>
                <div className={styles.listPane}>
                  <QueueList
                    label={t('parties.proposals')}
                    items={data.clusters}
                    keyOf={clusterKey}
                    current={queue.current === null ? null : clusterKey(queue.current)}
                    onChoose={queue.choose}
                  >
                    {cluster => <ClusterLine cluster={cluster} />}
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
                  <ClusterDetail
                    key={clusterKey(queue.current)}
                    caseId={caseId}
                    cluster={queue.current}
                    queue={queue}
                  />
                )}
              </div>
            )}
          </>
        )
      }
    </ChannelView>
  );
};

const ClusterLine = ({ cluster: { members, pairs } }: { readonly cluster: ProposedCluster }) => {
  const { t } = useTranslation();
  const [strongest] = pairs;
  return (
    <span className={styles.line}>
      <span className={styles.names}>
        {members.slice(0, 3).map(({ party, spellings }) => (
          <span key={party}>{spellings[0] ?? party}</span>
        ))}
        {members.length > 3 ? <span>{t('parties.moreNames', { count: members.length - 3 })}</span> : null}
      </span>
      {strongest === undefined ? null : <span className="nx-number">{chanceText(strongest.score)}</span>}
    </span>
  );
};
