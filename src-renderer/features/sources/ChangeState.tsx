import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Sources.module.css';

interface ChangeStateProps {
  readonly source: SourceSummary;
  /** Transactions of it and, where it is an archive, of its members. */
  readonly transactions: number;
  readonly isArchive: boolean;
}

/** Sets a source aside or takes it back into use: with a reason, after saying what that does. */
export const ChangeState = ({ source, transactions, isArchive }: ChangeStateProps) => {
  const { t } = useTranslation();
  const mayImport = usePermission('evidence.import');
  const [archive, archiving] = useCommand('sources.archive');
  const [restore, restoring] = useCommand('sources.restore');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!mayImport) return null;
  const act = source.state === 'set-aside' ? 'restore' : 'setAside';
  const error = act === 'restore' ? restoring.error : archiving.error;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await (act === 'restore' ? restore : archive)({ sourceId: source.id, reason: reason.trim() });
    if (data === undefined) return;
    setOpen(false);
    setReason('');
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t(`source.${act}`)}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t(`source.${act}Title`, { name: source.name })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form className={styles.reason} onSubmit={event => void submit(event)}>
          <p>
            {t(`source.${act}Means`, { count: transactions })} {isArchive ? t('source.withMembers') : null}
          </p>
          <Textarea
            label={t('source.reason')}
            description={t('source.reasonHint')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            required
            minRows={2}
            autosize
            maxLength={2000}
            data-autofocus
          />
          {error === undefined ? null : <ErrorState error={error} />}
          <Button type="submit" loading={archiving.isLoading || restoring.isLoading} disabled={reason.trim() === ''}>
            {t(`source.${act}`)}
          </Button>
        </form>
      </Modal>
    </>
  );
};
