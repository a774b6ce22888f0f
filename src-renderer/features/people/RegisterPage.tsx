import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from '../identity/Identity.module.css';
import { InitialPassword } from './InitialPassword.tsx';
import { type RightsDraft, RightsFields } from './RightsFields.tsx';

/** Registers a person: for supervisors. */
export const RegisterPage = () => {
  const { t } = useTranslation();
  const mayManage = usePermission('account.manage');
  return (
    <>
      <PageHeader title={t('people.registration.title')} description={t('people.registration.description')} />
      {mayManage ? (
        <RegisterForm />
      ) : (
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
          {t('people.supervisorsOnly')}
        </EmptyState>
      )}
    </>
  );
};

const RegisterForm = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [register, { isLoading, error }] = useCommand('accounts.register');
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [rights, setRights] = useState<RightsDraft>({
    role: 'financial_examiner',
    secondaryRoles: [],
    supervisor: false,
  });
  const [made, setMade] = useState<{ readonly username: string; readonly password: string } | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await register({
      username,
      ...(displayName.trim() === '' ? {} : { displayName }),
      role: rights.role,
      secondaryRoles: [...rights.secondaryRoles],
      supervisor: rights.supervisor,
    });
    if (outcome.data !== undefined)
      setMade({ username: outcome.data.account.username, password: outcome.data.initialPassword });
  };
  if (made !== null)
    return (
      <div className={styles.stack}>
        <Panel title={t('people.initial.title')}>
          <InitialPassword {...made} onClose={() => void navigate(paths.people)} />
        </Panel>
      </div>
    );
  return (
    <div className={styles.stack}>
      <Panel>
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <TextInput
            label={t('people.username')}
            description={t('people.usernameHint')}
            value={username}
            onChange={event => setUsername(event.currentTarget.value)}
            required
            maxLength={100}
            autoComplete="off"
          />
          <TextInput
            label={t('people.displayName')}
            value={displayName}
            onChange={event => setDisplayName(event.currentTarget.value)}
            maxLength={200}
            autoComplete="off"
          />
          <RightsFields draft={rights} onChange={setRights} />
          {error === undefined ? null : <ErrorState error={error} />}
          <div className={styles.actions}>
            <Button type="submit" loading={isLoading}>
              {t('people.registration.action')}
            </Button>
            <Button component={Link} to={paths.people} variant="subtle">
              {t('people.registration.back')}
            </Button>
          </div>
        </form>
      </Panel>
    </div>
  );
};
