import { Autocomplete, Button, Modal, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { EXPLANATION_OUTCOMES } from '../../../src-main/contract/findings.contract.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Findings.module.css';
import type { Severity } from './finding-types.ts';

/** What is asked for before a step is taken. */
export type Asked =
  | { readonly kind: 'clear'; readonly state: 'explained' | 'dismissed' }
  | { readonly kind: 'severity'; readonly severity: Severity }
  | { readonly kind: 'comment' }
  | { readonly kind: 'assign' }
  | { readonly kind: 'explanation' }
  | { readonly kind: 'return' };

/** What was answered; fields that the step does not have are ''. */
export interface Answer {
  readonly state: 'explained' | 'dismissed';
  readonly text: string;
  readonly name: string;
  readonly outcome: (typeof EXPLANATION_OUTCOMES)[number];
}

interface StepDialogProps {
  readonly asked: Asked;
  /** How many findings the step is on. */
  readonly count: number;
  readonly names: readonly string[];
  readonly busy: boolean;
  readonly error: NexusErrorData | undefined;
  readonly onCancel: () => void;
  readonly onAnswer: (answer: Answer) => void;
}

/** One small dialog for every step that needs words: Enter in the field with Ctrl, or the button, takes it. */
export const StepDialog = ({ asked, count, names, busy, error, onCancel, onAnswer }: StepDialogProps) => {
  const { t } = useTranslation();
  const [state, setState] = useState<Answer['state']>(asked.kind === 'clear' ? asked.state : 'explained');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [outcome, setOutcome] = useState<Answer['outcome']>('supports');
  const needsText = asked.kind !== 'assign';
  const isReady = (!needsText || text.trim() !== '') && (asked.kind !== 'explanation' || name.trim() !== '');
  const answer = (): void => {
    if (isReady && !busy) onAnswer({ state, text: text.trim(), name: name.trim(), outcome });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    answer();
  };
  return (
    <Modal
      opened
      onClose={onCancel}
      title={t(`triage.ask.${asked.kind}`, {
        count,
        severity: asked.kind === 'severity' ? t(`severity.${asked.severity}`) : '',
      })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={submit}
        className={styles.dialog}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          answer();
        }}
      >
        {asked.kind === 'clear' ? (
          <SegmentedControl
            fullWidth
            size="xs"
            value={state}
            onChange={value => setState(value as Answer['state'])}
            aria-label={t('decisions.label')}
            data={[
              { value: 'explained', label: t('states.explained') },
              { value: 'dismissed', label: t('states.dismissed') },
            ]}
          />
        ) : null}
        {asked.kind === 'explanation' ? (
          <>
            <TextInput
              label={t('explanations.what')}
              description={t('explanations.whatHint')}
              value={name}
              onChange={event => setName(event.currentTarget.value)}
              maxLength={200}
              required
              data-autofocus
            />
            <NativeSelect
              label={t('explanations.outcome')}
              value={outcome}
              onChange={event => setOutcome(event.currentTarget.value as Answer['outcome'])}
              data={EXPLANATION_OUTCOMES.map(value => ({ value, label: t(`explanations.outcomes.${value}`) }))}
            />
          </>
        ) : null}
        {asked.kind === 'assign' ? (
          <Autocomplete
            label={t('triage.assignee')}
            description={t('triage.assigneeHint')}
            value={name}
            onChange={setName}
            data={[...names]}
            maxLength={200}
            comboboxProps={{ withinPortal: true }}
            data-autofocus
          />
        ) : (
          <Textarea
            label={t(
              asked.kind === 'comment'
                ? 'triage.comment'
                : asked.kind === 'explanation'
                  ? 'explanations.seen'
                  : 'decisions.reason',
            )}
            description={t('decisions.reasonHint')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            required
            minRows={3}
            autosize
            maxLength={2000}
            {...(asked.kind === 'explanation' ? {} : { 'data-autofocus': true })}
          />
        )}
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={busy} disabled={!isReady}>
          {asked.kind === 'clear'
            ? t(state === 'dismissed' ? 'decisions.dismiss' : 'decisions.explain')
            : asked.kind === 'assign' && name.trim() === ''
              ? t('triage.unassign')
              : t(`triage.do.${asked.kind}`)}
        </Button>
      </form>
    </Modal>
  );
};
