import { peelAmount } from './csv-amount.ts';
import { isKnownCurrency } from './csv-currency.ts';
import { currencyNamed } from './csv-currency-names.ts';
import { DATE_ORDERS, dateParts, dayInOrder, looksLikeSerial } from './csv-date.ts';
import { indicatorSign } from './csv-indicator.ts';
import { saysNotBooked } from './csv-status.ts';

/** What the values of one column of the sample look like. Counts are of filled cells. */
export interface ColumnProfile {
  readonly rows: number;
  readonly filled: number;
  readonly dates: number;
  readonly amounts: number;
  /** Amounts with a decimal fraction. */
  readonly fractions: number;
  readonly negatives: number;
  /** Amounts with a plus or a credit mark of their own. */
  readonly creditMarks: number;
  /** Amounts other than zero without any sign. */
  readonly unmarked: number;
  readonly zeros: number;
  readonly currencySigns: number;
  /** Currencies: codes of ISO 4217, signs alone, names. */
  readonly currencyCodes: number;
  readonly indicators: number;
  readonly statuses: number;
  readonly ibans: number;
  /** Whole numbers that a spreadsheet may mean as days. */
  readonly serials: number;
  /** Cells with at least two letters. */
  readonly texts: number;
  /** Cells of more than one word. */
  readonly spaced: number;
  readonly distinct: number;
  /** The distinct values where they are few (at most 12), else []. */
  readonly values: readonly string[];
  readonly averageLength: number;
}

const FEW_VALUES = 12;
const AMOUNT_DIGITS = /^(?:\d[\d.,'’´`_\s\u00a0\u202f]*|[.,]\d+)$/u;

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

/** True for text shaped like an IBAN (ISO 13616). */
export const looksLikeIban = (text: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9 ]{10,36}$/.test(text);

const hasFraction = (text: string): boolean => /[.,]\d{1,2}\D*$|[.,]\d{4,}\D*$/.test(text);
const CURRENCY_SIGN = /^(?:€|£|\$|¥|₹|₽|₺|zł|Kč|kr|Ft)$/u;

/** Profile of a column over the sample rows (missing cells are empty). */
export const profileColumn = (values: readonly string[]): ColumnProfile => {
  let filled = 0;
  let dates = 0;
  let amounts = 0;
  let fractions = 0;
  let negatives = 0;
  let creditMarks = 0;
  let unmarked = 0;
  let zeros = 0;
  let currencySigns = 0;
  let currencyCodes = 0;
  let indicators = 0;
  let statuses = 0;
  let ibans = 0;
  let serials = 0;
  let texts = 0;
  let spaced = 0;
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
      const zero = /^[0.,]+$/.test(peeled.digits);
      if (hasFraction(peeled.digits)) fractions++;
      if (peeled.negative) negatives++;
      else if (peeled.signed) creditMarks++;
      else if (!zero) unmarked++;
      if (zero) zeros++;
      if (peeled.currency !== '') currencySigns++;
    }
    if (looksLikeSerial(text)) serials++;
    if (isKnownCurrency(text.toUpperCase()) || CURRENCY_SIGN.test(text) || currencyNamed(text) !== null)
      currencyCodes++;
    if (indicatorSign(text) !== 0) indicators++;
    if (saysNotBooked(text) !== null) statuses++;
    if (looksLikeIban(text)) ibans++;
    if (/\p{L}.*\p{L}/u.test(text)) texts++;
    if (/\S\s+\S/.test(text)) spaced++;
  }
  return {
    rows: values.length,
    filled,
    dates,
    amounts,
    fractions,
    negatives,
    creditMarks,
    unmarked,
    zeros,
    currencySigns,
    currencyCodes,
    indicators,
    statuses,
    ibans,
    serials,
    texts,
    spaced,
    distinct: distinct.size,
    values: distinct.size <= FEW_VALUES ? [...distinct] : [],
    averageLength: filled === 0 ? 0 : length / filled,
  };
};
