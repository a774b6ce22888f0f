import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { CaseReconciliation, StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import { reconcileCase } from '../../reconciliation/service/reconcile-case.ts';
import type { FoundRows, RecipeEvent } from '../../standardization/domain/index.ts';
import { NEAR_DUPLICATE_DEFAULTS, nearDuplicates } from '../../standardization/domain/index.ts';
import type { Parameters, TestResult } from '../domain/forensic-test.ts';
import { repeatedIds } from './decided-view.ts';
import type { DetectionTable } from './detection-table.ts';
import type { DuplicateCounts, DuplicatePair } from './duplicate-pairs.ts';
import { duplicatePairs, findOverlaps } from './duplicate-pairs.ts';
import type { JudgedQuality } from './judge-quality.ts';
import { judgeQuality } from './judge-quality.ts';
import { sourcesOf } from './run-catalogue-basis.ts';
import type { CatalogueMessage, CatalogueWork, PlannedTest } from './run-catalogue-task.ts';
import { CaseTables, takeUnits } from './run-catalogue-task.ts';

/** One worker's part of an examination: what it alone does, then tests for as long as some are left. */
export interface ExamineTask {
  readonly task: 'examine';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  /** The case's recipe: parties people merged, duplicates they confirmed. */
  readonly events: readonly RecipeEvent[];
  readonly quality: QualityWork | null;
  readonly reconciliation: ReconciliationWork | null;
  readonly work: CatalogueWork;
}

/** Quality and duplicates rest on the equal records that a test finds. */
export interface QualityWork {
  readonly statements: readonly StatementLine[];
  /** Confirmed duplicates, listed beside the new proposals. */
  readonly confirmedPairs: readonly DuplicatePair[];
  readonly exact: PlannedTest;
  /** The test of equal records is part of the run, and not only its means here. */
  readonly tellsExact: boolean;
  /** Day of the examination (days since 1970-01-01). */
  readonly today: number;
}

export interface ReconciliationWork {
  readonly statements: readonly StatementLine[];
  readonly parameters: Parameters;
}

export interface ExaminedQuality extends JudgedQuality {
  readonly duplicates: DuplicateCounts;
  readonly pairs: readonly DuplicatePair[];
}

/** What a worker tells while it examines. */
export type ExamineMessage =
  | CatalogueMessage
  | { readonly kind: 'quality'; readonly quality: ExaminedQuality }
  | { readonly kind: 'reconciliation'; readonly reconciliation: CaseReconciliation };

/** Milliseconds by stage. */
export type ExamineTimings = Readonly<Record<string, number>>;

/** Runs a worker's part; everything found is told by messages as soon as it is known. */
export const examine = (task: ExamineTask, channel: TaskChannel): ExamineTimings => {
  const timings: Record<string, number> = {};
  const timed = <T>(stage: string, work: () => T): T => {
    const started = performance.now();
    channel.send({ kind: 'stage', stage } satisfies ExamineMessage);
    const value = work();
    timings[stage] = Math.round((performance.now() - started) * 10) / 10;
    return value;
  };
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const tables = new CaseTables(task.sources, task.events, store);
    if (task.quality !== null)
      channel.send({ kind: 'quality', quality: examineQuality(task, task.quality, tables, channel, timed) });
    const { reconciliation: work } = task;
    if (work !== null) {
      const reconciliation = timed('reconcile', () =>
        reconcileCase(store, task.sources, work.statements, work.parameters, repeatedIds(task.sources, task.events)),
      );
      channel.send({ kind: 'reconciliation', reconciliation } satisfies ExamineMessage);
    }
    takeUnits(task.work, tables, channel);
    return timings;
  } finally {
    connection.close();
  }
};

const examineQuality = (
  task: ExamineTask,
  work: QualityWork,
  tables: CaseTables,
  channel: TaskChannel,
  timed: <T>(stage: string, work: () => T) => T,
): ExaminedQuality => {
  const examined = sourcesOf('bank', task.sources) ?? [];
  const { rows } = timed('columns', () => tables.of('bank'));
  const equal = timed('equal records', () =>
    work.tellsExact ? tables.tell(work.exact, channel) : tables.run(work.exact).result,
  );
  const exact = surplusRows(equal);
  const near = timed('duplicates', () => findNearDuplicates(rows));
  const overlaps = timed('overlaps', () => findOverlaps(rows));
  const judged = timed('quality', () =>
    judgeQuality(rows, examined, work.statements, work.today, {
      exact,
      near: foundRows(pairRows(near.pairs)),
      overlaps: examined.length < 2 ? null : foundRows(Uint32Array.from(overlaps, pair => pair.duplicate).sort()),
    }),
  );
  const groups = equal?.findings.map(finding => finding.rows) ?? [];
  const pairs = [...duplicatePairs(rows, near.pairs, groups, overlaps), ...work.confirmedPairs];
  const listed = (kind: DuplicatePair['kind']): number => pairs.filter(pair => pair.kind === kind).length;
  return {
    ...judged,
    duplicates: {
      exactGroups: exact.groups,
      exactRows: exact.total,
      near: listed('near') + near.total - near.pairs.length,
      overlaps: listed('overlap'),
      confirmed: examined.reduce((sum, source) => sum + source.columns.count, 0) - rows.table.rowCount,
    },
    pairs,
  };
};

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
      bookingDay: rows.days('bookingDay'),
      account: rows.accounts().codes,
      currency: rows.coded('currency').codes,
      party: rows.parties().codes,
      statement: rows.statements(),
      referenceHash: rows.referenceHashes(),
      descriptionHash: null,
      recordHashHigh: table.recordHashHigh,
      recordHashLow: table.recordHashLow,
    },
    NEAR_DUPLICATE_DEFAULTS,
  );
};
