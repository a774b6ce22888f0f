import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';
import { KeyFileField } from './KeyFileField.tsx';

/** The own passphrase again, with the key file where the account has one. */
export const PasswordProof = ({ onProved }: { readonly onProved: () => void }) => {
  const { t } = useTranslation();
  const needsKeyFile = useChannel('workspaces.status', {}).data?.secondSecret === 'key-file';
  const [prove, { isLoading, error }] = useCommand('sessions.prove');
  const [passphrase, setPassphrase] = useState('');
  const [keyFile, setKeyFile] = useState<GrantedFile | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await prove({ passphrase, ...(keyFile === null ? {} : { keyFile: keyFile.grant }) });
    setPassphrase('');
    setKeyFile(null);
    if (outcome.error === undefined) onProved();
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <PasswordInput
        label={t('login.passphrase')}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
        autoComplete="current-password"
        data-autofocus
        required
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
      {needsKeyFile ? <KeyFileField file={keyFile} onChosen={setKeyFile} /> : null}
      {error === undefined ? null : <ErrorState error={error} />}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('identity.prove')}
      </Button>
    </form>
  );
};
