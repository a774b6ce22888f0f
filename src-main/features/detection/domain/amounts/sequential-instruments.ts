import type { TransactionTable } from '../transaction-table.ts';

/** Instruments of one person with consecutive numbers. */
export interface InstrumentRun {
  readonly rows: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly total: number;
  /** The limit that each of them stays below and that together they reach. */
  readonly limit: number;
}

interface Numbered {
  readonly row: number;
  readonly number: number;
  readonly series: number;
}

const inSeries = (table: TransactionTable, rows: readonly number[]): Numbered[] => {
  const { series, seriesNumber } = table;
  if (series === null || seriesNumber === null) return [];
  return rows
    .filter(row => !Number.isNaN(seriesNumber[row]))
    .map(row => ({ row, number: seriesNumber[row]!, series: series.codes[row]! }))
    .sort((a, b) => a.series - b.series || a.number - b.number || a.row - b.row);
};

/** Maximal runs of consecutive numbers of one series; a repeated number stays in its run. */
const consecutive = (numbered: readonly Numbered[], least: number): Numbered[][] => {
  const runs: Numbered[][] = [];
  let run: Numbered[] = [];
  for (const next of numbered) {
    const before = run.at(-1);
    if (before !== undefined && (before.series !== next.series || next.number - before.number > 1)) {
      if (run.length >= least) runs.push(run);
      run = [];
    }
    run.push(next);
  }
  if (run.length >= least) runs.push(run);
  return runs;
};

/**
 * Runs of at least `least` consecutively numbered instruments of one person, within `windowDays` days, each below a limit that
 * together they reach. `limits` descend (integer units); a run counts for the highest.
 */
export const instrumentRuns = (
  table: TransactionTable,
  rows: readonly number[],
  limits: readonly number[],
  days: Int32Array,
  windowDays: number,
  least: number,
): InstrumentRun[] => {
  const amounts = table.amountUnits;
  if (amounts === null || rows.length < least) return [];
  const size = (row: number): number => Math.abs(amounts[row]!);
  return consecutive(inSeries(table, rows), least).flatMap(run => {
    const own = run.map(({ row }) => row);
    const dated = own.map(row => days[row]!);
    if (new Set(run.map(({ number }) => number)).size < least) return [];
    if (Math.max(...dated) - Math.min(...dated) > windowDays - 1) return [];
    const total = own.reduce((sum, row) => sum + size(row), 0);
    const limit = limits.find(limit => total >= limit && own.every(row => size(row) < limit));
    return limit === undefined
      ? []
      : [{ rows: own.toSorted((a, b) => a - b), first: run[0]!.number, last: run.at(-1)!.number, total, limit }];
  });
};
