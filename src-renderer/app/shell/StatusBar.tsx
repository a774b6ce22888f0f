import { Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { jobsPanelToggled, newestFirst } from '../engine/jobs.slice.ts';
import { paths } from '../paths.ts';
import { useAppDispatch, useAppSelector } from '../store.ts';
import styles from './StatusBar.module.css';

/** The line at the foot: running jobs (a click opens them), the connection, where the workspace lies. */
export const StatusBar = ({ status }: { readonly status: ChannelAnswer<'workspaces.status'> }) => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const byId = useAppSelector(state => state.jobs.byId);
  const open = useAppSelector(state => state.jobs.panelOpen);
  const connection = useAppSelector(state => state.session.connection);
  const running = newestFirst(byId).filter(job => job.state === 'running');
  const [first] = running;
  return (
    <footer className={styles.bar}>
      <button type="button" className={styles.jobs} aria-expanded={open} onClick={() => dispatch(jobsPanelToggled())}>
        {first === undefined ? t('status.idle') : t('status.running', { count: running.length, title: first.title })}
      </button>
      {first === undefined ? null : (
        <Progress
          className={styles.progress}
          value={(first.share ?? 1) * 100}
          animated={first.share === null}
          size="xs"
          aria-label={t('jobs.progressOf', { title: first.title })}
        />
      )}
      {status.secondSecret === 'none' ? (
        <Link to={paths.security} className={styles.weak} title={t('account.passwordOnlyHint')}>
          <IconAlertTriangle size={13} aria-hidden />
          {t('account.passwordOnly')}
        </Link>
      ) : null}
      <span className={styles.path}>{status.path}</span>
      <span role="status">{t(`connection.states.${connection}`)}</span>
    </footer>
  );
};
