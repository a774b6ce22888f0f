import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from './engine/channel-hooks.ts';
import { messageOf } from './error-parts.ts';

const SHOWN_MS = 10_000;

/**
 * Says what was decided, with a button that takes the steps back; `onUndone` is called once they are. They can be undone later
 * too, in the case's history.
 */
export const useUndoToast = (
  caseId: string,
  channel: 'recipes.undo' | 'reconciliations.undo' = 'recipes.undo',
): ((title: string, seqs: readonly number[], onUndone?: () => void) => void) => {
  const { t } = useTranslation();
  const [undo] = useCommand(channel);
  return useCallback(
    (title, seqs, onUndone) => {
      const id = `undo ${seqs.join(' ')}`;
      let isTaken = false;
      const takeBack = async (): Promise<void> => {
        // The note fades away with its button still under the finger.
        if (isTaken) return;
        isTaken = true;
        notifications.hide(id);
        const { error } = await undo({ caseId, seqs: [...seqs] });
        // A caller that shows what came back needs no second note.
        if (error === undefined && onUndone !== undefined) {
          onUndone();
          return;
        }
        notifications.show({
          closeButtonProps: { 'aria-label': t('close') },
          title: error === undefined ? t('undo.done') : t('undo.failed'),
          message: error === undefined ? title : messageOf(error),
          color: error === undefined ? 'gray' : 'red',
        });
      };
      notifications.show({
        id,
        closeButtonProps: { 'aria-label': t('close') },
        title,
        message: (
          <Button size="compact-xs" variant="default" onClick={() => void takeBack()}>
            {t('undo.action')}
          </Button>
        ),
        autoClose: SHOWN_MS,
      });
    },
    [caseId, t, undo],
  );
};
