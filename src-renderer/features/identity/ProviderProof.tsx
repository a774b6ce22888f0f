import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OauthLink } from '../../../src-main/contract/oauth.contract.ts';
import { engineApi, TAGS } from '../../app/engine/engine-api.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';

interface ProviderProofProps {
  readonly links: readonly OauthLink[];
  readonly onProved: () => void;
}

/** A fresh sign-in at a linked provider, in the system's browser: the one step that needs a network. */
export const ProviderProof = ({ links, onProved }: ProviderProofProps) => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const cancel = useCancelJob();
  const { start, job, starting, error } = useJob('oauth.prove');
  const prove = async (providerId: string): Promise<void> => {
    const outcome = await start({ providerId });
    if (outcome.state !== 'done') return;
    // It may have been the second step: then everything can be read only now.
    dispatch(engineApi.util.invalidateTags([...TAGS]));
    onProved();
  };
  const providers = [...new Map(links.map(link => [link.providerId, link.providerName]))];
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('identity.provider.hint')}</p>
      {providers.map(([providerId, name]) => (
        <Button
          key={providerId}
          variant="default"
          leftSection={<IconExternalLink size={16} />}
          loading={starting || job !== undefined}
          onClick={() => void prove(providerId)}
        >
          {t('identity.provider.action', { name })}
        </Button>
      ))}
      {job === undefined ? null : (
        <Button variant="subtle" onClick={() => cancel(job.jobId)}>
          {t('identity.provider.cancel')}
        </Button>
      )}
      {error === undefined ? null : <ErrorState error={error} />}
    </div>
  );
};
