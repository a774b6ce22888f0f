import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { messageOf } from '../../app/error-parts.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';

const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';

/** U and Ctrl+Z take the newest decision back that stands. While someone types, Ctrl+Z is the text's own. */
export const useDecisionUndo = (caseId: string): void => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const history = useChannel('reconciliations.history', { caseId, limit: 20 });
  const [undo, { isLoading }] = useCommand('reconciliations.undo');
  const newest = history.data?.steps.find(({ standing }) => standing);
  const takeBack = async (): Promise<void> => {
    if (!mayDecide || isLoading || newest === undefined) return;
    const { error } = await undo({ caseId, seqs: [newest.seq] });
    notifications.show({
      closeButtonProps: { 'aria-label': t('close') },
      title: error === undefined ? t('undo.done') : t('undo.failed'),
      message: error === undefined ? newest.title : messageOf(error),
      color: error === undefined ? 'gray' : 'red',
    });
  };
  const current = useRef(takeBack);
  current.current = takeBack;
  useKeys({ u: event => void (event.repeat ? undefined : current.current()) });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.repeat)
        return;
      if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      event.preventDefault();
      void current.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
};
