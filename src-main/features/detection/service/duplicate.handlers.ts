import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { sourcesOfCase } from '../../ingestion/storage/source.repository.ts';
import type { RecordKey } from '../../standardization/domain/index.ts';
import { foldRecipe, pairKey, recordKeyText } from '../../standardization/domain/index.ts';
import { appendSteps, loggedSteps } from '../../standardization/service/append-steps.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { duplicatePairsOf } from '../storage/examination.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';

/** What a stored transaction is, whatever store it lies in; throws `transaction.unknown` for one of another case. */
const keyOf = (sources: readonly SourceRecord[], id: number): RecordKey => {
  const source = sources.find(
    ({ first_transaction_id: first, transaction_count: count }) => id >= first && id < first + count,
  );
  if (source === undefined)
    throw new NexusError({
      code: 'transaction.unknown',
      category: 'not-found',
      message: `There is no transaction ${id} in this case.`,
    });
  return { source: source.sha256, index: id - source.first_transaction_id };
};

const counted = <T>(list: readonly T[], pick: (each: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const each of list) counts[pick(each)] = (counts[pick(each)] ?? 0) + 1;
  return counts;
};

export const duplicateHandlers: Handlers = {
  ...onQuery('duplicates.list', ({ store }, { caseId, kind, state, offset, limit }) => {
    requireCase(store, caseId);
    const run = latestRun(store, caseId);
    if (run === undefined) return { total: 0, byKind: {}, byState: {}, pairs: [] };
    // A source that was set aside since the run still has its pairs in it.
    const sources = sourcesOfCase(store, caseId);
    const { duplicates, distinct } = foldRecipe(recipeEvents(store, caseId));
    const all = duplicatePairsOf(store, run.ordinal).map(pair => {
      const a = recordKeyText(keyOf(sources, pair.first_transaction));
      const b = recordKeyText(keyOf(sources, pair.second_transaction));
      // What was kept stands first, whichever of the two the proposal would have kept.
      const turned = duplicates.get(a) === b;
      const confirmed = turned || duplicates.get(b) === a;
      const decided = confirmed ? ('confirmed' as const) : ('rejected' as const);
      return { pair, turned, state: confirmed || distinct.has(pairKey(a, b)) ? decided : ('open' as const) };
    });
    const ofKind = all.filter(each => kind === undefined || each.pair.kind === kind);
    const ofState = all.filter(each => state === undefined || each.state === state);
    const chosen = ofKind.filter(each => state === undefined || each.state === state);
    return {
      total: chosen.length,
      byKind: counted(ofState, each => each.pair.kind),
      byState: counted(ofKind, each => each.state),
      pairs: chosen.slice(offset, offset + limit).map(({ pair, turned, state: decided }) => {
        const ids = [pair.first_transaction, pair.second_transaction];
        const [a, b] = transactionRows(store, turned ? ids.reverse() : ids);
        return {
          kind: pair.kind,
          state: decided,
          score: pair.score,
          agree: JSON.parse(pair.agree) as string[],
          differ: JSON.parse(pair.differ) as string[],
          a: a!,
          b: b!,
        };
      }),
    };
  }),
  ...onCommand('duplicates.decide', (context, { caseId, state, pairs }) => {
    requireCase(context.store, caseId);
    const sources = sourcesOfCase(context.store, caseId);
    const decided = pairs.map(({ keep, duplicate }) => {
      if (keep === duplicate)
        throw new NexusError({
          code: 'duplicate.itself',
          category: 'usage',
          message: `Transaction ${keep} cannot repeat itself.`,
        });
      return { keep: keyOf(sources, keep), duplicate: keyOf(sources, duplicate) };
    });
    const word = state === 'confirmed' ? 'confirmed' : 'found to be different';
    const title = `${pairs.length} duplicate${pairs.length === 1 ? '' : 's'} ${word}`;
    const kind = state === 'confirmed' ? ('duplicates-confirmed' as const) : ('duplicates-rejected' as const);
    const events = appendSteps(context, context.store, caseId, [{ title, body: { kind, pairs: decided } }]);
    context.audit({ ...loggedSteps(caseId, events), pairs: pairs.length, state });
    return { seq: events[0]?.seq ?? 0 };
  }),
};
