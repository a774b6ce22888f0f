/** Where a command writes. Standard output is for the answer, standard error for progress and messages. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when a person watches standard error: progress is drawn there. */
  readonly watched: boolean;
}

/** Characters that would command a terminal instead of being shown (C0, C1, bidirectional overrides, U+2028 and U+2029). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of hostile files are what is replaced here
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const LINE_END = /\r?\n/g;

/**
 * Text of evidence, a name or an argument made safe to print within one line: no character of it commands the terminal,
 * and its line ends are shown, so that it cannot make up a line of the answer. For each part before they are joined.
 */
export const printable = (text: string): string => text.replace(LINE_END, '⏎').replace(CONTROLS, '�');

/** A column's heading; `number` marks a column of figures, which stand to the right. */
export type Heading = string | { readonly number: string };

/** Lines of aligned columns. */
export const tableText = (headings: readonly Heading[], rows: readonly (readonly string[])[]): string => {
  const titles = headings.map(heading => (typeof heading === 'string' ? heading : heading.number));
  const cells = [titles, ...rows].map(row => row.map(cell => printable(cell)));
  const widths = headings.map((_, c) => Math.max(...cells.map(row => [...(row[c] ?? '')].length)));
  const padded = (cell: string, c: number): string => {
    const space = ' '.repeat((widths[c] ?? 0) - [...cell].length);
    return typeof headings[c] === 'string' ? cell + space : space + cell;
  };
  return cells.map(row => row.map(padded).join('  ').trimEnd()).join('\n');
};

/** Text cut for a table cell; counts characters, so that none is cut in half. */
export const cut = (text: string, length: number): string => {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
};

/** A computed figure for people: eight significant digits; --json has all. */
export const figure = (value: number): string => String(Number(value.toPrecision(8)));
