import { NexusError } from '../../../contract/errors.ts';
import type { TransactionFilter } from '../../../contract/transactions.contract.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { parseDecimal, powerOfTen } from '../../../kernel/decimal.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore, sql } from '../../../platform/store.ts';
import { CaseTable } from '../domain/case-table.ts';
import type { CurrencySum, Facet, ViewFilter, ViewTable } from '../domain/transaction-view.ts';
import { facetsOf, matchingRows, orderedRows, sumsByCurrency } from '../domain/transaction-view.ts';
import type { CaseSource } from './case-source.ts';
import { decodeUtf8 } from './decode-utf8.ts';

export interface ViewTask {
  readonly task: 'view';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly filter: TransactionFilter;
  readonly sort: 'place' | 'date' | 'amount' | 'party';
  readonly descending: boolean;
  /** Transaction ids the filter is limited to (a finding's rows), null for all. */
  readonly ids: Float64Array | null;
}

export interface View {
  /** Transaction ids in order, in shared memory. */
  readonly ids: Float64Array;
  readonly all: number;
  readonly sums: readonly CurrencySum[];
  readonly facets: readonly Facet[];
}

const viewTable = (sources: readonly CaseSource[]): ViewTable => {
  const table = new CaseTable(sources, decodeUtf8);
  const source = new Int32Array(table.rowCount);
  const offsets = table.offsets();
  for (const [p, part] of sources.entries()) source.fill(p, offsets[p], offsets[p]! + part.columns.count);
  return {
    rowCount: table.rowCount,
    scales: sources.map(part => part.columns.scale),
    amountUnits: table.sourceUnits(),
    bookingDay: table.days('bookingDay'),
    source,
    sourceIds: sources.map(part => part.id),
    account: table.accounts(),
    currency: table.coded('currency'),
    type: table.coded('type'),
    party: table.coded('party'),
    category: table.coded('category'),
  };
};

/** The bound in units of each source. */
const unitsBounds = (text: string, scales: readonly number[], round: (value: number) => number): number[] => {
  const value = parseDecimal(text);
  if (value === null)
    throw new NexusError({
      code: 'filter.amount',
      category: 'usage',
      message: `“${text}” is not an amount that can be compared exactly.`,
    });
  return scales.map(scale =>
    value.scale <= scale
      ? value.units * powerOfTen(scale - value.scale)
      : round(value.units / powerOfTen(value.scale - scale)),
  );
};

const dayBound = (text: string): number => {
  const day = parseIsoDate(text);
  if (day === null)
    throw new NexusError({ code: 'filter.date', category: 'usage', message: `${text} is not a day of the calendar.` });
  return day;
};

/** Rows whose reference, description or counterparty contains the text, letter case aside. */
const rowsWithText = (task: ViewTask, table: CaseTable, text: string): Uint32Array => {
  const wanted = text.toLowerCase();
  const found: number[] = [];
  const counterparty = table.coded('counterparty');
  const matching = counterparty.values.map(value => value.toLowerCase().includes(wanted));
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const offsets = table.offsets();
    task.sources.forEach((source, p) => {
      const rows = store.iterate(
        sql
          .selectFrom('transactions')
          .select(['id', 'reference', 'description'])
          .where('id', '>=', source.firstTransactionId)
          .where('id', '<', source.firstTransactionId + source.columns.count),
      );
      for (const row of rows) {
        const i = offsets[p]! + row.id - source.firstTransactionId;
        if (
          matching[counterparty.codes[i]!] === true ||
          row.reference.toLowerCase().includes(wanted) ||
          row.description.toLowerCase().includes(wanted)
        )
          found.push(i);
      }
    });
  } finally {
    connection.close();
  }
  return Uint32Array.from(found);
};

const intersect = (a: Uint32Array | undefined, b: Uint32Array): Uint32Array => {
  if (a === undefined) return b;
  const known = new Set(a);
  return b.filter(row => known.has(row));
};

/** Builds the order of a grid: the rows that pass the filter, sorted, with sums and facet counts. */
export const buildView = (task: ViewTask): View => {
  const { filter } = task;
  const merged = new CaseTable(task.sources, decodeUtf8);
  const table = viewTable(task.sources);
  const offsets = merged.offsets();
  const indexOf = (id: number): number => {
    const p = task.sources.findIndex(
      source => id >= source.firstTransactionId && id < source.firstTransactionId + source.columns.count,
    );
    return p < 0 ? -1 : offsets[p]! + id - task.sources[p]!.firstTransactionId;
  };
  let rows: Uint32Array | undefined;
  if (task.ids !== null) rows = Uint32Array.from([...task.ids].map(indexOf).filter(i => i >= 0)).sort();
  if (filter.text !== undefined && filter.text !== '') rows = intersect(rows, rowsWithText(task, merged, filter.text));
  const wantedSources = task.sources.flatMap((source, p) =>
    (filter.sourceId === undefined || source.id === filter.sourceId) &&
    (filter.side === undefined || source.side === filter.side)
      ? [p]
      : [],
  );
  const viewFilter: ViewFilter = {
    ...(wantedSources.length === task.sources.length ? {} : { sources: new Set(wantedSources) }),
    ...(filter.account === undefined ? {} : { account: filter.account }),
    ...(filter.currency === undefined ? {} : { currency: filter.currency }),
    ...(filter.type === undefined ? {} : { type: filter.type }),
    ...(filter.party === undefined ? {} : { party: filter.party }),
    ...(filter.category === undefined ? {} : { category: filter.category }),
    ...(filter.direction === undefined ? {} : { direction: filter.direction }),
    ...(filter.from === undefined ? {} : { fromDay: dayBound(filter.from) }),
    ...(filter.to === undefined ? {} : { toDay: dayBound(filter.to) }),
    ...(filter.minimum === undefined ? {} : { minimumUnits: unitsBounds(filter.minimum, table.scales, Math.ceil) }),
    ...(filter.maximum === undefined ? {} : { maximumUnits: unitsBounds(filter.maximum, table.scales, Math.floor) }),
    ...(rows === undefined ? {} : { rows }),
  };
  const matching = matchingRows(table, viewFilter);
  const ordered = orderedRows(table, matching, task.sort, task.descending);
  const ids = new Float64Array(new SharedArrayBuffer(ordered.length * 8));
  const firstIds = task.sources.map((source, p) => source.firstTransactionId - offsets[p]!);
  ordered.forEach((row, k) => {
    ids[k] = row + firstIds[table.source[row]!]!;
  });
  return { ids, all: table.rowCount, sums: sumsByCurrency(table, matching), facets: facetsOf(table, matching) };
};
