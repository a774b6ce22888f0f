import { type CivilDay, isoDate, parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { type Decimal, formatUnits, parseDecimal } from '../../../kernel/decimal.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';

/** 1 `base` = `rate` `quote`, from a day on; UNKNOWN_DAY: on every day for which no dated rate is given. */
export interface ExchangeRate {
  readonly base: string;
  readonly quote: string;
  readonly rate: Decimal;
  readonly from: CivilDay;
}

const ITEM = /^([A-Z]{3})\/([A-Z]{3})=(\d+(?:\.\d+)?)(?:@(\d{4}-\d{2}-\d{2}))?$/;

const parseItem = (item: string): ExchangeRate | string => {
  const [, base = '', quote = '', number = '', date] = ITEM.exec(item.toUpperCase()) ?? [];
  if (base === '') return `"${item}" is no rate: write EUR/SEK=11.42 or EUR/SEK=11.42@2024-03-01`;
  const rate = parseDecimal(number);
  if (rate === null || rate.units === 0) return `"${item}": the rate must be above 0, with at most nine decimals`;
  if (base === quote) return `"${item}" names one currency twice`;
  const from = date === undefined ? UNKNOWN_DAY : parseIsoDate(date);
  if (from === null) return `"${item}": the calendar has no day ${date ?? ''}`;
  return { base, quote, rate, from };
};

/** Reads `EUR/SEK=11.42, USD/SEK=10.5@2024-03-01`; separators are commas or semicolons. A pair and day given twice is refused. */
export const parseRates = (text: string): Result<readonly ExchangeRate[], string> => {
  const rates: ExchangeRate[] = [];
  for (const item of text.split(/[,;]/).map(part => part.trim())) {
    if (item === '') continue;
    const rate = parseItem(item);
    if (typeof rate === 'string') return err(rate);
    const pair = [rate.base, rate.quote].sort().join();
    if (rates.some(({ base, quote, from }) => [base, quote].sort().join() === pair && from === rate.from))
      return err(`"${item}": ${rate.base} and ${rate.quote} have a rate for that day already`);
    rates.push(rate);
  }
  return ok(rates);
};

/** The rate between two currencies in force on a day: the latest dated one not after it, else the undated one, else null. */
export const rateOn = (
  rates: readonly ExchangeRate[],
  from: string,
  to: string,
  day: CivilDay,
): ExchangeRate | null => {
  let best: ExchangeRate | null = null;
  for (const rate of rates) {
    const pair = (rate.base === from && rate.quote === to) || (rate.base === to && rate.quote === from);
    if (pair && rate.from <= day && (best === null || rate.from > best.from)) best = rate;
  }
  return best;
};

const roundedQuotient = (numerator: bigint, denominator: bigint): bigint => {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
};

/**
 * Converts units of 10^-scale into another currency at the same scale, rounded half away from zero to that currency's minor
 * unit (or to the scale, where it is coarser). Exact integers throughout; NaN where the result exceeds 2^53.
 */
export const converted = (units: number, scale: number, to: string, { quote, rate }: ExchangeRate): number => {
  const decimals = Math.min(scale, currencyExponent(to));
  const up = 10n ** BigInt(rate.scale);
  const factor = BigInt(rate.units);
  const [multiply, divide] = to === quote ? [factor, up] : [up, factor];
  const rest = 10n ** BigInt(scale - decimals);
  const result = Number(roundedQuotient(BigInt(units) * multiply, divide * rest) * rest);
  return Number.isSafeInteger(result) ? result : Number.NaN;
};

/** `1 EUR = 11.42 SEK (from 2024-03-01)` */
export const rateText = ({ base, quote, rate, from }: ExchangeRate): string =>
  `1 ${base} = ${formatUnits(rate.units, rate.scale)} ${quote}${from === UNKNOWN_DAY ? '' : ` (from ${isoDate(from) ?? ''})`}`;
