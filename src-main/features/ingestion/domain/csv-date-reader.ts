import { type CivilDay, civilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { DateReading } from './csv-date.ts';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2155;
const NOT_A_DAY = UNKNOWN_DAY + 1;

const SPACE = 32;
const LETTER_T = 84;
const COLON = 58;

/**
 * Reads the plain numeric dates (2024-03-31, 31.03.2024, 20240331), a time of day behind them or not, straight from
 * bytes, with a table of days already worked out; UNKNOWN_DAY stands for "not in such a form or no such day", which
 * `parseDate` then decides.
 */
export class DateReader {
  private readonly days = new Int32Array((LAST_YEAR - FIRST_YEAR + 1) * 512);
  private readonly order: DateReading;
  constructor(order: DateReading) {
    this.order = order;
  }

  read(bytes: Uint8Array, start: number, end: number): CivilDay {
    const length = end - start;
    if (length === 10 || (length >= 15 && startsTime(bytes, start + 10, end))) {
      if (this.order === 'excel1900' || this.order === 'excel1904') return UNKNOWN_DAY;
      if (this.order === 'ymd') {
        const separator = bytes[start + 4]!;
        if (bytes[start + 7] !== separator || (separator !== 45 && separator !== 46 && separator !== 47))
          return UNKNOWN_DAY;
        return this.day(
          pair(bytes, start) * 100 + pair(bytes, start + 2),
          pair(bytes, start + 5),
          pair(bytes, start + 8),
        );
      }
      const separator = bytes[start + 2]!;
      if (bytes[start + 5] !== separator || (separator !== 45 && separator !== 46 && separator !== 47))
        return UNKNOWN_DAY;
      const year = pair(bytes, start + 6) * 100 + pair(bytes, start + 8);
      const first = pair(bytes, start);
      const second = pair(bytes, start + 3);
      return this.order === 'dmy' ? this.day(year, second, first) : this.day(year, first, second);
    }
    if (length === 8 && this.order === 'ymd')
      return this.day(
        pair(bytes, start) * 100 + pair(bytes, start + 2),
        pair(bytes, start + 4),
        pair(bytes, start + 6),
      );
    return UNKNOWN_DAY;
  }

  /** NaN in any part (a byte that is no digit) answers UNKNOWN_DAY. */
  private day(year: number, month: number, day: number): CivilDay {
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= 31))
      return UNKNOWN_DAY;
    const index = (year - FIRST_YEAR) * 512 + month * 32 + day;
    const known = this.days[index]!;
    if (known === NOT_A_DAY) return UNKNOWN_DAY;
    if (known !== 0) return known;
    const civil = civilDay(year, month, day);
    this.days[index] = civil ?? NOT_A_DAY;
    return civil ?? UNKNOWN_DAY;
  }
}

/** True for ` 12:34` or `T12:34:56.789+01:00` and the like: all of it characters of a time of day, with a colon in place. */
const startsTime = (bytes: Uint8Array, start: number, end: number): boolean => {
  if ((bytes[start] !== SPACE && bytes[start] !== LETTER_T) || bytes[start + 3] !== COLON || end - start > 24)
    return false;
  for (let p = start + 1; p < end; p++) {
    const byte = bytes[p]!;
    // Digits, colon, point, signs of an offset, blank and Z.
    if (!((byte >= 48 && byte <= COLON) || byte === 46 || byte === 43 || byte === 45 || byte === SPACE || byte === 90))
      return false;
  }
  return true;
};

/** Value of two ASCII digits; a large negative number when either is none, which makes every part of a date impossible. */
const pair = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
};
