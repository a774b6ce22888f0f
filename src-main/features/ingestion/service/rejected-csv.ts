interface Rejected {
  readonly row_number: number;
  readonly reason: string;
  readonly raw: string;
}

/** A spreadsheet takes a cell that begins so for a formula (R-48); the apostrophe makes it text. Full-width forms as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Rejected records as CSV (RFC 4180), every text in quotes. */
export const rejectedCsv = (rows: readonly Rejected[], withHeader: boolean): string =>
  [
    ...(withHeader ? ['row,reason,raw'] : []),
    ...rows.map(({ row_number, reason, raw }) => `${row_number},${cell(reason)},${cell(raw)}`),
  ]
    .map(line => `${line}\r\n`)
    .join('');
