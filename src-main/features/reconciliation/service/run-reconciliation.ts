import { NexusError } from '../../../contract/errors.ts';
import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import type { JobContext } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { decisionHead } from '../storage/decision.repository.ts';
import { insertMatch, insertOrphan } from '../storage/reconciliation.repository.ts';
import {
  deleteDetails,
  detailsOf,
  insertReconciliation,
  latestReconciliation,
  nextReconciliationOrdinal,
} from '../storage/run.repository.ts';
import { caseStatements } from './case-statements.ts';
import { rowsOfChoice, sourcesOfChoice } from './chosen-side.ts';
import type { ReconciliationRunSummary } from './current-basis.ts';
import { basisDigest } from './current-basis.ts';
import type { CaseReconciliation } from './reconcile-case.ts';
import type { ReconcileTask } from './reconcile-task.ts';

interface Request {
  readonly caseId: string;
  readonly a: SideChoice;
  readonly b: SideChoice;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Records a unit of work writes. */
const RECORDS_PER_UNIT = 2_000;

const refuse = (code: string, message: string, remedy: string): never => {
  throw new NexusError({ code, category: 'usage', message, kept: 'The reconciliation stays as it was.', remedy });
};

/** Throws where a side holds no row, or where a row lies on both sides. */
const assertSides = (sources: readonly CaseSource[], a: SideChoice, b: SideChoice): void => {
  const rowsOf = (choice: SideChoice) =>
    new Map(sourcesOfChoice(sources, choice).map(source => [source.ordinal, rowsOfChoice([source], choice)] as const));
  const count = (rows: ReturnType<typeof rowsOf>): number =>
    [...rows].reduce(
      (sum, [ordinal, chosen]) =>
        sum + (chosen?.length ?? sources.find(source => source.ordinal === ordinal)?.columns.count ?? 0),
      0,
    );
  const [ofA, ofB] = [rowsOf(a), rowsOf(b)];
  for (const [name, rows] of [
    ['A', ofA],
    ['B', ofB],
  ] as const)
    if (count(rows) === 0)
      refuse(
        'reconciliation.side-empty',
        `Side ${name} holds no row.`,
        'Choose a file or an account that holds records, or add one.',
      );
  for (const [ordinal, rowsOfA] of ofA) {
    if (!ofB.has(ordinal)) continue;
    const rowsOfB = ofB.get(ordinal) ?? null;
    const known = rowsOfB === null ? null : new Set(rowsOfB);
    const overlaps =
      rowsOfA === null
        ? known === null || known.size > 0
        : rowsOfA.length > 0 && (known === null || rowsOfA.some(row => known.has(row)));
    if (overlaps)
      refuse(
        'reconciliation.sides-overlap',
        `Rows of ${sources.find(source => source.ordinal === ordinal)?.name ?? 'a file'} lie on both sides: a row cannot be reconciled with itself.`,
        'Choose other files for one side, or limit both to different accounts.',
      );
  }
};

/** Stores a run: its details first, in short units of work under a number no list shows yet, then the run with its entry. */
const storeRun = async (
  context: JobContext,
  { caseId, a, b }: Request,
  digest: string,
  head: number,
  found: CaseReconciliation,
): Promise<string> => {
  const { write } = context.workspace();
  const ordinal = nextReconciliationOrdinal(write);
  const before = latestReconciliation(write, caseId);
  const run = detailsOf(ordinal);
  // What a cancelled or killed run left under this number belongs to no run.
  context.write(() => deleteDetails(write, ordinal));
  const records = [
    ...found.matches.map(
      (match, at) => () =>
        insertMatch(write, {
          run,
          ordinal: at,
          status: match.status,
          kind: match.kind,
          score: match.score,
          bank_transactions: JSON.stringify(match.bank),
          ledger_transactions: JSON.stringify(match.ledger),
          reasons: JSON.stringify(match.reasons),
        }),
    ),
    ...found.orphans.map(
      (orphan, at) => () =>
        insertOrphan(write, {
          run,
          side: orphan.side,
          ordinal: at,
          transaction_id: orphan.id,
          candidates: JSON.stringify(orphan.candidates),
          proposals: JSON.stringify(orphan.proposals),
        }),
    ),
  ];
  for (let at = 0; at < records.length; at += RECORDS_PER_UNIT) {
    context.write(() => {
      for (const insert of records.slice(at, at + RECORDS_PER_UNIT)) insert();
    });
    await context.breathe();
  }
  const runId = context.ports.ids.next();
  const summary: ReconciliationRunSummary = { reconciliation: found.summary, decisions: head };
  const text = JSON.stringify(summary);
  context.write((store, audit) => {
    insertReconciliation(store, {
      ordinal,
      id: runId,
      case_id: caseId,
      ran_at: new Date(context.ports.clock.now()).toISOString(),
      examination: latestRun(store, caseId)?.ordinal ?? 0,
      sides: JSON.stringify({ a, b }),
      input_digest: digest,
      summary: text,
    });
    if (before !== undefined) deleteDetails(store, before.ordinal);
    audit('reconciliation.completed', {
      case: caseId,
      reconciliation: runId,
      input: `sha256:${digest}`,
      sides: JSON.stringify({ a, b }),
      decisions: head,
      summary: `sha256:${hex(sha256(utf8(text)))}`,
    });
  });
  return runId;
};

/** Matches two chosen sides of a case on a worker and stores that as the case's current reconciliation. */
export const runReconciliation = async (
  context: JobContext,
  request: Request,
): Promise<{ runId: string; summary: ReconciliationSummary }> => {
  const workspace = context.workspace();
  const { caseId, a, b, parameters } = request;
  requireCase(workspace.read, caseId);
  const sources = await caseSources(context, caseId);
  assertSides(sources, a, b);
  const digest = basisDigest(workspace.read, caseId);
  const head = decisionHead(workspace.read, caseId);
  const task: ReconcileTask = {
    task: 'reconcile',
    storePath: workspace.storePath,
    key: workspace.dataKey,
    sources,
    statements: caseStatements(workspace.read, caseId),
    events: recipeEvents(workspace.read, caseId),
    a,
    b,
    parameters,
  };
  const found = (await context.pool.run('analysis', task, {
    signal: context.signal,
    onMessage: body =>
      context.progress({ stage: 'matching', done: (body as { percent: number }).percent, total: 100, unit: 'percent' }),
  })) as CaseReconciliation;
  context.progress({ stage: 'storing the matches', done: 100, total: 100, unit: 'percent' });
  const runId = await workspace.exclusive(context.signal, () => storeRun(context, request, digest, head, found));
  return { runId, summary: found.summary };
};
