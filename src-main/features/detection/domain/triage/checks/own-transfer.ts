import { UNKNOWN_DAY } from '../../../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../../../kernel/dictionary.ts';
import { countOf, textAt } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck, Reader } from './exculpatory-check.ts';
import { outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** Days between the two sides of a transfer. */
const TRANSFER_DAYS = 3;
const NEAREST_FIRST = [0, 1, -1, 2, -2, TRANSFER_DAYS, -TRANSFER_DAYS];

const plainAccount = (text: string): string => text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();

/** Codes of the counterparty accounts that are among the accounts under examination. */
const ownCodes = (accounts: CodedColumn | null, counterparties: CodedColumn | null): ReadonlySet<number> => {
  const own = new Set((accounts?.values ?? []).map(plainAccount).filter(text => text !== ''));
  return new Set((counterparties?.values ?? []).flatMap((text, code) => (own.has(plainAccount(text)) ? [code] : [])));
};

/** Rows of an amount by day, and within a day by account and currency. */
type ByDay = Map<number, Map<string, number[]>>;

const placeKey = (read: Reader, row: number): string => `${read.account(row)} ${read.currency(row)}`;

/** Takes a row on another account in the same currency out of a day; undefined where there is none. */
const takeFrom = (read: Reader, day: Map<string, number[]> | undefined, row: number): number | undefined => {
  for (const own of day?.values() ?? []) {
    const other = own[0];
    if (other === undefined || read.account(other) === read.account(row)) continue;
    if (read.currency(other) === read.currency(row)) return own.shift();
  }
  return undefined;
};

/** For each row, group by group, the nearest row on another of the accounts with the same amount the other way; each used once. */
const mirrors = (
  table: TransactionTable,
  read: Reader,
  groups: readonly (readonly number[])[],
): Map<number, number> => {
  const rows = groups.flat();
  const byAmount = new Map<number, ByDay>(rows.map(row => [-read.amount(row), new Map()]));
  for (let row = 0; row < table.rowCount; row++) {
    const days = byAmount.get(read.amount(row));
    if (days === undefined || read.day(row) === UNKNOWN_DAY || read.account(row) < 0) continue;
    const places = days.get(read.day(row)) ?? new Map<string, number[]>();
    days.set(read.day(row), places);
    const own = places.get(placeKey(read, row));
    if (own === undefined) places.set(placeKey(read, row), [row]);
    else own.push(row);
  }
  // Accounts by their text, and rows outside the finding first: nothing hangs on the order of the records.
  const members = new Set(rows);
  const inside = (row: number): number => (members.has(row) ? 1 : 0);
  const place = (row: number): string => `${textAt(table.account, row)} ${textAt(table.currency, row)}`;
  const byPlace = (a: number, b: number): number => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0);
  for (const days of byAmount.values())
    for (const [day, places] of days) {
      for (const own of places.values()) own.sort((a, b) => inside(a) - inside(b) || a - b);
      days.set(day, new Map([...places].sort(([, a], [, b]) => byPlace(a[0]!, b[0]!))));
    }
  const found = new Map<number, number>();
  const inOrder = groups.flatMap(own => own.toSorted((a, b) => read.day(a) - read.day(b) || byPlace(a, b) || a - b));
  for (const row of inOrder) {
    const days = byAmount.get(-read.amount(row));
    for (const away of NEAREST_FIRST) {
      const other = takeFrom(read, days?.get(read.day(row) + away), row);
      if (other === undefined) continue;
      found.set(row, other);
      break;
    }
  }
  return found;
};

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const own = ownCodes(table.account, table.counterpartyAccount);
  const counterparty = (row: number): number => table.counterpartyAccount?.codes[row] ?? -1;
  const dated = [...rows].filter(
    row => Math.abs(read.amount(row)) > 0 && read.day(row) !== UNKNOWN_DAY && read.account(row) >= 0,
  );
  const placed = new Set(dated);
  // Rows that state no counterparty's account need the other side; for those that name one of ours it is evidence only.
  const mirrored = mirrors(table, read, [
    dated.filter(row => counterparty(row) < 0),
    dated.filter(row => own.has(counterparty(row))),
  ]);
  const accounts = new Set(table.account?.codes ?? []);
  accounts.delete(-1);
  const isTestable = (row: number): boolean => counterparty(row) >= 0 || (accounts.size > 1 && placed.has(row));
  const tested = [...rows].filter(isTestable);
  const holds = tested.filter(row => own.has(counterparty(row)) || (counterparty(row) < 0 && mirrored.has(row)));
  const pairs = holds.flatMap(row => [row, ...(mirrored.has(row) ? [mirrored.get(row)!] : [])]);
  return {
    outcome: outcomeOf(holds.length, tested.length, rows.length),
    words: said(
      `${countOf(holds.length, 'row')} of ${tested.length} ${holds.length === 1 ? 'moves' : 'move'} money between the ${countOf(accounts.size, 'account')} under examination.`,
      tested.length,
      rows.length,
      'no account of the counterparty is stated and there is no second account to look in',
    ),
    rows: rowSet(pairs),
  };
};

export const ownTransfer: ExculpatoryCheck = {
  id: 'own-transfer',
  version: '1.0.0',
  question: 'Does the money stay among the accounts under examination?',
  run,
};
