import { type RefObject, useEffect } from 'react';

/** Alt with 1 to 9, and 0 for the tenth, goes to a field of this mapping: of the card that has the focus, else of the first on the screen. */
export const useFieldKeys = (mapping: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const digit = /^Digit(\d)$/.exec(event.code)?.[1];
      const own = mapping.current;
      if (digit === undefined || own === null || !event.altKey || event.ctrlKey || event.metaKey) return;
      const focused = document.activeElement?.closest('article')?.querySelector('[data-mapping]');
      if ((focused ?? document.querySelector('[data-mapping]')) !== own) return;
      const field = own.querySelector<HTMLElement>(`[aria-keyshortcuts="Alt+${digit}"]`);
      if (field === null) return;
      event.preventDefault();
      field.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [mapping]);
};
