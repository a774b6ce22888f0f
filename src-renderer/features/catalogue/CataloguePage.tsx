import { Button, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import styles from './Catalogue.module.css';
import type { RunInput } from './catalogue-types.ts';
import { SettingsTab } from './SettingsTab.tsx';
import { TestsTab } from './TestsTab.tsx';

/** Every test there is, what it needs and found in this case, and the case's settings of them. */
export const CataloguePage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('finding.read');
  const mayRun = usePermission('detection.run');
  const status = useChannel('workspaces.status', {});
  const [search, setSearch] = useSearchParams();
  const run = useJob('examinations.run');
  const cancel = useCancelJob();
  const view = search.get('view') === 'settings' ? 'settings' : 'tests';
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('catalogue.title')} />
        {status.data === undefined ? null : <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />}
      </>
    );
  const busy = run.starting || run.job !== undefined;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('catalogue.title')}
        description={t('catalogue.description')}
        actions={
          mayRun ? (
            <Button loading={busy} onClick={() => void run.start({ caseId })}>
              {t('catalogue.runAll')}
            </Button>
          ) : undefined
        }
      />
      {run.job === undefined ? null : <ProgressState job={run.job} onCancel={cancel} />}
      {run.error === undefined ? null : <ErrorState error={run.error} />}
      <Tabs
        value={view}
        onChange={value => setSearch(value === 'settings' ? { view: 'settings' } : {})}
        keepMounted={false}
        className={styles.tabs as string}
      >
        <Tabs.List aria-label={t('catalogue.views')}>
          <Tabs.Tab value="tests">{t('catalogue.tests')}</Tabs.Tab>
          <Tabs.Tab value="settings">{t('catalogue.settings')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tests" className={styles.panel as string}>
          <Tests
            caseId={caseId}
            chosen={search.get('test')}
            onChoose={test => setSearch({ test }, { replace: true })}
            busy={busy}
            onRun={mayRun ? input => void run.start({ caseId, ...input }) : null}
          />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={styles.panel as string}>
          <SettingsTab caseId={caseId} mayChange={mayRun} onTest={test => setSearch({ test })} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
};

interface TestsProps {
  readonly caseId: string;
  readonly chosen: string | null;
  readonly onChoose: (test: string) => void;
  readonly busy: boolean;
  /** Null for a role that may not run tests. */
  readonly onRun: ((input: RunInput) => void) | null;
}
const Tests = ({ caseId, ...rest }: TestsProps) => {
  const catalogue = useChannel('tests.catalogue', { caseId });
  return (
    <ChannelView of={catalogue} lines={12}>
      {data => <TestsTab caseId={caseId} catalogue={data} {...rest} />}
    </ChannelView>
  );
};
