import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
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

interface RecoverFormProps {
  readonly list: ChannelAnswer<'workspaces.list'>;
  readonly onStart: () => void;
  readonly onEnd: (kit: RecoveryKit | null) => void;
  readonly onBack: () => void;
}

/** Opens a workspace by the code of its printed kit: a supervisor gets a new passphrase, the kit a new code. */
export const RecoverForm = ({ list, onStart, onEnd, onBack }: RecoverFormProps) => {
  const { t } = useTranslation();
  const [recover, { isLoading, error }] = useCommand('workspaces.recover');
  const [name, setName] = useState(list.workspaces[0]?.name ?? '');
  const [actor, setActor] = useState(lastActor);
  const [recoveryCode, setRecoveryCode] = useState('');
  const [draft, setDraft] = useState(EMPTY_PASSPHRASE);
  const [secret, setSecret] = useState(() => preferredSecret(list.keychain));
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (draft.repeated !== draft.passphrase || !isSecretChosen(secret)) return;
    rememberActor(actor);
    onStart();
    const { passphrase } = draft;
    const outcome = await recover({ location: { name }, recoveryCode, actor, passphrase, secondSecret: secret.second });
    onEnd(outcome.data?.kit ?? null);
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <p className={styles.hint}>{t('login.recover.text')}</p>
      <NativeSelect
        label={t('login.workspace')}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        data={list.workspaces.map(workspace => workspace.name)}
      />
      <TextInput
        label={t('login.recover.code')}
        description={t('login.recover.codeHint')}
        value={recoveryCode}
        onChange={event => setRecoveryCode(event.currentTarget.value)}
        required
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'nx-mono' }}
      />
      <TextInput
        label={t('login.recover.supervisor')}
        value={actor}
        onChange={event => setActor(event.currentTarget.value)}
        required
        maxLength={100}
        autoComplete="username"
      />
      <NewPassphrase draft={draft} onChange={setDraft} tried={tried} label={t('login.own.label')} />
      <SecondSecretChoice keychain={list.keychain} draft={secret} onChange={setSecret} tried={tried} />
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('login.recover.action')}
      </Button>
      <Anchor component="button" type="button" size="sm" onClick={onBack}>
        {t('login.recover.back')}
      </Anchor>
    </form>
  );
};
