import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { RecipeEvent } from '../domain/index.ts';

/** All events of a case's recipe, oldest first. */
export const recipeEvents = (store: ReadStore, caseId: string): RecipeEvent[] =>
  store
    .all(sql.selectFrom('recipe_events').selectAll().where('case_id', '=', caseId).orderBy('seq'))
    .map(({ seq, title, actor, at, body }) => ({
      seq,
      title,
      actor,
      at,
      body: JSON.parse(body) as RecipeEvent['body'],
    }));

/** The number of a case's last event; 0 before the first. */
export const recipeHead = (store: ReadStore, caseId: string): number =>
  Number(
    store.first(
      sql
        .selectFrom('recipe_events')
        .select(eb => eb.fn.max('seq').as('head'))
        .where('case_id', '=', caseId),
    )?.head ?? 0,
  );

export const insertRecipeEvent = (store: WriteStore, caseId: string, event: RecipeEvent): void => {
  store.run(sql.insertInto('recipe_events').values({ ...event, case_id: caseId, body: JSON.stringify(event.body) }));
};
