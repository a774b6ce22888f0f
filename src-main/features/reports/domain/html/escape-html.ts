import { visibleText } from '../visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);
const ENTITY = /&(?:amp|lt|gt|quot|#(\d{1,6}));/g;
/** Surrogates stay shown: two of them side by side would become another character. */
const SHOWN = /\[U\+(?!D[89A-F][0-9A-F]{2}\])(10[0-9A-F]{4}|[0-9A-F]{4,5})\]/g;

/** Text for HTML content and quoted attributes: hidden characters made visible, markup made inert. */
export const escapeHtml = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? character);

/** The text behind HTML of a report, entities and hidden characters read; `escapeHtml` writes it again. */
export const textOfHtml = (html: string): string =>
  html
    .replace(ENTITY, (entity, point: string | undefined) =>
      point === undefined ? (CHARACTERS.get(entity) ?? entity) : String.fromCodePoint(Number(point)),
    )
    .replace(SHOWN, (shown, point: string) => {
      const character = String.fromCodePoint(Number.parseInt(point, 16));
      return visibleText(character) === shown ? character : shown;
    });
