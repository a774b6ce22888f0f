import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { RecoveryKit } from '../../../src-main/contract/workspaces.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './LoginPage.module.css';
import { lastActor, rememberActor } from './last-actor.ts';
import { EMPTY_PASSPHRASE, NewPassphrase } from './NewPassphrase.tsx';
import { isSecretChosen, preferredSecret, SecondSecretChoice } from './SecondSecretChoice.tsx';

interface CreateWorkspaceFormProps {
  readonly list: ChannelAnswer<'workspaces.list'>;
  /** Called before the workspace opens: what is shown once must be seen before the screen goes on. */
  readonly onStart: () => void;
  readonly onEnd: (kit: RecoveryKit | null) => void;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u;

/** A new workspace with its first account. */
export const CreateWorkspaceForm = ({ list, onStart, onEnd }: CreateWorkspaceFormProps) => {
  const { t } = useTranslation();
  const [create, { isLoading, error }] = useCommand('workspaces.create');
  const [name, setName] = useState('');
  const [actor, setActor] = useState(lastActor);
  const [draft, setDraft] = useState(EMPTY_PASSPHRASE);
  const [secret, setSecret] = useState(() => preferredSecret(list.keychain));
  const [tried, setTried] = useState(false);
  const taken = list.workspaces.some(workspace => workspace.name === name);
  const nameProblem = !NAME.test(name) ? t('login.nameShape') : taken ? t('login.nameTaken') : null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (nameProblem !== null || draft.repeated !== draft.passphrase || !isSecretChosen(secret)) return;
    rememberActor(actor);
    onStart();
    const { passphrase } = draft;
    const outcome = await create({ location: { name }, passphrase, actor, secondSecret: secret.second });
    onEnd(outcome.data?.kit ?? null);
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
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
        autoComplete="username"
      />
      <NewPassphrase draft={draft} onChange={setDraft} tried={tried} />
      <SecondSecretChoice keychain={list.keychain} draft={secret} onChange={setSecret} tried={tried} />
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('login.createAction')}
      </Button>
      <p className={`${styles.hint} ${styles.folder}`}>{t('login.folder', { folder: list.folder })}</p>
    </form>
  );
};
