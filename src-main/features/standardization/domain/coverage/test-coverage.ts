/** A test on one account in one month (docs/specs/coverage.md). */
export type TestCoverageState = 'tested' | 'partly' | 'untestable' | 'empty' | 'not-run';

export interface TestCell {
  readonly state: TestCoverageState;
  readonly rows: number;
  /** Rows that have every value the test needs. */
  readonly usable: number;
  readonly reason: string;
}

/** Rows of an account in a month by which values they have: bit i of the mask says that value i is known. */
export type RowsByMask = ReadonlyMap<number, number>;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What a test could use of an account's rows in a month. `needed` is the mask of the values it cannot do without. */
export const testCell = (
  rows: RowsByMask | undefined,
  needed: number,
  needs: readonly string[],
  notRun: string | null,
): TestCell => {
  let all = 0;
  let usable = 0;
  for (const [mask, number] of rows ?? []) {
    all += number;
    if ((mask & needed) === needed) usable += number;
  }
  const cell = (state: TestCoverageState, reason: string): TestCell => ({ state, rows: all, usable, reason });
  if (all === 0) return cell('empty', 'no transaction in this month');
  if (notRun !== null) return cell('not-run', notRun);
  const wanted = needs.join(' and ');
  if (usable === 0) return cell('untestable', `none of ${count(all, 'row')} states ${wanted}`);
  if (usable < all) return cell('partly', `${count(all - usable, 'row')} of ${all} without ${wanted}`);
  return cell('tested', needs.length === 0 ? 'every row could be used' : `every row states ${wanted}`);
};
