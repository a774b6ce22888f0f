import { useTranslation } from 'react-i18next';
import { instantText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Findings.module.css';
import type { Finding } from './finding-types.ts';
import { StateTag } from './StateTag.tsx';

/** Where the finding stands: its decision and who made it, what contradicts it, what it was before, whether it was reviewed. */
export const Standing = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useTranslation();
  const { decision, conflict, reopened, review, assignee, severityReason } = finding;
  const who = (actor: string, at: string): string => t('triage.byAt', { actor, at: instantText(at) });
  return (
    <section className={styles.standing} aria-label={t('triage.standing')}>
      <div className={styles.standingLine}>
        <StateTag state={finding.state} />
        {decision === null ? null : <span className={styles.legend}>{who(decision.actor, decision.at)}</span>}
        {assignee === null ? null : <span>{t('triage.assignedTo', { name: assignee })}</span>}
        {finding.severity === finding.testSeverity ? null : (
          <span>
            {t('triage.severityWas', { severity: t(`severity.${finding.testSeverity}`), reason: severityReason ?? '' })}
          </span>
        )}
      </div>
      {decision === null || decision.reason === '' ? null : (
        <p>{t('decisions.because', { reason: decision.reason })}</p>
      )}
      {conflict.length === 0 ? null : (
        <div className={styles.warning}>
          <StatusTag tone="warn">{t('triage.conflict')}</StatusTag>
          <ul>
            {conflict.map(({ actor, at, state, reason }) => (
              <li key={`${actor} ${at} ${state}`}>
                {t('triage.conflictLine', { state: t(`states.${state}`), who: who(actor, at), reason })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {reopened === null ? null : (
        <p className={styles.warning}>
          <StatusTag tone="warn">
            {t(`triage.reopened.${reopened.why}`, { tests: reopened.tests.join(', ') })}
          </StatusTag>{' '}
          {t('triage.conflictLine', {
            state: t(`states.${reopened.decision.state}`),
            who: who(reopened.decision.actor, reopened.decision.at),
            reason: reopened.decision.reason,
          })}
        </p>
      )}
      {review === null ? null : (
        <p>
          <StatusTag tone={review.verdict === 'approved' ? 'good' : 'warn'}>
            {t(`approval.${review.verdict}`)}
          </StatusTag>{' '}
          {who(review.actor, review.at)} · {t(review.fourEyes ? 'approval.fourEyes' : 'approval.twoEyes')}
          {review.reason === '' ? '' : ` · ${review.reason}`}
        </p>
      )}
    </section>
  );
};
