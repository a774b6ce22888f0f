import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Custody.module.css';

interface TransferDialogProps {
  readonly source: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Records that an original was handed to somebody, for what, and against which receipt. */
export const TransferDialog = ({ source, onClose }: TransferDialogProps) => {
  const { t } = useTranslation();
  const [transfer, { isLoading, error }] = useCommand('custody.transfer');
  const [recipient, setRecipient] = useState('');
  const [purpose, setPurpose] = useState('');
  const [receipt, setReceipt] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await transfer({
      sourceId: source.id,
      recipient: recipient.trim(),
      purpose: purpose.trim(),
      receipt: receipt.trim(),
    });
    if (data !== undefined) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('custody.transfer.title', { name: source.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={styles.dialog} onSubmit={event => void submit(event)}>
        <p>{t('custody.transfer.lead')}</p>
        <TextInput
          label={t('custody.transfer.recipient')}
          description={t('custody.transfer.recipientHint')}
          value={recipient}
          onChange={event => setRecipient(event.currentTarget.value)}
          maxLength={200}
          required
          data-autofocus
        />
        <TextInput
          label={t('custody.transfer.purpose')}
          value={purpose}
          onChange={event => setPurpose(event.currentTarget.value)}
          maxLength={500}
          required
        />
        <TextInput
          label={t('custody.transfer.receipt')}
          description={t('custody.transfer.receiptHint')}
          value={receipt}
          onChange={event => setReceipt(event.currentTarget.value)}
          maxLength={200}
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading} disabled={recipient.trim() === '' || purpose.trim() === ''}>
          {t('custody.transfer.submit')}
        </Button>
      </form>
    </Modal>
  );
};
