import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';

interface ProviderDialogProps {
  /** Null: a new one. */
  readonly provider: ChannelAnswer<'oauth.providers'>['providers'][number] | null;
  readonly onClose: () => void;
}

/** What NEXUS has to know of a provider. It is a public client there: there is no secret to be kept. */
export const ProviderDialog = ({ provider, onClose }: ProviderDialogProps) => {
  const { t } = useTranslation();
  const [save, { isLoading, error }] = useCommand('oauth.saveProvider');
  const [name, setName] = useState(provider?.name ?? '');
  const [issuer, setIssuer] = useState(provider?.issuer ?? '');
  const [clientId, setClientId] = useState(provider?.clientId ?? '');
  const [scopes, setScopes] = useState(provider?.scopes.join(' ') ?? 'email profile');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await save({
      ...(provider === null ? {} : { id: provider.id }),
      name,
      issuer,
      clientId,
      scopes: scopes.split(/\s+/).filter(scope => scope !== ''),
    });
    if (outcome.error === undefined) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(provider === null ? 'oauth.form.add' : 'oauth.form.change')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <TextInput
          label={t('oauth.form.name')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          data-autofocus
          required
          maxLength={80}
        />
        <TextInput
          label={t('oauth.issuer')}
          description={t('oauth.form.issuerHint')}
          value={issuer}
          onChange={event => setIssuer(event.currentTarget.value)}
          type="url"
          required
          maxLength={400}
        />
        <TextInput
          label={t('oauth.form.clientId')}
          value={clientId}
          onChange={event => setClientId(event.currentTarget.value)}
          required
          maxLength={200}
        />
        <TextInput
          label={t('oauth.form.scopes')}
          description={t('oauth.form.scopesHint')}
          value={scopes}
          onChange={event => setScopes(event.currentTarget.value)}
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading}>
          {t('oauth.form.save')}
        </Button>
      </form>
    </Modal>
  );
};
