import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
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
  const [password, setPassword] = useState<string | null>(null);
  const states = [resetting, resettingFactors, revoking, reinstating];
  const error = states.find(state => state.error !== undefined)?.error;
  const send = async (reason: string): Promise<void> => {
    const input = { accountId: account.id, reason };
    if (act === 'reset' || act === 'reinstate') {
      const outcome = await (act === 'reset' ? reset(input) : reinstate(input));
      if (outcome.data !== undefined) setPassword(outcome.data.initialPassword);
      return;
    }
    const outcome = await (act === 'revoke' ? revoke(input) : resetFactors(input));
    if (outcome.error === undefined) onClose();
  };
  const title = t('people.actOf', { act: t(`people.acts.${act}`), username: account.username });
  if (password !== null)
    return (
      <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
        <InitialPassword username={account.username} password={password} onClose={onClose} />
      </Modal>
    );
  return (
    <ReasonDialog
      title={title}
      lead={t(`people.actHints.${act}`)}
      label={t('people.reason')}
      act={t(`people.acts.${act}`)}
      shortest={3}
      longest={400}
      busy={states.some(state => state.isLoading)}
      error={error}
      onSend={reason => void send(reason)}
      onClose={onClose}
    />
  );
};
