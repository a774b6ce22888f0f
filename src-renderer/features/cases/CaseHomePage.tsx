import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useRunningJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import styles from './CaseHome.module.css';
import { CaseSteps } from './CaseSteps.tsx';
import { CaseTiles } from './CaseTiles.tsx';
import { RetentionPanel } from './RetentionPanel.tsx';
import { SourcesTable } from './SourcesTable.tsx';
import { tellingDetail } from './timeline-detail.ts';
import { useCaseId } from './use-case-id.ts';

/** Where a case stands: three steps, what came in, what was found, what was done. */
export const CaseHomePage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const read = useChannel('cases.read', { caseId });
  const mayReadEvidence = usePermission('evidence.read');
  const sources = useChannel('sources.list', mayReadEvidence ? { caseId } : skipToken);
  const mayReadFindings = usePermission('finding.read');
  const examined = (read.data?.examination ?? null) !== null;
  const reconciliation = useChannel('reconciliations.read', mayReadFindings && examined ? { caseId } : skipToken);
  const importing = useRunningJob('imports.start');
  const examining = useRunningJob('examinations.run');
  const cancel = useCancelJob();
  return (
    <ChannelView of={read} lines={8}>
      {answer => (
        <>
          <PageHeader
            title={answer.case.name}
            description={t('caseHome.created', { at: instantText(answer.case.createdAt) })}
          />
          <div className={styles.stack}>
            <CaseSteps caseId={caseId} read={answer} />
            {[importing, examining].map(job =>
              job === undefined ? null : <ProgressState key={job.jobId} job={job} onCancel={cancel} />,
            )}
            <CaseTiles caseId={caseId} read={answer} reconciliation={reconciliation.data ?? null} />
            <div className={styles.halves}>
              <Panel title={t('caseHome.sources')} flush>
                {mayReadEvidence ? (
                  <ChannelView of={sources}>
                    {data => <SourcesTable caseId={caseId} sources={data.sources} />}
                  </ChannelView>
                ) : (
                  <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
                )}
              </Panel>
              <Panel title={t('caseHome.timeline')}>
                <Timeline entries={answer.timeline} />
              </Panel>
            </div>
            <RetentionPanel caseId={caseId} />
          </div>
        </>
      )}
    </ChannelView>
  );
};

const Timeline = ({ entries }: { readonly entries: ChannelAnswer<'cases.read'>['timeline'] }) => {
  const { t, i18n } = useTranslation();
  const actName = (act: string): string => (i18n.exists(`acts.${act}`) ? t(`acts.${act}` as 'acts.case.created') : act);
  return (
    // What scrolls must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <ol className={styles.timeline} tabIndex={0}>
      {entries.map(entry => (
        <li key={entry.seq}>
          <time dateTime={entry.at} className="nx-number">
            {instantText(entry.at)}
          </time>
          <div>
            <span className={styles.act}>
              {actName(entry.act)} <span className={styles.actor}>{entry.actor}</span>
            </span>
            <span className={styles.detail} title={entry.detail}>
              {tellingDetail(entry.detail)}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
};
