import { fits } from './csv-column-fit.ts';
import { columnLabel, findColumn } from './csv-column-names.ts';
import { type ColumnProfile, profileColumn } from './csv-column-profile.ts';
import type { CsvLayout } from './csv-dialect.ts';
import { type HeaderPart, headerEvidence } from './csv-header-lexicon.ts';
import { TABLE_KEYS, type TableKey, type TableMapping, type TableWishes } from './csv-table-columns.ts';
import { looksLikeTime } from './time-of-day.ts';

/** What the lexicon of header names calls the parts. `id` is what the examiner says it is. */
const PART_OF: Readonly<Record<Exclude<TableKey, 'id'>, HeaderPart>> = {
  amount: 'amount',
  debit: 'debit',
  credit: 'credit',
  date: 'bookingDate',
  'value-date': 'valueDate',
  entered: 'entered',
  time: 'time',
  party: 'counterparty',
  reference: 'reference',
  account: 'account',
  'counterparty-account': 'counterpartyAccount',
  currency: 'currency',
  type: 'type',
  category: 'category',
  'ledger-account': 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
  description: 'description',
};
/** Evidence of a name that is known as a whole. */
const KNOWN_NAME = 0.6;
/** Of an entry: `ID` and `No` are known too, and say too little. */
const PLAIN_NAME = 0.74;
/** Rows looked at. */
const PROFILE_ROWS = 2_000;

/** The column of each part, null where there is none. */
export type MappedColumns = Readonly<Record<TableKey, number | null>>;

/** The columns of a table that are read, and which of them were taken by their names. */
export interface SettledParts {
  readonly columns: MappedColumns;
  readonly named: ReadonlyMap<string, number>;
  readonly taken: readonly { readonly key: TableKey; readonly column: string }[];
}

/** Finds the mapped and wished columns. Throws `dialect.unknown` for one that is not there. */
export const settleParts = (layout: CsvLayout, mapping: TableMapping, wishes: TableWishes): SettledParts => {
  const find = (key: string, wanted: string): number => findColumn(key, wanted, layout.names, layout.columnCount);
  const columns = Object.fromEntries(
    TABLE_KEYS.map(key => [key, mapping[key] === undefined ? null : find(key, mapping[key])]),
  ) as Record<TableKey, number | null>;
  const named = new Map((wishes.named ?? []).map(name => [name, find('column', name)]));
  const taken: { key: TableKey; column: string }[] = [];
  const profiles = new Map<number, ColumnProfile>();
  const take = (key: TableKey): boolean => {
    const column = columnNamed(layout, key, new Set(Object.values(columns)), profiles);
    if (column === null) return false;
    columns[key] = column;
    taken.push({ key, column: columnLabel(layout.names, column) });
    return true;
  };
  for (const key of wishes.needed ?? []) {
    if (columns[key] !== null) continue;
    if (key === 'amount' && (columns.debit !== null || columns.credit !== null)) continue;
    if (!take(key) && key === 'amount' && take('debit')) take('credit');
  }
  return { columns, named, taken };
};

/** The free column that a part's known name names best and whose content agrees; null where there is none. */
const columnNamed = (
  { names, rows }: CsvLayout,
  key: TableKey,
  used: ReadonlySet<number | null>,
  profiles: Map<number, ColumnProfile>,
): number | null => {
  if (names === null || key === 'id') return null;
  const part = PART_OF[key];
  const sample = rows.slice(0, PROFILE_ROWS);
  let best: number | null = null;
  let most = 0;
  for (const [column, name] of names.entries()) {
    const evidence = headerEvidence(name, part);
    if (used.has(column) || evidence <= most || evidence < (key === 'entry' ? PLAIN_NAME : KNOWN_NAME)) continue;
    const values = sample.map(fields => fields[column] ?? '');
    const profile = profiles.get(column) ?? profileColumn(values);
    profiles.set(column, profile);
    if (profile.filled === 0) continue;
    if (part === 'time' ? !values.some(looksLikeTime) : !fits(part, profile, true)) continue;
    best = column;
    most = evidence;
  }
  return best;
};
