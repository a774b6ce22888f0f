import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import { minuteOfDay, UNKNOWN_MINUTE } from './time-of-day.ts';

/** The day of an OFX date `YYYYMMDD[HHMMSS[.XXX]][[offset:zone]]` exactly as written (OFX 2.3, 3.2.8); null when it is no day. */
export const ofxDay = (text: string): CivilDay | null => {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2}|\d{4}|\d{6})?(?!\d)/.exec(text);
  return match ? civilDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};

/**
 * The minute of the day of an OFX date exactly as written; UNKNOWN_MINUTE where it states none. Midnight is what a date
 * without time means (OFX 2.3, 3.2.8), and noon what banks write in its place so that no time zone moves the day.
 */
export const ofxMinute = (text: string): number => {
  const match = /^\d{8}(\d{2})(\d{2})(\d{2})?(?!\d)/.exec(text);
  if (match === null || /^\d{8}(?:00|12)(?:00)+(?!\d)/.test(text)) return UNKNOWN_MINUTE;
  return minuteOfDay(Number(match[1]), Number(match[2]));
};

/**
 * An OFX amount (OFX 2.3, 3.2.9.1): optional sign, digits, and a point or a comma before the decimals; no grouping.
 * Grouped amounts are read where both marks stand and only one reading is left. `1,234` of a currency with two decimals
 * is refused: by the book 1.234, in many banks' hands 1234.
 */
export const ofxAmount = (text: string, currency: string | null): Decimal | { readonly reason: string } => {
  let plain = text;
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(text)) plain = text.replaceAll(',', '');
  else if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(text)) plain = text.replaceAll('.', '').replace(',', '.');
  else if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text) && currencyExponent(currency) < 3)
    return { reason: `the amount "${text}" can be read in two ways: as decimals or as thousands` };
  else plain = text.replace(',', '.');
  return (
    parseDecimal(plain) ?? {
      reason: text === '' ? 'there is no amount (TRNAMT)' : `the amount "${text}" is not a number`,
    }
  );
};
