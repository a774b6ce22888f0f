import { Button, Tabs } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { CurrentCase } from '../cases/CurrentCase.tsx';
import { CategoriesTab } from './CategoriesTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { PipelineRun } from './PipelineRun.tsx';
import { RulesTab } from './RulesTab.tsx';
import styles from './Standardization.module.css';
import { ValuesTab } from './ValuesTab.tsx';

const TABS = ['values', 'categories', 'rules', 'history'] as const;
const PANELS = { values: ValuesTab, categories: CategoriesTab, rules: RulesTab, history: HistoryTab } as const;

export const StandardizationPage = () => {
  const { t } = useTranslation();
  return (
    <CurrentCase title={t('standardization.title')}>
      {caseId => <Standardization key={caseId} caseId={caseId} />}
    </CurrentCase>
  );
};

/** The pipeline over a case: what each stage made of the records, and the steps of people that it follows. */
const Standardization = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayRead = usePermission('evidence.read');
  const read = useChannel('cases.read', { caseId });
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('standardization.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
          {t('standardization.noPermission')}
        </EmptyState>
      </>
    );
  if (read.data?.case.transactions === 0)
    return (
      <>
        <PageHeader title={t('standardization.title')} description={t('standardization.description')} />
        <EmptyState
          kind="no-data"
          title={t('records.empty.title')}
          action={
            <Button component={Link} to={paths.upload}>
              {t('sources.empty.action')}
            </Button>
          }
        >
          {t('standardization.noRecords')}
        </EmptyState>
      </>
    );
  return <Pipeline caseId={caseId} />;
};

const Pipeline = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayRun = usePermission('detection.run');
  const latest = useChannel('standardization.read', { caseId });
  const job = useJob('standardization.run');
  const cancel = useCancelJob();
  const busy = job.starting || job.job !== undefined;
  const runButton = (words: string) =>
    mayRun ? (
      <Button
        leftSection={<IconPlayerPlay size={15} />}
        loading={busy}
        onClick={() => void job.start({ caseId })}
        variant={latest.data?.stale === false ? 'default' : 'filled'}
      >
        {words}
      </Button>
    ) : undefined;
  const isStale = latest.data?.stale === true;
  // A rule being written needs the room, and shows itself what it would do.
  const isEditing = useSearchParams()[0].has('rule');
  return (
    <>
      <PageHeader
        title={t('standardization.title')}
        description={t('standardization.description')}
        actions={latest.data ? runButton(t('standardization.again')) : undefined}
      />
      <div className={styles.stack}>
        {job.job === undefined ? null : <ProgressState job={job.job} onCancel={cancel} />}
        {job.error === undefined ? null : <ErrorState error={job.error} />}
        {job.outcome?.state === 'cancelled' ? (
          <p role="status" className={styles.note}>
            {t('standardization.cancelled')}
          </p>
        ) : null}
        {isStale && !busy ? (
          <p role="status" className={styles.stale}>
            {t('standardization.stale')}
          </p>
        ) : null}
        {isEditing ? null : (
          <ChannelView of={latest} lines={6}>
            {run =>
              run === null ? (
                <Panel>
                  <EmptyState
                    kind="not-run"
                    title={t('standardization.notRun.title')}
                    action={runButton(t('standardization.run'))}
                  >
                    {mayRun ? t('standardization.notRun.text') : t('standardization.notRun.readOnly')}
                  </EmptyState>
                </Panel>
              ) : (
                <PipelineRun caseId={caseId} run={run} />
              )
            }
          </ChannelView>
        )}
        <StandardizationTabs caseId={caseId} />
      </div>
    </>
  );
};

const StandardizationTabs = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find(known => known === search.get('tab')) ?? 'values';
  const Tab = PANELS[tab];
  return (
    <Panel>
      <Tabs value={tab} onChange={value => value !== null && setSearch({ tab: value }, { replace: true })}>
        <Tabs.List aria-label={t('standardization.tabs.label')}>
          {TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`standardization.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(name => (
          <Tabs.Panel key={name} value={name} className={styles.tab}>
            {name === tab ? <Tab caseId={caseId} /> : null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  );
};
