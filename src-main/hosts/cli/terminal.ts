/** Where a command writes. Standard output is for the answer, standard error for progress and messages. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when a person watches standard error: progress is drawn there. */
  readonly watched: boolean;
}

/** Characters that would command a terminal instead of being shown (C0, C1, bidirectional overrides). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of hostile files are what is replaced here
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of evidence made safe to print. */
export const printable = (text: string): string => text.replace(CONTROLS, '�');

/** Lines of aligned columns; numbers (decimal text) to the right. */
export const tableText = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [header, ...rows].map(row => row.map(cell => printable(cell).replaceAll('\n', '⏎')));
  const widths = header.map((_, c) => Math.max(...cells.map(row => [...(row[c] ?? '')].length)));
  const numeric = header.map((_, c) => rows.length > 0 && rows.every(row => /^-?[\d,]*\.?\d*$|^–$/.test(row[c] ?? '')));
  return cells
    .map(row =>
      row
        .map((cell, c) => (numeric[c] === true ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Text cut for a table cell. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
