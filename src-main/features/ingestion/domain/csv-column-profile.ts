import { peelAmount } from './csv-amount.ts';
import { DATE_ORDERS, type DateOrder, dateParts, dayInOrder } from './csv-date.ts';
import { indicatorSign } from './csv-header-lexicon.ts';

/** What the values of one column of the sample look like. Counts are of filled cells. */
export interface ColumnProfile {
  readonly rows: number;
  readonly filled: number;
  readonly dates: number;
  readonly amounts: number;
  /** Amounts with a decimal fraction. */
  readonly fractions: number;
  readonly negatives: number;
  readonly zeros: number;
  readonly currencySigns: number;
  readonly currencyCodes: number;
  readonly indicators: number;
  readonly ibans: number;
  /** Cells with at least two letters. */
  readonly texts: number;
  readonly distinct: number;
  readonly averageLength: number;
}

const AMOUNT_DIGITS = /^(?:\d[\d.,'’\s\u00a0\u202f]*|[.,]\d+)$/u;

/** True for text that could be an amount: no date, no identifier with leading zeros, no bare long number. */
export const looksLikeAmount = (text: string): boolean => {
  const peeled = peelAmount(text);
  if (peeled === null || !AMOUNT_DIGITS.test(peeled.digits)) return false;
  if (/^0\d/.test(peeled.digits)) return false;
  if (/^\d{10,}$/.test(peeled.digits)) return false;
  return dateParts(text) === null;
};

/** True for text in one of the layouts of a date whose day exists in at least one order. */
export const looksLikeDate = (text: string): boolean => {
  const parts = dateParts(text);
  return parts !== null && DATE_ORDERS.some(order => dayInOrder(parts, order) !== null);
};

const hasFraction = (text: string): boolean => /[.,]\d{1,2}\D*$|[.,]\d{4,}\D*$/.test(text);

/** Profile of a column over the sample rows (missing cells are empty). */
export const profileColumn = (values: readonly string[]): ColumnProfile => {
  let filled = 0;
  let dates = 0;
  let amounts = 0;
  let fractions = 0;
  let negatives = 0;
  let zeros = 0;
  let currencySigns = 0;
  let currencyCodes = 0;
  let indicators = 0;
  let ibans = 0;
  let texts = 0;
  let length = 0;
  const distinct = new Set<string>();
  for (const raw of values) {
    const text = raw.trim();
    if (text === '') continue;
    filled++;
    length += text.length;
    distinct.add(text);
    if (looksLikeDate(text)) dates++;
    else if (looksLikeAmount(text)) {
      amounts++;
      const peeled = peelAmount(text)!;
      if (hasFraction(peeled.digits)) fractions++;
      if (peeled.negative) negatives++;
      if (/^[0.,]+$/.test(peeled.digits)) zeros++;
      if (peeled.currency !== '') currencySigns++;
    }
    if (/^[A-Za-z]{3}$/.test(text) || /^(?:€|£|\$|¥|zł|Kč)$/.test(text)) currencyCodes++;
    if (indicatorSign(text) !== 0) indicators++;
    if (/^[A-Z]{2}\d{2}[A-Z0-9 ]{10,36}$/.test(text)) ibans++;
    if (/\p{L}.*\p{L}/u.test(text)) texts++;
  }
  return {
    rows: values.length,
    filled,
    dates,
    amounts,
    fractions,
    negatives,
    zeros,
    currencySigns,
    currencyCodes,
    indicators,
    ibans,
    texts,
    distinct: distinct.size,
    averageLength: filled === 0 ? 0 : length / filled,
  };
};

/** Votes for the decimal sign from the text of amounts; `ambiguous` counts those like 1.234 that fit both. */
export interface DecimalVotes {
  point: number;
  comma: number;
  ambiguous: number;
  /** One of the ambiguous ones. */
  example: string;
}

/** Adds one amount's evidence on which of point and comma is the decimal sign. */
export const voteDecimal = (text: string, votes: DecimalVotes): void => {
  const digits = peelAmount(text)?.digits;
  if (digits === undefined || /[^\d.,'’\s\u00a0\u202f]/u.test(digits)) return;
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points === 0 && commas === 0) return;
  if (points > 0 && commas > 0) {
    if (digits.lastIndexOf('.') > digits.lastIndexOf(',')) votes.point += points === 1 ? 1 : 0;
    else votes.comma += commas === 1 ? 1 : 0;
    return;
  }
  const sign = points > 0 ? '.' : ',';
  const parts = digits.split(sign);
  if (parts.length > 2) {
    if (!parts.slice(1).every(part => part.length === 3)) return;
    if (sign === '.') votes.comma++;
    else votes.point++;
    return;
  }
  const [whole, fraction] = parts as [string, string];
  const ambiguous = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (ambiguous) {
    votes.ambiguous++;
    votes.example ||= text.trim();
  } else if (sign === '.') votes.point++;
  else votes.comma++;
};

/** How the dates of a column fit each order. */
export interface OrderFit {
  readonly dates: number;
  readonly fits: Readonly<Record<DateOrder, number>>;
  /** Neighbouring dates that go up, go down, under each order. */
  readonly rises: Readonly<Record<DateOrder, number>>;
  readonly falls: Readonly<Record<DateOrder, number>>;
  /** Dates whose month is written as a name. */
  readonly named: number;
  readonly separator: string;
  readonly example: string;
}

/** Counts, for a column of dates, which orders each of them allows and whether they are sorted under it. */
export const fitOrders = (values: readonly string[]): OrderFit => {
  const fits: Record<DateOrder, number> = { ymd: 0, dmy: 0, mdy: 0 };
  const rises: Record<DateOrder, number> = { ymd: 0, dmy: 0, mdy: 0 };
  const falls: Record<DateOrder, number> = { ymd: 0, dmy: 0, mdy: 0 };
  const before: Record<DateOrder, number | null> = { ymd: null, dmy: null, mdy: null };
  let dates = 0;
  let named = 0;
  let separator = '';
  let example = '';
  for (const value of values) {
    const parts = dateParts(value);
    if (parts === null) continue;
    let any = false;
    for (const order of DATE_ORDERS) {
      const day = dayInOrder(parts, order);
      if (day === null) continue;
      any = true;
      fits[order]++;
      const last = before[order];
      if (last !== null && day > last) rises[order]++;
      if (last !== null && day < last) falls[order]++;
      before[order] = day;
    }
    if (!any) continue;
    dates++;
    if (parts.widths[1] === 0) named++;
    separator = parts.separator;
    example ||= value.trim();
  }
  return { dates, fits, rises, falls, named, separator, example };
};
