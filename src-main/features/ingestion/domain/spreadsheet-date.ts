import { isoDate } from '../../../kernel/civil-date.ts';
import { DATE, ELAPSED, type NumberKind, TIME } from './spreadsheet-number-format.ts';

const DAY_MS = 86_400_000;
/** 31 December 9999 in the 1900 system: the last day spreadsheet programs show. */
const LAST_SERIAL = 2_958_465;
const DAYS_1904 = 1462;
/** Serial 0 of the 1900 system from March 1900 on, as days since 1970: 30 December 1899. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = EPOCH_1900 + DAYS_1904;

/**
 * Turns serial numbers of one workbook into ISO 8601 text. The 1900 system counts a 29 February 1900 that never was
 * (serial 60) and calls serial 0 the 0 January; both stand as they are, to be rejected as no dates (ECMA-376 part 1,
 * 18.17.4.1).
 */
export class SerialDates {
  private readonly date1904: boolean;
  private readonly days = new Map<number, string>();
  constructor(date1904: boolean) {
    this.date1904 = date1904;
  }

  /**
   * `2024-03-31`, `2024-03-31 09:15:00` where there is a time, `09:15:00` for a time of day alone, `36:00:00` for
   * elapsed hours; milliseconds only where there are any. Null for a number that no date stands for.
   */
  text(serial: number, kind: NumberKind): string | null {
    if (!(serial >= 0 && serial < LAST_SERIAL + 1 - (this.date1904 ? DAYS_1904 : 0))) return null;
    if (Number.isInteger(serial) && kind === DATE) return this.day(serial);
    const ms = Math.round(serial * DAY_MS);
    if (kind === ELAPSED) return clock(ms);
    const day = Math.floor(ms / DAY_MS);
    const time = clock(ms % DAY_MS);
    if (kind === TIME && day === 0) return time;
    return ms % DAY_MS === 0 ? this.day(day) : `${this.day(day)} ${time}`;
  }

  private day(serial: number): string {
    const known = this.days.get(serial);
    if (known !== undefined) return known;
    const text = this.date1904 ? isoDate(EPOCH_1904 + serial)! : day1900(serial);
    this.days.set(serial, text);
    return text;
  }
}

const day1900 = (serial: number): string => {
  if (serial === 0) return '1900-01-00';
  if (serial === 60) return '1900-02-29';
  return isoDate(EPOCH_1900 + (serial < 60 ? serial + 1 : serial))!;
};

/** Milliseconds as HH:MM:SS, with .mmm where they do not end on a second. */
const clock = (ms: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const rest = ms % 1000;
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? time : `${time}.${String(rest).padStart(3, '0')}`;
};

const ISO_MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** An XML Schema date or dateTime in the form of `SerialDates.text`: the day and time as written; other text as it is. */
export const momentText = (stored: string): string => {
  const match = ISO_MOMENT.exec(stored.trim());
  if (!match) return stored;
  const [, day = '', minutes, fraction = ''] = match;
  const time = minutes === undefined || minutes.length === 8 ? (minutes ?? '') : `${minutes}:00`;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  if (time === '' || (time === '00:00:00' && ms === '000')) return day;
  return ms === '000' ? `${day} ${time}` : `${day} ${time}.${ms}`;
};

const DURATION = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?$/;

/** An XML Schema duration (`PT09H15M00S`) as HH:MM:SS; other text as it is. */
export const durationText = (stored: string): string => {
  const match = DURATION.exec(stored.trim());
  if (!match) return stored;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return clock(whole * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')));
};
