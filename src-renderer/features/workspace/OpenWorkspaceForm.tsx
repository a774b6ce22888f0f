import { Anchor, Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { caseChosen } from '../../app/session.slice.ts';
import { useAppDispatch } from '../../app/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyFileField } from '../identity/KeyFileField.tsx';
import styles from './LoginPage.module.css';
import { lastActor, rememberActor } from './last-actor.ts';
import { EMPTY_PASSPHRASE, NewPassphrase } from './NewPassphrase.tsx';

interface OpenWorkspaceFormProps {
  readonly workspaces: ChannelAnswer<'workspaces.list'>['workspaces'];
  readonly onCreate: () => void;
  readonly onRecover: () => void;
  /** Called before the workspace opens: until `onEnd` this screen stays. */
  readonly onStart: () => void;
  readonly onEnd: (isSignedIn: boolean) => void;
}

/** Signs a person in. What does not fit is told as one refusal, whichever part it was. */
export const OpenWorkspaceForm = ({ workspaces, onCreate, onRecover, onStart, onEnd }: OpenWorkspaceFormProps) => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const [open, { isLoading, error }] = useCommand('workspaces.open');
  const [close] = useCommand('workspaces.close');
  const [leaving, setLeaving] = useState(false);
  const isLeaving = useRef(false);
  const [name, setName] = useState(workspaces[0]?.name ?? '');
  const [actor, setActor] = useState(lastActor);
  const [passphrase, setPassphrase] = useState('');
  const [withKeyFile, setWithKeyFile] = useState(false);
  const [keyFile, setKeyFile] = useState<GrantedFile | null>(null);
  const [draft, setDraft] = useState(EMPTY_PASSPHRASE);
  const [tried, setTried] = useState(false);
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
  const isInitial = error?.code === 'account.initial-password' || draft.passphrase !== '';
  const hasKeyFiles = workspaces.some(
    workspace => workspace.name === name && workspace.secondSecrets.includes('key-file'),
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isInitial && (draft.passphrase === '' || draft.passphrase !== draft.repeated)) return;
    // Somebody else’s case is no place for this person to begin at.
    if (actor !== lastActor()) dispatch(caseChosen(null));
    rememberActor(actor);
    onStart();
    const outcome = await open({
      location: { name },
      passphrase,
      actor,
      ...(keyFile === null ? {} : { keyFile: keyFile.grant }),
      ...(isInitial ? { newPassphrase: draft.passphrase } : {}),
    });
    // The grant was for this try.
    setKeyFile(null);
    const isIn = outcome.error === undefined;
    // The engine finishes what it began; whoever thought better of it is signed out at once.
    if (isIn && isLeaving.current) await close({});
    onEnd(isIn && !isLeaving.current);
    isLeaving.current = false;
    setLeaving(false);
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
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
        autoComplete="username"
      />
      <PasswordInput
        label={t('login.passphrase')}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
        required
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      {withKeyFile ? <KeyFileField file={keyFile} onChosen={setKeyFile} /> : null}
      {isInitial ? (
        <fieldset className={styles.form} aria-label={t('login.own.title')}>
          <p className={styles.hint}>{t('login.own.text')}</p>
          <NewPassphrase
            draft={draft}
            onChange={setDraft}
            tried={tried && error === undefined}
            label={t('login.own.label')}
          />
        </fieldset>
      ) : null}
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('login.openAction')}
      </Button>
      {isLoading ? (
        <div className={styles.unlocking} role="status">
          <span>{t(leaving ? 'login.leaving' : 'login.unlocking', { name })}</span>
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={leaving}
            onClick={() => {
              isLeaving.current = true;
              setLeaving(true);
            }}
          >
            {t('login.cancelOpening')}
          </Button>
        </div>
      ) : null}
      <div className={styles.ways}>
        {hasKeyFiles && !withKeyFile ? (
          <Anchor component="button" type="button" size="sm" onClick={() => setWithKeyFile(true)}>
            {t('login.useKeyFile')}
          </Anchor>
        ) : null}
        <Anchor component="button" type="button" size="sm" onClick={onRecover}>
          {t('login.recover.link')}
        </Anchor>
      </div>
    </form>
  );
};
