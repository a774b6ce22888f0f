import { NexusError } from '../../../contract/errors.ts';
import type { GraphFilter } from '../../../contract/graphs.contract.ts';
import type { Handlers, Output, QueryContext } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { findingById, rowsOfFinding } from '../storage/finding.repository.ts';
import { decisionsDigest } from './decided-view.ts';
import { inputDigest } from './examination-view.ts';
import type { FlowAsk, FlowGraphTask, FlowLimits } from './flow-graph-task.ts';
import type { FlowSet } from './flow-set.ts';

const ask = async (context: QueryContext, caseId: string, question: FlowAsk): Promise<unknown> => {
  requireCase(context.store, caseId);
  const sources = await caseSources(context, caseId);
  if (sources.every(source => source.columns.count === 0))
    throw new NexusError({
      code: 'case.no-transactions',
      category: 'conflict',
      message: 'The case holds no transactions, so no money flows.',
      remedy: 'Import a statement first.',
    });
  const events = recipeEvents(context.store, caseId);
  const { storePath, dataKey } = context.workspace();
  const task: FlowGraphTask = {
    task: 'flow-graph',
    storePath,
    key: dataKey,
    sources,
    events,
    basis: `${caseId} ${inputDigest(context.store, caseId)} ${decisionsDigest(events)}`,
    ask: question,
  };
  return context.pool.run('analysis', task);
};

/** Limits as a question takes them. Throws `filter.date` and `filter.amount` for what is neither. */
const limitsOf = ({ from = '', to = '', minimum = '' }: GraphFilter): FlowLimits => {
  for (const day of [from, to])
    if (day !== '' && parseIsoDate(day) === null)
      throw new NexusError({ code: 'filter.date', category: 'usage', message: `${day} is not a day of the calendar.` });
  if (minimum !== '' && parseDecimal(minimum) === null)
    throw new NexusError({
      code: 'filter.amount',
      category: 'usage',
      message: `“${minimum}” is not an amount that can be compared exactly.`,
    });
  return { firstDate: from, lastDate: to, minimum };
};

const requireFinding = (context: QueryContext, findingId: string) => {
  const finding = findingById(context.store, findingId);
  if (finding === undefined)
    throw new NexusError({
      code: 'finding.unknown',
      category: 'not-found',
      message: `There is no finding ${findingId}.`,
    });
  return finding;
};

/** Ids of the transactions that move money from one node to another, ascending. */
export const findFlowSet = async (context: QueryContext, caseId: string, set: FlowSet): Promise<Float64Array> => {
  const finding = set.findingId === null ? null : requireFinding(context, set.findingId);
  // A finding of another case opens nothing here.
  if (finding !== null && finding.case_id !== caseId) return new Float64Array();
  const ids = finding === null ? null : rowsOfFinding(context.store, finding.ordinal);
  return (await ask(context, caseId, { kind: 'rows', from: set.from, to: set.to, ids, limits: set })) as Float64Array;
};

export const graphHandlers: Handlers = {
  ...onQuery(
    'graphs.search',
    async (context, { caseId, text, limit }) =>
      (await ask(context, caseId, { kind: 'search', text, limit })) as Output<'graphs.search'>,
  ),
  ...onQuery('graphs.expand', async (context, { caseId, node, side, shown, limit, filter }) => {
    const answer = (await ask(context, caseId, {
      kind: 'expand',
      node,
      sides: side === 'both' ? ['payers', 'payees'] : [side],
      shown,
      limit,
      limits: limitsOf(filter),
    })) as Output<'graphs.expand'> | null;
    if (answer === null)
      throw new NexusError({
        code: 'graph.node-unknown',
        category: 'not-found',
        message: `No movement names “${node}”.`,
        remedy: 'Search for the account or party again: the records may have changed.',
      });
    return answer;
  }),
  ...onQuery('graphs.finding', async (context, { findingId }) => {
    const finding = requireFinding(context, findingId);
    const ids = rowsOfFinding(context.store, finding.ordinal);
    return (await ask(context, finding.case_id, { kind: 'finding', findingId, ids })) as Output<'graphs.finding'>;
  }),
};
