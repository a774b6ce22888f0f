import { type CivilDay, parseIsoDate } from '../../../kernel/civil-date.ts';
import { type Decimal, formatUnits, MAX_SCALE } from '../../../kernel/decimal.ts';
import { timeOfDay, UNKNOWN_MINUTE } from './time-of-day.ts';

/** The day of an xs:date or xs:dateTime exactly as written, without moving it to another time zone; null when it is no day. */
export const dayAsWritten = (text: string): CivilDay | null =>
  /^\d{4}-\d{2}-\d{2}(?:[T ].*|Z|[+-]\d{2}:\d{2})?$/.test(text) ? parseIsoDate(text.slice(0, 10)) : null;

/** The minute of the day of an xs:dateTime exactly as written; UNKNOWN_MINUTE where it states none. */
export const minuteAsWritten = (text: string): number =>
  /^.{10}[T ]\d/.test(text) ? timeOfDay(text.slice(11)) : UNKNOWN_MINUTE;

const POWERS = Array.from({ length: MAX_SCALE + 1 }, (_, n) => 10n ** BigInt(n));

/** A decimal in units of 10^-9, in which any amounts can be added up exactly. */
export const unitsOf = ({ units, scale }: Decimal): bigint => BigInt(units) * (POWERS[MAX_SCALE - scale] ?? 1n);

/** A sum of `unitsOf` as plain decimal text with at least two decimals. */
export const sumText = (units: bigint): string => formatUnits(units, MAX_SCALE, 2);

/** A sum of `unitsOf` as a Decimal; null when it exceeds 2^53 units. */
export const decimalOf = (sum: bigint): Decimal | null => {
  let units = sum;
  let scale = MAX_SCALE;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale--;
  }
  const asNumber = Number(units);
  return Number.isSafeInteger(asNumber) ? { units: asNumber, scale } : null;
};
