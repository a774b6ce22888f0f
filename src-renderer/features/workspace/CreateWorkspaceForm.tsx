import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './LoginPage.module.css';
import { lastActor, rememberActor } from './last-actor.ts';
import { passphraseStrength, RECOMMENDED_LENGTH } from './passphrase-strength.ts';

interface CreateWorkspaceFormProps {
  readonly taken: readonly string[];
  readonly folder: string;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u;

export const CreateWorkspaceForm = ({ taken, folder }: CreateWorkspaceFormProps) => {
  const { t } = useTranslation();
  const [create, { isLoading, error }] = useCommand('workspaces.create');
  const [name, setName] = useState('');
  const [actor, setActor] = useState(lastActor);
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const strength = passphraseStrength(passphrase);
  const nameProblem = !NAME.test(name) ? t('login.nameShape') : taken.includes(name) ? t('login.nameTaken') : null;
  const repeatProblem = repeated === passphrase ? null : t('login.repeatDiffers');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (nameProblem !== null || repeatProblem !== null) return;
    rememberActor(actor);
    void create({ location: { name }, passphrase, actor });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('login.name')}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        required
        maxLength={80}
        error={tried ? nameProblem : null}
      />
      <TextInput
        label={t('login.actor')}
        description={t('login.actorHint')}
        value={actor}
        onChange={event => setActor(event.currentTarget.value)}
        required
        maxLength={100}
        autoComplete="name"
      />
      <PasswordInput
        label={t('login.passphrase')}
        description={t('login.passphraseHint', { length: RECOMMENDED_LENGTH })}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
        required
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      <div aria-live="polite">
        {strength === 'empty' ? null : (
          <StatusTag tone={strength === 'good' ? 'good' : 'warn'}>
            {t(`login.strength.${strength}`, { length: RECOMMENDED_LENGTH })}
          </StatusTag>
        )}
      </div>
      <PasswordInput
        label={t('login.repeat')}
        value={repeated}
        onChange={event => setRepeated(event.currentTarget.value)}
        required
        autoComplete="new-password"
        error={repeated !== '' || tried ? repeatProblem : null}
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      <p className={styles.hint}>{t('login.noRecovery')}</p>
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('login.createAction')}
      </Button>
      <p className={`${styles.hint} ${styles.folder}`}>{t('login.folder', { folder })}</p>
    </form>
  );
};
