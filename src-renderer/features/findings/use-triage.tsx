import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { messageOf } from '../../app/error-parts.ts';
import { KeyHint } from '../../components/KeyHint.tsx';

const SHOWN_MS = 10_000;

interface Step {
  readonly seq: number;
  readonly title: string;
  readonly onUndone: () => void;
}

/** Steps taken in this window that can be taken back, newest last, by case. */
const steps = new Map<string, Step[]>();

interface StepUndo {
  /** Says what was done, with a button that takes it back. */
  readonly taken: (step: Step) => void;
  /** Takes the newest step back; the audit log and the history keep both. */
  readonly undoLast: () => Promise<void>;
}

export const useStepUndo = (caseId: string): StepUndo => {
  const { t } = useTranslation();
  const [undo] = useCommand('findings.undo');
  const takeBack = useCallback(
    async ({ seq, title, onUndone }: Step): Promise<void> => {
      const own = steps.get(caseId) ?? [];
      if (!own.some(step => step.seq === seq)) return;
      steps.set(
        caseId,
        own.filter(step => step.seq !== seq),
      );
      notifications.hide(`step ${seq}`);
      const { error } = await undo({ caseId, seq });
      if (error === undefined) onUndone();
      notifications.show({
        closeButtonProps: { 'aria-label': t('close') },
        title: error === undefined ? t('undo.done') : t('undo.failed'),
        message: error === undefined ? title : messageOf(error),
        color: error === undefined ? 'gray' : 'red',
        autoClose: SHOWN_MS / 2,
      });
    },
    [caseId, t, undo],
  );
  const taken = useCallback(
    (step: Step): void => {
      steps.set(caseId, [...(steps.get(caseId) ?? []), step]);
      notifications.show({
        id: `step ${step.seq}`,
        closeButtonProps: { 'aria-label': t('close') },
        title: step.title,
        message: (
          <Button
            size="compact-xs"
            variant="default"
            rightSection={<KeyHint keys="mod+Z" />}
            onClick={() => void takeBack(step)}
          >
            {t('undo.action')}
          </Button>
        ),
        autoClose: SHOWN_MS,
      });
    },
    [caseId, t, takeBack],
  );
  const undoLast = useCallback(async (): Promise<void> => {
    const last = steps.get(caseId)?.at(-1);
    if (last !== undefined) await takeBack(last);
  }, [caseId, takeBack]);
  return { taken, undoLast };
};

/** A refusal that belongs to no dialog, as a note. */
export const showRefusal = (error: NexusErrorData, closeLabel: string): void => {
  notifications.show({ closeButtonProps: { 'aria-label': closeLabel }, message: messageOf(error), color: 'red' });
};
