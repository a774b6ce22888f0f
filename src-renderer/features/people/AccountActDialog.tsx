import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from '../identity/Identity.module.css';
import { InitialPassword } from './InitialPassword.tsx';

export type AccountAct = 'reset' | 'resetFactors' | 'revoke' | 'reinstate';

interface AccountActDialogProps {
  readonly account: ChannelAnswer<'accounts.list'>['accounts'][number];
  readonly act: AccountAct;
  readonly onClose: () => void;
}

/** An act on another account, with its reason, which the log keeps. */
export const AccountActDialog = ({ account, act, onClose }: AccountActDialogProps) => {
  const { t } = useTranslation();
  const [reset, resetting] = useCommand('accounts.resetPassword');
  const [resetFactors, resettingFactors] = useCommand('factors.reset');
  const [revoke, revoking] = useCommand('accounts.revoke');
  const [reinstate, reinstating] = useCommand('accounts.reinstate');
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState<string | null>(null);
  const states = [resetting, resettingFactors, revoking, reinstating];
  const error = states.find(state => state.error !== undefined)?.error;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = { accountId: account.id, reason };
    if (act === 'reset' || act === 'reinstate') {
      const outcome = await (act === 'reset' ? reset(input) : reinstate(input));
      if (outcome.data !== undefined) setPassword(outcome.data.initialPassword);
      return;
    }
    const outcome = await (act === 'revoke' ? revoke(input) : resetFactors(input));
    if (outcome.error === undefined) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.actOf', { act: t(`people.acts.${act}`), username: account.username })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {password !== null ? (
        <InitialPassword username={account.username} password={password} onClose={onClose} />
      ) : (
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <p className={styles.hint}>{t(`people.actHints.${act}`)}</p>
          <Textarea
            label={t('people.reason')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            data-autofocus
            required
            minLength={3}
            maxLength={400}
            autosize
            minRows={2}
          />
          {error === undefined ? null : <ErrorState error={error} />}
          <Button type="submit" loading={states.some(state => state.isLoading)}>
            {t(`people.acts.${act}`)}
          </Button>
        </form>
      )}
    </Modal>
  );
};
