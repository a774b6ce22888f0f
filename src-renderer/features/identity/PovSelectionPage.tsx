import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import type { Role } from '../../../src-main/contract/workspaces.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { Logo } from '../../components/Logo.tsx';
import { useRememberedPlace } from '../cases/use-remembered-place.ts';
import styles from '../workspace/LoginPage.module.css';
import { PovChoice } from './PovChoice.tsx';

/** Right after the sign-in of an account with several roles: as which one to go on. */
export const PovSelectionPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const status = useChannel('workspaces.status', {});
  const place = useRememberedPlace(status.data?.open === true);
  const [choose, { isLoading, error }] = useCommand('accounts.choosePov');
  const [chosen, setChosen] = useState<Role | null>(null);
  if (status.data?.open === false) return <Navigate to={paths.login} replace />;
  const account = status.data?.account ?? null;
  const pov = chosen ?? account?.role ?? 'financial_examiner';
  const go = async (): Promise<void> => {
    const outcome = await choose({ pov });
    if (outcome.error === undefined) await navigate(place ?? paths.cases);
  };
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <div className={styles.brand}>
          <Logo />
          <h1>{t('pov.selection')}</h1>
          <p>{t('pov.choiceNote')}</p>
        </div>
        <section className={styles.card} aria-label={t('pov.selection')}>
          {account === null ? (
            <LoadingBlock />
          ) : (
            <PovChoice pov={pov} granted={[account.role, ...account.secondaryRoles]} onChange={setChosen} />
          )}
          {error === undefined ? null : <ErrorState error={error} />}
          {status.error === undefined ? null : <ErrorState error={status.error} onRetry={status.refetch} />}
          <Button loading={isLoading} disabled={account === null} onClick={() => void go()} fullWidth>
            {t('pov.go')}
          </Button>
        </section>
      </div>
    </main>
  );
};
