import { Button, NativeSelect, Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { CertificateDraft } from './CertificateDraft.tsx';
import { CheckOriginals } from './CheckOriginals.tsx';
import styles from './Custody.module.css';
import { CustodyLedger } from './CustodyLedger.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { OriginalsTable } from './OriginalsTable.tsx';
import { TransferDialog } from './TransferDialog.tsx';

const PAGE_EVENTS = 100;

interface Original {
  readonly id: string;
  readonly name: string;
}

/** The chain of custody of a case: its originals, what happened to each, and what can be done about it. */
export const CustodyPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('custody.read');
  const status = useChannel('workspaces.status', {});
  if (status.data === undefined) return <PageHeader title={t('custody.title')} />;
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('custody.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  return <Custody caseId={caseId} />;
};

const Custody = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const mayReadEvidence = usePermission('evidence.read');
  const sourceId = search.get('source') ?? undefined;
  const [place, setPlace] = useState({ sourceId, page: 1 });
  const page = place.sourceId === sourceId ? place.page : 1;
  const [handedOver, setHandedOver] = useState<Original | null>(null);
  const [exported, setExported] = useState<Original | null>(null);
  const sources = useChannel('sources.list', mayReadEvidence ? { caseId } : skipToken);
  const ledger = useChannel('custody.list', {
    caseId,
    ...(sourceId === undefined ? {} : { sourceId }),
    offset: (page - 1) * PAGE_EVENTS,
    limit: PAGE_EVENTS,
  });
  const originals = sources.data?.sources ?? [];
  const choose = (id: string): void => setSearch(id === '' ? {} : { source: id }, { replace: true });
  return (
    <>
      <PageHeader
        title={t('custody.title')}
        description={t('custody.description')}
        actions={
          <>
            <CertificateDraft caseId={caseId} />
            <CheckOriginals caseId={caseId} />
          </>
        }
      />
      <div className={styles.stack}>
        {mayReadEvidence ? (
          <Panel title={t('custody.originals')} flush>
            <ChannelView of={sources}>
              {data =>
                data.sources.length === 0 ? (
                  <EmptyState kind="no-data" title={t('custody.empty.title')}>
                    {t('custody.empty.text')}
                  </EmptyState>
                ) : (
                  <OriginalsTable
                    caseId={caseId}
                    sources={data.sources}
                    onTransfer={setHandedOver}
                    onExport={setExported}
                  />
                )
              }
            </ChannelView>
          </Panel>
        ) : null}
        {/* The ledger of another original must not stand under this one's name. */}
        <ChannelView of={{ ...ledger, data: ledger.currentData ?? (ledger.isFetching ? undefined : ledger.data) }}>
          {data => (
            <Panel
              title={t('custody.ledger', { count: data.total })}
              note={
                <StatusTag tone={data.disagreeing === 0 ? 'good' : 'bad'}>
                  {data.disagreeing === 0
                    ? t('custody.noneDisagreeing')
                    : t('custody.disagreeing', { count: data.disagreeing })}
                </StatusTag>
              }
              actions={
                <div className={styles.tools}>
                  <NativeSelect
                    size="xs"
                    aria-label={t('custody.ofSource')}
                    value={sourceId ?? ''}
                    onChange={event => choose(event.currentTarget.value)}
                    data={[
                      { value: '', label: t('custody.all') },
                      ...originals.map(({ id, name }) => ({ value: id, label: name })),
                    ]}
                  />
                  {sourceId === undefined ? null : (
                    <Button size="xs" variant="default" onClick={() => choose('')}>
                      {t('custody.all')}
                    </Button>
                  )}
                </div>
              }
              flush
            >
              {data.events.length === 0 ? (
                <EmptyState kind="no-data" title={t('custody.empty.title')}>
                  {t('custody.empty.text')}
                </EmptyState>
              ) : (
                <CustodyLedger events={data.events} />
              )}
              {data.total > PAGE_EVENTS ? (
                <Pagination
                  p="sm"
                  size="sm"
                  value={page}
                  onChange={next => setPlace({ sourceId, page: next })}
                  total={Math.ceil(data.total / PAGE_EVENTS)}
                  getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                  getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
                />
              ) : null}
            </Panel>
          )}
        </ChannelView>
      </div>
      {exported === null ? null : <ExportDialog source={exported} onClose={() => setExported(null)} />}
      {handedOver === null ? null : <TransferDialog source={handedOver} onClose={() => setHandedOver(null)} />}
    </>
  );
};
