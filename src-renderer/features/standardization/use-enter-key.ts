import { useEffect, useRef } from 'react';
import { useAppSelector } from '../../app/store.ts';

/** What Enter already means something to. */
const OWN_ENTER =
  'a, button, input, textarea, select, summary, [role="button"], [role="tab"], [role="gridcell"], [contenteditable="true"]';

/**
 * Binds Enter for the item at hand of a queue: while nothing else that takes Enter has the focus, or an item of the queue
 * itself (marked `data-enter`) has it. Null binds nothing. Rests where single-key shortcuts are switched off.
 */
export const useEnterKey = (action: (() => void) | null): void => {
  const singleKeys = useAppSelector(state => state.preferences.singleKeys);
  const current = useRef(action);
  current.current = action;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat || current.current === null) return;
      const target = event.target instanceof Element ? event.target : null;
      const isItem = target?.closest('[data-enter]')?.contains(target.closest('[aria-current="true"]')) ?? false;
      if (!isItem && (!singleKeys || target?.closest(OWN_ENTER) != null)) return;
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      event.preventDefault();
      current.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [singleKeys]);
};
