import type { TestResult } from '../forensic-test.ts';

/** A population of rows, with the reasons why some were left out; reasons without rows are not told. */
export const populationOf = (
  rows: number,
  excluded: readonly { readonly reason: string; readonly count: number }[],
): TestResult['population'] => ({
  rows,
  used: rows - excluded.reduce((sum, { count }) => sum + count, 0),
  excluded: excluded.filter(({ count }) => count > 0),
});

/** Beyond this share of the entries, and that number, what a test finds is how the ledger is kept and no exception. */
const USUAL_SHARE = 0.25;
const USUAL_LEAST = 100;

/** True where so many entries are found that none of them is unusual. */
export const isUsual = (found: number, entries: number): boolean =>
  found > USUAL_LEAST && found > USUAL_SHARE * entries;
