import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { contraCodes } from './contra-accounts.ts';
import { entryKey, firstDay, type JournalEntries, rowsOf } from './journal-entries.ts';

/** An entry and the later one that undoes it. */
export interface Reversal {
  readonly booked: number;
  readonly undone: number;
  readonly bookedDay: number;
  readonly undoneDay: number;
}

/** Longer entries are not compared: they would have to be sorted again and again. */
const MOST_LINES = 1_000;

const mixed = (account: number, currency: number, units: number): number => {
  let hash = Math.imul(account + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(currency + 7, 0xc2b2ae35);
  hash = Math.imul(hash ^ (units | 0), 0x27d4eb2f) ^ Math.imul(Math.floor(units / 4294967296) | 0, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) | 0;
};

/** The postings of an entry: account, currency and signed units; the contra account of a single line is one too. */
class Postings {
  private readonly units: Float64Array;
  private readonly accounts: Int32Array;
  private readonly currencies: Int32Array | null;
  private readonly contra: Int32Array | null;
  constructor(table: TransactionTable) {
    this.units = requireColumn(table.amountUnits, 'amount');
    this.accounts = requireColumn(table.ledgerAccount, 'ledger-account').codes;
    this.currencies = table.currency?.codes ?? null;
    this.contra = table.counterpartyAccount === null ? null : contraCodes(table);
  }

  /** Calls `posting` for each; false where one is unknown. `sign` −1 gives the opposite entry. */
  each(rows: Uint32Array, sign: 1 | -1, posting: (account: number, currency: number, units: number) => void): boolean {
    for (const row of rows) {
      const units = this.units[row]! * sign;
      const account = this.accounts[row]!;
      if (Number.isNaN(units) || account < 0) return false;
      const currency = this.currencies?.[row] ?? -1;
      if (units !== 0) posting(account, currency, units);
      const contra = rows.length === 1 ? (this.contra?.[row] ?? -1) : -1;
      if (contra >= 0 && units !== 0) posting(contra, currency, -units);
    }
    return true;
  }

  /** A hash of the entry whatever the order of its lines; null where it cannot be compared. */
  hash(rows: Uint32Array, sign: 1 | -1): number | null {
    let hash = 0;
    let count = 0;
    const known = this.each(rows, sign, (account, currency, units) => {
      hash = (hash + mixed(account, currency, units)) | 0;
      count++;
    });
    return known && count > 0 ? hash : null;
  }

  sorted(rows: Uint32Array, sign: 1 | -1): string {
    const list: string[] = [];
    this.each(rows, sign, (account, currency, units) => list.push(`${account} ${currency} ${units}`));
    return list.sort().join('\n');
  }
}

/**
 * Pairs of entries whose lines are each other's opposite in account, currency and amount, the second on the same day or up to
 * `mostDays` later. Each entry is in one pair at most; the nearest in time are paired first.
 */
export const reversals = (
  table: TransactionTable,
  entries: JournalEntries,
  mostDays: number,
  context: TestContext,
): { readonly pairs: Reversal[]; readonly compared: number; readonly excludedRows: number } => {
  const postings = new Postings(table);
  const byHash = new Map<number, number[]>();
  const opposite = new Int32Array(entries.count);
  const days = new Int32Array(entries.count).fill(UNKNOWN_DAY);
  const able: number[] = [];
  let excludedRows = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    reportProgress(context, entry, entries.count, 0, 0.6);
    const rows = rowsOf(entries, entry);
    if (rows.length === 0) continue;
    const day = firstDay(table, rows);
    const hash = rows.length > MOST_LINES || day === UNKNOWN_DAY ? null : postings.hash(rows, 1);
    if (hash === null) {
      excludedRows += rows.length;
      continue;
    }
    able.push(entry);
    days[entry] = day;
    opposite[entry] = postings.hash(rows, -1)!;
    const known = byHash.get(hash);
    if (known === undefined) byHash.set(hash, [entry]);
    else known.push(entry);
  }
  // The order of the rows must not decide which of several equal entries is taken.
  const keys = new Map<number, string>();
  const keyOf = (entry: number): string => {
    let key = keys.get(entry);
    if (key === undefined) {
      key = entryKey(table, rowsOf(entries, entry));
      keys.set(entry, key);
    }
    return key;
  };
  const inOrder = (a: number, b: number): number => {
    if (a === b || days[a] !== days[b]) return days[a]! - days[b]!;
    return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : a - b;
  };
  for (const same of byHash.values()) if (same.length > 1) same.sort(inOrder);
  const candidates: Reversal[] = [];
  for (const [i, booked] of able.entries()) {
    reportProgress(context, i, able.length, 0.6, 0.9);
    const others = byHash.get(opposite[booked]!);
    if (others === undefined) continue;
    const own = postings.sorted(rowsOf(entries, booked), 1);
    // The few nearest in time are enough: each is paired once.
    for (let at = firstFrom(others, days, days[booked]!), tried = 0; at < others.length && tried < MOST_TRIED; at++) {
      const undone = others[at]!;
      if (days[undone]! - days[booked]! > mostDays) break;
      if (undone === booked || inOrder(undone, booked) < 0) continue;
      tried++;
      if (postings.sorted(rowsOf(entries, undone), -1) !== own) continue;
      candidates.push({ booked, undone, bookedDay: days[booked]!, undoneDay: days[undone]! });
    }
  }
  candidates.sort(
    (a, b) =>
      a.undoneDay - a.bookedDay - (b.undoneDay - b.bookedDay) ||
      inOrder(a.booked, b.booked) ||
      inOrder(a.undone, b.undone),
  );
  const taken = new Set<number>();
  const pairs: Reversal[] = [];
  for (const pair of candidates) {
    if (taken.has(pair.booked) || taken.has(pair.undone)) continue;
    taken.add(pair.booked).add(pair.undone);
    pairs.push(pair);
  }
  return { pairs, compared: able.length, excludedRows };
};

/** Later entries looked at for each: where more are equal, the pairs differ in nothing but their numbers. */
const MOST_TRIED = 16;

/** Index of the first of the entries (by day) that is not before a day. */
const firstFrom = (entries: readonly number[], days: Int32Array, day: number): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[entries[middle]!]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
};
