import { NexusError } from '../../../contract/errors.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, powerOfTen } from '../../../kernel/decimal.ts';
import type { TransactionRecord } from '../../ingestion/storage/transaction.repository.ts';
import { converted, parseRates, rateOn, rateText } from '../domain/exchange-rates.ts';
import type { Difference } from './decision-event.ts';
import { ratesText } from './engine-decisions.ts';
import type { ExchangeRate } from './fold-decisions.ts';

type MatchedRow = Pick<TransactionRecord, 'amount_units' | 'source_scale' | 'currency' | 'booking_day'>;

export interface MatchDifference {
  /** What the two sides leave over, in the sign of side A; [] where that is nothing. */
  readonly differences: Difference[];
  /** Exchange rates used, in words. */
  readonly rates: string[];
}

/** Sums by currency ('' where none is stated), in units of 10^-scale. */
const sums = (rows: readonly MatchedRow[], sign: 1n | -1n, scale: number): Map<string, bigint> => {
  const byCurrency = new Map<string, bigint>();
  for (const { amount_units, source_scale, currency } of rows) {
    const code = (currency ?? '').trim().toUpperCase();
    const units = sign * BigInt(amount_units) * BigInt(powerOfTen(scale - source_scale));
    byCurrency.set(code, (byCurrency.get(code) ?? 0n) + units);
  }
  return byCurrency;
};

/** Rows that state no currency are taken for the only one that the others state. */
const withoutGaps = (all: readonly Map<string, bigint>[]): void => {
  const stated = new Set(all.flatMap(side => [...side.keys()]).filter(code => code !== ''));
  const [only] = stated;
  if (stated.size !== 1 || only === undefined) return;
  for (const side of all) {
    const gap = side.get('');
    if (gap === undefined) continue;
    side.delete('');
    side.set(only, (side.get(only) ?? 0n) + gap);
  }
};

/**
 * What rows leave over when they are matched: the sum of side A less that of side B, exactly. Rows of several currencies are
 * converted into the single currency of one side with the examiner's rates; without a rate it throws
 * `reconciliation.rate-missing`. `opposite`: both sides sign a movement oppositely.
 */
export const matchDifference = (
  a: readonly MatchedRow[],
  b: readonly MatchedRow[],
  opposite: boolean,
  rates: readonly ExchangeRate[],
): MatchDifference => {
  const scale = [...a, ...b].reduce((most, row) => Math.max(most, row.source_scale), 0);
  const ofA = sums(a, 1n, scale);
  const ofB = sums(b, opposite ? 1n : -1n, scale);
  withoutGaps([ofA, ofB]);
  const stated = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const text = (units: bigint, currency: string): Difference => ({
    currency: currency === '' ? null : currency,
    amount: formatUnits(units, scale, Math.min(scale, currencyExponent(currency))),
  });
  if (stated.length <= 1) {
    const currency = stated[0] ?? '';
    const left = (ofA.get(currency) ?? 0n) + (ofB.get(currency) ?? 0n);
    return { differences: left === 0n ? [] : [text(left, currency)], rates: [] };
  }
  const single = [ofB, ofA].find(side => side.size === 1);
  const target = single === undefined ? undefined : [...single.keys()][0];
  const missing = (from: string, to: string): NexusError =>
    new NexusError({
      code: 'reconciliation.rate-missing',
      category: 'usage',
      message: `The rows are in ${stated.map(code => code || 'no currency').join(' and ')}, and there is no exchange rate from ${from || 'no currency'} to ${to || 'no currency'} on ${isoDate(day) ?? 'that day'}.`,
      kept: 'Nothing was matched.',
      remedy: 'Add the rate with its source and date under “Exchange rates”, or match rows of one currency.',
    });
  const day = [...a, ...b].reduce((latest, row) => Math.max(latest, row.booking_day), 0);
  if (target === undefined || target === '') throw missing(stated[0] ?? '', stated[1] ?? '');
  const known = parseRates(ratesText(rates));
  if (!known.ok)
    throw new NexusError({
      code: 'reconciliation.rate-invalid',
      category: 'conflict',
      message: `The exchange rates of the case contradict each other: ${known.error}.`,
      kept: 'Nothing was matched.',
      remedy: 'Take one of them back in the history of the reconciliation.',
    });
  const used = new Set<string>();
  let left = 0n;
  for (const side of [ofA, ofB])
    for (const [currency, units] of side) {
      if (currency === target) {
        left += units;
        continue;
      }
      const rate = currency === '' ? null : rateOn(known.value, currency, target, day);
      if (rate === null) throw missing(currency, target);
      const value = converted(Number(units), scale, target, rate);
      if (!Number.isSafeInteger(Number(units)) || Number.isNaN(value))
        throw new NexusError({
          code: 'reconciliation.amount-too-large',
          category: 'usage',
          message: `An amount in ${currency} is too large to be converted exactly.`,
        });
      left += BigInt(value);
      used.add(rateText(rate));
    }
  return { differences: left === 0n ? [] : [text(left, target)], rates: [...used] };
};
