import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryKit } from '../../../src-main/contract/workspaces.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RecoveryKitCard } from '../workspace/RecoveryKitCard.tsx';
import styles from './Identity.module.css';

/** For supervisors: a new code for the printed kit, shown once, in place of the one before it. */
export const RecoveryKitPanel = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const [renew, { isLoading, error }] = useCommand('accounts.renewKit');
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  const begin = async (): Promise<void> => setKit((await renew({})).data?.kit ?? null);
  return (
    <Panel title={t('security.kit.title')}>
      <div className={styles.form}>
        <p className={styles.hint}>{t('security.kit.text')}</p>
        {error === undefined ? null : <ErrorState error={error} />}
        <div className={styles.actions}>
          <Button variant="default" loading={isLoading} onClick={() => void begin()}>
            {t('security.kit.renew')}
          </Button>
        </div>
      </div>
      {kit === null ? null : (
        <Modal
          opened
          onClose={() => setKit(null)}
          withCloseButton={false}
          closeOnClickOutside={false}
          closeOnEscape={false}
          size="lg"
          padding={0}
          attributes={{ content: { 'aria-labelledby': 'kit-title' } }}
        >
          <RecoveryKitCard kit={kit} workspaceName={status.data?.name ?? ''} onDone={() => setKit(null)} />
        </Modal>
      )}
    </Panel>
  );
};
