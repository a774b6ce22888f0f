import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Catalogue.module.css';
import type { CatalogueTest } from './catalogue-types.ts';
import { withSwitch } from './settings-draft.ts';
import { useSettings } from './use-settings.ts';

/** Switches a test off for the case, with a reason that stands in every examination, or on again. */
export const SwitchTest = ({ caseId, test }: { readonly caseId: string; readonly test: CatalogueTest }) => {
  const { t } = useTranslation();
  const settings = useSettings(caseId);
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState('');
  const close = (): void => {
    setAsks(false);
    setReason('');
  };
  const switchOff = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await settings.change(known => withSwitch(known, test.id, reason))) close();
  };
  if (test.off !== null)
    return (
      <Button
        variant="default"
        loading={settings.busy}
        onClick={() => void settings.change(known => withSwitch(known, test.id, null))}
      >
        {t('catalogue.switchOn')}
      </Button>
    );
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        {t('catalogue.switchOff')}
      </Button>
      <Modal
        opened={asks}
        onClose={close}
        title={t('catalogue.switchOffTitle', { title: test.title })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form className={styles.form} onSubmit={event => void switchOff(event)}>
          <TextInput
            data-autofocus
            required
            label={t('catalogue.reason')}
            description={t('catalogue.reasonHint')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          {settings.error === undefined ? null : <ErrorState error={settings.error} />}
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('catalogue.cancel')}
            </Button>
            <Button type="submit" loading={settings.busy} disabled={reason.trim() === ''}>
              {t('catalogue.switchOff')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
};
