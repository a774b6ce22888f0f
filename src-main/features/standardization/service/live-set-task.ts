import { z } from 'zod';
import { ORIGINS, STANDARD_FIELDS } from '../../../contract/standardization.contract.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import { type CategorySuggestion, rowsOfSuggestion } from './category-review-task.ts';
import { rowsOfParty } from './party-rows.ts';
import { rowsOfValue, type StandardFieldName, type ValueIdentity } from './value-changes-task.ts';

/**
 * Rows behind a number of which there is one for each distinct value: too many to store with a run, so they are found again
 * when they are opened, from the records and the recipe as they are. Numbers on screen come from the same functions.
 */
export type LiveSet =
  | { readonly kind: 'value'; readonly field: StandardFieldName; readonly value: ValueIdentity }
  | { readonly kind: 'review'; readonly party: string; readonly direction: 'in' | 'out' }
  /** A party that people merged, by its name: the filter `party` takes one standardized key only. */
  | { readonly kind: 'party'; readonly name: string };

export interface LiveSetTask {
  readonly task: 'live-set';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly set: LiveSet;
}

/** Characters a filter's `set` may have. */
const MAX_NAME = 400;
const NAME = /^(value|review|party):([A-Za-z]+):(.*)$/s;
const Value = z.tuple([z.string(), z.string(), z.enum(ORIGINS)]);

const named = (name: string): string | null => (name.length > MAX_NAME ? null : name);

/** The set of a value before and after; null where its name would be longer than a filter takes. */
export const valueSetName = (field: StandardFieldName, { original, standardized, origin }: ValueIdentity) =>
  named(`value:${field}:${JSON.stringify([original, standardized, origin])}`);

/** The set of a party whose category is open, in one direction of money. */
export const reviewSetName = ({ party, direction }: Pick<CategorySuggestion, 'party' | 'direction'>) =>
  named(`review:${direction}:${party}`);

/** The set of a name that one of the functions above gave; null for any other name. */
export const liveSetOf = (name: string): LiveSet | null => {
  const [, kind, place, text] = NAME.exec(name) ?? [];
  if (place === undefined || text === undefined) return null;
  if (kind === 'party') return place === 'merged' ? { kind, name: text } : null;
  if (kind === 'review') return place === 'in' || place === 'out' ? { kind, direction: place, party: text } : null;
  const field = STANDARD_FIELDS.find(known => known === place);
  const value = Value.safeParse(parsedJson(text));
  if (field === undefined || !value.success) return null;
  const [original, standardized, origin] = value.data;
  return { kind: 'value', field, value: { original, standardized, origin } };
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // An address somebody edited: no set has this name.
    return null;
  }
};

/** Ids of the transactions of a set, ascending. */
export const liveSetRows = ({ set, ...common }: LiveSetTask): Float64Array => {
  switch (set.kind) {
    case 'review':
      return rowsOfSuggestion(common, set);
    case 'party':
      return rowsOfParty(common, set.name);
    case 'value':
      return rowsOfValue({ ...common, field: set.field }, set.value);
  }
};
