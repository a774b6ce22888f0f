import { Modal } from '@mantine/core';
import { use, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { StepUpContext } from '../../app/step-up/StepUpContext.tsx';
import styles from './Identity.module.css';
import { Proof } from './Proof.tsx';

/** Asks for a proof whenever a call waits for one; what waits goes on by itself afterwards. */
export const StepUpDialog = () => {
  const { t } = useTranslation();
  const gate = use(StepUpContext);
  const waiting = useSyncExternalStore(gate.subscribe, gate.isWaiting);
  return (
    <Modal
      opened={waiting}
      onClose={() => gate.settle(false)}
      title={t('identity.stepUp.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      zIndex={400}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('identity.stepUp.text')}</p>
        <Proof withPassword onProved={() => gate.settle(true)} />
      </div>
    </Modal>
  );
};
