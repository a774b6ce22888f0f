import type { CsvLayout } from '../../ingestion/domain/csv-dialect.ts';

/**
 * Fields of a record in which blanks stand before opening quotes (`a, "b, c"`), which RFC 4180 does not know and many
 * writers do: blanks before a quote are skipped, delimiters inside quotes are text, a doubled quote is one.
 */
export const spacedFields = (record: string, delimiter: string, quote: string): string[] => {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let start = at;
    while (record[start] === ' ' || record[start] === '\t') start++;
    let text = '';
    let end: number;
    if (record[start] === quote) {
      let p = start + 1;
      for (; p < record.length; p++)
        if (record[p] !== quote) text += record[p];
        else if (record[p + 1] === quote) text += record[++p]!;
        else break;
      end = record.indexOf(delimiter, p);
      text += record.slice(p + 1, end < 0 ? record.length : end).trimEnd();
    } else {
      end = record.indexOf(delimiter, at);
      text = record.slice(at, end < 0 ? record.length : end);
    }
    fields.push(text.trim());
    if (end < 0) return fields;
    at = end + 1;
  }
};

const LINES = 300;

/**
 * A table's layout corrected where blanks stand before quotes: there the delimiters inside quotes have been counted as
 * columns. `head` is the file's first text. The layout as it is where no such quote occurs.
 */
export const spacedLayout = (layout: CsvLayout, head: string): CsvLayout => {
  const { quote } = layout;
  const { delimiter } = layout.delimiter;
  if (quote === null || !new RegExp(`[${delimiter.replace(/[\\\]^]/, '\\$&')}] +${quote}`).test(head)) return layout;
  const lines = head.split(/\r\n|[\r\n]/, LINES);
  const records = lines.map(line => spacedFields(line, delimiter, quote));
  const filled = records.filter(fields => fields.some(field => field !== ''));
  const counts = new Map<number, number>();
  for (const { length } of filled) counts.set(length, (counts.get(length) ?? 0) + 1);
  const columnCount = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [layout.columnCount, 0])[0];
  const names = layout.headerRow === null ? null : (records[layout.headerRow - 1] ?? null);
  return {
    ...layout,
    columnCount: Math.max(columnCount, names?.length ?? 0),
    names,
    rows: records.slice(layout.firstDataRow - 1).filter(fields => fields.some(field => field !== '')),
  };
};
