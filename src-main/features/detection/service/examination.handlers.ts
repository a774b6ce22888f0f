import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, JobContext } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { balancedAs } from '../../ingestion/domain/balanced.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { completeSources, statementsOf } from '../../ingestion/storage/source.repository.ts';
import type { StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import {
  deleteReconciliationDetails,
  insertMatch,
  insertOrphan,
} from '../../reconciliation/storage/reconciliation.repository.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { deleteRunDetails, insertDuplicatePair, insertQualityFailure } from '../storage/examination.repository.ts';
import {
  insertFindings,
  insertRun,
  nextFindingOrdinal,
  nextRunOrdinal,
  SEVERITY_RANK,
} from '../storage/finding.repository.ts';
import { confirmedPairs } from './confirmed-pairs.ts';
import { decisionsDigest } from './decided-view.ts';
import type { RunSummary } from './examination-view.ts';
import { examinationOf, inputDigest } from './examination-view.ts';
import type { Examined, ExamineTask } from './examine-task.ts';

const DAY_MS = 86_400_000;
/** Records a unit of work writes. */
const RECORDS_PER_UNIT = 2_000;

const statementLines = (context: JobContext, caseId: string): StatementLine[] => {
  const { read } = context.workspace();
  return completeSources(read, caseId).flatMap(source =>
    statementsOf(read, source.ordinal).map(statement => ({
      source: source.ordinal,
      sourceName: source.name,
      account: statement.account_id,
      currency: statement.currency,
      from: statement.from_day ?? UNKNOWN_DAY,
      to: statement.to_day ?? UNKNOWN_DAY,
      opening: statement.opening_amount,
      openingDay: statement.opening_day ?? UNKNOWN_DAY,
      closing: statement.closing_amount,
      closingDay: statement.closing_day ?? UNKNOWN_DAY,
      credits: statement.credits,
      debits: statement.debits,
      balanced: balancedAs(statement.opening_amount, statement.credits, statement.debits, statement.closing_amount),
    })),
  );
};

const blob = (ids: Float64Array): Uint8Array => Buffer.from(ids.buffer as ArrayBuffer, ids.byteOffset, ids.byteLength);

/**
 * Stores a run. Its details go in first, in short units of work under a run number that no list shows yet; the run itself
 * and its audit entry commit last, in one transaction, which makes all of it visible at once.
 */
const storeRun = async (
  context: JobContext,
  caseId: string,
  { digest, decisions }: { readonly digest: string; readonly decisions: string },
  examined: Examined,
): Promise<string> => {
  const { write } = context.workspace();
  const run = nextRunOrdinal(write);
  // What a cancelled or killed examination left under this number belongs to no run.
  context.write(() => {
    deleteRunDetails(write, run);
    deleteReconciliationDetails(write, run);
  });
  const runId = context.ports.ids.next();
  const first = nextFindingOrdinal(write);
  const findings = examined.tests.flatMap(({ run: { test, version }, findings: found }) =>
    found.map(finding => ({ ...finding, test, version, digest: hex(sha256(blob(finding.ids))) })),
  );
  const summary: RunSummary = {
    quality: examined.quality,
    duplicates: examined.duplicates,
    reconciliation: examined.summary,
    tests: examined.tests.map(test => test.run),
    decisions,
  };
  const units: (() => void)[] = [];
  const records = [
    ...findings.map(
      (finding, i) => () =>
        insertFindings(write, [
          {
            ordinal: first + i,
            id: context.ports.ids.next(),
            run,
            case_id: caseId,
            test: finding.test,
            version: finding.version,
            finding_key: finding.key,
            severity: finding.severity,
            severity_rank: SEVERITY_RANK[finding.severity] ?? 9,
            score: finding.score,
            reason: finding.reason,
            row_count: finding.ids.length,
            rows: blob(finding.ids),
            rows_digest: finding.digest,
          },
        ]),
    ),
    ...examined.qualityFailures.map(
      ({ rule, ids }) =>
        () =>
          insertQualityFailure(write, { run, rule, rows: blob(ids) }),
    ),
    ...examined.pairs.map(
      (pair, ordinal) => () =>
        insertDuplicatePair(write, {
          run,
          ordinal,
          first_transaction: pair.a,
          second_transaction: pair.b,
          score: pair.score,
          agree: JSON.stringify(pair.agree),
          differ: JSON.stringify(pair.differ),
          kind: pair.kind,
        }),
    ),
    ...examined.reconciliation.matches.map(
      (match, ordinal) => () =>
        insertMatch(write, {
          run,
          ordinal,
          status: match.status,
          kind: match.kind,
          score: match.score,
          bank_transactions: JSON.stringify(match.bank),
          ledger_transactions: JSON.stringify(match.ledger),
          reasons: JSON.stringify(match.reasons),
        }),
    ),
    ...examined.reconciliation.orphans.map(
      (orphan, ordinal) => () =>
        insertOrphan(write, {
          run,
          side: orphan.side,
          ordinal,
          transaction_id: orphan.id,
          candidates: JSON.stringify(orphan.candidates),
        }),
    ),
  ];
  for (let at = 0; at < records.length; at += RECORDS_PER_UNIT)
    units.push(() => {
      for (const insert of records.slice(at, at + RECORDS_PER_UNIT)) insert();
    });
  for (const unit of units) {
    context.write(unit);
    await context.breathe();
  }
  const findingsDigest = hex(
    sha256(
      utf8(
        JSON.stringify(
          findings.map(({ test, key, severity, digest: rowsDigest }) => [test, key, severity, rowsDigest]),
        ),
      ),
    ),
  );
  context.write((store, audit) => {
    insertRun(store, {
      ordinal: run,
      id: runId,
      case_id: caseId,
      ran_at: new Date(context.ports.clock.now()).toISOString(),
      input_digest: digest,
      summary: JSON.stringify(summary),
    });
    audit('examination.completed', {
      case: caseId,
      run: runId,
      input: `sha256:${digest}`,
      summary: `sha256:${hex(sha256(utf8(JSON.stringify(summary))))}`,
      findings: findings.length,
      'findings-digest': `sha256:${findingsDigest}`,
      tests: examined.tests.map(({ run: { test, version } }) => `${test}@${version}`),
    });
  });
  return runId;
};

/** Parameters for something that is not run would be passed over in silence: a misspelt test is refused instead. */
const assertKnown = (names: readonly string[]): void => {
  const known = [...TEST_CATALOGUE.map(test => test.id), 'reconciliation'];
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new NexusError({
      code: 'test.unknown',
      category: 'usage',
      message: `There is no test “${unknown}” to set parameters of.`,
      candidates: { test: known },
    });
};

export const examinationHandlers: Handlers = {
  ...onJob('examinations.run', {
    title: () => 'Examination',
    onCancel: 'The imported records stay; the unfinished examination is discarded.',
    run: async (context, { caseId, parameters }) => {
      const workspace = context.workspace();
      requireCase(workspace.read, caseId);
      assertKnown(Object.keys(parameters));
      const sources = await caseSources(context, caseId);
      if (sources.every(source => source.columns.count === 0))
        throw new NexusError({
          code: 'case.no-transactions',
          category: 'conflict',
          message: 'The case holds no transactions to examine.',
          remedy: 'Import a statement first.',
        });
      const digest = inputDigest(workspace.read, caseId);
      const events = recipeEvents(workspace.read, caseId);
      const started = performance.now();
      const task: ExamineTask = {
        task: 'examine',
        storePath: workspace.storePath,
        key: workspace.dataKey,
        sources,
        statements: statementLines(context, caseId),
        events,
        confirmedPairs: confirmedPairs(workspace.read, caseId, events),
        parameters,
        today: Math.floor(context.ports.clock.now() / DAY_MS),
      };
      let stages = 0;
      const examined = (await context.pool.run('analysis', task, {
        signal: context.signal,
        onMessage: body =>
          context.progress({ stage: (body as { stage: string }).stage, done: ++stages, total: null, unit: 'steps' }),
      })) as Examined;
      const analysed = performance.now();
      context.progress({ stage: 'storing the findings', done: stages, total: null, unit: 'steps' });
      const basis = { digest, decisions: decisionsDigest(events) };
      const runId = await workspace.exclusive(context.signal, () => storeRun(context, caseId, basis, examined));
      return {
        runId,
        quality: examined.quality,
        duplicates: examined.duplicates,
        reconciliation: examined.summary,
        tests: examined.tests.map(test => test.run),
        findings: examined.tests.reduce((sum, test) => sum + test.findings.length, 0),
        timings: {
          ...examined.timings,
          analysis: Math.round(analysed - started),
          'store-findings': Math.round(performance.now() - analysed),
        },
      };
    },
  }),
  ...onQuery('examinations.read', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return examinationOf(store, caseId);
  }),
};
