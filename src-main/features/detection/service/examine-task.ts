import { NexusError } from '../../../contract/errors.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { CaseReconciliation, StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import { reconcileCase } from '../../reconciliation/service/reconcile-case.ts';
import type { FoundRows, RecipeEvent } from '../../standardization/domain/index.ts';
import { NEAR_DUPLICATE_DEFAULTS, nearDuplicates } from '../../standardization/domain/index.ts';
import type { Parameters, TestResult } from '../domain/forensic-test.ts';
import { runTest } from '../domain/run-test.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { confirmDuplicates } from './confirm-duplicates.ts';
import { decidedView, repeatedIds } from './decided-view.ts';
import { DetectionTable } from './detection-table.ts';
import type { DuplicateCounts, DuplicatePair } from './duplicate-pairs.ts';
import { duplicatePairs, findOverlaps } from './duplicate-pairs.ts';
import type { JudgedQuality } from './judge-quality.ts';
import { judgeQuality } from './judge-quality.ts';

export interface ExamineTask {
  readonly task: 'examine';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly statements: readonly StatementLine[];
  /** The case's recipe: parties people merged, duplicates they confirmed. */
  readonly events: readonly RecipeEvent[];
  /** Confirmed duplicates, listed beside the new proposals. */
  readonly confirmedPairs: readonly DuplicatePair[];
  /** Parameters by test id; `reconciliation` for the matching. */
  readonly parameters: Readonly<Record<string, Parameters>>;
  /** Day of the examination (days since 1970-01-01). */
  readonly today: number;
}

export interface ExaminedFinding {
  readonly key: string;
  readonly severity: string;
  readonly score: number;
  readonly reason: string;
  readonly ids: Float64Array;
}
export interface ExaminedTest {
  readonly run: TestRunShape;
  readonly findings: readonly ExaminedFinding[];
}
export interface Examined extends JudgedQuality {
  readonly duplicates: DuplicateCounts;
  readonly pairs: readonly DuplicatePair[];
  readonly tests: readonly ExaminedTest[];
  readonly reconciliation: CaseReconciliation;
  readonly summary: ReconciliationSummary;
  readonly timings: Readonly<Record<string, number>>;
}

const exactGroups = (tests: readonly CatalogueRun[]): readonly Uint32Array[] =>
  tests.find(test => test.run.test === 'duplicate-exact')?.result?.findings.map(finding => finding.rows) ?? [];

/** Defaults of an examination where they differ from a test's own: a statement's payments are negative, so both signs count. */
const EXAMINATION_DEFAULTS: Readonly<Record<string, Parameters>> = {
  'benford-first-two': { sign: 'both', minimum: '10' },
};

/** Runs quality, duplicates, the catalogue and the reconciliation over a case's columns. */
export const examine = (task: ExamineTask, channel: TaskChannel): Examined => {
  const timings: Record<string, number> = {};
  const timed = <T>(stage: string, work: () => T): T => {
    const started = performance.now();
    channel.send({ stage });
    const value = work();
    timings[stage] = Math.round((performance.now() - started) * 10) / 10;
    return value;
  };
  const bank = task.sources.filter(source => source.side === 'bank');
  const examined = bank.length > 0 ? bank : task.sources;
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const decided = decidedView(examined, task.events);
    const rows = timed('columns', () => new DetectionTable(examined, decided));
    const tests = timed('detect', () => runCatalogue(store, rows, task.parameters, channel));
    const near = timed('duplicates', () => findNearDuplicates(rows));
    const exact = surplusRows(tests.find(test => test.run.test === 'duplicate-exact')?.result ?? null);
    const overlaps = timed('overlaps', () => findOverlaps(rows));
    const quality = timed('quality', () =>
      judgeQuality(rows, examined, task.statements, task.today, {
        exact,
        near: foundRows(pairRows(near.pairs)),
        overlaps: examined.length < 2 ? null : foundRows(Uint32Array.from(overlaps, pair => pair.duplicate).sort()),
      }),
    );
    const reconciliation = timed('reconcile', () =>
      reconcileCase(
        store,
        task.sources,
        task.statements,
        task.parameters.reconciliation ?? {},
        repeatedIds(task.sources, task.events),
      ),
    );
    const pairs = [...duplicatePairs(rows, near.pairs, exactGroups(tests), overlaps), ...task.confirmedPairs];
    const listed = (kind: DuplicatePair['kind']): number => pairs.filter(pair => pair.kind === kind).length;
    return {
      ...quality,
      duplicates: {
        exactGroups: exact.groups,
        exactRows: exact.total,
        near: listed('near') + near.total - near.pairs.length,
        overlaps: listed('overlap'),
        confirmed: decided.without.length,
      },
      pairs,
      tests: tests.map(({ run, result }) => ({
        run,
        findings: (result?.findings ?? []).map(({ key, severity, score, reason, rows: found }) => ({
          key,
          severity,
          score,
          reason,
          ids: rows.transactionIds(found),
        })),
      })),
      reconciliation,
      summary: reconciliation.summary,
      timings,
    };
  } finally {
    connection.close();
  }
};

