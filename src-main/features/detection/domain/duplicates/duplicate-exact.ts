import { isoDate } from '../../../../kernel/civil-date.ts';
import { equalRowGroups, NO_HASH } from '../equal-rows.ts';
import { countOf, describeRow, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, TestContext } from '../forensic-test.ts';
import { mixInteger, mixWord } from '../row-hash.ts';
import { reportProgress } from '../row-progress.ts';
import { type ColumnName, hasColumn, type TransactionTable } from '../transaction-table.ts';

const COMPARED = [
  'account',
  'date',
  'amount',
  'currency',
  'party',
  'reference',
] as const satisfies readonly ColumnName[];

/** The number that stands for a row's value in a column; equal values have equal numbers, NaN is the unknown amount. */
const columnValues = (table: TransactionTable, name: (typeof COMPARED)[number]): ArrayLike<number> | null => {
  switch (name) {
    case 'account':
      return table.account?.codes ?? null;
    case 'date':
      return table.bookingDay;
    case 'amount':
      return table.amountUnits;
    case 'currency':
      return table.currency?.codes ?? null;
    case 'party':
      return table.party?.codes ?? null;
    case 'reference':
      return table.referenceHash;
  }
};

const comparedColumns = (table: TransactionTable): ArrayLike<number>[] =>
  COMPARED.map(name => columnValues(table, name)).filter(values => values !== null);

/** Hashes the record's own hash where there is one, else every compared column. */
const rowHashes = (
  table: TransactionTable,
  columns: readonly ArrayLike<number>[],
  context: TestContext,
): Uint32Array => {
  const { rowCount, recordHashHigh: high, recordHashLow: low } = table;
  const hashes = new Uint32Array(rowCount);
  if (high !== null && low !== null) {
    for (let row = 0; row < rowCount; row++) {
      reportProgress(context, row, rowCount, 0, 0.3);
      hashes[row] = mixWord(mixWord(1, high[row]!), low[row]!) || 1;
    }
    return hashes;
  }
  if (columns.length === 0) return hashes.fill(NO_HASH);
  for (const values of columns)
    for (let row = 0; row < rowCount; row++) {
      reportProgress(context, row, rowCount, 0, 0.3);
      hashes[row] = mixInteger(hashes[row]!, values[row]!);
    }
  for (let row = 0; row < rowCount; row++) hashes[row] = hashes[row]! || 1;
  return hashes;
};

/**
 * Groups of rows that are candidates for "equal in every column": equal in the 64-bit record hash (both words) and in account,
 * day, amount, currency, party and reference, as far as the table has them. Rows ascend, groups ascend by first row. Whoever
 * holds the stored texts confirms a group before calling it a fact.
 */
export const exactDuplicateCandidates = (table: TransactionTable, context: TestContext): Uint32Array[] => {
  const columns = comparedColumns(table);
  const { recordHashHigh: high, recordHashLow: low } = table;
  const equal = (a: number, b: number): boolean => {
    if (high !== null && low !== null && (high[a] !== high[b] || low[a] !== low[b])) return false;
    return columns.every(values => Object.is(values[a], values[b]));
  };
  return equalRowGroups(rowHashes(table, columns, context), equal, context);
};

/** Names a group by what its rows share, so that the key does not depend on where the rows stand. */
const groupKey = (table: TransactionTable, row: number): string => {
  const day = table.bookingDay?.[row];
  return JSON.stringify([
    textAt(table.account, row),
    day === undefined ? null : isoDate(day),
    table.amountUnits?.[row] ?? null,
    textAt(table.currency, row),
    textAt(table.party, row),
    table.referenceHash?.[row] ?? null,
    table.recordHashHigh?.[row] ?? null,
    table.recordHashLow?.[row] ?? null,
  ]);
};

const limitsOf = (table: TransactionTable): string[] => {
  if (hasColumn(table, 'record'))
    return ['Equality is judged by a 64-bit hash of the whole record and by the columns read.'];
  const names = COMPARED.filter(name => hasColumn(table, name));
  if (names.length === 0) return ['The table has no column to compare: nothing was tested.'];
  return [`The records' own text is not at hand: rows count as equal when ${names.join(', ')} are equal.`];
};

/** Rows that are equal in every column. Spec: docs/specs/duplicate-exact.md. */
export const duplicateExact: ForensicTest = {
  id: 'duplicate-exact',
  version: '1.0.0',
  title: 'Exact duplicates',
  group: 'duplicates',
  side: 'bank',
  needs: [],
  uses: ['record', ...COMPARED],
  parameters: [],
  explanations: ['reversed', 'recurring', 'fixed-tariff', 'immaterial'],
  run(table, _parameters, context) {
    const groups = exactDuplicateCandidates(table, context);
    const tested = hasColumn(table, 'record') || comparedColumns(table).length > 0 ? table.rowCount : 0;
    let surplus = 0;
    const findings = groups.map((rows): FindingDraft => {
      const copies = rows.length - 1;
      surplus += copies;
      const described = describeRow(table, rows[0]!);
      return {
        key: groupKey(table, rows[0]!),
        rows,
        severity: 'medium',
        score: 1 - 1 / rows.length,
        reason: `The same record stands ${rows.length === 2 ? 'twice' : countOf(rows.length, 'time')} in the data${described === '' ? '' : ` (${described})`}: ${countOf(copies, 'copy', 'copies')} beyond the first.`,
      };
    });
    return {
      population: {
        rows: table.rowCount,
        used: tested,
        excluded: tested === table.rowCount ? [] : [{ reason: 'no column to compare', count: table.rowCount }],
      },
      statistics: { groups: groups.length, surplus },
      bins: [],
      findings: inReportOrder(findings),
      limits: limitsOf(table),
    };
  },
};
