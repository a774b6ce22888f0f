import { visibleText } from '../visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content and quoted attributes: hidden characters made visible, markup made inert. */
export const escapeHtml = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? character);
