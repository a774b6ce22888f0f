import { useEffect, useRef } from 'react';
import { useAppSelector } from './store.ts';

/** Shortcuts as typed: `mod+k`, `mod+shift+l`, `?`, `j`, or two keys in a row, `g r`. */
export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const SEQUENCE_MS = 1200;
const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';

/** What acts on Enter by itself: there Enter is its own, unless it says that the screen's Enter goes on (`data-enter="screen"`). */
const ENTERED = 'a, button, summary, [role="button"], [role="tab"], [role="gridcell"], input[type="checkbox"]';

/** True for a shortcut of plain letters, which WCAG 2.1.4 wants switchable. */
export const isSingleKey = (keys: string): boolean => !keys.includes('mod+');

/** The name of a pressed key as bindings write it; null for a bare modifier or a chord not used here. */
export const keyNameOf = (
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string | null => {
  if (event.altKey || ['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!event.ctrlKey && !event.metaKey) return key;
  return event.shiftKey ? `mod+shift+${key}` : `mod+${key}`;
};

/**
 * Binds shortcuts while the component is shown. Single letters rest while someone types, while a dialog is open,
 * and when they are switched off in the preferences.
 */
export const useKeys = (bindings: KeyBindings): void => {
  const singleKeys = useAppSelector(state => state.preferences.singleKeys);
  const current = useRef(bindings);
  current.current = bindings;
  useEffect(() => {
    let previous: { readonly key: string; readonly at: number } | null = null;
    const press = (event: KeyboardEvent): void => {
      const key = keyNameOf(event);
      if (key === null || event.defaultPrevented) return;
      const sequence =
        previous !== null && event.timeStamp - previous.at < SEQUENCE_MS ? `${previous.key} ${key}` : null;
      previous = { key, at: event.timeStamp };
      const name = sequence !== null && sequence in current.current ? sequence : key;
      const action = current.current[name];
      if (action === undefined) return;
      if (isSingleKey(name)) {
        const target = event.target instanceof Element ? event.target : null;
        const own = target?.closest(ENTERED);
        if (name === 'Enter' && own instanceof Element && own.getAttribute('data-enter') !== 'screen') return;
        if (!singleKeys || target?.closest(TYPING) || document.querySelector('[aria-modal="true"]') !== null) return;
      }
      event.preventDefault();
      previous = null;
      action(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [singleKeys]);
};
