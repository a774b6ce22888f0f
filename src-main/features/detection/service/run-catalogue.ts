import { availableParallelism } from 'node:os';
import type { JobContext } from '../../../engine/handler.ts';
import { cancelled } from '../../../platform/worker-pool.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { CaseReconciliation } from '../../reconciliation/service/reconcile-case.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type {
  ExaminedQuality,
  ExamineMessage,
  ExamineTask,
  ExamineTimings,
  QualityWork,
  ReconciliationWork,
} from './examine-task.ts';
import type { TestPlan } from './run-catalogue-plan.ts';
import type { PlannedTest, TestedTest } from './run-catalogue-task.ts';

/** Transactions from which a second worker is worth its start. */
const ROWS_FOR_MORE_WORKERS = 50_000;
/** Beyond these the columns, not the processors, are what is waited for. */
const MOST_WORKERS = 4;
/** Groups whose tests share what they compute from a table (the graph, equal payments, digits) stay on one worker, the longest first. */
const SHARING_GROUPS = ['flows', 'duplicates', 'digits'] as const;
/** The test that quality and duplicates rest on. */
export const EXACT = 'duplicate-exact';

export interface CatalogueOutcome {
  readonly tests: ReadonlyMap<string, TestedTest>;
  readonly quality: ExaminedQuality | null;
  readonly reconciliation: CaseReconciliation | null;
  /** A cancel came before everything was run. */
  readonly isCancelled: boolean;
  readonly timings: Readonly<Record<string, number>>;
}

export interface CatalogueRun {
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly plans: readonly TestPlan[];
  readonly quality: QualityWork | null;
  readonly reconciliation: ReconciliationWork | null;
  /** Answer what was finished instead of throwing, when the run is cancelled. */
  readonly keepsFinished: boolean;
}

export const plannedTest = ({ test, parameters }: TestPlan): PlannedTest => ({
  test: test.id,
  side: test.side,
  parameters,
});

const unitsOf = (plans: readonly TestPlan[]): PlannedTest[][] => {
  const together = SHARING_GROUPS.map(group => plans.filter(plan => plan.test.group === group).map(plannedTest));
  const alone = plans
    .filter(plan => !SHARING_GROUPS.some(group => group === plan.test.group))
    .map(plan => [plannedTest(plan)]);
  return [...together.filter(unit => unit.length > 0), ...alone];
};

/**
 * Runs the planned tests, quality and the matching on several analysis workers, which read the same columns in shared memory
 * and take the next test when they are free. Throws `job.cancelled` unless what was finished is to be kept.
 */
export const runCatalogue = async (context: JobContext, run: CatalogueRun): Promise<CatalogueOutcome> => {
  const started = performance.now();
  const { quality } = run;
  const toRun = run.plans.filter(plan => plan.fate === 'run');
  const titleOf = new Map(toRun.map(({ test }) => [test.id, test.title]));
  const units = unitsOf(toRun.filter(plan => quality === null || plan.test.id !== EXACT));
  const work = { units, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const tests = new Map<string, TestedTest>();
  const found: { quality: ExaminedQuality | null; reconciliation: CaseReconciliation | null } = {
    quality: null,
    reconciliation: null,
  };
  const told = (stage: string): void =>
    context.progress({ stage, done: tests.size, total: titleOf.size, unit: 'tests' });
  const listen = (message: ExamineMessage): void => {
    switch (message.kind) {
      case 'stage':
        told(message.stage);
        return;
      case 'testing':
        told(`${titleOf.get(message.test) ?? message.test} · ${tests.size + 1} of ${titleOf.size}`);
        return;
      case 'tested':
        tests.set(message.tested.run.test, message.tested);
        told(`${message.tested.run.title} · ${tests.size} of ${titleOf.size}`);
        return;
      case 'quality':
        found.quality = message.quality;
        return;
      case 'reconciliation':
        found.reconciliation = message.reconciliation;
    }
  };
  const rows = run.sources.reduce((sum, source) => sum + source.columns.count, 0);
  const lonely = rows < ROWS_FOR_MORE_WORKERS || units.length === 0;
  const workers = lonely ? 1 : Math.min(MOST_WORKERS, Math.max(1, availableParallelism()), units.length + 1);
  const { storePath, dataKey } = context.workspace();
  // A fault of one worker ends the others: a half examination is none.
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  context.signal.addEventListener('abort', stop);
  if (context.signal.aborted) stop();
  try {
    const failed: { fault: Error | null } = { fault: null };
    const stages = await Promise.all(
      Array.from({ length: workers }, async (_, i): Promise<ExamineTimings> => {
        const task: ExamineTask = {
          task: 'examine',
          storePath,
          key: dataKey,
          sources: run.sources,
          events: run.events,
          quality: i === 0 ? quality : null,
          reconciliation: i === 0 ? run.reconciliation : null,
          work,
        };
        const options = { signal: abort.signal, onMessage: (body: unknown) => listen(body as ExamineMessage) };
        try {
          return (await context.pool.run('analysis', task, options)) as ExamineTimings;
        } catch (error) {
          // What ends after that ended because of it.
          if (!abort.signal.aborted) failed.fault = error instanceof Error ? error : new Error(String(error));
          stop();
          return {};
        }
      }),
    );
    const isCancelled = context.signal.aborted;
    if (failed.fault !== null) throw failed.fault;
    if (isCancelled && !run.keepsFinished) throw cancelled();
    return {
      tests,
      ...found,
      isCancelled,
      timings: {
        ...Object.fromEntries(stages.flatMap(stage => Object.entries(stage))),
        detect: Math.round(performance.now() - started),
        ...Object.fromEntries([...tests].map(([id, { elapsedMs }]) => [`test ${id}`, elapsedMs])),
      },
    };
  } finally {
    context.signal.removeEventListener('abort', stop);
  }
};
