import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import type { DetectionView } from './detection-table.ts';

/** What a recipe decides of these sources: parties that are one, rows that repeat others. */
export const decidedView = (sources: readonly CaseSource[], events: readonly RecipeEvent[]): DetectionView => {
  const { parties, duplicates } = foldRecipe(events);
  const without: number[] = [];
  let offset = 0;
  for (const { sha256, columns } of sources) {
    for (const key of duplicates.keys()) {
      const index = key.startsWith(`${sha256}#`) ? Number(key.slice(sha256.length + 1)) : Number.NaN;
      if (index < columns.count) without.push(offset + index);
    }
    offset += columns.count;
  }
  return { nameOf: party => parties.nameOf(party), without: Uint32Array.from(without).sort() };
};

/** Ids of all transactions that were confirmed to repeat others. */
export const repeatedIds = (sources: readonly CaseSource[], events: readonly RecipeEvent[]): ReadonlySet<number> => {
  const { without } = decidedView(sources, events);
  const ids = new Set<number>();
  let offset = 0;
  for (const { firstTransactionId, columns } of sources) {
    for (const row of without)
      if (row >= offset && row < offset + columns.count) ids.add(firstTransactionId + row - offset);
    offset += columns.count;
  }
  return ids;
};
