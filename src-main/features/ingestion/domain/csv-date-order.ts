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
  /** Earliest and latest day under each order. */
  readonly days: Readonly<Record<DateOrder, readonly [number, number]>>;
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
  const days = perOrder((): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
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
      days[order] = [Math.min(days[order][0], day), Math.max(days[order][1], day)];
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
  return { dates, fits, rises, falls, days, named, shortYears, separator, example };
};

/** Circumstances that speak for day before month, null where there are none. */
export const dayFirstEvidence = (layout: CsvLayout, decimalSign: DecimalSign): string | null => {
  const reasons: string[] = [];
  if (decimalSign === ',') reasons.push('a decimal comma');
  if (layout.names !== null && isDayFirstHeader(layout.names)) reasons.push('the language of the header');
  return reasons.length === 0 ? null : reasons.join(', ');
};

const possibleOrders = (fit: OrderFit): DateOrder[] => {
  const most = Math.max(...DATE_ORDERS.map(order => fit.fits[order]));
  return DATE_ORDERS.filter(order => fit.fits[order] === most);
};

/** Steps from one day to another that all go one way; by chance they do so once in 2,520 files (2 in 7!). */
const SORTED_STEPS = 6;

const sortedUnder = (fit: OrderFit, order: DateOrder): boolean => {
  const steps = fit.rises[order] + fit.falls[order];
  return steps >= SORTED_STEPS && Math.min(fit.rises[order], fit.falls[order]) === 0;
};

/** Days that a table may span, and how many times more another order must span to be out of the question. */
const USUAL_SPAN_DAYS = 800;
const TIMES_MORE = 10;
const SLACK_DAYS = 30;

/** Years of two digits: read in a wrong order a few weeks become decades. Orders that this leaves possible. */
const bySpan = (fit: OrderFit, orders: readonly DateOrder[]): DateOrder[] => {
  if (fit.shortYears < fit.dates) return [...orders];
  const span = (order: DateOrder): number => fit.days[order][1] - fit.days[order][0];
  const shortest = Math.min(...orders.map(span));
  if (shortest > USUAL_SPAN_DAYS || orders.every(order => span(order) === 0)) return [...orders];
  return orders.filter(order => span(order) <= TIMES_MORE * (shortest + SLACK_DAYS));
};

/** A form of dates in a header: three runs of letters, as in dd/mm/yyyy, TT.MM.JJJJ, pp.kk.vvvv. */
const DATE_FORM = /(?<!\p{L})((\p{L})\2*)[/.-]((\p{L})\4*)[/.-]((\p{L})\6*)(?!\p{L})/u;
/** Letters that stand for the month: mm, kk (kuukausi), мм, hh (hónap). */
const MONTH_RUN = /^(?:m{1,2}|k{1,2}|м{1,2}|h{1,2})$/u;

/** The order that a header states by the form of its dates; null where it states none. */
const orderNamed = (header: string): DateOrder | null => {
  const form = DATE_FORM.exec(header.toLowerCase());
  if (form === null) return null;
  if (MONTH_RUN.test(form[1]!)) return 'mdy';
  if (!MONTH_RUN.test(form[3]!)) return null;
  return form[1]!.length === 4 ? 'ymd' : 'dmy';
};

export interface DateColumn {
  readonly key: 'dateOrder' | 'valueDateOrder';
  readonly values: readonly string[];
  /** Values of the table's other column of dates. */
  readonly others: readonly string[];
  /** What the column is called; '' without a header. */
  readonly header: string;
  /** Text above the table, which may hold dates. */
  readonly around: readonly string[];
  /** The order found for the booking dates, when this is the other column. */
  readonly settled: Settled<DateReading> | null;
}

/**
 * The order of a column's dates: the one in which most of them exist; that of the other column of dates; the only one
 * in which the rows are sorted, or lie close together; the form a header states; dates above the table; points; circumstances (`evidence`); else a question.
 * Numbers that a spreadsheet may mean as days are always a question.
 */
export const settleDates = (
  column: DateColumn,
  evidence: string | null,
  questions: DialectQuestion[],
): Settled<DateReading> => {
  const { key, values, others, header, around, settled } = column;
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
  const orders = bySpan(fit, possible);
  if (orders.length === 1)
    return { value: orders[0]!, confidence: 0.9, reason: 'only in this order do the dates lie close together' };
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
  const hinted = orders.find(order => order === orderNamed(header));
  if (hinted !== undefined) return { value: hinted, confidence: 0.95, reason: `the header says so: "${header}"` };
  const aroundFit = fitOrders(around);
  const aroundOrders = possibleOrders(aroundFit);
  if (aroundFit.dates > 0 && aroundOrders.length === 1 && orders.includes(aroundOrders[0]!))
    return { value: aroundOrders[0]!, confidence: 0.85, reason: 'dates above the table allow only this order' };
  const sorted = orders.filter(order => sortedUnder(fit, order));
  if (sorted.length === 1)
    return { value: sorted[0]!, confidence: 0.85, reason: 'only in this order are the rows sorted by date' };
  if (orders.includes('dmy') && fit.separator === '.')
    return { value: 'dmy', confidence: 0.9, reason: 'dates with points are written day first' };
  if (orders.includes('dmy') && evidence !== null) return { value: 'dmy', confidence: 0.7, reason: evidence };
  questions.push(askSetting(key, orders, fit.example));
  return { value: orders[0]!, confidence: 0, reason: 'undecided' };
};
