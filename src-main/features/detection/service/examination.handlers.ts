import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, Input, JobContext } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { balancedAs } from '../../ingestion/domain/balanced.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { completeSources, statementsOf } from '../../ingestion/storage/source.repository.ts';
import type { StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { currentSettings } from '../storage/detection-settings.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import { confirmedPairs } from './confirmed-pairs.ts';
import { decisionsDigest } from './decided-view.ts';
import type { RunSummary } from './examination-view.ts';
import { examinationOf, inputDigest } from './examination-view.ts';
import type { CatalogueOutcome } from './run-catalogue.ts';
import { runCatalogue } from './run-catalogue.ts';
import { rowsOfSides, tableBases } from './run-catalogue-basis.ts';
import type { PlannedExamination } from './run-catalogue-parts.ts';
import { planParts } from './run-catalogue-parts.ts';
import { planCatalogue } from './run-catalogue-plan.ts';
import { testRuns } from './run-catalogue-result.ts';
import { storeExamination } from './run-catalogue-store.ts';

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

const sourcesToExamine = async (context: JobContext, caseId: string): Promise<CaseSource[]> => {
  const sources = await caseSources(context, caseId);
  if (sources.some(source => source.columns.count > 0)) return sources;
  throw new NexusError({
    code: 'case.no-transactions',
    category: 'conflict',
    message: 'The case holds no transactions to examine.',
    remedy: 'Import a statement first.',
  });
};

/** What is to be done: which tests run, which results are taken over, and what else is computed. */
const plan = async (
  context: JobContext,
  { caseId, parameters: given, tests, fresh, firstLook }: Input<'examinations.run'>,
): Promise<PlannedExamination> => {
  const { read } = context.workspace();
  requireCase(read, caseId);
  const { version, settings } = currentSettings(read, caseId);
  const record = latestRun(read, caseId);
  const earlier = record === undefined ? null : { ...record, facts: JSON.parse(record.summary) as RunSummary };
  const events = recipeEvents(read, caseId);
  const inputs = { settings, given, asked: tests ?? null, fresh, firstLook, earlier: earlier?.facts.tests ?? [] };
  // A misspelt test is refused before anything is loaded.
  planCatalogue({ ...inputs, rows: { bank: 0, ledger: 0 }, bases: { bank: null, ledger: null } });
  const sources = await sourcesToExamine(context, caseId);
  const bases = tableBases(sources, events);
  const now = { digest: inputDigest(read, caseId), decisions: decisionsDigest(events), settings: version };
  return planParts({
    context,
    caseId,
    sources,
    events,
    statements: statementLines(context, caseId),
    confirmedPairs: confirmedPairs(read, caseId, events),
    plans: planCatalogue({ ...inputs, rows: rowsOfSides(sources), bases }),
    bases,
    matching: given.reconciliation ?? {},
    earlier,
    isPart: tests !== undefined,
    fresh,
    now,
  });
};

const store = async (
  context: JobContext,
  caseId: string,
  planned: PlannedExamination,
  outcome: CatalogueOutcome,
): Promise<{ readonly runId: string; readonly summary: RunSummary; readonly unfinished: string[] }> => {
  const ranAt = new Date(context.ports.clock.now()).toISOString();
  const { tests, unfinished } = testRuns(planned, outcome, ranAt);
  const quality = outcome.quality ?? planned.earlier?.facts ?? null;
  const reconciliation = outcome.reconciliation?.summary ?? planned.earlier?.facts.reconciliation ?? null;
  if (quality === null || reconciliation === null) throw new Error('the examination ended without its quality');
  const summary: RunSummary = {
    quality: quality.quality,
    duplicates: { ...{ overlaps: 0, confirmed: 0 }, ...quality.duplicates },
    reconciliation,
    tests: tests.map(({ run }) => run),
    ...planned.facts,
  };
  const examination = {
    caseId,
    ranAt,
    digest: planned.digest,
    summary,
    tests,
    quality: outcome.quality,
    reconciliation: outcome.reconciliation,
    earlier: planned.earlier?.ordinal ?? null,
    unfinished,
  };
  // What was finished before a cancel is stored all the same: the cancel was of the tests still to come.
  const storing = outcome.isCancelled ? new AbortController().signal : context.signal;
  const pause = outcome.isCancelled ? () => new Promise<void>(go => setImmediate(go)) : context.breathe;
  const runId = await context.workspace().exclusive(storing, () => storeExamination(context, examination, pause));
  return { runId, summary, unfinished };
};

export const examinationHandlers: Handlers = {
  ...onJob('examinations.run', {
    title: ({ tests }) =>
      tests === undefined ? 'Examination' : tests.length === 1 ? `Test ${tests[0]}` : `${tests.length} tests`,
    onCancel: 'The imported records stay. Tests run from the catalogue are kept once finished; else nothing is stored.',
    run: async (context, input) => {
      const started = performance.now();
      const planned = await plan(context, input);
      const outcome = await runCatalogue(context, planned.run);
      const analysed = performance.now();
      context.progress({ stage: 'storing the findings', done: 0, total: null, unit: 'findings' });
      const { runId, summary, unfinished } = await store(context, input.caseId, planned, outcome);
      return {
        runId,
        quality: summary.quality,
        duplicates: summary.duplicates,
        reconciliation: summary.reconciliation,
        tests: [...summary.tests],
        findings: summary.tests.reduce((sum, run) => sum + run.findings, 0),
        ...(unfinished.length === 0 ? {} : { unfinished }),
        timings: {
          ...outcome.timings,
          analysis: Math.round(analysed - started),
          'store-findings': Math.round(performance.now() - analysed),
        },
      };
    },
  }),
  ...onQuery('examinations.read', ({ store: read }, { caseId }) => {
    requireCase(read, caseId);
    return examinationOf(read, caseId);
  }),
};
