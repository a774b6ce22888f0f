import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';

/** SHA-256 over events as they are stored: what the log says of them. */
export const recipeDigest = (events: readonly RecipeEvent[]): string =>
  `sha256:${hex(sha256(utf8(JSON.stringify(events.map(({ seq, title, actor, at, body }) => [seq, title, actor, at, body])))))}`;
