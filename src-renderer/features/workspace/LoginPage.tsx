import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ConnectionBanner } from '../../app/shell/ConnectionBanner.tsx';
import { useAppSelector } from '../../app/store.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { Logo } from '../../components/Logo.tsx';
import { CreateWorkspaceForm } from './CreateWorkspaceForm.tsx';
import styles from './LoginPage.module.css';
import { OpenWorkspaceForm } from './OpenWorkspaceForm.tsx';
import { SampleExamination } from './SampleExamination.tsx';

/** Opens or creates a workspace. As calm as a lock screen. */
export const LoginPage = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const list = useChannel('workspaces.list', {});
  const caseId = useAppSelector(state => state.session.caseId);
  const [chosenMode, setMode] = useState<'open' | 'create' | null>(null);
  const [sampleRunning, setSampleRunning] = useState(false);
  const mode = chosenMode ?? (list.data?.workspaces.length === 0 ? 'create' : 'open');
  if (status.data?.open && !sampleRunning)
    return <Navigate to={caseId === null ? paths.cases : paths.caseHome(caseId)} replace />;
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <ConnectionBanner />
        <div className={styles.brand}>
          <Logo />
          <h1>{t('login.title')}</h1>
          <p>{t('login.promise')}</p>
        </div>
        {sampleRunning ? null : (
          <section className={styles.card} aria-label={t(`login.${mode}`)}>
            <SegmentedControl
              fullWidth
              value={mode}
              onChange={value => setMode(value as 'open' | 'create')}
              data={[
                { value: 'open', label: t('login.open') },
                { value: 'create', label: t('login.create') },
              ]}
              aria-label={t('login.mode')}
            />
            <ChannelView of={list} lines={5}>
              {({ workspaces, folder }) =>
                mode === 'open' ? (
                  <OpenWorkspaceForm workspaces={workspaces} onCreate={() => setMode('create')} />
                ) : (
                  <CreateWorkspaceForm taken={workspaces.map(({ name }) => name)} folder={folder} />
                )
              }
            </ChannelView>
          </section>
        )}
        <SampleExamination onRunning={setSampleRunning} />
      </div>
    </main>
  );
};
