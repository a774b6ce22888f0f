import { civilParts } from '../../../kernel/civil-date.ts';
import type { DecimalSign } from './csv-amount.ts';
import {
  DATE_ORDERS,
  type DateOrder,
  type DateReading,
  dateParts,
  dayInOrder,
  looksLikeSerial,
  SERIAL_EPOCHS,
} from './csv-date.ts';
import type { CsvLayout, DialectQuestion, Settled } from './csv-dialect.ts';
import { isDayFirstHeader } from './csv-header-lexicon.ts';
import { askSetting } from './csv-questions.ts';

/** How the dates of a column fit each order. */
interface OrderFit {
  readonly dates: number;
  readonly fits: Readonly<Record<DateOrder, number>>;
  /** Neighbouring dates that go up, go down, under each order. */
  readonly rises: Readonly<Record<DateOrder, number>>;
  readonly falls: Readonly<Record<DateOrder, number>>;
  /** Earliest and latest year under each order. */
  readonly years: Readonly<Record<DateOrder, readonly [number, number]>>;
  /** Dates whose month is written as a name. */
  readonly named: number;
  /** Dates whose year is written with two digits. */
  readonly shortYears: number;
  readonly separator: string;
  readonly example: string;
}

/** Counts, for a column of dates, which orders each of them allows and whether they are sorted under it. */
const fitOrders = (values: readonly string[]): OrderFit => {
  const perOrder = <T>(value: () => T): Record<DateOrder, T> => ({ ymd: value(), dmy: value(), mdy: value() });
  const fits = perOrder(() => 0);
  const rises = perOrder(() => 0);
  const falls = perOrder(() => 0);
  const years = perOrder((): [number, number] => [9999, 0]);
  const before = perOrder((): number | null => null);
  let dates = 0;
  let named = 0;
  let shortYears = 0;
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
      const { year } = civilParts(day);
      years[order] = [Math.min(years[order][0], year), Math.max(years[order][1], year)];
      const last = before[order];
      if (last !== null && day > last) rises[order]++;
      if (last !== null && day < last) falls[order]++;
      before[order] = day;
    }
    if (!any) continue;
    dates++;
    if (parts.widths[1] === 0) named++;
    if (parts.widths.every(width => width <= 2)) shortYears++;
    separator = parts.separator;
    example ||= value.trim();
  }
  return { dates, fits, rises, falls, years, named, shortYears, separator, example };
};

/** Circumstances that speak for day before month, null where there are none. */
export const dayFirstEvidence = (layout: CsvLayout, decimalSign: DecimalSign): string | null => {
  const reasons: string[] = [];
  if (decimalSign === ',') reasons.push('a decimal comma');
  if (layout.delimiter.delimiter === ';') reasons.push('semicolons between fields');
  if (layout.names !== null && isDayFirstHeader(layout.names)) reasons.push('the language of the header');
  return reasons.length === 0 ? null : reasons.join(', ');
};

const possibleOrders = (fit: OrderFit): DateOrder[] => {
  const most = Math.max(...DATE_ORDERS.map(order => fit.fits[order]));
  return DATE_ORDERS.filter(order => fit.fits[order] === most);
};

const sortedUnder = (fit: OrderFit, order: DateOrder): boolean => {
  const steps = fit.rises[order] + fit.falls[order];
  return steps >= 3 && Math.min(fit.rises[order], fit.falls[order]) === 0;
};

/** Years of two digits: a table spans few years; read in a wrong order it spans as many as a month has days. */
const FEW_YEARS = 3;
const MANY_YEARS = 10;
const byYears = (fit: OrderFit, orders: readonly DateOrder[]): DateOrder[] => {
  if (fit.shortYears < fit.dates || fit.dates < 5) return [...orders];
  const span = (order: DateOrder): number => fit.years[order][1] - fit.years[order][0];
  if (!orders.some(order => span(order) <= FEW_YEARS)) return [...orders];
  return orders.filter(order => span(order) < MANY_YEARS);
};

export interface DateColumn {
  readonly key: 'dateOrder' | 'valueDateOrder';
  readonly values: readonly string[];
  /** Values of the table's other column of dates. */
  readonly others: readonly string[];
  /** The order found for the booking dates, when this is the other column. */
  readonly settled: Settled<DateReading> | null;
}

/**
 * The order of a column's dates: the one in which most of them exist; that of the other column of dates; the only one
 * in which the rows are sorted, or stay within a few years; points; circumstances (`evidence`); else a question.
 * Numbers that a spreadsheet may mean as days are always a question.
 */
export const settleDates = (
  column: DateColumn,
  evidence: string | null,
  questions: DialectQuestion[],
): Settled<DateReading> => {
  const { key, values, others, settled } = column;
  const fit = fitOrders(values);
  if (fit.dates === 0) {
    const serial = values.find(looksLikeSerial);
    if (serial !== undefined) {
      questions.push(askSetting(key, SERIAL_EPOCHS, serial));
      return { value: 'excel1900', confidence: 0, reason: 'undecided' };
    }
    return settled ?? { value: 'ymd', confidence: 0.5, reason: 'no dates seen yet' };
  }
  if (fit.named === fit.dates) return { value: 'dmy', confidence: 0.99, reason: 'months are written as names' };
  const possible = possibleOrders(fit);
  if (possible.length === 1 || (fit.separator === '' && possible[0] === 'ymd'))
    return {
      value: possible[0]!,
      confidence: Math.min(0.99, fit.fits[possible[0]!] / fit.dates),
      reason: `${fit.fits[possible[0]!]} of ${fit.dates} dates, and no other order fits as many`,
    };
  const orders = byYears(fit, possible);
  if (orders.length === 1)
    return { value: orders[0]!, confidence: 0.9, reason: 'only in this order are the dates of a few years' };
  if (settled !== null && orders.some(order => order === settled.value))
    return { ...settled, reason: `as the booking dates: ${settled.reason}` };
  const otherFit = fitOrders(others);
  const otherOrders = possibleOrders(otherFit);
  if (
    otherFit.dates > 0 &&
    otherOrders.length === 1 &&
    orders.includes(otherOrders[0]!) &&
    otherFit.separator === fit.separator
  )
    return { value: otherOrders[0]!, confidence: 0.9, reason: 'the other column of dates allows only this order' };
  const sorted = orders.filter(order => sortedUnder(fit, order));
  if (sorted.length === 1)
    return { value: sorted[0]!, confidence: 0.85, reason: 'only in this order are the rows sorted by date' };
  if (orders.includes('dmy') && fit.separator === '.')
    return { value: 'dmy', confidence: 0.9, reason: 'dates with points are written day first' };
  if (orders.includes('dmy') && evidence !== null) return { value: 'dmy', confidence: 0.7, reason: evidence };
  questions.push(askSetting(key, orders, fit.example));
  return { value: orders[0]!, confidence: 0, reason: 'undecided' };
};
