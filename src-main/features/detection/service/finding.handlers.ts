import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, Output } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { findingById, findingsByOrdinal, latestRun, rowsOfFinding } from '../storage/finding.repository.ts';
import { explanationRows } from '../storage/finding-event.repository.ts';
import type { RunSummary } from './examination-view.ts';
import { explanationLines, historyOf, relatedFacts } from './finding-detail.ts';
import { findingRegister } from './finding-register.ts';
import type { CaseFindings, StatedFact } from './finding-selection.ts';
import { caseFindings, selectFacts } from './finding-selection.ts';
import { findingTriageHandlers } from './finding-triage.handlers.ts';
import { findingShapes, findingStates } from './finding-view.ts';

/** Rows shown beside a finding; all of them open in the grid. */
const SHOWN_ROWS = 100;

const testsOf = (store: ReadStore, caseId: string): RunSummary['tests'] => {
  const run = latestRun(store, caseId);
  return run === undefined ? [] : (JSON.parse(run.summary) as RunSummary).tests;
};

interface Wanted {
  readonly caseId: string;
  readonly stated: StatedFact;
  readonly findings: CaseFindings;
}

/** The fact a finding of the latest examination belongs to. Throws `finding.unknown`. */
const requireFact = (store: ReadStore, id: string): Wanted => {
  const record = findingById(store, id);
  const findings = record === undefined ? undefined : caseFindings(store, record.case_id);
  const stated = findings?.facts.find(({ fact }) => fact.hits.some(({ ordinal }) => ordinal === record?.ordinal));
  if (record === undefined || findings === undefined || stated === undefined)
    throw new NexusError({
      code: 'finding.unknown',
      category: 'not-found',
      message: `There is no finding ${id} in the latest examination.`,
    });
  return { caseId: record.case_id, stated, findings };
};

/** Names of those who decided, reviewed or were assigned in a case. */
const namesIn = ({ facts }: CaseFindings): string[] => [
  ...new Set(
    facts.flatMap(({ triage: { decision, assignee, review } }) =>
      [decision?.actor, assignee, review?.actor].filter(name => typeof name === 'string' && name !== ''),
    ) as string[],
  ),
];

export const findingHandlers: Handlers = {
  ...findingTriageHandlers,
  ...onQuery('findings.list', ({ store, session }, { caseId, offset, limit, ...filter }) => {
    requireCase(store, caseId);
    const findings = caseFindings(store, caseId);
    const { chosen, counts } = selectFacts(findings.facts, filter);
    const { '': _undecided = 0, ...byReview } = counts.review;
    return {
      total: chosen.length,
      all: findings.facts.length,
      decided: findings.facts.filter(({ triage }) => triage.state !== 'open').length,
      bySeverity: counts.severity,
      byTest: counts.test,
      byGroup: counts.group,
      byState: counts.state,
      byAssignee: counts.assignee,
      byReview,
      flagged: counts.flagged.true ?? 0,
      names: [...new Set([session.opened?.actor ?? '', ...namesIn(findings)])].filter(name => name !== '').sort(),
      head: findings.head,
      findings: findingShapes(store, caseId, chosen.slice(offset, offset + limit), testsOf(store, caseId)),
    };
  }),
  ...onQuery('findings.read', ({ store }, { findingId }) => {
    const { caseId, stated, findings } = requireFact(store, findingId);
    const tests = testsOf(store, caseId);
    const runs = [...new Set(stated.fact.hits.map(({ test }) => test))].map(id => {
      const run = tests.find(({ test }) => test === id);
      if (run === undefined) throw new Error(`the run of ${id} is not in the examination`);
      return run;
    });
    const [finding] = findingShapes(store, caseId, [stated], tests);
    return {
      finding: finding!,
      run: runs[0]!,
      runs,
      explanations: explanationLines(findings.ledger, stated),
      history: historyOf(findings.ledger, stated),
      head: findings.head,
      rows: transactionRows(store, rowsOfFinding(store, stated.fact.hits[0]!.ordinal).subarray(0, SHOWN_ROWS)),
    };
  }),
  ...onQuery('findings.related', ({ store }, { findingId }) => {
    const { stated, findings } = requireFact(store, findingId);
    const { total, related } = relatedFacts(store, findings.run, findings.facts, stated);
    return {
      total,
      findings: related.map(({ of: { fact, triage }, shared }) => {
        const [main] = findingsByOrdinal(store, [fact.hits[0]!.ordinal]);
        return {
          id: main!.id,
          fact: fact.id,
          tests: [...new Set(fact.hits.map(({ test }) => test))],
          severity: (triage.severity?.severity ??
            main!.severity) as Output<'findings.list'>['findings'][number]['severity'],
          state: triage.state,
          reason: main!.reason,
          rowCount: fact.rowCount,
          shared,
        };
      }),
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
          fact: finding.fact,
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
  ...onQuery('findings.register', (context, { caseId, filter }) => {
    const record = requireCase(context.store, caseId);
    return findingRegister(context, record, filter);
  }),
  ...onQuery('findings.explanationRows', ({ store }, { caseId, seq, explanation, offset, limit }) => {
    requireCase(store, caseId);
    const ids = explanationRows(store, caseId, seq, explanation);
    if (ids === null)
      throw new NexusError({
        code: 'explanation.unknown',
        category: 'not-found',
        message: `Event ${seq} of this case keeps no rows of an explanation “${explanation}”.`,
      });
    return { total: ids.length, rows: transactionRows(store, ids.subarray(offset, offset + limit)) };
  }),
};
