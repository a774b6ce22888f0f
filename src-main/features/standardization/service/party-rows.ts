import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';

/** Ids of the transactions of a party that people merged, under all its keys, ascending; none where no party is called so. */
export const rowsOfParty = (
  { sources, events }: { readonly sources: readonly CaseSource[]; readonly events: readonly RecipeEvent[] },
  name: string,
): Float64Array => {
  const merged = foldRecipe(events).parties.merged();
  const keys = new Set(merged.filter(party => party.name === name).flatMap(({ members }) => members));
  const table = new CaseTable(sources, decodeUtf8);
  const { codes, values } = table.coded('party');
  const wanted = values.map(value => keys.has(value));
  const ids: number[] = [];
  const offsets = table.offsets();
  sources.forEach(({ firstTransactionId, columns }, part) => {
    for (let i = 0; i < columns.count; i++)
      if (wanted[codes[offsets[part]! + i]!] === true) ids.push(firstTransactionId + i);
  });
  return Float64Array.from(ids).sort();
};
