import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { firstRepeated, foldRecipe } from '../../standardization/domain/index.ts';
import type { DetectionView } from './detection-table.ts';

/**
 * What a recipe decides of these sources: parties that are one, rows that repeat others. A row is left out only where a
 * row that it repeats is in these sources too: a recipe from another case must not take the only copy away.
 */
export const decidedView = (sources: readonly CaseSource[], events: readonly RecipeEvent[]): DetectionView => {
  const { parties, duplicates } = foldRecipe(events);
  const rowOf = rowsByKey(sources);
  const without = new Set<number>();
  for (const key of duplicates.keys()) {
    const row = rowOf(key);
    if (row !== null && firstRepeated(duplicates, key, kept => rowOf(kept) !== null) !== null) without.add(row);
  }
  return { nameOf: party => parties.nameOf(party), without: Uint32Array.from(without).sort() };
};

/** Row, over all of these sources, of a transaction named by its file and place; null where they do not hold it. */
const rowsByKey = (sources: readonly CaseSource[]): ((key: string) => number | null) => {
  const places = new Map<string, { readonly offset: number; readonly count: number }>();
  let offset = 0;
  for (const { sha256, columns } of sources) {
    places.set(sha256, { offset, count: columns.count });
    offset += columns.count;
  }
  return key => {
    const at = key.indexOf('#');
    const place = places.get(key.slice(0, at));
    const index = Number(key.slice(at + 1));
    return place !== undefined && index < place.count ? place.offset + index : null;
  };
};

/** SHA-256 over the decisions that change what an examination finds: merged parties and confirmed duplicates. */
export const decisionsDigest = (events: readonly RecipeEvent[]): string => {
  const { parties, duplicates } = foldRecipe(events);
  const pairs = [...duplicates].sort(([a], [b]) => (a < b ? -1 : 1));
  return hex(sha256(utf8(JSON.stringify([parties.merged(), pairs]))));
};

/**
 * Ids of all transactions that were confirmed to repeat others of their own side: a payment and its entry in the ledger are
 * what a reconciliation matches, not copies of each other.
 */
export const repeatedIds = (sources: readonly CaseSource[], events: readonly RecipeEvent[]): ReadonlySet<number> => {
  const ids = new Set<number>();
  for (const side of ['bank', 'ledger'] as const) {
    const own = sources.filter(source => source.side === side);
    const { without } = decidedView(own, events);
    let offset = 0;
    let next = 0;
    for (const { firstTransactionId, columns } of own) {
      for (; next < without.length && without[next]! < offset + columns.count; next++)
        ids.add(firstTransactionId + without[next]! - offset);
      offset += columns.count;
    }
  }
  return ids;
};
