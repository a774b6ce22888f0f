import { objectParts } from './object-parts.ts';

/** A digest, an identifier, or a list: what identifies rather than tells; the detail of an entry shows it whole. */
const IDENTIFYING = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|^[[{]/;
/** What says by itself what it is; the others are told with their names. */
const SPEAKING = ['name', 'title', 'username', 'reason', 'purpose', 'message', 'recipient', 'scope', 'kind', 'of'];
const PARTS_SHOWN = 4;

/** What an entry speaks of, in a few words for a line of the list: names, counts, reasons. */
export const entrySubject = (object: string): string => {
  const telling = objectParts(object).filter(({ value }) => value !== '' && !IDENTIFYING.test(value));
  const rank = (name: string): number => (SPEAKING.includes(name) ? SPEAKING.indexOf(name) : SPEAKING.length);
  return [...telling]
    .sort((a, b) => rank(a.name) - rank(b.name))
    .slice(0, PARTS_SHOWN)
    .map(({ name, value }) => (name === '' || SPEAKING.includes(name) ? value : `${name} ${value}`))
    .join(' · ');
};
