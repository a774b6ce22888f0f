import { DATE_ORDERS, type DateOrder } from './csv-date.ts';
import { settleDates } from './csv-date-order.ts';
import type { DialectQuestion } from './csv-dialect.ts';
import { isDayFirstHeader } from './csv-header-lexicon.ts';
import { refuseOpen } from './csv-questions.ts';
import { dayOf, isNear, type PdfDate, sampleText } from './pdf-date.ts';
import { datesIn, periodOf } from './pdf-facts.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { MoneyForm } from './pdf-money.ts';

/** Currencies of countries that write the day before the month, and of no other. */
const DAY_FIRST_CURRENCIES: ReadonlySet<string> = new Set([
  'EUR',
  'GBP',
  'CHF',
  'BRL',
  'MXN',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'INR',
  'AUD',
  'NZD',
  'TRY',
  'RON',
]);

export interface OrderAndReason {
  readonly order: DateOrder;
  readonly reason: string;
}

/** Orders in which every date of the transactions falls into (or close to) the stated period. */
const ordersOfPeriod = (dates: readonly PdfDate[], around: readonly PdfLine[]): DateOrder[] =>
  DATE_ORDERS.filter(order => {
    const period = periodOf(around, order);
    if (period === null || period.from === null) return false;
    return dates.every(date => {
      const day = dayOf(date, order, period);
      return day !== null && isNear(day, period);
    });
  });

/**
 * The order of day and month: as stated, the only one in which the transactions fall into the period, or by the rules
 * of delimited text (docs/specs/format-csv.md). Throws FileRefused `dialect.ambiguous`.
 */
export const settleOrder = (
  dates: readonly PdfDate[],
  valueDates: readonly PdfDate[],
  around: readonly PdfLine[],
  form: MoneyForm,
  currency: string | null,
  stated: DateOrder | null,
): OrderAndReason => {
  if (stated !== null) return { order: stated, reason: 'stated' };
  const aroundTexts = around
    .flatMap(line => datesIn(line.words))
    .filter(date => date.hasYear)
    .map(date => date.text);
  const values = dates.length > 0 ? dates.map(sampleText) : aroundTexts;
  if (values.length === 0) return { order: 'dmy', reason: 'no dates' };
  const questions: DialectQuestion[] = [];
  const words = around.flatMap(line => line.words.map(word => word.text));
  const evidence =
    form.decimalSign === ','
      ? 'a decimal comma'
      : isDayFirstHeader(words)
        ? 'the language of the statement'
        : currency !== null && DAY_FIRST_CURRENCIES.has(currency)
          ? `the currency ${currency}`
          : null;
  const settled = settleDates(
    { key: 'dateOrder', values, others: valueDates.map(sampleText), header: '', around: aroundTexts, settled: null },
    null,
    questions,
  );
  if (questions.length === 0) return { order: settled.value as DateOrder, reason: settled.reason };
  const byPeriod = ordersOfPeriod(dates, around).filter(order => order !== 'ymd');
  if (byPeriod.length === 1)
    return { order: byPeriod[0]!, reason: 'only in this order do the dates fall into the period' };
  if (evidence !== null) return { order: 'dmy', reason: evidence };
  throw refuseOpen(questions);
};
