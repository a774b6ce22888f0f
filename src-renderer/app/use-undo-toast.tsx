import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from './engine/channel-hooks.ts';
import { messageOf } from './error-parts.ts';

const SHOWN_MS = 10_000;

/** Says what was decided, with a button that takes the steps back. They can be undone later too, in the case's history. */
export const useUndoToast = (caseId: string): ((title: string, seqs: readonly number[]) => void) => {
  const { t } = useTranslation();
  const [undo] = useCommand('recipes.undo');
  return useCallback(
    (title, seqs) => {
      const id = `undo ${seqs.join(' ')}`;
      const takeBack = async (): Promise<void> => {
        notifications.hide(id);
        const { error } = await undo({ caseId, seqs: [...seqs] });
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
