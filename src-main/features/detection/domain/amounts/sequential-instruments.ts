import type { TransactionTable } from '../transaction-table.ts';

/** Instruments of one person with consecutive numbers. */
export interface InstrumentRun {
  /** Ascending. */
  readonly rows: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** The day of the first number: no other run of the series has both. */
  readonly firstNumberDay: number;
  readonly total: number;
  /** The limit that each of them stays below and that those of each window together reach. */
  readonly limit: number;
}

interface Numbered {
  readonly row: number;
  readonly number: number;
  readonly series: number;
  readonly day: number;
  readonly size: number;
}

const inSeries = (table: TransactionTable, rows: readonly number[], days: Int32Array): Numbered[] => {
  const { series, seriesNumber, amountUnits } = table;
  if (series === null || seriesNumber === null || amountUnits === null) return [];
  return rows
    .filter(row => !Number.isNaN(seriesNumber[row]))
    .map(row => ({
      row,
      number: seriesNumber[row]!,
      series: series.codes[row]!,
      day: days[row]!,
      size: Math.abs(amountUnits[row]!),
    }))
    .sort((a, b) => a.series - b.series || a.number - b.number || a.row - b.row);
};

/** Maximal runs of at least `least` consecutive numbers of one series; a repeated number stays in its run and counts once. */
const consecutive = (numbered: readonly Numbered[], least: number): Numbered[][] => {
  const runs: Numbered[][] = [];
  let run: Numbered[] = [];
  let different = 0;
  for (const next of numbered) {
    const before = run.at(-1);
    if (before === undefined || before.series !== next.series || next.number - before.number > 1) {
      if (different >= least) runs.push(run);
      run = [];
      different = 0;
    }
    if (next.number !== before?.number || run.length === 0) different++;
    run.push(next);
  }
  if (different >= least) runs.push(run);
  return runs;
};

const sizeOf = (numbered: readonly Numbered[]): number => numbered.reduce((sum, { size }) => sum + size, 0);

/**
 * Of one run: in each window of `windowDays` days the consecutive numbers that reach the limit. Windows that share an
 * instrument are one; an instrument of the run that lies outside of every such window undoes none.
 */
const withinWindows = (
  run: readonly Numbered[],
  limit: number,
  windowDays: number,
  least: number,
): ReadonlySet<Numbered>[] => {
  const days = [...new Set(run.map(({ day }) => day))].sort((a, b) => a - b);
  const groupOf = new Map<Numbered, Set<Numbered>>();
  let coveredTo = -Infinity;
  for (const first of days) {
    // A window that reaches no further than the one before holds nothing new.
    const last = days.findLast(day => day - first <= windowDays - 1)!;
    if (last === coveredTo) continue;
    coveredTo = last;
    const inWindow = run.filter(({ day }) => day >= first && day <= last);
    for (const found of consecutive(inWindow, least)) {
      if (sizeOf(found) < limit) continue;
      const group = new Set(found);
      for (const instrument of found) for (const other of groupOf.get(instrument) ?? []) group.add(other);
      for (const instrument of group) groupOf.set(instrument, group);
    }
  }
  return [...new Set(groupOf.values())];
};

const described = (group: ReadonlySet<Numbered>, limit: number): InstrumentRun => {
  const run = [...group].sort((a, b) => a.number - b.number || a.day - b.day);
  const days = run.map(({ day }) => day).sort((a, b) => a - b);
  return {
    rows: run.map(({ row }) => row).sort((a, b) => a - b),
    first: run[0]!.number,
    last: run.at(-1)!.number,
    firstDay: days[0]!,
    lastDay: days.at(-1)!,
    firstNumberDay: run[0]!.day,
    total: sizeOf(run),
    limit,
  };
};

/**
 * Runs of at least `least` consecutively numbered instruments of one person, each below a limit that together, within
 * `windowDays` days, they reach. An instrument at or over the limit parts a run. `limits` descend (integer units); an
 * instrument counts in a run of the highest limit that has one.
 */
export const instrumentRuns = (
  table: TransactionTable,
  rows: readonly number[],
  limits: readonly number[],
  days: Int32Array,
  windowDays: number,
  least: number,
): InstrumentRun[] => {
  let left = rows.length < least ? [] : inSeries(table, rows, days);
  const found: InstrumentRun[] = [];
  for (const limit of limits) {
    const below = left.filter(({ size }) => size < limit);
    const groups = consecutive(below, least).flatMap(run => withinWindows(run, limit, windowDays, least));
    found.push(...groups.map(group => described(group, limit)));
    const taken = new Set(groups.flatMap(group => [...group]));
    left = left.filter(instrument => !taken.has(instrument));
  }
  return found;
};
