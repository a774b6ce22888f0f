import type { QueryContext } from '../../../engine/handler.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import type { ForensicTest, TestGroup } from '../../detection/domain/forensic-test.ts';
import { TEST_CATALOGUE } from '../../detection/domain/test-catalogue.ts';
import type { RunSummary } from '../../detection/service/examination-view.ts';
import { isStale } from '../../detection/service/examination-view.ts';
import { scoreSetName } from '../../detection/service/score-sets.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { statementsOf } from '../../ingestion/storage/source.repository.ts';
import type { CoverageGrid } from '../domain/coverage/coverage-grid.ts';
import { accountKey } from '../domain/coverage/coverage-input.ts';
import { missingStatements } from '../domain/coverage/missing-statements.ts';
import type { TestCell } from '../domain/coverage/test-coverage.ts';
import { testCell } from '../domain/coverage/test-coverage.ts';
import type { CoverageTestsTask, CoveredTests } from './coverage-tests-task.ts';
import { COVERED_VALUES } from './coverage-tests-task.ts';

/** How missing days can change what tests of a group found. */
const WHY: Readonly<Record<TestGroup, string>> = {
  digits: 'digits are counted over all amounts: the missing ones could move every share',
  duplicates: 'the other payment of a pair may lie in the missing days',
  amounts: 'what is usual for a party, and what adds up over days, is taken from the days that are there',
  sequence: 'numbers that seem to be missing may have been used in the missing days',
  time: 'how often an account usually moves is taken from the days that are there',
  journal: 'the other lines, or the reversal, of an entry may lie in the missing days',
  flows: 'money may have come in or gone out again in the missing days',
  outliers: 'what is unusual is judged against the rows that are there',
};

/** The grid and its sources, as coverage.handlers.ts makes them. */
export interface GridOfCase {
  readonly grid: CoverageGrid;
  readonly sources: readonly CaseSource[];
}

/** What is known of the tests of a case on its accounts and months. */
export interface TestsOfCase {
  readonly current: boolean | null;
  readonly cellsOf: (test: ForensicTest) => TestCell[][];
  readonly notRun: (test: ForensicTest) => { readonly state: 'cannot-run' | 'not-run'; readonly reason: string } | null;
  readonly findings: (test: string) => number;
  readonly covered: CoveredTests;
}

const linesOf = (context: QueryContext, { grid, sources }: GridOfCase): number[][] => {
  const lineOf = new Map(grid.accounts.map(({ account, currency }, line) => [accountKey({ account, currency }), line]));
  return sources.map(source =>
    statementsOf(context.store, source.ordinal).map(
      ({ account_id: account, currency }) => lineOf.get(accountKey({ account, currency })) ?? -1,
    ),
  );
};

/** Counts in a worker what tests could use, and reads what the latest examination says of them. */
export const testsOfCase = async (context: QueryContext, caseId: string, gridded: GridOfCase): Promise<TestsOfCase> => {
  const { grid, sources } = gridded;
  const run = latestRun(context.store, caseId);
  const summary = run === undefined ? null : (JSON.parse(run.summary) as RunSummary);
  const workspace = context.workspace();
  const task: CoverageTestsTask = {
    task: 'coverage-tests',
    storePath: workspace.storePath,
    key: workspace.dataKey,
    sources,
    lines: linesOf(context, gridded),
    run: run?.ordinal ?? null,
    windows: missingStatements(grid).map(({ line, windowFrom, windowTo }) => ({
      line,
      from: parseIsoDate(windowFrom)!,
      to: parseIsoDate(windowTo)!,
    })),
  };
  const covered = (await context.pool.run('analysis', task)) as CoveredTests;
  const side = sources[0]?.side ?? 'bank';
  const byCell = new Map<string, Map<number, number>>();
  for (const [line, month, mask, rows] of covered.counts) {
    const name = `${line} ${month}`;
    const masks = byCell.get(name) ?? new Map<number, number>();
    byCell.set(name, masks.set(mask, rows));
  }
  const notRun: TestsOfCase['notRun'] = test => {
    if (summary === null) return { state: 'not-run', reason: 'the case was not examined yet' };
    const found = summary.tests.find(each => each.test === test.id);
    if (found === undefined) return { state: 'not-run', reason: 'the latest examination did not hold this test' };
    if (found.notRun !== null) return { state: 'cannot-run', reason: found.notRun };
    if (test.side === 'ledger' && side === 'bank')
      return { state: 'not-run', reason: 'it examines the ledger; these are bank accounts' };
    return null;
  };
  // Tests that need the same values have the same cells.
  const made = new Map<string, TestCell[][]>();
  const cellsOf = (test: ForensicTest): TestCell[][] => {
    const needs = test.needs.filter(name => COVERED_VALUES.some(value => value === name));
    const needed = COVERED_VALUES.reduce(
      (mask, value, bit) => (needs.some(name => name === value) ? mask | (1 << bit) : mask),
      0,
    );
    const reason = notRun(test)?.reason ?? null;
    const key = JSON.stringify([needed, reason]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const cells = grid.accounts.map((_, line) =>
      grid.months.map(month => testCell(byCell.get(`${line} ${month}`), needed, needs, reason)),
    );
    made.set(key, cells);
    return cells;
  };
  return {
    current: run === undefined || summary === null ? null : !isStale(context.store, caseId, run, summary),
    cellsOf,
    notRun,
    findings: test => summary?.tests.find(each => each.test === test)?.findings ?? 0,
    covered,
  };
};

/** Every test with what it covers, and every missing statement with the tests whose answers it could change. */
export const testCoverage = async (context: QueryContext, caseId: string, gridded: GridOfCase) => {
  const tests = await testsOfCase(context, caseId, gridded);
  return {
    current: tests.current,
    tests: TEST_CATALOGUE.map(test => {
      const notRun = tests.notRun(test);
      const cells = { tested: 0, partly: 0, untestable: 0, empty: 0, 'not-run': 0 };
      for (const { state } of tests.cellsOf(test).flat()) cells[state] += 1;
      return {
        test: test.id,
        title: test.title,
        group: test.group,
        state: notRun?.state ?? ('run' as const),
        reason: notRun?.reason ?? null,
        findings: tests.findings(test.id),
        cells,
      };
    }),
    missing: missingStatements(gridded.grid).map(({ line: _line, ...missing }, at) => ({
      ...missing,
      tests: TEST_CATALOGUE.filter(test => tests.notRun(test) === null).map(test => {
        const near = tests.covered.near[at]?.find(each => each.test === test.id);
        return {
          test: test.id,
          title: test.title,
          findings: near?.findings ?? 0,
          rows: near?.rows ?? 0,
          set: scoreSetName({ kind: 'hits', test: test.id })!,
          why: WHY[test.group],
        };
      }),
    })),
  };
};
