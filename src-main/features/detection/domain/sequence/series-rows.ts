import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** Rows of one numbering: a series of references within one account (the whole table, where it has no accounts). */
export interface SeriesRows {
  readonly series: string;
  readonly account: string | null;
  readonly rows: Uint32Array;
}

/** What a numbering is called: `Series "INV-", account A1`. */
export const titledSeries = ({ series, account }: Pick<SeriesRows, 'series' | 'account'>): string =>
  `${series === '' ? 'References of digits only' : `Series "${series}"`}${account === null ? '' : `, account ${account}`}`;

const accountRuns = (rows: Uint32Array, account: CodedColumn | null): Uint32Array[] => {
  if (account === null) return [rows];
  const runs: Uint32Array[] = [];
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const code = account.codes[rows[from]!];
    for (to = from + 1; to < rows.length && account.codes[rows[to]!] === code; ) to++;
    runs.push(rows.subarray(from, to));
  }
  return runs;
};

/** All rows by account, those without one first. */
const rowsByAccount = ({ codes, values }: CodedColumn): Uint32Array => {
  const buckets = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) buckets[row] = codes[row]! + 1;
  return rowsByCode(buckets, values.length + 1).rows;
};

/** Calls `each` with every numbering of the table; the rows of one ascend. Returns how many rows have no number. */
export const forEachSeries = (
  table: TransactionTable,
  context: TestContext,
  each: (numbering: SeriesRows) => void,
): { readonly unnumbered: number } => {
  const { codes, values } = requireColumn(table.series, 'reference');
  const numbers = requireColumn(table.seriesNumber, 'reference');
  const { account } = table;
  // By account first, then by series: the second counting sort keeps the order of the first.
  const order = account === null ? null : rowsByAccount(account);
  const buckets = new Int32Array(table.rowCount);
  let unnumbered = 0;
  for (let i = 0; i < table.rowCount; i++) {
    reportProgress(context, i, table.rowCount, 0, 0.3);
    const row = order === null ? i : order[i]!;
    // The series without a text (digits only) is bucket 0.
    buckets[i] = Number.isNaN(numbers[row]) ? -1 : codes[row]! + 1;
    if (buckets[i] === -1) unnumbered++;
  }
  const { starts, rows } = rowsByCode(buckets, values.length + 1);
  if (order !== null) for (let i = 0; i < rows.length; i++) rows[i] = order[rows[i]!]!;
  for (let bucket = 0; bucket <= values.length; bucket++) {
    reportProgress(context, bucket, values.length + 1, 0.4, 1);
    if (starts[bucket] === starts[bucket + 1]) continue;
    const series = bucket === 0 ? '' : values[bucket - 1]!;
    for (const own of accountRuns(rows.subarray(starts[bucket]!, starts[bucket + 1]!), account)) {
      const code = account?.codes[own[0]!] ?? -1;
      each({ series, account: account?.values[code] ?? null, rows: own });
    }
  }
  return { unnumbered };
};
