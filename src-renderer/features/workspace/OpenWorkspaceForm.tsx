import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../src-main/contract/workspaces.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './LoginPage.module.css';
import { lastActor, rememberActor } from './last-actor.ts';

interface OpenWorkspaceFormProps {
  readonly workspaces: readonly { readonly name: string; readonly createdAt: string }[];
  readonly onCreate: () => void;
}

export const OpenWorkspaceForm = ({ workspaces, onCreate }: OpenWorkspaceFormProps) => {
  const { t } = useTranslation();
  const [open, { isLoading, error }] = useCommand('workspaces.open');
  const [name, setName] = useState(workspaces[0]?.name ?? '');
  const [actor, setActor] = useState(lastActor);
  const [role, setRole] = useState<Role>('financial_examiner');
  const [passphrase, setPassphrase] = useState('');
  if (workspaces.length === 0)
    return (
      <EmptyState
        kind="no-data"
        title={t('login.none.title')}
        action={<Button onClick={onCreate}>{t('login.none.action')}</Button>}
      >
        {t('login.none.text')}
      </EmptyState>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rememberActor(actor);
    void open({ location: { name }, passphrase, actor, role });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label={t('login.workspace')}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        data={workspaces.map(workspace => workspace.name)}
      />
      <TextInput
        label={t('login.actor')}
        value={actor}
        onChange={event => setActor(event.currentTarget.value)}
        required
        maxLength={100}
        autoComplete="name"
      />
      <NativeSelect
        label={t('login.role')}
        description={t('login.roleHint')}
        value={role}
        onChange={event => setRole(event.currentTarget.value as Role)}
        data={ROLES.map(value => ({ value, label: t(`roles.${value}`) }))}
      />
      <PasswordInput
        label={t('login.passphrase')}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
        required
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('login.openAction')}
      </Button>
    </form>
  );
};
