import { Button, PasswordInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { downloadFile } from '../reports/download-file.ts';
import { EMPTY_PASSPHRASE, NewPassphrase } from '../workspace/NewPassphrase.tsx';
import { isSecretChosen, SecondSecretChoice } from '../workspace/SecondSecretChoice.tsx';
import styles from './Identity.module.css';
import { KeyFileField } from './KeyFileField.tsx';

/** The own passphrase and what goes with it: shown, and changed. */
export const ChangePasswordPanel = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const list = useChannel('workspaces.list', {});
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState<ChannelAnswer<'accounts.changePassword'> | null>(null);
  const second = status.data?.secondSecret ?? 'none';
  return (
    <Panel title={t('security.password.title')}>
      <div className={styles.form}>
        {second === 'none' ? (
          <div className={styles.warning}>
            <IconAlertTriangle size={16} aria-hidden />
            <p>{t('login.second.weak')}</p>
          </div>
        ) : (
          <StatusTag tone="good">{t(`security.password.with.${second}`)}</StatusTag>
        )}
        {changed === null ? null : (
          <div className={styles.actions} role="status">
            <StatusTag tone="good">{t('security.password.changed')}</StatusTag>
            {changed.keyFile === null ? null : <SaveKeyFile keyFile={changed.keyFile} />}
          </div>
        )}
        {changing ? (
          <ChannelView of={list}>
            {({ keychain }) => (
              <ChangeForm
                keychain={keychain}
                hasKeyFile={second === 'key-file'}
                second={second}
                onEnd={answer => {
                  setChanged(answer);
                  setChanging(false);
                }}
              />
            )}
          </ChannelView>
        ) : (
          <div className={styles.actions}>
            <Button
              variant="default"
              onClick={() => {
                setChanged(null);
                setChanging(true);
              }}
            >
              {t('security.password.change')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
};

const SaveKeyFile = ({ keyFile }: { readonly keyFile: { readonly name: string; readonly content: string } }) => {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={() => downloadFile(keyFile.name, 'application/octet-stream', keyFile.content)}>
        {t('kit.saveKeyFile')}
      </Button>
      <span className={styles.hint}>{t('kit.keyFileHint')}</span>
    </>
  );
};

interface ChangeFormProps {
  readonly keychain: ChannelAnswer<'workspaces.list'>['keychain'];
  readonly hasKeyFile: boolean;
  readonly second: 'none' | 'keychain' | 'key-file';
  readonly onEnd: (answer: ChannelAnswer<'accounts.changePassword'> | null) => void;
}

const ChangeForm = ({ keychain, hasKeyFile, second, onEnd }: ChangeFormProps) => {
  const { t } = useTranslation();
  const [change, { isLoading, error }] = useCommand('accounts.changePassword');
  const [passphrase, setPassphrase] = useState('');
  const [keyFile, setKeyFile] = useState<GrantedFile | null>(null);
  const [draft, setDraft] = useState(EMPTY_PASSPHRASE);
  const [secret, setSecret] = useState({ second, weakAccepted: false });
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (draft.passphrase !== draft.repeated || !isSecretChosen(secret)) return;
    const outcome = await change({
      passphrase,
      newPassphrase: draft.passphrase,
      secondSecret: secret.second,
      ...(keyFile === null ? {} : { keyFile: keyFile.grant }),
    });
    setKeyFile(null);
    if (outcome.data !== undefined) onEnd(outcome.data);
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <PasswordInput
        label={t('security.password.current')}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      {hasKeyFile ? <KeyFileField file={keyFile} onChosen={setKeyFile} /> : null}
      <NewPassphrase draft={draft} onChange={setDraft} tried={tried} label={t('login.own.label')} />
      <SecondSecretChoice keychain={keychain} draft={secret} onChange={setSecret} tried={tried} />
      {error === undefined ? null : <ErrorState error={error} />}
      <div className={styles.actions}>
        <Button type="submit" loading={isLoading}>
          {t('security.password.action')}
        </Button>
        <Button variant="subtle" onClick={() => onEnd(null)}>
          {t('security.password.cancel')}
        </Button>
      </div>
    </form>
  );
};
