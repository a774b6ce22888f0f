import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState.tsx';
import { durationText } from '../../components/measure-text.ts';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { useChannel } from '../engine/channel-hooks.ts';
import { useCancelJob } from '../engine/job-hooks.ts';
import { type JobView, jobSeen, jobsPanelToggled, newestFirst } from '../engine/jobs.slice.ts';
import { asNexusError } from '../error-parts.ts';
import { useAppDispatch, useAppSelector } from '../store.ts';
import styles from './JobsPanel.module.css';

const TONES = { running: 'unknown', done: 'good', failed: 'bad', cancelled: 'warn' } as const;

/** All jobs of this session: the running ones with Cancel, the ended ones with their outcome. */
export const JobsPanel = () => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const open = useAppSelector(state => state.jobs.panelOpen);
  const byId = useAppSelector(state => state.jobs.byId);
  const cancel = useCancelJob();
  const known = useChannel('jobs.list', {});
  useEffect(() => {
    for (const job of known.data?.jobs ?? []) dispatch(jobSeen(job));
  }, [known.data, dispatch]);
  if (!open) return null;
  const jobs = newestFirst(byId);
  const running = jobs.filter(job => job.state === 'running');
  const ended = jobs.filter(job => job.state !== 'running');
  return (
    <section className={styles.panel} aria-label={t('jobs.title')}>
      <header className={styles.head}>
        <h2>{t('jobs.title')}</h2>
        <ActionIcon size={26} aria-label={t('jobs.close')} onClick={() => dispatch(jobsPanelToggled(false))}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {jobs.length === 0 ? <p className={styles.none}>{t('jobs.none')}</p> : null}
      {running.map(job => (
        <ProgressState key={job.jobId} job={job} onCancel={cancel} />
      ))}
      <ul className={styles.ended}>
        {ended.map(job => (
          <EndedJob key={job.jobId} job={job} />
        ))}
      </ul>
    </section>
  );
};

const EndedJob = ({ job }: { readonly job: JobView }) => {
  const { t } = useTranslation();
  return (
    <li>
      <div className={styles.line}>
        <StatusTag tone={TONES[job.state]}>{t(`jobs.states.${job.state}`)}</StatusTag>
        <span className={styles.title}>{job.title}</span>
        <span className="nx-number">{t('jobs.done', { count: job.done, unitName: job.unit })}</span>
        <span className={`${styles.took} nx-number`}>{durationText(job.elapsedMs)}</span>
      </div>
      {job.state === 'failed' ? <ErrorState error={asNexusError(job.error)} /> : null}
    </li>
  );
};
