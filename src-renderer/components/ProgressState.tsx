import { Button, Progress } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../app/engine/jobs.slice.ts';
import { ratePerSecond, secondsLeft } from './job-figures.ts';
import { KeyHint } from './KeyHint.tsx';
import styles from './ProgressState.module.css';

interface ProgressStateProps {
  readonly job: JobView;
  readonly onCancel: (jobId: string) => void;
}

/** A running job: stage, how much is done, how fast, how long still, and what Cancel keeps. Esc cancels while it has the focus. */
export const ProgressState = ({ job, onCancel }: ProgressStateProps) => {
  const { t } = useTranslation();
  const rate = ratePerSecond(job.done, job.elapsedMs);
  const left = secondsLeft(job.done, job.total, job.elapsedMs);
  const cancelOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || job.state !== 'running') return;
    event.stopPropagation();
    onCancel(job.jobId);
  };
  const figures = [
    job.total === null
      ? t('jobs.done', { count: job.done, unitName: job.unit })
      : t('jobs.doneOf', { count: job.done, total: job.total, unitName: job.unit }),
    rate === null ? null : t('jobs.rate', { rate, unitName: job.unit }),
    left === null ? null : t('jobs.left', { seconds: left }),
  ].filter(figure => figure !== null);
  return (
    <fieldset className={styles.progress} aria-label={job.title} onKeyDown={cancelOnEscape}>
      <div className={styles.head}>
        <span className={styles.title}>{job.title}</span>
        <span className={styles.stage}>{job.stage}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onCancel(job.jobId)}
          rightSection={<KeyHint keys="Esc" />}
        >
          {t('jobs.cancel')}
        </Button>
      </div>
      <Progress
        value={(job.share ?? 1) * 100}
        animated={job.share === null}
        size="sm"
        aria-label={t('jobs.progressOf', { title: job.title })}
      />
      <div className={styles.foot}>
        <span className="nx-number">{figures.join(' · ')}</span>
        <span className={styles.keeps}>{t('jobs.onCancel', { keeps: job.onCancel })}</span>
      </div>
    </fieldset>
  );
};
