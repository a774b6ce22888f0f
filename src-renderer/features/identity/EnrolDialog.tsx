import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';
import { QrCode } from './QrCode.tsx';

interface EnrolDialogProps {
  readonly enrolment: ChannelAnswer<'factors.enrol'>;
  readonly onClose: () => void;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}

/** A new secret for the authenticator, as a picture and as text; it holds once a first code confirms it. */
export const EnrolDialog = ({ enrolment, onClose, onConfirmed }: EnrolDialogProps) => {
  const { t } = useTranslation();
  const [confirm, { isLoading, error }] = useCommand('factors.confirm');
  const [code, setCode] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await confirm({ code: code.trim() });
    setCode('');
    if (outcome.data !== undefined) onConfirmed(outcome.data.recoveryCodes);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('security.enrol.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
      size="lg"
    >
      <div className={styles.enrolment}>
        <QrCode modules={enrolment.qr} label={t('security.enrol.picture')} />
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <p className={styles.hint}>{t('security.enrol.text')}</p>
          <div>
            <div className={styles.hint}>{t('security.enrol.key')}</div>
            <code className={`${styles.secret} nx-mono`} data-secret>
              {enrolment.secret.match(/.{1,4}/g)?.join(' ')}
            </code>
          </div>
          <TextInput
            label={t('security.enrol.code')}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            data-autofocus
            required
            minLength={6}
            maxLength={7}
            classNames={{ input: 'nx-mono' }}
          />
          {error === undefined ? null : (
            <>
              <ErrorState error={error} />
              <p className={styles.hint}>
                {t('identity.code.clock', { time: new Date().toLocaleTimeString('en-GB') })}
              </p>
            </>
          )}
          <Button type="submit" loading={isLoading}>
            {t('security.enrol.action')}
          </Button>
        </form>
      </div>
    </Modal>
  );
};
