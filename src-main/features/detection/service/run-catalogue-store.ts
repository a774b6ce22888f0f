import type { TestRunShape } from '../../../contract/tests.contract.ts';
import type { JobContext } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import type { CaseReconciliation } from '../../reconciliation/service/reconcile-case.ts';
import {
  deleteReconciliationDetails,
  insertMatch,
  insertOrphan,
} from '../../reconciliation/storage/reconciliation.repository.ts';
import {
  copyRunDetails,
  deleteRunDetails,
  insertDuplicatePair,
  insertQualityFailure,
} from '../storage/examination.repository.ts';
import {
  findingRanges,
  findingsBetween,
  insertFindings,
  insertRun,
  nextFindingOrdinal,
  nextRunOrdinal,
  SEVERITY_RANK,
} from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import type { ExaminedQuality } from './examine-task.ts';
import type { TestedTest } from './run-catalogue-task.ts';

/** Records a unit of work writes. */
const RECORDS_PER_UNIT = 2_000;

/** A test's place in a run: found now, or taken over with its findings from the earlier run. */
export interface StoredTest {
  readonly run: TestRunShape;
  /** Null where its findings, if it has any, are those of the earlier run. */
  readonly tested: TestedTest | null;
}

/** All of an examination as it is to be stored; null parts are those of the earlier run. */
export interface ExaminationToStore {
  readonly caseId: string;
  readonly ranAt: string;
  readonly digest: string;
  readonly summary: RunSummary;
  readonly tests: readonly StoredTest[];
  readonly quality: ExaminedQuality | null;
  readonly reconciliation: CaseReconciliation | null;
  /** Number of the earlier run; null for none. */
  readonly earlier: number | null;
  /** Tests that a cancel left unrun. */
  readonly unfinished: readonly string[];
}

const blob = (ids: Float64Array): Uint8Array => Buffer.from(ids.buffer as ArrayBuffer, ids.byteOffset, ids.byteLength);

type Insert = (store: WriteStore) => void;

/**
 * Stores a run. Its details go in first, in short units of work under a run number that no list shows yet; the run itself
 * and its audit entry commit last, in one transaction, which makes all of it visible at once. `pause` lets waiting calls be
 * answered between units; it throws when the storing is to be given up. Answers the run's id.
 */
export const storeExamination = async (
  context: JobContext,
  examination: ExaminationToStore,
  pause: () => Promise<void>,
): Promise<string> => {
  const { write, read } = context.workspace();
  const run = nextRunOrdinal(write);
  // What a cancelled or killed examination left under this number belongs to no run.
  context.write(() => {
    deleteRunDetails(write, run);
    deleteReconciliationDetails(write, run);
  });
  const runId = context.ports.ids.next();
  const digests: unknown[] = [];
  let count = 0;
  let unit: Insert[] = [];
  const flush = async (): Promise<void> => {
    if (unit.length === 0) return;
    const inserts = unit;
    unit = [];
    context.write(store => {
      for (const insert of inserts) insert(store);
    });
    await pause();
  };
  const details = function* (): Generator<Insert> {
    let ordinal = nextFindingOrdinal(write);
    for (const finding of findingsOf(examination, read)) {
      const record = { ...finding, ordinal: ordinal++, id: context.ports.ids.next(), run, case_id: examination.caseId };
      digests.push([record.test, record.finding_key, record.severity, record.rows_digest]);
      count += 1;
      yield store => insertFindings(store, [record]);
    }
    yield* qualityDetails(examination, run);
    yield* reconciliationDetails(examination, run);
  };
  for (const insert of details()) {
    unit.push(insert);
    if (unit.length === RECORDS_PER_UNIT) await flush();
  }
  await flush();
  const summary = JSON.stringify(examination.summary);
  context.write((store, audit) => {
    insertRun(store, {
      ordinal: run,
      id: runId,
      case_id: examination.caseId,
      ran_at: examination.ranAt,
      input_digest: examination.digest,
      summary,
    });
    const reused = examination.tests.filter(test => test.run.reused === true).length;
    audit('examination.completed', {
      case: examination.caseId,
      run: runId,
      input: `sha256:${examination.digest}`,
      summary: `sha256:${hex(sha256(utf8(summary)))}`,
      findings: count,
      'findings-digest': `sha256:${hex(sha256(utf8(JSON.stringify(digests))))}`,
      tests: examination.tests.map(({ run: { test, version } }) => `${test}@${version}`),
      ...(reused === 0 ? {} : { 'taken-over': reused }),
      ...(examination.unfinished.length === 0 ? {} : { unfinished: [...examination.unfinished] }),
    });
  });
  return runId;
};

/** Findings of all tests in the order of the catalogue: those found now, and those of the earlier run. */
const findingsOf = function* ({ tests, earlier }: ExaminationToStore, store: ReadStore) {
  const ranges = earlier === null ? new Map<string, never>() : findingRanges(store, earlier);
  for (const { run, tested } of tests) {
    if (tested === null) {
      const range = run.notRun === null ? ranges.get(run.test) : undefined;
      if (range !== undefined) yield* findingsBetween(store, range.first, range.last);
      continue;
    }
    for (const [i, { key, severity, score, reason }] of tested.findings.entries()) {
      const ids = tested.ids.subarray(i === 0 ? 0 : tested.ends[i - 1], tested.ends[i]);
      yield {
        test: run.test,
        version: run.version,
        finding_key: key,
        severity,
        severity_rank: SEVERITY_RANK[severity] ?? 9,
        score,
        reason,
        row_count: ids.length,
        rows: blob(ids),
        rows_digest: hex(sha256(blob(ids))),
      };
    }
  }
};

const qualityDetails = function* ({ quality, earlier }: ExaminationToStore, run: number): Generator<Insert> {
  if (quality === null) {
    if (earlier !== null) yield store => copyRunDetails(store, 'quality', earlier, run);
    return;
  }
  for (const { rule, ids } of quality.qualityFailures)
    yield store => insertQualityFailure(store, { run, rule, rows: blob(ids) });
  for (const [ordinal, pair] of quality.pairs.entries())
    yield store =>
      insertDuplicatePair(store, {
        run,
        ordinal,
        first_transaction: pair.a,
        second_transaction: pair.b,
        score: pair.score,
        agree: JSON.stringify(pair.agree),
        differ: JSON.stringify(pair.differ),
        kind: pair.kind,
      });
};

const reconciliationDetails = function* (
  { reconciliation, earlier }: ExaminationToStore,
  run: number,
): Generator<Insert> {
  if (reconciliation === null) {
    if (earlier !== null) yield store => copyRunDetails(store, 'reconciliation', earlier, run);
    return;
  }
  for (const [ordinal, match] of reconciliation.matches.entries())
    yield store =>
      insertMatch(store, {
        run,
        ordinal,
        status: match.status,
        kind: match.kind,
        score: match.score,
        bank_transactions: JSON.stringify(match.bank),
        ledger_transactions: JSON.stringify(match.ledger),
        reasons: JSON.stringify(match.reasons),
      });
  for (const [ordinal, orphan] of reconciliation.orphans.entries())
    yield store =>
      insertOrphan(store, {
        run,
        side: orphan.side,
        ordinal,
        transaction_id: orphan.id,
        candidates: JSON.stringify(orphan.candidates),
        proposals: JSON.stringify(orphan.proposals),
      });
};
