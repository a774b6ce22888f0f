import type { HandlerContext } from '../../../engine/handler.ts';
import { eventsDigest } from '../../../platform/event-digest.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { AuditObject } from '../../audit/domain/audit-log.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import { insertRecipeEvent, recipeHead } from '../storage/recipe.repository.ts';

/** What the log says of events that were appended: `verify` compares it with what the store holds. */
export const loggedSteps = (caseId: string, events: readonly RecipeEvent[]): AuditObject => ({
  case: caseId,
  'recipe-first': events[0]?.seq ?? 0,
  'recipe-last': events.at(-1)?.seq ?? 0,
  'recipe-digest': eventsDigest(events),
});

/** Characters of a title: what a recipe file takes. Names of parties are often texts of a bank. */
const MAX_TITLE = 400;

const titleOf = (title: string): string => (title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title);

/** Appends events to a case's recipe, inside the caller's unit of work. Answers them with their numbers. */
export const appendSteps = (
  { ports, session }: Pick<HandlerContext, 'ports' | 'session'>,
  store: WriteStore,
  caseId: string,
  steps: readonly Pick<RecipeEvent, 'title' | 'body'>[],
): RecipeEvent[] => {
  const head = recipeHead(store, caseId);
  const at = new Date(ports.clock.now()).toISOString();
  const events = steps.map(
    ({ title, body }, i): RecipeEvent => ({
      seq: head + i + 1,
      title: titleOf(title),
      actor: session.opened?.actor ?? '',
      at,
      // What is stored is what JSON keeps: the digest is taken over the same.
      body: JSON.parse(JSON.stringify(body)) as RecipeEvent['body'],
    }),
  );
  for (const event of events) insertRecipeEvent(store, caseId, event);
  return events;
};
