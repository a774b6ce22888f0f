import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from '../identity/Identity.module.css';
import { type RightsDraft, RightsFields } from './RightsFields.tsx';

interface ProposeDialogProps {
  readonly account: ChannelAnswer<'accounts.list'>['accounts'][number];
  readonly onClose: () => void;
}

/** Other roles for an account: they hold once a second supervisor approves. */
export const ProposeDialog = ({ account, onClose }: ProposeDialogProps) => {
  const { t } = useTranslation();
  const [propose, { isLoading, error }] = useCommand('accounts.proposeRoles');
  const [rights, setRights] = useState<RightsDraft>(account);
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { role, secondaryRoles, supervisor } = rights;
    const outcome = await propose({ accountId: account.id, roles: [role, ...secondaryRoles], supervisor, reason });
    if (outcome.error === undefined) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.actOf', { act: t('people.acts.propose'), username: account.username })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <p className={styles.hint}>{t('people.actHints.propose')}</p>
        <RightsFields draft={rights} onChange={setRights} />
        <Textarea
          label={t('people.reason')}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
          required
          maxLength={2000}
          autosize
          minRows={2}
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading}>
          {t('people.acts.propose')}
        </Button>
      </form>
    </Modal>
  );
};
