import { useDisclosure } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { RollbackBanner } from '../../features/audit/RollbackBanner.tsx';
import { useChannel } from '../engine/channel-hooks.ts';
import { type KeyBindings, useKeys } from '../keyboard.ts';
import { paths } from '../paths.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { JobsPanel } from './JobsPanel.tsx';
import { KeySheet } from './KeySheet.tsx';
import { NavigationTree } from './NavigationTree.tsx';
import styles from './Shell.module.css';
import { SignInNotes } from './SignInNotes.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useCommands } from './use-commands.ts';

/** The frame of every screen behind the sign-in: bar, tree, screen, jobs, status. Without an open workspace it leads there. */
export const Shell = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const [keySheetOpen, keySheet] = useDisclosure(false);
  const commands = useCommands(keySheet.open);
  const bindings = useMemo<KeyBindings>(
    () => Object.fromEntries(commands.flatMap(({ keys, run }) => (keys === undefined ? [] : [[keys, run]]))),
    [commands],
  );
  useKeys(bindings);
  useTitleFocus();

  if (status.data === undefined)
    return (
      <main className={styles.wait}>
        {status.error === undefined ? (
          <LoadingBlock lines={6} />
        ) : (
          <ErrorState error={status.error} onRetry={status.refetch} />
        )}
      </main>
    );
  if (!status.data.open || status.data.secondStepDue) return <Navigate to={paths.login} replace />;
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={focusMain}>
        {t('shell.skip')}
      </button>
      <TopBar status={status.data} onKeys={keySheet.open} />
      <NavigationTree />
      <main id="main" className={styles.main} tabIndex={-1}>
        <ConnectionBanner />
        <SignInNotes status={status.data} />
        <RollbackBanner />
        <Outlet />
      </main>
      <JobsPanel />
      <StatusBar status={status.data} />
      <CommandPalette commands={commands} />
      <KeySheet opened={keySheetOpen} onClose={keySheet.close} commands={commands} />
    </div>
  );
};

const focusMain = (): void => document.getElementById('main')?.focus();

/** Names the window after the screen and moves the focus to its heading, as a page load would (WCAG 2.4.2, 2.4.3). */
const useTitleFocus = (): void => {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what triggers it
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('[data-page-title]');
    document.title = heading?.textContent ? `${heading.textContent} – NEXUS` : 'NEXUS';
    if (document.activeElement === document.body || document.activeElement === null) heading?.focus();
  }, [pathname]);
};
