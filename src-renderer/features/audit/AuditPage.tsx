import { Button, Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelResult } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Audit.module.css';
import { objectParts, shortened } from './object-parts.ts';

const PAGE_ENTRIES = 100;

/** The audit log, newest first, and its verification. */
export const AuditPage = () => {
  const { t } = useTranslation();
  const mayRead = usePermission('audit.read');
  const status = useChannel('workspaces.status', {});
  const verify = useJob('audits.verify');
  const cancel = useCancelJob();
  if (!mayRead && status.data !== undefined)
    return (
      <>
        <PageHeader title={t('audit.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        description={t('audit.description')}
        actions={
          <Button loading={verify.starting || verify.job !== undefined} onClick={() => void verify.start({})}>
            {t('audit.verify')}
          </Button>
        }
      />
      <div className={styles.stack}>
        {verify.job === undefined ? null : <ProgressState job={verify.job} onCancel={cancel} />}
        {verify.error === undefined ? null : <ErrorState error={verify.error} />}
        {verify.outcome?.state === 'done' ? <Verification result={verify.outcome.result} /> : null}
        <Entries />
      </div>
    </>
  );
};

const Verification = ({ result }: { readonly result: ChannelResult<'audits.verify'> }) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('audit.result')}>
      <div role="status">
        <StatusTag tone={result.ok ? 'good' : 'bad'}>{t(result.ok ? 'audit.ok' : 'audit.broken')}</StatusTag>
      </div>
      <DefinitionList
        entries={[
          [t('audit.entries'), t('count', { count: result.entries })],
          [t('audit.root'), <Digest key="r" value={result.root} label={t('audit.root')} full />],
          [t('audit.checkpoints'), t('count', { count: result.checkpoints })],
          [t('audit.unwitnessed'), t('count', { count: result.unwitnessed })],
          [
            t('audit.evidence'),
            t('audit.evidenceOf', { count: result.evidence.files, mismatched: result.evidence.mismatched.length }),
          ],
        ]}
      />
      {result.problems.length === 0 ? null : (
        <FactTable
          caption={t('audit.problems')}
          showCaption
          rows={result.problems}
          rowKey={problem => `${problem.code} ${problem.where}`}
          columns={[
            { key: 'where', head: t('audit.where'), cell: problem => problem.where },
            { key: 'message', head: t('audit.problem'), cell: problem => problem.message },
            { key: 'code', head: t('source.code'), cell: problem => <code className="nx-mono">{problem.code}</code> },
          ]}
        />
      )}
    </Panel>
  );
};

/** What an entry speaks of: its parts by name, long identifiers and digests shortened with the whole in the tooltip. */
const AuditedObject = ({ text }: { readonly text: string }) => (
  <ul className={styles.object}>
    {objectParts(text).map(({ name, value }) => (
      <li key={name} title={value}>
        <span className={styles.part}>{name}</span> <code className="nx-mono">{shortened(value)}</code>
      </li>
    ))}
  </ul>
);

const Entries = () => {
  const { t, i18n } = useTranslation();
  const [page, setPage] = useState(1);
  const list = useChannel('audits.list', { offset: (page - 1) * PAGE_ENTRIES, limit: PAGE_ENTRIES });
  const roleOf = (role: string): string => (i18n.exists(`roles.${role}`) ? t(`roles.${role}` as 'roles.judge') : role);
  return (
    <ChannelView of={list} lines={10}>
      {data => (
        <Panel
          title={t('audit.list', { count: data.total })}
          note={
            <>
              {t('audit.root')} <Digest value={data.root} label={t('audit.root')} />
            </>
          }
          flush
        >
          <FactTable
            caption={t('audit.title')}
            rows={data.entries}
            rowKey={entry => String(entry.seq)}
            columns={[
              { key: 'seq', head: t('audit.seq'), numeric: true, cell: entry => entry.seq },
              {
                key: 'at',
                head: t('audit.at'),
                nowrap: true,
                cell: entry => <span className="nx-number">{instantText(entry.at)}</span>,
              },
              { key: 'actor', head: t('audit.actor'), cell: entry => entry.actor },
              { key: 'role', head: t('audit.role'), cell: entry => roleOf(entry.role) },
              { key: 'act', head: t('audit.act'), cell: entry => entry.act },
              {
                key: 'object',
                head: t('audit.object'),
                cell: entry => <AuditedObject text={entry.object} />,
              },
              {
                key: 'leaf',
                head: t('audit.leaf'),
                cell: entry => <Digest value={entry.leaf} label={String(entry.seq)} />,
              },
            ]}
          />
          {data.total > PAGE_ENTRIES ? (
            <Pagination
              p="sm"
              size="sm"
              value={page}
              onChange={setPage}
              total={Math.ceil(data.total / PAGE_ENTRIES)}
              getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
              getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
            />
          ) : null}
        </Panel>
      )}
    </ChannelView>
  );
};
