import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { type CodedColumn, UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount, sharedCurrency, textAt } from '../figures.ts';
import type { FindingDraft } from '../forensic-test.ts';
import { rowsByCode } from '../rows-by-code.ts';
import type { TransactionTable } from '../transaction-table.ts';

/**
 * The journal entries of a table: what an auditor examines is the entry, all its lines. A row without an entry, and every row
 * of a table without such a column, is an entry of its own.
 */
export interface JournalEntries {
  readonly count: number;
  /** Entries that the table names; those after them are rows without an entry. */
  readonly named: number;
  /** The rows of entry e are rows[starts[e]] to rows[starts[e + 1] - 1], ascending. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

const rowsAlone = (rowCount: number): JournalEntries => ({
  count: rowCount,
  named: 0,
  starts: Uint32Array.from({ length: rowCount + 1 }, (_, i) => i),
  rows: Uint32Array.from({ length: rowCount }, (_, i) => i),
});

/** Groups the rows by entry. Entries are in the order of their codes, which is that of their first rows. */
export const journalEntries = (table: TransactionTable): JournalEntries => {
  const { entry, rowCount } = table;
  if (entry === null) return rowsAlone(rowCount);
  let count = entry.values.length;
  let codes = entry.codes;
  for (let row = 0; row < rowCount; row++) {
    if (entry.codes[row]! >= 0) continue;
    if (codes === entry.codes) codes = entry.codes.slice();
    codes[row] = count++;
  }
  const { starts, rows } = rowsByCode(codes, count);
  return { count, named: entry.values.length, starts, rows };
};

/** The rows of an entry, ascending: a view. */
export const rowsOf = ({ starts, rows }: JournalEntries, entry: number): Uint32Array =>
  rows.subarray(starts[entry]!, starts[entry + 1]!);

/** The rows of several entries, ascending. */
export const rowsOfAll = (entries: JournalEntries, some: readonly number[]): Uint32Array => {
  const all = new Uint32Array(some.reduce((sum, entry) => sum + rowsOf(entries, entry).length, 0));
  let at = 0;
  for (const entry of some) {
    const own = rowsOf(entries, entry);
    all.set(own, at);
    at += own.length;
  }
  return all.sort();
};

/** The earliest of several entries; of one day that with the lowest key, so that the order of the rows decides nothing. */
export const earliest = (table: TransactionTable, entries: JournalEntries, some: readonly number[]): Uint32Array => {
  const candidates = some.map(entry => {
    const rows = rowsOf(entries, entry);
    return { rows, day: firstDay(table, rows), key: entryKey(table, rows) };
  });
  candidates.sort((a, b) => a.day - b.day || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return candidates[0]?.rows ?? new Uint32Array();
};

/**
 * What an entry moves, in units: the larger of its debits and its credits. NaN where an amount is unknown, where the table
 * has none, and where the sum exceeds 2^53 units.
 */
export const movedUnits = (table: TransactionTable, rows: ArrayLike<number>): number => {
  const units = table.amountUnits;
  if (units === null) return Number.NaN;
  let debit = 0;
  let credit = 0;
  for (let i = 0; i < rows.length; i++) {
    const own = units[rows[i]!]!;
    if (own > 0) debit += own;
    else credit -= own;
  }
  const moved = Math.max(debit, credit);
  return Number.isSafeInteger(moved) && !Number.isNaN(debit + credit) ? moved : Number.NaN;
};

/** The first booking day of the rows; UNKNOWN_DAY where none is known. */
export const firstDay = (table: TransactionTable, rows: ArrayLike<number>): number => {
  let first = UNKNOWN_DAY;
  for (let i = 0; i < rows.length; i++) {
    const day = table.bookingDay?.[rows[i]!] ?? UNKNOWN_DAY;
    if (day !== UNKNOWN_DAY && (first === UNKNOWN_DAY || day < first)) first = day;
  }
  return first;
};

/** The last of the days on which rows were entered; UNKNOWN_DAY where none is known. */
export const lastEnteredDay = (table: TransactionTable, rows: ArrayLike<number>): number => {
  let last = UNKNOWN_DAY;
  for (let i = 0; i < rows.length; i++) last = Math.max(last, table.enteredDay?.[rows[i]!] ?? UNKNOWN_DAY);
  return last;
};

/** What a finding on an entry is recognized by in another run: its number, day and amount; a row without entry by its record. */
export const entryKey = (table: TransactionTable, rows: Uint32Array): string => {
  const row = rows[0]!;
  const name = textAt(table.entry, row);
  const units = movedUnits(table, rows);
  const facts = [isoDate(firstDay(table, rows)), Number.isNaN(units) ? null : units];
  return name === null
    ? JSON.stringify([
        'row',
        ...facts,
        textAt(table.ledgerAccount, row),
        table.recordHashHigh?.[row] ?? null,
        table.recordHashLow?.[row] ?? null,
      ])
    : JSON.stringify([name, ...facts]);
};

/** An entry in words: `Entry A 17 of 2024-12-31 (4 lines, 1,200.00 EUR)`. */
export const describeEntry = (table: TransactionTable, rows: Uint32Array): string => {
  const name = textAt(table.entry, rows[0]!);
  const day = isoDate(firstDay(table, rows));
  const units = movedUnits(table, rows);
  const amount = Number.isNaN(units) ? null : formatAmount(table, units, sharedCurrency(table, rows));
  const what = name === null ? 'A row' : `Entry ${name}`;
  const facts = [...(name === null ? [] : [countOf(rows.length, 'line')]), ...(amount === null ? [] : [amount])];
  return `${what}${day === null ? '' : ` of ${day}`}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
};

/** The known text of a column for the lines of an entry: the lowest where they differ; null where none is known. */
export const textOf = (column: CodedColumn | null, rows: ArrayLike<number>): string | null => {
  let lowest: string | null = null;
  for (let i = 0; i < rows.length; i++) {
    const text = textAt(column, rows[i]!);
    if (text !== null && (lowest === null || text < lowest)) lowest = text;
  }
  return lowest;
};

/**
 * Findings that nothing tells apart (rows that are alike in every column) as one: a finding must be recognized in another run
 * whatever the order of the rows.
 */
export const mergedByKey = (findings: readonly FindingDraft[]): FindingDraft[] =>
  [...Map.groupBy(findings, ({ key }) => key).values()].map(alike => {
    const first = alike.reduce((a, b) => (b.score > a.score || (b.score === a.score && b.reason < a.reason) ? b : a));
    if (alike.length === 1) return first;
    const rows = Uint32Array.from(new Set(alike.flatMap(({ rows: own }) => [...own]))).sort();
    return { ...first, rows, reason: `${first.reason} ${countOf(alike.length, 'one', 'ones')} are alike.` };
  });

/** 0 to 1: how large an amount is beside the largest, on a scale of magnitudes. 0 where it is unknown. */
export const magnitude = (units: number, most: number): number =>
  Number.isNaN(units) || !(most > 0) ? 0 : Math.min(1, Math.log1p(Math.abs(units)) / Math.log1p(most));

/** Codes of a column for the lines of an entry, each once, without unknown ones, in ascending order of line. */
export const codesOf = (codes: Int32Array, rows: ArrayLike<number>): number[] => {
  const found: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    if (code !== UNKNOWN_CODE && !found.includes(code)) found.push(code);
  }
  return found;
};
