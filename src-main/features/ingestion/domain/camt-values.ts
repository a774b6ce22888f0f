import { type CivilDay, parseIsoDate } from '../../../kernel/civil-date.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';

/** The day of an ISODate or ISODateTime exactly as written, without moving it to another time zone; null when it is no day. */
export const dayAsWritten = (text: string): CivilDay | null =>
  /^\d{4}-\d{2}-\d{2}(?:T.*|Z|[+-]\d{2}:\d{2})?$/.test(text) ? parseIsoDate(text.slice(0, 10)) : null;

/** CRDT adds to the account, DBIT takes from it; null for anything else. */
export const directionSign = (text: string): 1 | -1 | null => (text === 'CRDT' ? 1 : text === 'DBIT' ? -1 : null);

/** An unsigned amount (xs:decimal, minimum 0) with the direction's sign; null when it is not one or has too many digits. */
export const signedAmount = (text: string, sign: 1 | -1): Decimal | null => {
  if (text.startsWith('-')) return null;
  const amount = parseDecimal(text);
  return amount && sign < 0 && amount.units !== 0 ? { units: -amount.units, scale: amount.scale } : amount;
};
