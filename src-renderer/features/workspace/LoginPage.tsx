import { SegmentedControl } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import type { RecoveryKit } from '../../../src-main/contract/workspaces.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ConnectionBanner } from '../../app/shell/ConnectionBanner.tsx';
import { useAppSelector } from '../../app/store.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { Logo } from '../../components/Logo.tsx';
import { useRememberedPlace } from '../cases/use-remembered-place.ts';
import { CreateWorkspaceForm } from './CreateWorkspaceForm.tsx';
import styles from './LoginPage.module.css';
import { OpenWorkspaceForm } from './OpenWorkspaceForm.tsx';
import { RecoverForm } from './RecoverForm.tsx';
import { RecoveryKitCard } from './RecoveryKitCard.tsx';
import { SampleExamination } from './SampleExamination.tsx';
import { SecondStepCard } from './SecondStepCard.tsx';

type Mode = 'open' | 'create' | 'recover';
/** What keeps this screen although a workspace is open: work under way, or a kit that has not been put away yet. */
type Hold = { readonly why: 'working' | 'sample' } | { readonly why: 'kit'; readonly kit: RecoveryKit };

/** Sign-in, first run and recovery. As calm as a lock screen. */
export const LoginPage = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const list = useChannel('workspaces.list', {});
  const isOpen = status.data?.open ?? false;
  const [chosenMode, setMode] = useState<Mode | null>(null);
  const [hold, setHold] = useState<Hold | null>(null);
  const [signedInHere, setSignedInHere] = useState(false);
  const mode = chosenMode ?? (list.data?.workspaces.length === 0 ? 'create' : 'open');
  const isSecondStepDue = status.data?.secondStepDue ?? false;
  const isIn = isOpen && hold === null && !isSecondStepDue;
  const place = useRememberedPlace(isIn);

  if (isIn && place !== null) {
    const choosesPov = signedInHere && (status.data?.account?.secondaryRoles.length ?? 0) > 0;
    return <Navigate to={choosesPov ? paths.povSelection : place} replace />;
  }
  const working = (): void => setHold({ why: 'working' });
  const shown = (kit: RecoveryKit | null): void => setHold(kit === null ? null : { why: 'kit', kit });
  const isFirstRun = list.data?.workspaces.length === 0;
  const title =
    hold?.why === 'kit'
      ? t('login.made', { name: status.data?.name })
      : t(isFirstRun && mode === 'create' ? 'login.firstTitle' : 'login.title');
  const card =
    hold?.why === 'kit' ? (
      <RecoveryKitCard key="card" kit={hold.kit} workspaceName={status.data?.name ?? ''} onDone={() => setHold(null)} />
    ) : isSecondStepDue ? (
      <SecondStepCard key="card" actor={status.data?.actor ?? ''} />
    ) : isOpen && hold === null ? (
      <section key="card" className={styles.card}>
        <LoadingBlock />
      </section>
    ) : hold?.why === 'sample' ? null : (
      <section
        key="card"
        className={styles.card}
        aria-label={t(`login.${mode === 'recover' ? 'recover.title' : mode}`)}
      >
        {mode === 'recover' || isFirstRun ? null : (
          <SegmentedControl
            fullWidth
            value={mode}
            onChange={value => setMode(value as Mode)}
            data={[
              { value: 'open', label: t('login.open') },
              { value: 'create', label: t('login.create') },
            ]}
            aria-label={t('login.mode')}
          />
        )}
        <ChannelView of={list} lines={5}>
          {answer =>
            mode === 'open' ? (
              <OpenWorkspaceForm
                workspaces={answer.workspaces}
                onCreate={() => setMode('create')}
                onRecover={() => setMode('recover')}
                onStart={working}
                onEnd={isSignedIn => {
                  setSignedInHere(isSignedIn);
                  setHold(null);
                }}
              />
            ) : mode === 'create' ? (
              <CreateWorkspaceForm list={answer} onStart={working} onEnd={shown} />
            ) : (
              <RecoverForm list={answer} onStart={working} onEnd={shown} onBack={() => setMode('open')} />
            )
          }
        </ChannelView>
      </section>
    );
  const sample =
    (isOpen && hold?.why !== 'sample') || mode === 'recover' ? null : (
      <SampleExamination key="sample" onRunning={running => setHold(running ? { why: 'sample' } : null)} />
    );
  return (
    <main className={styles.page}>
      <div className={styles.column} data-wide={hold?.why === 'kit'}>
        <ConnectionBanner />
        <div className={styles.brand}>
          <Logo />
          <h1>{title}</h1>
          <p>{t('login.promise')}</p>
        </div>
        <LockNote />
        {/* Whoever is new here is offered practice first; the keys keep a run under way when the order changes. */}
        {isFirstRun ? [sample, card] : [card, sample]}
      </div>
    </main>
  );
};

/** Why the last session ended, where it was not this person’s own doing a moment ago. */
const LockNote = () => {
  const { t } = useTranslation();
  const reason = useAppSelector(state => state.session.lockReason);
  if (reason === null) return null;
  return (
    <p className={styles.lockNote} role="status">
      <IconLock size={15} aria-hidden />
      {t(`login.locked.${reason}`)}
    </p>
  );
};
