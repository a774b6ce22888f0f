import { z } from 'zod';

const Value = z.tuple([z.string(), z.string(), z.string()]);

/** What a set stands for that no run stores and no figure therefore names: a value of a field, or a party under review. */
export type SetWords =
  | { readonly kind: 'value'; readonly field: string; readonly original: string; readonly standardized: string }
  | { readonly kind: 'review'; readonly party: string; readonly direction: 'in' | 'out' };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // An address somebody edited: the chip shows the name itself.
    return null;
  }
};

/** Takes such a set's name apart; null for the name of a figure. */
export const wordsOfSet = (name: string): SetWords | null => {
  const [, kind, place, text] = /^(value|review):([A-Za-z]+):(.*)$/s.exec(name) ?? [];
  if (place === undefined || text === undefined) return null;
  if (kind === 'review') return place === 'in' || place === 'out' ? { kind, party: text, direction: place } : null;
  const value = Value.safeParse(parsed(text));
  return value.success
    ? { kind: 'value', field: place, original: value.data[0], standardized: value.data[1] }
    : null;
};
