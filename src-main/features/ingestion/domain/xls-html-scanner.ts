import { FileRefused } from './statement-sink.ts';

/** Receives tags (names in lower case) and text of an HTML page in order; text is as written, references included. */
export interface HtmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** Elements whose content is no text of the page. */
const OPAQUE: ReadonlySet<string> = new Set(['script', 'style', 'title', 'xml', 'noscript', 'template']);
const NAME = /^[A-Za-z][\w:-]*/;
/** Tags that never end, each searched for its end: more of them are no page but an attack on the reader's time. */
const MAX_UNENDED = 20;

/**
 * Cuts HTML into tags and text, as tolerantly as browsers do where pages are sloppy: comments and declarations are
 * skipped, a `<` that begins no tag is text. Throws FileRefused `html.malformed`.
 */
export const scanHtml = (html: string, handler: HtmlHandler): void => {
  let at = 0;
  let textStart = 0;
  let unended = 0;
  const lastEnd = html.lastIndexOf('>');
  const flush = (end: number): void => {
    if (end > textStart) handler.text(html.slice(textStart, end));
  };
  for (at = html.indexOf('<'); at >= 0 && at < lastEnd; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at) || html[at + 1] === '!' || html[at + 1] === '?') {
      flush(at);
      const mark = html.startsWith('<!--', at) ? '-->' : '>';
      const end = html.indexOf(mark, at + 2);
      if (end < 0) return;
      at = textStart = end + mark.length;
      continue;
    }
    const closing = html[at + 1] === '/';
    const nameStart = at + (closing ? 2 : 1);
    const name = NAME.exec(html.slice(nameStart, nameStart + 40))?.[0];
    if (name === undefined) {
      at++;
      continue;
    }
    const end = tagEnd(html, nameStart + name.length);
    if (end < 0) {
      if (++unended > MAX_UNENDED)
        throw new FileRefused('html.malformed', 'The HTML page has tags without end. Ask for an unaltered copy.');
      at++;
      continue;
    }
    flush(at);
    at = textStart = end + 1;
    const element = name.toLowerCase();
    if (closing) handler.close(element);
    else {
      handler.open(element, html.slice(nameStart + name.length, end));
      if (OPAQUE.has(element) && html[end - 1] !== '/') {
        const over = closingTag(html, element, at);
        if (over < 0) return;
        at = textStart = over;
      }
    }
  }
  flush(html.length);
};

/** Index of the `>` that ends a tag, quoted attribute values skipped; -1 for none. */
const tagEnd = (html: string, from: number): number => {
  for (let p = from; p < html.length; p++) {
    const character = html[p];
    if (character === '>') return p;
    if ((character === '"' || character === "'") && html[p - 1] === '=') {
      const close = html.indexOf(character, p + 1);
      if (close < 0) return html.indexOf('>', p);
      p = close;
    }
  }
  return -1;
};

const closingTag = (html: string, name: string, from: number): number => {
  const pattern = new RegExp(`</${name}`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? -1;
};

/** The value of an attribute in the text of a start tag, null where it is not given. */
export const htmlAttribute = (attributes: string, name: string): string | null => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : null;
};
