import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore, sql } from '../../../platform/store.ts';
import type { ColumnName } from '../../detection/domain/transaction-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';

export interface CoverageTestsTask {
  readonly task: 'coverage-tests';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  /** Line of the grid of each statement, by source and statement; -1 for none. */
  readonly lines: readonly (readonly number[])[];
  /** Examination whose findings are looked at; null for none. */
  readonly run: number | null;
  /** Days around a missing statement, by line, as days since 1970-01-01. */
  readonly windows: readonly { readonly line: number; readonly from: number; readonly to: number }[];
}

/** Rows of a line in a month (YYYY-MM) by mask of the values they have. */
export type MaskCounts = readonly (readonly [line: number, month: string, mask: number, rows: number])[];

export interface CoveredTests {
  readonly counts: MaskCounts;
  /** Findings and rows of each test in each window. */
  readonly near: readonly (readonly { readonly test: string; readonly findings: number; readonly rows: number }[])[];
}

/** Values a row may have, in the order of their bits. */
export const COVERED_VALUES = [
  'amount',
  'date',
  'account',
  'party',
  'currency',
  'reference',
  'value-date',
  'counterparty-account',
  'type',
  'category',
  'ledger-account',
  'entry',
  'poster',
  'entered',
  'time',
] as const satisfies readonly ColumnName[];

type Columns = CaseSource['columns']['columns'];

/** Whether row i of a source has the value; a column that the file does not state is shorter and has none. */
const isKnown = (value: (typeof COVERED_VALUES)[number], columns: Columns, source: CaseSource, i: number): boolean => {
  const coded = (column: Int32Array): boolean => (column[i] ?? -1) >= 0;
  switch (value) {
    case 'amount':
      return !Number.isNaN(columns.amountUnits[i]!);
    case 'date':
      return columns.bookingDay[i] !== UNKNOWN_DAY;
    case 'value-date':
      return columns.valueDay[i] !== UNKNOWN_DAY;
    case 'account':
      return (source.accounts[columns.statement[i]!] ?? null) !== null;
    case 'reference':
      return columns.referenceHash[i] !== 0;
    case 'counterparty-account':
      return coded(columns.counterpartyAccount);
    case 'ledger-account':
      return coded(columns.ledgerAccount);
    case 'party':
    case 'currency':
    case 'type':
    case 'category':
    case 'entry':
    case 'poster':
    case 'entered':
    case 'time':
      return coded(columns[value]);
  }
};

/** Room for the days of the years 1 to 9999 around 1970, and for the masks that occur in one file. */
const DAY_SPAN = 8_000_000;
const MASK_SPAN = 2048;

const countMasks = (task: CoverageTestsTask): MaskCounts => {
  const counts = new Map<string, [line: number, month: string, mask: number, rows: number]>();
  for (const [at, source] of task.sources.entries()) {
    const { columns } = source.columns;
    // By statement, day and mask in numbers first: a text a row would cost more than everything else.
    const byKey = new Map<number, number>();
    const maskCodes = new Map<number, number>();
    const masks: number[] = [];
    for (let i = 0; i < source.columns.count; i++) {
      const day = columns.bookingDay[i]!;
      if (day === UNKNOWN_DAY) continue;
      let mask = 0;
      for (const [bit, value] of COVERED_VALUES.entries()) if (isKnown(value, columns, source, i)) mask |= 1 << bit;
      let code = maskCodes.get(mask);
      if (code === undefined) {
        code = masks.push(mask) - 1;
        maskCodes.set(mask, code);
      }
      // Exact below 2^53 for half a million statements a file: days of the calendar lie within DAY_SPAN.
      const key = (columns.statement[i]! * DAY_SPAN + day + DAY_SPAN / 2) * MASK_SPAN + code;
      byKey.set(key, (byKey.get(key) ?? 0) + 1);
    }
    for (const [key, rows] of byKey) {
      const mask = masks[key % MASK_SPAN]!;
      const rest = Math.floor(key / MASK_SPAN);
      const day = (rest % DAY_SPAN) - DAY_SPAN / 2;
      const line = task.lines[at]?.[Math.floor(rest / DAY_SPAN)] ?? -1;
      if (line < 0) continue;
      const month = (isoDate(day) ?? '').slice(0, 7);
      const name = `${line} ${month} ${mask}`;
      const known = counts.get(name);
      if (known === undefined) counts.set(name, [line, month, mask, rows]);
      else known[3] += rows;
    }
  }
  return [...counts.values()];
};

const findNear = (task: CoverageTestsTask, store: ReadStore, run: number): CoveredTests['near'] => {
  const near = task.windows.map(() => new Map<string, { test: string; findings: number; rows: Set<number> }>());
  const found = store.iterate(sql.selectFrom('findings').select(['test', 'rows']).where('run', '=', run));
  let last = task.sources[0];
  for (const { test, rows } of found) {
    const touched = new Set<number>();
    for (const id of new Float64Array(rows.slice().buffer)) {
      if (last === undefined || id < last.firstTransactionId || id >= last.firstTransactionId + last.columns.count)
        last = task.sources.find(
          ({ firstTransactionId, columns }) => id >= firstTransactionId && id < firstTransactionId + columns.count,
        );
      if (last === undefined) continue;
      const i = id - last.firstTransactionId;
      const line = task.lines[task.sources.indexOf(last)]?.[last.columns.columns.statement[i]!] ?? -1;
      const day = last.columns.columns.bookingDay[i]!;
      for (const [at, window] of task.windows.entries()) {
        if (window.line !== line || day < window.from || day > window.to) continue;
        const own = near[at]!.get(test) ?? { test, findings: 0, rows: new Set() };
        near[at]!.set(test, own);
        own.rows.add(id);
        if (!touched.has(at)) own.findings += 1;
        touched.add(at);
      }
    }
  }
  return near.map(tests =>
    [...tests.values()].map(({ test, findings, rows }) => ({ test, findings, rows: rows.size })),
  );
};

/** Counts what tests could use of each account and month, and what they found around missing statements. */
export const coverTests = (task: CoverageTestsTask): CoveredTests => {
  const counts = countMasks(task);
  if (task.run === null || task.windows.length === 0) return { counts, near: task.windows.map(() => []) };
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    return { counts, near: findNear(task, new ReadStore(connection), task.run) };
  } finally {
    connection.close();
  }
};
