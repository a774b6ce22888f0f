import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';

/** Full year of a two-digit one: 80–99 are 1980–1999, 00–79 are 2000–2079 (SWIFT Standards MT, error code T50). */
const swiftYear = (twoDigits: number): number => twoDigits + (twoDigits >= 80 ? 1900 : 2000);

/** YYMMDD (`6!n`) to a day; null for anything else, impossible days included. */
export const swiftDay = (text: string): CivilDay | null =>
  /^\d{6}$/.test(text)
    ? civilDay(swiftYear(Number(text.slice(0, 2))), Number(text.slice(2, 4)), Number(text.slice(4)))
    : null;

/**
 * The day of an entry date MMDD (`4!n`), which states no year: the one nearest to the value date YYMMDD, so that a
 * booking of 2 January with value 31 December lies in the new year. The value date need not be a day of the calendar
 * (German banks write 30 February). Null where the month has no such day in the years around.
 */
export const entryDay = (entryDate: string, valueDate: string): CivilDay | null => {
  const year = swiftYear(Number(valueDate.slice(0, 2)));
  const month = Number(valueDate.slice(2, 4));
  const around = civilDay(year, month, Math.min(28, Math.max(1, Number(valueDate.slice(4)))));
  if (around === null) return null;
  let nearest: CivilDay | null = null;
  for (const candidate of [year, year - 1, year + 1]) {
    const day = civilDay(candidate, Number(entryDate.slice(0, 2)), Number(entryDate.slice(2)));
    if (day !== null && (nearest === null || Math.abs(day - around) < Math.abs(nearest - around))) nearest = day;
  }
  return nearest;
};

interface SwiftAmount extends Decimal {
  /** The amount has a decimal point, against the standard. */
  readonly point: boolean;
}

/**
 * An unsigned amount (`15d`): digits with a decimal comma, which some banks leave out. A decimal point is read where it
 * has one meaning, before one or two last digits. Null for anything else or what cannot be kept exactly.
 */
export const swiftAmount = (text: string): SwiftAmount | null => {
  const point = /^\d+\.\d{1,2}$/.test(text);
  if (!point && !/^\d+(?:,\d*)?$/.test(text)) return null;
  const value = parseDecimal(text.replace(',', '.'));
  return value === null ? null : { ...value, point };
};

export const negated = ({ units, scale }: Decimal): Decimal => ({ units: units === 0 ? 0 : -units, scale });
