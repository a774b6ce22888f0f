import type { TestContext } from './forensic-test.ts';

/** Rows between two reports of progress (a power of two): seldom enough to cost nothing, often enough to cancel at once. */
const STEP = 1 << 16;

/** Reports progress every STEP rows of one pass over the table; `from` and `to` are the pass's shares of the whole test. */
export const reportProgress = (context: TestContext, row: number, rows: number, from: number, to: number): void => {
  if ((row & (STEP - 1)) === 0) context.progress(from + ((to - from) * row) / rows);
};
