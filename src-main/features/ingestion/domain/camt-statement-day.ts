import { type CivilDay, isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { StatementField } from './camt-fields.ts';
import type { StatementBalances } from './statement-sink.ts';
import type { XmlFields } from './xml-paths.ts';
import { dayAsWritten } from './xml-values.ts';

/** The one day a statement stands for, with where it was found; or why there is none. */
export type StatementDay =
  | { readonly day: CivilDay; readonly from: string }
  | { readonly day: null; readonly why: string };

/** The last day up to an instant: midnight belongs to the day before it. */
const lastDay = (text: string): CivilDay | null => {
  const day = dayAsWritten(text);
  return day !== null && /T00:00:00(?:\.0+)?(?:Z|[+-]\d{2}:\d{2})?$/.test(text) ? day - 1 : day;
};

/**
 * The day that a statement covers, used to date entries that carry no date of their own. Only a statement that covers
 * one day can date them: its period (FrToDt), else its balances' dates, else the day it was made. A statement known
 * to cover several days dates nothing.
 */
export const statementDay = (fields: XmlFields<StatementField>, balances: StatementBalances): StatementDay => {
  const first = dayAsWritten(fields.get('from'));
  const end = fields.get('to');
  const last = first !== null && dayAsWritten(end) === first ? first : lastDay(end);
  if (first !== null && last !== null)
    return first === last
      ? { day: first, from: 'period (FrToDt)' }
      : { day: null, why: `the statement covers ${isoDate(first)} to ${isoDate(last)}` };
  const opening = balances.opening?.date ?? UNKNOWN_DAY;
  const closing = balances.closing?.date ?? UNKNOWN_DAY;
  if (closing !== UNKNOWN_DAY) {
    // An opening balance is dated the day itself or, as the closing balance before, the day before.
    if (opening === UNKNOWN_DAY || closing - opening <= 1) return { day: closing, from: 'closing balance' };
    return { day: null, why: `the statement's balances are dated ${isoDate(opening)} and ${isoDate(closing)}` };
  }
  const created = dayAsWritten(fields.get('created'));
  if (created !== null) return { day: created, from: 'creation date (CreDtTm)' };
  return { day: null, why: 'the statement states no date either' };
};
