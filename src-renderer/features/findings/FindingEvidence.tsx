import { Button } from '@mantine/core';
import { IconFlagFilled } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { RecordsGrid } from '../records/RecordsGrid.tsx';
import { Explanations } from './Explanations.tsx';
import styles from './Findings.module.css';
import type { Finding, FindingAnswer } from './finding-types.ts';
import { History } from './History.tsx';
import { RelatedFindings } from './RelatedFindings.tsx';
import { Standing } from './Standing.tsx';
import { Distribution, TestMethod } from './TestMethod.tsx';
import { TriageActions } from './TriageActions.tsx';
import type { FindingQueue } from './use-finding-queue.ts';

/** Rows of a finding that are drawn as money flow: more make no picture. */
const MOST_DRAWN = 300;

interface FindingEvidenceProps {
  readonly caseId: string;
  readonly findingId: string;
  readonly names: readonly string[];
  readonly queue: FindingQueue;
}

/** Everything a finding rests on, and what can be done with it. Always open beside the queue. */
export const FindingEvidence = ({ caseId, findingId, names, queue }: FindingEvidenceProps) => {
  const { t } = useTranslation();
  const read = useChannel('findings.read', { findingId });
  return (
    <section className={styles.evidence} aria-label={t('evidence.label')}>
      <ChannelView of={read} lines={8}>
        {data => <Evidence caseId={caseId} data={data} names={names} queue={queue} />}
      </ChannelView>
    </section>
  );
};

interface EvidenceProps {
  readonly caseId: string;
  readonly data: FindingAnswer;
  readonly names: readonly string[];
  readonly queue: FindingQueue;
}
const Evidence = ({ caseId, data, names, queue }: EvidenceProps) => {
  const { t } = useTranslation();
  const { finding, runs, explanations, history, head } = data;
  const mayReadRows = usePermission('evidence.read');
  const explaining = useJob('findings.tryExplanations');
  const section = useRef<HTMLDivElement>(null);
  const filter = useMemo(() => ({ findingId: finding.id }), [finding.id]);
  const wasTried = explanations.some(({ tried }) => tried !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for by key comes into view when it is there
  useEffect(() => {
    if (explaining.outcome !== null) section.current?.scrollIntoView({ block: 'nearest' });
  }, [explaining.outcome, wasTried]);
  const tryExplanations = (): void => {
    if (explaining.job === undefined && !explaining.starting) void explaining.start({ caseId, facts: [finding.fact] });
  };
  const distribution = runs.find(({ bins }) => bins.length > 0);
  return (
    <>
      <div className={styles.evidenceHead}>
        <SeverityBadge severity={finding.severity} />
        <h2>{finding.hits[0]?.title ?? finding.test}</h2>
        {finding.flagged ? (
          <span className={styles.flag}>
            <IconFlagFilled size={14} aria-hidden /> {t('triage.flagged')}
          </span>
        ) : null}
        <span className="nx-number">{t('evidence.score', { score: finding.score.toFixed(2) })}</span>
      </div>
      <p className={styles.why}>{finding.reason}</p>
      <Standing finding={finding} />
      <TriageActions
        caseId={caseId}
        finding={finding}
        seen={head}
        names={names}
        queue={queue}
        onTryExplanations={tryExplanations}
      />
      <Hits finding={finding} />
      <div>
        <div className={styles.sectionHead}>
          <h3>{t('evidence.rows', { count: finding.rowCount })}</h3>
          <div className={styles.sectionActions}>
            {finding.rowCount > 1 && finding.rowCount <= MOST_DRAWN ? (
              <Button component={Link} to={paths.flows(caseId, finding.id)} size="compact-sm" variant="default">
                {t('evidence.openFlow')}
              </Button>
            ) : null}
            {mayReadRows ? (
              <Button
                component={Link}
                to={paths.records(caseId, { findingId: finding.id })}
                size="compact-sm"
                variant="default"
              >
                {t('evidence.openRows', { count: finding.rowCount })}
              </Button>
            ) : null}
          </div>
        </div>
        {mayReadRows ? (
          <div className={styles.rows} style={{ '--rows': finding.rowCount } as CSSProperties}>
            <RecordsGrid caseId={caseId} filter={filter} label={t('evidence.rowsLabel')} />
          </div>
        ) : (
          <p className={styles.legend}>{t('evidence.rowsHidden')}</p>
        )}
      </div>
      {distribution === undefined ? null : <Distribution run={distribution} />}
      <div ref={section}>
        <Explanations
          caseId={caseId}
          lines={explanations}
          job={explaining.job}
          error={explaining.error}
          onTry={tryExplanations}
        />
      </div>
      <RelatedFindings caseId={caseId} findingId={finding.id} />
      {runs.map(run => (
        <TestMethod key={run.test} run={run} />
      ))}
      <History lines={history} />
    </>
  );
};

/** The other tests that hit exactly the same rows, each with its own reason. */
const Hits = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useTranslation();
  if (finding.hits.length < 2) return null;
  return (
    <section aria-label={t('evidence.hits', { count: finding.hits.length })}>
      <h3>{t('evidence.hits', { count: finding.hits.length })}</h3>
      <ul className={styles.hits}>
        {finding.hits.map(hit => (
          <li key={hit.id}>
            <span className={styles.hitHead}>
              <SeverityBadge severity={hit.severity} />
              <strong>{hit.title}</strong>
              <span className={`${styles.legend} nx-number`}>
                {t('evidence.testVersion', { test: hit.test, version: hit.version })} ·{' '}
                {t('evidence.score', { score: hit.score.toFixed(2) })}
              </span>
            </span>
            {hit.id === finding.id ? null : <span>{hit.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};
