import type { TextLine } from './line-reader.ts';

/** Lines a string may run over (beancount's own limit, `long_string_maxlines`). */
const MAX_STRING_LINES = 64;
const MAX_STRING_CHARACTERS = 65_536;

/** A line that books or dates something is none of a string: the string's quote was one too many. */
const RECORD = /^(?:\s+(?:[*!] )?\p{Lu}[^\s:"]*:\p{Lu}|\d{4}[-/]\d{2}[-/]\d{2}\s)/u;

/** A line, or several where a string runs over line ends; `text` has its comment taken off. */
export interface LogicalLine {
  readonly row: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly raw: string;
  readonly text: string;
}

/** Puts lines together whose strings do not end on them, and takes comments (`;` outside strings) off. */
export class BeancountLines {
  private held: TextLine[] = [];
  private readonly onLine: (line: LogicalLine) => void;

  constructor(onLine: (line: LogicalLine) => void) {
    this.onLine = onLine;
  }

  line(line: TextLine): void {
    while (this.held.length > 0 && RECORD.test(line.text)) this.giveUp();
    this.held.push(line);
    const raw = this.held.map(each => each.text).join('\n');
    const text = withoutComment(raw);
    if (text === 'misread') this.giveUp();
    else if (text !== null) this.send(this.held, raw, text.kept);
    else if (this.held.length >= MAX_STRING_LINES || raw.length > MAX_STRING_CHARACTERS) this.giveUp();
  }

  end(): void {
    while (this.held.length > 0) this.giveUp();
  }

  /** The first held line has a quote too many: it is taken as it stands, and the lines after it on their own. */
  private giveUp(): void {
    const [first, ...rest] = this.held;
    if (first === undefined) return;
    this.send([first], first.text, first.text);
    for (const line of rest) this.line(line);
  }

  private send(lines: readonly TextLine[], raw: string, text: string): void {
    this.held = [];
    const [first, last] = [lines[0]!, lines.at(-1)!];
    const { row, byteOffset } = first;
    this.onLine({
      row,
      byteOffset,
      byteLength: last.byteOffset + last.byteLength - byteOffset,
      raw,
      text: text.trimEnd(),
    });
  }
}

/**
 * The text without its comment; null where a string in it does not end. `misread` where a string of several lines is
 * followed by a word: then its first quote was one too many, and lines would be lost in it.
 */
const withoutComment = (text: string): { readonly kept: string } | null | 'misread' => {
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (start >= 0 && character === '\\') at++;
    else if (character === '"') {
      if (start >= 0 && /[^\s|#^,}]/.test(text[at + 1] ?? ' ') && text.slice(start, at).includes('\n'))
        return 'misread';
      start = start < 0 ? at : -1;
    } else if (character === ';' && start < 0) return { kept: text.slice(0, at) };
  }
  return start < 0 ? { kept: text } : null;
};

/** The strings at the start of a text, unescaped, and what follows them. */
export const leadingStrings = (text: string): { readonly strings: string[]; readonly rest: string } => {
  const strings: string[] = [];
  let rest = text.trim();
  for (;;) {
    const match = /^"((?:[^"\\]|\\[\s\S])*)"\s*(?:\|\s*)?/.exec(rest);
    if (match === null) return { strings, rest };
    strings.push(match[1]!.replace(/\\([\s\S])/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped));
    rest = rest.slice(match[0].length);
  }
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', b: '\b' };
