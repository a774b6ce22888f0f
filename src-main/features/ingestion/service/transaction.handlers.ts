import { NexusError } from '../../../contract/errors.ts';
import type { TransactionFilter } from '../../../contract/transactions.contract.ts';
import type { Handlers, QueryContext } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { findingsTouching } from '../../detection/service/finding-view.ts';
import { flowSetOf } from '../../detection/service/flow-set.ts';
import { findFlowSet } from '../../detection/service/graph.handlers.ts';
import { findScoreSet } from '../../detection/service/score-set-rows.ts';
import { scoreSetOf } from '../../detection/service/score-sets.ts';
import { testBinRows } from '../../detection/service/test-bin-rows.ts';
import { qualityFailureRows } from '../../detection/storage/examination.repository.ts';
import { findingById, latestRun, rowsOfFinding } from '../../detection/storage/finding.repository.ts';
import { reconciliationRows } from '../../reconciliation/service/reconciliation-set.ts';
import { reconciliationStamp } from '../../reconciliation/service/shown-reconciliation.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import { liveSetOf } from '../../standardization/service/live-set-task.ts';
import { findLiveSet } from '../../standardization/service/standardization.handlers.ts';
import { recipeHead } from '../../standardization/storage/recipe.repository.ts';
import { latestStandardization, standardizationSet } from '../../standardization/storage/standardization.repository.ts';
import { completeSources } from '../storage/source.repository.ts';
import { transactionById } from '../storage/transaction.repository.ts';
import { caseSources } from './case-source.ts';
import { lineageOf } from './lineage.ts';
import { rawRecord } from './raw-record.ts';
import { transactionRow, transactionRows } from './transaction-rows.ts';
import type { View, ViewTask } from './view-task.ts';

/** Views kept a workspace: a grid, its facets and the one before it. */
const KEPT_VIEWS = 8;

const views = new WeakMap<OpenWorkspace, Map<string, Promise<View>>>();

const limitedTo = async (
  context: QueryContext,
  caseId: string,
  filter: TransactionFilter,
): Promise<Float64Array | null> => {
  if (filter.findingId !== undefined) {
    const finding = findingById(context.store, filter.findingId);
    if (finding === undefined || finding.case_id !== caseId)
      throw new NexusError({
        code: 'finding.unknown',
        category: 'not-found',
        message: `There is no finding ${filter.findingId} in this case.`,
      });
    return rowsOfFinding(context.store, finding.ordinal);
  }
  if (filter.set !== undefined) {
    const live = liveSetOf(filter.set);
    if (live !== null) return findLiveSet(context, caseId, live);
    const scored = scoreSetOf(filter.set);
    if (scored !== null) return findScoreSet(context, caseId, scored);
    const flow = flowSetOf(filter.set);
    if (flow !== null) return findFlowSet(context, caseId, flow);
    const standardized = latestStandardization(context.store, caseId);
    const rows =
      standardized === undefined ? undefined : standardizationSet(context.store, standardized.ordinal, filter.set);
    return rows ?? new Float64Array();
  }
  if (filter.testBin !== undefined) return testBinRows(context, caseId, filter.testBin);
  if (filter.reconciliation !== undefined) return reconciliationRows(context, caseId, filter.reconciliation);
  if (filter.qualityRule === undefined) return null;
  const run = latestRun(context.store, caseId);
  return run === undefined ? new Float64Array() : qualityFailureRows(context.store, run.ordinal, filter.qualityRule);
};

/** The order of a grid under a filter: built by an analysis worker, kept for the pages that follow. */
const viewOf = async (
  context: QueryContext,
  caseId: string,
  filter: TransactionFilter,
  sort: ViewTask['sort'],
  descending: boolean,
): Promise<View> => {
  const workspace = context.workspace();
  requireCase(context.store, caseId);
  const sources = completeSources(context.store, caseId).map(source => source.ordinal);
  const run = latestRun(context.store, caseId)?.ordinal ?? 0;
  const standardized = latestStandardization(context.store, caseId)?.ordinal ?? 0;
  const recipe = filter.set === undefined && filter.testBin === undefined ? 0 : recipeHead(context.store, caseId);
  const reconciled = filter.reconciliation === undefined ? '' : reconciliationStamp(context.store, caseId);
  const key = JSON.stringify([reconciled, caseId, sources, run, standardized, recipe, filter, sort, descending]);
  let kept = views.get(workspace);
  if (kept === undefined) {
    kept = new Map();
    views.set(workspace, kept);
  }
  const known = kept.get(key);
  if (known !== undefined) return known;
  const ids = await limitedTo(context, caseId, filter);
  const task: ViewTask = {
    task: 'view',
    storePath: workspace.storePath,
    key: workspace.dataKey,
    sources: await caseSources(context, caseId),
    filter,
    sort,
    descending,
    ids,
  };
  const building = context.pool.run('analysis', task) as Promise<View>;
  kept.set(key, building);
  building.catch(() => kept.delete(key));
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_VIEWS))) kept.delete(old);
  return building;
};

export const transactionHandlers: Handlers = {
  ...onQuery('transactions.page', async (context, { caseId, filter, sort, descending, offset, limit }) => {
    const view = await viewOf(context, caseId, filter, sort, descending);
    return {
      total: view.ids.length,
      all: view.all,
      sums: [...view.sums],
      rows: transactionRows(context.store, view.ids.subarray(offset, offset + limit)),
    };
  }),
  ...onQuery('transactions.facets', async (context, { caseId, filter }) => {
    const view = await viewOf(context, caseId, filter, 'place', false);
    return { facets: view.facets.map(facet => ({ ...facet, values: [...facet.values] })) };
  }),
  ...onQuery('transactions.read', (context, { caseId, transactionId }) => {
    const record = transactionById(context.store, transactionId);
    const source = completeSources(context.store, caseId).find(({ ordinal }) => ordinal === record?.source);
    if (record === undefined || source === undefined)
      throw new NexusError({
        code: 'transaction.unknown',
        category: 'not-found',
        message: `There is no transaction ${transactionId} in this case.`,
      });
    const { text, truncated } = rawRecord(context.workspace(), source, record.byte_offset, record.byte_length);
    const party = partyKey(record.counterparty ?? '');
    return {
      transaction: transactionRow(record),
      party: party === '' ? null : party,
      source: { id: source.id, name: source.name, sha256: source.sha256, format: source.format },
      raw: { text, byteOffset: record.byte_offset, byteLength: record.byte_length, truncated },
      lineage: lineageOf(source, record),
      findings: findingsTouching(context.store, caseId, transactionId),
    };
  }),
};
