import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { codesOf, type JournalEntries, rowsOf } from './journal-entries.ts';

/** In how many entries each value of a column occurs, and the entries of those that occur in few. */
export interface EntryCounts {
  readonly counts: Uint32Array;
  /** Entries in which any value is known. */
  readonly used: number;
  /** Rows of the others. */
  readonly unknownRows: number;
  /** Mean number of entries of a value that occurs at all. */
  readonly mean: number;
  /** The entries of the given values, ascending. */
  readonly entriesOf: (values: ReadonlySet<number>) => ReadonlyMap<number, number[]>;
}

export const entryCounts = (column: CodedColumn, entries: JournalEntries, context: TestContext): EntryCounts => {
  const counts = new Uint32Array(column.values.length);
  let used = 0;
  let unknownRows = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    reportProgress(context, entry, entries.count, 0, 0.8);
    const rows = rowsOf(entries, entry);
    const codes = codesOf(column.codes, rows);
    if (codes.length === 0) unknownRows += rows.length;
    else used++;
    for (const code of codes) counts[code]!++;
  }
  const present = counts.filter(count => count > 0);
  const occurrences = present.reduce((sum, count) => sum + count, 0);
  return {
    counts,
    used,
    unknownRows,
    mean: present.length === 0 ? 0 : occurrences / present.length,
    entriesOf: values => {
      const found = new Map<number, number[]>([...values].map(value => [value, []]));
      if (values.size === 0) return found;
      for (let entry = 0; entry < entries.count; entry++)
        for (const code of codesOf(column.codes, rowsOf(entries, entry))) found.get(code)?.push(entry);
      return found;
    },
  };
};
