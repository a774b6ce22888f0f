import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { Dictionary } from '../../../kernel/dictionary.ts';
import { parseReconciliationParameters, type ReconciliationParameters } from './reconciliation-parameters.ts';
import type { ReconciliationSide } from './reconciliation-side.ts';

/** A row as a test writes it. */
export interface FixtureRow {
  readonly date: string;
  readonly amount: string;
  readonly currency?: string;
  readonly text?: string;
  readonly reference?: string;
  /** Its place on the other side, where the test knows the truth. */
  readonly truth?: number;
}

/** A side for tests: rows as text, numbered from 2 as a table with one header line. */
export const sideOf = (rows: readonly FixtureRow[], scale = 2): ReconciliationSide => {
  const currency = new Dictionary();
  const codes = Int32Array.from(rows, row => currency.code(row.currency ?? ''));
  return {
    rowCount: rows.length,
    rowNumber: Uint32Array.from(rows, (_, index) => index + 2),
    day: Int32Array.from(rows, row => parseIsoDate(row.date) ?? UNKNOWN_DAY),
    amountUnits: Float64Array.from(rows, row => {
      const amount = parseDecimal(row.amount);
      return (amount === null ? null : rescale(amount, scale))?.units ?? Number.NaN;
    }),
    scale,
    currency: rows.every(row => row.currency === undefined) ? null : { codes, values: currency.values },
    text: index => rows[index]?.text ?? '',
    reference: index => rows[index]?.reference ?? '',
  };
};

/** Parameters for tests; throws on a fault in them. */
export const parametersOf = (set: Readonly<Record<string, string>> = {}): ReconciliationParameters => {
  const parsed = parseReconciliationParameters(set);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

/** A small seeded generator (mulberry32, public domain) for generated examples with known truth. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
