import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, Output } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { findingById, insertDecision, latestRun, rowsOfFinding, runByOrdinal } from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import type { StatedFinding } from './finding-view.ts';
import { findingShape, findingStates } from './finding-view.ts';

/** Rows shown beside a finding; all of them open in the grid. */
const SHOWN_ROWS = 100;

const counts = (
  findings: readonly StatedFinding[],
  pick: (finding: StatedFinding) => string,
): Record<string, number> => {
  const by: Record<string, number> = {};
  for (const finding of findings) by[pick(finding)] = (by[pick(finding)] ?? 0) + 1;
  return by;
};

const requireFinding = (
  store: ReadStore,
  id: string,
): { readonly finding: StatedFinding; readonly tests: RunSummary['tests'] } => {
  const record = findingById(store, id);
  const finding =
    record === undefined ? undefined : findingStates(store, record.case_id).find(stated => stated.id === id);
  const run = record === undefined ? undefined : runByOrdinal(store, record.run);
  if (finding === undefined || run === undefined)
    throw new NexusError({
      code: 'finding.unknown',
      category: 'not-found',
      message: `There is no finding ${id} in the latest examination.`,
    });
  return { finding, tests: (JSON.parse(run.summary) as RunSummary).tests };
};

export const findingHandlers: Handlers = {
  ...onQuery('findings.list', ({ store }, { caseId, test, severity, state, offset, limit }) => {
    requireCase(store, caseId);
    const all = findingStates(store, caseId);
    const run = latestRun(store, caseId);
    const tests = run === undefined ? [] : (JSON.parse(run.summary) as RunSummary).tests;
    const chosen = all.filter(
      finding =>
        (test === undefined || finding.test === test) &&
        (severity === undefined || finding.severity === severity) &&
        (state === undefined || finding.state === state),
    );
    return {
      total: chosen.length,
      all: all.length,
      bySeverity: counts(all, finding => finding.severity),
      byTest: counts(all, finding => finding.test),
      byState: counts(all, finding => finding.state),
      findings: chosen.slice(offset, offset + limit).map(finding => findingShape(store, finding, tests)),
    };
  }),
  ...onQuery('findings.read', ({ store }, { findingId }) => {
    const { finding, tests } = requireFinding(store, findingId);
    const run = tests.find(({ test }) => test === finding.test);
    if (run === undefined) throw new Error(`the run of ${finding.test} is not in the examination`);
    return {
      finding: findingShape(store, finding, tests),
      run,
      rows: transactionRows(store, rowsOfFinding(store, finding.ordinal).subarray(0, SHOWN_ROWS)),
    };
  }),
  ...onQuery('findings.export', async (context, { caseId }) => {
    requireCase(context.store, caseId);
    const sources = await caseSources(context, caseId);
    const place = (id: number): { readonly row: number; readonly file: string } => {
      const source = sources.find(
        ({ firstTransactionId, columns }) => id >= firstTransactionId && id < firstTransactionId + columns.count,
      );
      if (source === undefined) throw new Error(`transaction ${id} is not in the case`);
      return { row: source.columns.columns.rowNumber[id - source.firstTransactionId]!, file: source.name };
    };
    return {
      findings: findingStates(context.store, caseId).map(finding => {
        const places = Array.from(rowsOfFinding(context.store, finding.ordinal), place);
        return {
          id: finding.id,
          test: finding.test,
          version: finding.version,
          severity: finding.severity as Output<'findings.export'>['findings'][number]['severity'],
          score: finding.score,
          state: finding.state,
          rows: places.map(({ row }) => row),
          ...(sources.length > 1 ? { files: places.map(({ file }) => file) } : {}),
          reason: finding.reason,
        };
      }),
    };
  }),
  ...onCommand('findings.decide', ({ store, session, ports, audit }, { findingId, state, reason }) => {
    const { finding, tests } = requireFinding(store, findingId);
    if ((state === 'dismissed' || state === 'explained') && reason === '')
      throw new NexusError({
        code: 'finding.reason-needed',
        category: 'usage',
        message: `A finding is ${state} only with a reason.`,
        remedy: 'Say in a sentence why.',
      });
    insertDecision(store, {
      case_id: finding.case_id,
      test: finding.test,
      finding_key: finding.finding_key,
      rows_digest: finding.rows_digest,
      state,
      reason,
      actor: session.opened?.actor ?? '',
      decided_at: new Date(ports.clock.now()).toISOString(),
    });
    audit({
      case: finding.case_id,
      finding: finding.id,
      test: finding.test,
      before: finding.state,
      after: state,
      reason,
    });
    return findingShape(store, { ...finding, state, stateReason: reason === '' ? null : reason }, tests);
  }),
};
