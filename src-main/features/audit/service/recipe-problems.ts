import type { ReadStore } from '../../../platform/store.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { recipeDigest } from '../../standardization/service/recipe-digest.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';

type StoredEvent = Record<'case_id' | 'title' | 'actor' | 'at' | 'body', string> & { readonly seq: number };

/** What a step says; a text that is no JSON as the text itself, whose digest no entry states. */
const storedBody = (body: string): RecipeEvent['body'] => {
  try {
    return JSON.parse(body) as RecipeEvent['body'];
  } catch {
    return body as unknown as RecipeEvent['body'];
  }
};

/** Events as stored, by case; none in a store that was not opened since an earlier version, which had no such table. */
const storedEvents = ({ connection }: ReadStore): Map<string, RecipeEvent[]> => {
  const table = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'recipe_events'`).get();
  const cases = new Map<string, RecipeEvent[]>();
  if (table === undefined) return cases;
  const rows = connection.prepare('SELECT * FROM recipe_events ORDER BY case_id, seq').iterate();
  for (const { case_id: caseId, body, ...event } of rows as IterableIterator<StoredEvent>) {
    const events = cases.get(caseId) ?? [];
    events.push({ ...event, body: storedBody(body) });
    cases.set(caseId, events);
  }
  return cases;
};

/** Steps of recipes: each was appended under one entry, which states their numbers and the digest of what they say. */
export const recipeProblems = (store: ReadStore, logged: readonly AuditEntry['obj'][]): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  const all = storedEvents(store);
  /** How many steps of each case the entries so far have recorded. */
  const recorded = new Map<string, number>();
  for (const { case: caseId, 'recipe-first': first, 'recipe-last': last, 'recipe-digest': digest } of logged) {
    if (typeof caseId !== 'string' || typeof first !== 'number' || typeof last !== 'number') continue;
    const within = ({ seq }: RecipeEvent): boolean => seq >= first && seq <= last;
    // Steps are numbered without a gap, so the range is a part of the list.
    const events = (all.get(caseId) ?? []).slice(first - 1, last).filter(within);
    if (recipeDigest(events) !== digest)
      problems.push({
        code: 'records.recipe',
        where: `recipe of case ${caseId}, steps ${first} to ${last}`,
        message: 'the stored steps are not those the log records',
      });
    const before = recorded.get(caseId) ?? 0;
    if (all.get(caseId)?.[before]?.seq === first) recorded.set(caseId, before + events.length);
  }
  for (const [caseId, events] of all) {
    const rest = events[recorded.get(caseId) ?? 0];
    if (rest !== undefined)
      problems.push({
        code: 'records.recipe',
        where: `recipe of case ${caseId}, step ${rest.seq}`,
        message: 'the store holds steps that the log does not record',
      });
  }
  return problems;
};
