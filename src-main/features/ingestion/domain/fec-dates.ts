import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';

export type FecDateOrder = 'dmy' | 'mdy';

/** A date as read, or why not: `order` means that day and month can be told apart only by the file's date order. */
type FecDate =
  | { readonly day: CivilDay; readonly standard: boolean }
  | { readonly trouble: 'none' | 'unreadable' | 'order' };

/** The date order that a date like 31/12/2025 proves; null where it proves none. */
export const provenOrder = (text: string): FecDateOrder | null => {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$/.exec(text);
  if (!match) return null;
  if (Number(match[1]) > 12) return 'dmy';
  return Number(match[2]) > 12 ? 'mdy' : null;
};

/**
 * A date of a FEC: AAAAMMJJ (LPF art. A47 A-1, XII 4°). Against the law but met: AAAA-MM-JJ, and JJ/MM/AAAA, which needs
 * the file's date order because spreadsheets in other languages write MM/JJ/AAAA.
 */
export const parseFecDate = (text: string, order: FecDateOrder | null): FecDate => {
  if (text === '') return { trouble: 'none' };
  const standard = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const iso = /^(\d{4})[-/.](\d{2})[-/.](\d{2})$/.exec(text);
  const year = standard ?? iso;
  if (year) return of(civilDay(Number(year[1]), Number(year[2]), Number(year[3])), standard !== null);
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (!match) return { trouble: 'unreadable' };
  if (order === null) return { trouble: 'order' };
  const [first, second] = [Number(match[1]), Number(match[2])];
  return of(civilDay(Number(match[3]), order === 'dmy' ? second : first, order === 'dmy' ? first : second), false);
};

const of = (day: CivilDay | null, standard: boolean): FecDate =>
  day === null ? { trouble: 'unreadable' } : { day, standard };