interface CatalogueRun {
  readonly run: TestRunShape;
  readonly result: TestResult | null;
}

const runCatalogue = (
  store: ReadStore,
  rows: DetectionTable,
  parameters: ExamineTask['parameters'],
  channel: TaskChannel,
): CatalogueRun[] =>
  TEST_CATALOGUE.map((test): CatalogueRun => {
    channel.send({ stage: `test ${test.id}` });
    const outcome = runTest(
      test,
      rows.table,
      { ...EXAMINATION_DEFAULTS[test.id], ...parameters[test.id] },
      { progress: () => undefined },
    );
    const about = { test: test.id, version: test.version, title: test.title };
    if (!outcome.ok) {
      if (outcome.error.code !== 'test.column-missing')
        throw new NexusError({ code: outcome.error.code, category: 'usage', message: outcome.error.message });
      const none = {
        parameters: {},
        population: { rows: rows.table.rowCount, used: 0, excluded: [] },
        statistics: {},
        bins: [],
        limits: [],
        findings: 0,
      };
      return { run: { ...about, ...none, notRun: outcome.error.message }, result: null };
    }
    const { parameters: used } = outcome.value;
    const result =
      test.id === 'duplicate-exact' ? confirmDuplicates(store, rows, outcome.value.result) : outcome.value.result;
    return {
      run: {
        ...about,
        parameters: { ...used },
        population: { ...result.population, excluded: [...result.population.excluded] },
        statistics: { ...result.statistics },
        bins: [...result.bins],
        limits: [...result.limits],
        findings: result.findings.length,
        notRun: null,
      },
      result,
    };
  });

const surplusRows = (result: TestResult | null): FoundRows & { readonly groups: number } => {
  const findings = result?.findings ?? [];
  const rows = Uint32Array.from(findings.flatMap(finding => [...finding.rows.subarray(1)])).sort();
  return { groups: findings.length, total: rows.length, rows };
};

const pairRows = (pairs: readonly { readonly a: number; readonly b: number }[]): Uint32Array =>
  Uint32Array.from(new Set(pairs.flatMap(({ a, b }) => [a, b]))).sort();

const foundRows = (rows: Uint32Array): FoundRows => ({ total: rows.length, rows });

const findNearDuplicates = (rows: DetectionTable) => {
  const { table } = rows;
  return nearDuplicates(
    {
      rowCount: table.rowCount,
      amountUnits: table.amountUnits!,
      bookingDay: table.bookingDay!,
      account: table.account!.codes,
      currency: table.currency!.codes,
      party: table.party!.codes,
      statement: rows.statements(),
      referenceHash: table.referenceHash,
      descriptionHash: null,
      recordHashHigh: table.recordHashHigh,
      recordHashLow: table.recordHashLow,
    },
    NEAR_DUPLICATE_DEFAULTS,
  );
};
