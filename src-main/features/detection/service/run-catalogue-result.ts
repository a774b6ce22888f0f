import type { TestRunShape } from '../../../contract/tests.contract.ts';
import type { CatalogueOutcome } from './run-catalogue.ts';
import type { Side } from './run-catalogue-basis.ts';
import { sourcesOf, testBasis } from './run-catalogue-basis.ts';
import type { PlannedExamination } from './run-catalogue-parts.ts';
import type { TestPlan } from './run-catalogue-plan.ts';
import type { StoredTest } from './run-catalogue-store.ts';

const notRun = (
  { test, parameters }: TestPlan,
  rows: number,
  message: string,
  code: NonNullable<TestRunShape['notRunCode']>,
): TestRunShape => ({
  test: test.id,
  version: test.version,
  title: test.title,
  side: test.side,
  parameters: { ...parameters },
  population: { rows, used: 0, excluded: [] },
  statistics: {},
  bins: [],
  limits: [],
  findings: 0,
  notRun: message,
  notRunCode: code,
});

/** The record of every test of the catalogue: what was found now, what was taken over, and why the rest was not run. */
export const testRuns = (
  { run, bases, earlier }: PlannedExamination,
  outcome: CatalogueOutcome,
  ranAt: string,
): { readonly tests: StoredTest[]; readonly unfinished: string[] } => {
  const unfinished: string[] = [];
  const rowsOf = (side: Side): number =>
    (sourcesOf(side, run.sources) ?? []).reduce((sum, source) => sum + source.columns.count, 0);
  // A run of before this was recorded was computed when its examination was.
  const takenOver = (known: TestRunShape, more: Partial<TestRunShape> = {}): TestRunShape => ({
    ...known,
    ...(known.ranAt === undefined && earlier !== null ? { ranAt: earlier.ran_at } : {}),
    ...more,
  });
  const recordOf = (plan: TestPlan): StoredTest => {
    const { test } = plan;
    const rows = rowsOf(test.side);
    const tested = outcome.tests.get(test.id) ?? null;
    if (tested !== null) {
      const basis = bases[test.side];
      const { columns = [], parameters, notRun: refused } = tested.run;
      const rests = basis === null || refused !== null ? {} : { basis: testBasis(test, parameters, basis, columns) };
      return { run: { ...tested.run, ...rests, ranAt }, tested };
    }
    if (plan.refusal !== null)
      return { run: notRun(plan, rows, plan.refusal.message, plan.refusal.code), tested: null };
    if (plan.fate === 'reuse' && plan.earlier !== null)
      return { run: takenOver(plan.earlier, { reused: true }), tested: null };
    if (plan.fate === 'run') unfinished.push(test.id);
    if (plan.earlier !== null) return { run: takenOver(plan.earlier), tested: null };
    return plan.fate === 'run'
      ? { run: notRun(plan, rows, 'not finished: the run was cancelled', 'unfinished'), tested: null }
      : { run: notRun(plan, rows, 'not asked for yet', 'not-asked'), tested: null };
  };
  return { tests: run.plans.map(recordOf), unfinished };
};
