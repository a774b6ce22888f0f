import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { instantText } from '../../components/measure-text.ts';
import styles from './CaseHome.module.css';

interface CaseStepsProps {
  readonly caseId: string;
  readonly read: ChannelAnswer<'cases.read'>;
}

/** The way through a case: add sources, run the examination, review. The next step is marked. */
export const CaseSteps = ({ caseId, read }: CaseStepsProps) => {
  const { t } = useTranslation();
  const mayImport = usePermission('evidence.import');
  const mayRun = usePermission('detection.run');
  const run = useJob('examinations.run');
  const { sources, transactions, findings, openFindings } = read.case;
  const { examination } = read;
  const hasSources = sources > 0;
  const examined = examination !== null && !examination.stale;
  const reviewed = examined && openFindings === 0;
  const busy = run.starting || run.job !== undefined;
  return (
    <>
      <ol className={styles.steps} aria-label={t('steps.label')}>
        <Step number={1} title={t('steps.sources.title')} state={hasSources ? 'done' : 'next'}>
          <p>{hasSources ? t('steps.sources.done', { count: sources, transactions }) : t('steps.sources.open')}</p>
          {mayImport ? (
            <Button
              component={Link}
              to={paths.upload}
              size="compact-sm"
              variant={hasSources ? 'default' : 'filled'}
              className={styles.action}
            >
              {t('steps.sources.action')}
            </Button>
          ) : null}
        </Step>
        <Step number={2} title={t('steps.examine.title')} state={examined ? 'done' : hasSources ? 'next' : 'open'}>
          <p>
            {examination === null
              ? t('steps.examine.open')
              : examination.stale
                ? t('steps.examine.stale')
                : t('steps.examine.done', { at: instantText(examination.ranAt) })}
          </p>
          {mayRun ? (
            <Button
              size="compact-sm"
              variant={examined || !hasSources ? 'default' : 'filled'}
              className={styles.action}
              disabled={!hasSources}
              loading={busy}
              onClick={() => void run.start({ caseId })}
            >
              {examination === null ? t('steps.examine.action') : t('steps.examine.again')}
            </Button>
          ) : null}
        </Step>
        <Step number={3} title={t('steps.review.title')} state={reviewed ? 'done' : examined ? 'next' : 'open'}>
          <p>
            {examination === null
              ? t('steps.review.open')
              : reviewed
                ? t('steps.review.done', { count: findings })
                : t('steps.review.left', { count: openFindings, all: findings })}
          </p>
          {examination === null ? null : (
            <Button
              component={Link}
              to={paths.findings(caseId, { state: 'open' })}
              size="compact-sm"
              variant={examined && !reviewed ? 'filled' : 'default'}
              className={styles.action}
            >
              {t('steps.review.action')}
            </Button>
          )}
        </Step>
      </ol>
      {run.error === undefined ? null : <ErrorState error={run.error} />}
    </>
  );
};

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'next' | 'open';
  readonly children: ReactNode;
}
const Step = ({ number, title, state, children }: StepProps) => {
  const { t } = useTranslation();
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'next' ? 'step' : undefined}>
      <span className={styles.mark}>
        {state === 'done' ? <IconCheck size={16} aria-label={t('steps.isDone')} /> : number}
      </span>
      <h2>{title}</h2>
      <div>{children}</div>
    </li>
  );
};
