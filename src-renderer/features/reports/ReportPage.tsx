import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { Digest } from '../../components/Digest.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { bytesOfBase64, downloadFile } from './download-file.ts';
import styles from './Report.module.css';

type Report = ChannelAnswer<'reports.list'>['reports'][number];

/** Builds the report, shows it as the court will read it, and hands out its files with their digests. */
export const ReportPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('report.read');
  const mayBuild = usePermission('report.build');
  const read = useChannel('cases.read', { caseId });
  const list = useChannel('reports.list', { caseId });
  const build = useJob('reports.build');
  const cancel = useCancelJob();
  const [chosen, setChosen] = useState<string | null>(null);
  const examined = (read.data?.examination ?? null) !== null;
  if (!mayRead && read.data !== undefined)
    return (
      <>
        <PageHeader title={t('report.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  const buildButton =
    mayBuild && examined ? (
      <Button
        loading={build.starting || build.job !== undefined}
        onClick={() => {
          setChosen(null);
          void build.start({ caseId });
        }}
      >
        {t('report.build')}
      </Button>
    ) : undefined;
  return (
    <div className={styles.page}>
      <PageHeader title={t('report.title')} description={t('report.description')} actions={buildButton} />
      {build.job === undefined ? null : <ProgressState job={build.job} onCancel={cancel} />}
      {build.error === undefined ? null : <ErrorState error={build.error} />}
      <ChannelView of={list}>
        {({ reports }) => {
          const current = reports.find(({ id }) => id === chosen) ?? reports[0];
          if (current !== undefined)
            return (
              <div className={styles.columns}>
                <ReportList reports={reports} current={current.id} onChoose={setChosen} />
                <ReportView key={current.id} report={current} />
              </div>
            );
          return examined ? (
            <EmptyState kind="not-run" title={t('report.none.title')} action={buildButton}>
              {mayBuild ? t('report.none.text') : t('report.none.readOnly')}
            </EmptyState>
          ) : (
            <EmptyState
              kind="not-run"
              title={t('empty.notRun.title')}
              action={
                <Button component={Link} to={paths.caseHome(caseId)}>
                  {t('empty.notRun.action')}
                </Button>
              }
            >
              {t('report.needsExamination')}
            </EmptyState>
          );
        }}
      </ChannelView>
    </div>
  );
};

interface ReportListProps {
  readonly reports: readonly Report[];
  readonly current: string;
  readonly onChoose: (reportId: string) => void;
}
const ReportList = ({ reports, current, onChoose }: ReportListProps) => {
  const { t } = useTranslation();
  return (
    <nav className={styles.list} aria-label={t('report.built')}>
      <h2>{t('report.built')}</h2>
      <ul>
        {reports.map(report => (
          <li key={report.id}>
            <button type="button" aria-current={report.id === current} onClick={() => onChoose(report.id)}>
              <span className="nx-number">{instantText(report.builtAt)}</span>
              <span className="nx-mono">{report.pdfSha256.slice(0, 12)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const ReportView = ({ report }: { readonly report: Report }) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const html = useChannel('reports.read', { reportId: report.id, format: 'html' });
  const [fetching, setFetching] = useState<'pdf' | 'html' | null>(null);
  const [error, setError] = useState<NexusErrorData | null>(null);
  // A PDF is megabytes of base64: it is fetched when asked for and not kept in the store.
  const download = async (format: 'pdf' | 'html'): Promise<void> => {
    setFetching(format);
    const result = await bridge.invoke('reports.read', { reportId: report.id, format });
    setFetching(null);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    setError(null);
    const file = result.value as ChannelAnswer<'reports.read'>;
    downloadFile(file.fileName, file.mediaType, format === 'pdf' ? bytesOfBase64(file.content) : file.content);
  };
  return (
    <section className={styles.view} aria-label={t('report.preview')}>
      <div className={styles.bar}>
        <dl>
          <div>
            <dt>{t('report.pdfDigest')}</dt>
            <dd>
              <Digest value={report.pdfSha256} label={t('report.pdfDigest')} />
            </dd>
          </div>
          <div>
            <dt>{t('report.htmlDigest')}</dt>
            <dd>
              <Digest value={report.htmlSha256} label={t('report.htmlDigest')} />
            </dd>
          </div>
          <div>
            <dt>{t('report.auditRoot')}</dt>
            <dd>
              <Digest value={report.auditRoot} label={t('report.auditRoot')} />
            </dd>
          </div>
        </dl>
        {(['pdf', 'html'] as const).map(format => (
          <Button
            key={format}
            variant={format === 'pdf' ? 'filled' : 'default'}
            leftSection={<IconDownload size={16} />}
            loading={fetching === format}
            onClick={() => void download(format)}
          >
            {t(`report.download.${format}`)}
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorState error={error} />}
      <ChannelView of={html} lines={12}>
        {file => (
          // An empty sandbox: no scripts, no forms, no navigation, an origin of its own.
          <iframe className={styles.frame} title={t('report.frame')} sandbox="" srcDoc={file.content} />
        )}
      </ChannelView>
    </section>
  );
};
