import { countOf, formatAmount, sharedCurrency } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck, Reader } from './exculpatory-check.ts';
import { memberOf, outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** Other payments of a party that make up what is usual, at least. */
const LEAST_OTHERS = 8;
const LOW = 0.05;
const HIGH = 0.95;

/** Nearest-rank quantile (Hyndman and Fan 1996, type 1) of ascending numbers. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

/** A party's other payments in one currency and direction. */
interface Custom {
  /** One of the rows asked about: what makes another of the same kind. */
  readonly example: number;
  readonly rows: number[];
  low: number;
  high: number;
}

const sameKind = (read: Reader, a: number, b: number): boolean =>
  read.currency(a) === read.currency(b) && Math.sign(read.amount(a)) === Math.sign(read.amount(b));

/** What the parties of these rows usually have; null for a row whose party has too few others. */
const customsOf = (table: TransactionTable, read: Reader, rows: readonly number[], members: Uint8Array) => {
  const customs = new Map<number, Custom[]>();
  const customAt = (row: number): Custom | undefined =>
    customs.get(read.party(row))?.find(({ example }) => sameKind(read, example, row));
  for (const row of rows) {
    if (customAt(row) !== undefined) continue;
    const own = customs.get(read.party(row)) ?? [];
    customs.set(read.party(row), own);
    own.push({ example: row, rows: [], low: Number.NaN, high: Number.NaN });
  }
  for (let row = 0; row < table.rowCount; row++)
    if (members[row] === 0 && customs.has(read.party(row)) && !Number.isNaN(read.amount(row)))
      customAt(row)?.rows.push(row);
  for (const custom of [...customs.values()].flat()) {
    const sorted = Float64Array.from(custom.rows, row => Math.abs(read.amount(row))).sort();
    custom.low = quantile(sorted, LOW);
    custom.high = quantile(sorted, HIGH);
  }
  return (row: number): Custom | null => {
    const custom = customAt(row);
    return custom === undefined || custom.rows.length < LEAST_OTHERS ? null : custom;
  };
};

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const known = [...rows].filter(row => read.party(row) >= 0 && Math.abs(read.amount(row)) > 0);
  const customOf = customsOf(table, read, known, memberOf(table.rowCount, rows));
  const basis = new Set<number>();
  let tested = 0;
  let holds = 0;
  let example = '';
  const seen = new Set<Custom>();
  for (const row of known) {
    const usual = customOf(row);
    if (usual === null) continue;
    tested += 1;
    if (!seen.has(usual)) for (const other of usual.rows) basis.add(other);
    seen.add(usual);
    const size = Math.abs(read.amount(row));
    if (size >= usual.low && size <= usual.high) holds += 1;
    if (example === '') {
      const currency = sharedCurrency(table, usual.rows);
      example = ` ${table.party?.values[read.party(row)] ?? ''} usually has ${formatAmount(table, usual.low, currency)} to ${formatAmount(table, usual.high, currency)} (nine tenths of ${usual.rows.length} others).`;
    }
  }
  return {
    outcome: outcomeOf(holds, tested, rows.length),
    words: said(
      `${countOf(holds, 'row')} of ${tested} ${holds === 1 ? 'lies' : 'lie'} within what its party usually has.${example}`,
      tested,
      rows.length,
      `the party is unknown or has fewer than ${LEAST_OTHERS} other payments that way`,
    ),
    rows: rowSet(basis),
  };
};

export const customaryAmount: ExculpatoryCheck = {
  id: 'customary-amount',
  version: '1.0.0',
  question: 'Is the amount within what this party usually has?',
  run,
};
