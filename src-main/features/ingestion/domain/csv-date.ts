import { type CivilDay, civilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';

/** Order of year, month and day. Names of months are understood in any order that the numbers allow. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
export const DATE_ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];

/** Names and abbreviations of months, without accents, in en de fr es it nl pt pl cs sv da no fi hu. */
const MONTH_WORDS: readonly string[] = [
  'january jan januar janner jaenner janvier janv enero ene gennaio gen januari janeiro stycznia styczen sty ledna leden led tammikuu tammi januar',
  'february feb februar fevrier fevr fev febrero febbraio februari fevereiro lutego luty lut unora unor uno helmikuu helmi februarius',
  'march mar marz maerz mrz mars marzo maart mrt marco marca marzec brezna brezen bre maaliskuu maalis marcius marc',
  'april apr avril avr abril abr aprile kwietnia kwiecien kwi dubna duben dub huhtikuu huhti aprilis',
  'may mai mayo maggio mag mei maio maja maj kvetna kveten kve toukokuu touko majus',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze cervna cerven cvn kesakuu kesa junius',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip cervence cervenec cvc heinakuu heina julius',
  'august aug aout agosto ago augustus sierpnia sierpien sie srpna srpen srp elokuu elo augusti augusztus',
  'september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien wrz zari zar syyskuu syys szeptember szept',
  'october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik paz rijna rijen rij lokakuu loka',
  'november nov novembre noviembre novembro listopada listopad lis marraskuu marras',
  'december dec dezember dez decembre diciembre dic dicembre desember des dezembro grudnia grudzien gru prosince prosinec pro joulukuu joulu',
];
const MONTHS = new Map<string, number>();
MONTH_WORDS.forEach((words, index) => {
  for (const word of words.split(' ')) if (!MONTHS.has(word)) MONTHS.set(word, index + 1);
});

/** The month (1–12) a word names, 0 for none. Case and accents do not matter. */
export const monthNamed = (word: string): number =>
  MONTHS.get(
    word
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace('ł', 'l')
      .toLowerCase(),
  ) ?? 0;

/** Two digits of a year: 69–99 are 1969–1999, 00–68 are 2000–2068 (POSIX strptime %y). */
const fullYear = (year: number, digits: number): number => (digits === 2 ? year + (year >= 69 ? 1900 : 2000) : year);

const SEPARATED =
  /^(\d{1,4})(\s?[-/.]\s?|\s)(\d{1,2}|[^\W\d_][^\d\s./-]*)\.?(?:\s?[-/.,]\s?|\s)(\d{1,4})\.?(?![\d/-])(.*)$/su;
const COMPACT = /^(\d{8})(?:\d{6})?(?!\d)(.*)$/s;
const MONTH_FIRST = /^([^\W\d_]{3,12})\.?\s(\d{1,2}),?\s(\d{4})(?!\d)(.*)$/su;
/** What may follow a date: nothing, or a time of day with fraction, zone and half of the day. */
const TIME =
  /^\s*$|^(?:[T,]?\s*|\s*[-:]\s*)\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,:]\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?\s*$|^\s*\[[^\]]*\]$/u;

interface DateParts {
  /** The three numbers in the order written; a month's name stands as its number. */
  readonly numbers: readonly [number, number, number];
  /** How many digits each was written with (0 for a name). */
  readonly widths: readonly [number, number, number];
  readonly separator: string;
}

/** Splits the text of a date into three numbers; null when it has not the shape of one. */
export const dateParts = (text: string): DateParts | null => {
  const trimmed = text.trim();
  const separated = SEPARATED.exec(trimmed);
  if (separated && TIME.test(separated[5]!)) {
    const [, first, separator, middle, last] = separated as unknown as string[];
    const named = /\d/.test(middle!) ? 0 : monthNamed(middle!);
    if (named === 0 && !/\d/.test(middle!)) return null;
    return {
      numbers: [Number(first), named || Number(middle), Number(last)],
      widths: [first!.length, named === 0 ? middle!.length : 0, last!.length],
      separator: separator!.trim() || ' ',
    };
  }
  const compact = COMPACT.exec(trimmed);
  if (compact && TIME.test(compact[2]!)) {
    const digits = compact[1]!;
    const year = Number(digits.slice(0, 4));
    if (year >= 1900 && year <= 2199 && civilDay(year, Number(digits.slice(4, 6)), Number(digits.slice(6))) !== null)
      return { numbers: [year, Number(digits.slice(4, 6)), Number(digits.slice(6))], widths: [4, 2, 2], separator: '' };
    return {
      numbers: [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))],
      widths: [2, 2, 4],
      separator: '',
    };
  }
  const monthFirst = MONTH_FIRST.exec(trimmed);
  if (monthFirst && TIME.test(monthFirst[4]!)) {
    const month = monthNamed(monthFirst[1]!);
    if (month !== 0)
      return {
        numbers: [Number(monthFirst[2]), month, Number(monthFirst[3])],
        widths: [monthFirst[2]!.length, 0, 4],
        separator: ' ',
      };
  }
  return null;
};

/** The day that the parts of a date mean in an order; null where that order has no such day. */
export const dayInOrder = (parts: DateParts, order: DateOrder): CivilDay | null => {
  const [a, b, c] = parts.numbers;
  const [wa, wb, wc] = parts.widths;
  // A month's name settles its own place; beside it the day comes first unless the year is written with four digits.
  if (wb === 0) return wa === 4 ? yearMonthDay(a, wa, b, c, wc) : yearMonthDay(c, wc, b, a, wa);
  if (order === 'ymd') return yearMonthDay(a, wa, b, c, wc);
  return order === 'dmy' ? yearMonthDay(c, wc, b, a, wa) : yearMonthDay(c, wc, a, b, wb);
};

const yearMonthDay = (
  year: number,
  yearDigits: number,
  month: number,
  day: number,
  dayDigits: number,
): CivilDay | null =>
  (yearDigits === 4 || yearDigits === 2) && dayDigits <= 2 ? civilDay(fullYear(year, yearDigits), month, day) : null;

/** Text to a day in an order; null when the text is no date or the calendar has no such day. */
export const parseDate = (text: string, order: DateOrder): CivilDay | null => {
  const parts = dateParts(text);
  return parts === null ? null : dayInOrder(parts, order);
};

const FIRST_YEAR = 1900;
const LAST_YEAR = 2155;
const NOT_A_DAY = UNKNOWN_DAY + 1;

/**
 * Reads the plain numeric dates (2024-03-31, 31.03.2024, 20240331) straight from bytes, with a table of days already
 * worked out; UNKNOWN_DAY stands for "not in such a form or no such day", which `parseDate` then decides.
 */
export class DateReader {
  private readonly days = new Int32Array((LAST_YEAR - FIRST_YEAR + 1) * 512);
  private readonly order: DateOrder;
  constructor(order: DateOrder) {
    this.order = order;
  }

  read(bytes: Uint8Array, start: number, end: number): CivilDay {
    const length = end - start;
    if (length === 10) {
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

/** Value of two ASCII digits; a large negative number when either is none, which makes every part of a date impossible. */
const pair = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
};
