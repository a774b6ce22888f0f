import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import { ErrorState } from './ErrorState.tsx';
import styles from './ReasonDialog.module.css';

interface ReasonDialogProps {
  readonly title: string;
  /** What the act does; nothing where the title says it. */
  readonly lead?: string;
  readonly label: string;
  readonly hint?: string;
  /** The word on the button. */
  readonly act: string;
  readonly shortest?: number;
  readonly longest: number;
  readonly busy: boolean;
  readonly error: NexusErrorData | undefined;
  /** Gets the reason without blanks at its ends, of the allowed length. */
  readonly onSend: (reason: string) => void;
  readonly onClose: () => void;
}

/** An act that needs a reason, which the log keeps: asked for before the act, its refusal shown where it was asked. */
export const ReasonDialog = ({
  title,
  lead,
  label,
  hint,
  act,
  shortest = 1,
  longest,
  busy,
  error,
  onSend,
  onClose,
}: ReasonDialogProps) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const reason = text.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.length >= shortest) onSend(reason);
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={styles.form} onSubmit={submit}>
        {lead === undefined ? null : <p>{lead}</p>}
        <Textarea
          label={label}
          description={hint}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          required
          autosize
          minRows={2}
          maxLength={longest}
          data-autofocus
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={busy} disabled={reason.length < shortest}>
          {act}
        </Button>
      </form>
    </Modal>
  );
};
