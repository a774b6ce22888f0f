import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { messageOf } from '../../app/error-parts.ts';

const SHOWN_MS = 8000;

/** Tells that a step was taken, with a button that takes it back. Says so where that is refused. */
export const useStepNotice = (
  caseId: string,
): ((title: string, seqs: readonly number[], onUndone?: () => void) => void) => {
  const { t } = useTranslation();
  const [undo] = useCommand('recipes.undo');
  return useCallback(
    (title, seqs, onUndone) => {
      const id = `step ${seqs.join(' ')}`;
      const closeButtonProps = { 'aria-label': t('close') };
      let isTaken = false;
      const takeBack = async (): Promise<void> => {
        // The note fades away with its button still under the finger.
        if (isTaken) return;
        isTaken = true;
        notifications.hide(id);
        const { error } = await undo({ caseId, seqs: [...seqs] });
        if (error === undefined) onUndone?.();
        else notifications.show({ closeButtonProps, title, message: messageOf(error), color: 'red', autoClose: false });
      };
      notifications.show({
        id,
        closeButtonProps,
        title,
        message: (
          <Button size="compact-xs" variant="default" onClick={() => void takeBack()}>
            {t('history.undo')}
          </Button>
        ),
        autoClose: SHOWN_MS,
      });
    },
    [caseId, t, undo],
  );
};
