import { type CivilDay, civilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type CashItem, cashItems } from './cash-items.ts';
import {
  BANK_LINES,
  BOOK_LINES,
  CASH_LINES,
  type CashLine,
  type CashLineKind,
  figureOf,
  footsAcross,
  GrowingLine,
  sumOfLines,
} from './cash-line.ts';
import type { ReconciliationResult } from './reconciliation-match.ts';
import type { ReconciliationSide } from './reconciliation-side.ts';

/** What a side states of its balances before its first and after its last row, in its own sign, all its accounts together; null: not stated. */
export interface StatedBalances {
  readonly currency: string | null;
  readonly scale: number;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
}

/** The proof of one month and currency. */
export interface MonthProof {
  readonly currency: string | null;
  /** First and last day of the month. */
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** In the order of CASH_LINES; adjusting lines that no row stands in are left out. */
  readonly lines: readonly CashLine[];
  /** Every line: opening + receipts − disbursements = closing; null where a balance is not stated. */
  readonly footsAcross: boolean | null;
  /** Adjusted bank and adjusted books agree in receipts and in disbursements. */
  readonly crossFoots: boolean;
  /** They agree in both balances; null where one is not stated. */
  readonly balancesAgree: boolean | null;
  /** Rows of this month, or open in it, whose match is only proposed. */
  readonly proposedRows: number;
}

/** All figures in units of 10^-scale, in the bank's sign; disbursements are positive. */
export interface ProofOfCash {
  readonly scale: number;
  /** By currency, then by month. */
  readonly months: readonly MonthProof[];
  /** Rows (by index) that stand in no month: amount or day unknown, or confirmed to repeat another. */
  readonly unplacedBank: readonly number[];
  readonly unplacedLedger: readonly number[];
  /** Currencies that are not laid out by month, in plain words. */
  readonly limits: readonly string[];
}

/** More months with rows than this are no bookkeeping but broken dates. */
const MOST_MONTHS = 1200;

interface Balances {
  readonly opening: bigint | null;
  readonly closing: bigint | null;
}

/** The same balances with the other sign: those of books that sign a movement oppositely, turned as their rows are. */
const turned = (stated: readonly StatedBalances[]): StatedBalances[] =>
  stated.map(({ opening, closing, ...rest }) => ({
    ...rest,
    opening: opening === null ? null : -opening,
    closing: closing === null ? null : -closing,
  }));

const firstDay = (month: number): CivilDay => civilDay(Math.floor(month / 12), (month % 12) + 1, 1) ?? UNKNOWN_DAY;

/** Enters one row into the lines of a month. */
const enter = (item: CashItem, month: number, line: (kind: CashLineKind) => GrowingLine): void => {
  const { side, index, units } = item;
  const flow = units < 0 ? 'disbursements' : 'receipts';
  const magnitude = Math.abs(units);
  if (item.month === month) line(side === 'bank' ? 'per-bank' : 'per-books')[flow].add(side, index, magnitude);
  // Open before the month: its effect on the balance came earlier, so the month's flow is less by it.
  if (item.month < month && item.settled >= month) {
    const begin = line(item.begin);
    begin.opening.add(side, index, units);
    begin[flow].add(side, index, -magnitude);
  }
  if (item.month <= month && item.settled > month) {
    const end = line(item.end);
    end[flow].add(side, index, magnitude);
    end.closing.add(side, index, units);
  }
  if (item.settled > month || !(item.differs || item.ownTransfer)) return;
  const kind = !item.ownTransfer ? 'within-matches' : side === 'bank' ? 'own-transfers-bank' : 'own-transfers-books';
  // Differences within matches bring the books to the bank; own transfers leave the side that shows them.
  const sign = !item.ownTransfer && side === 'bank' ? 1 : -1;
  const adjusting = line(kind);
  if (item.settled < month) adjusting.opening.add(side, index, sign * units);
  else adjusting[flow].add(side, index, sign * magnitude);
  adjusting.closing.add(side, index, sign * units);
};

/** Lines that are printed although no row stands in them. */
const ALWAYS: ReadonlySet<CashLineKind> = new Set([
  'per-bank',
  'in-transit-begin',
  'in-transit-end',
  'outstanding-begin',
  'outstanding-end',
  'per-books',
]);

const monthProof = (
  currency: string | null,
  items: readonly CashItem[],
  month: number,
  bank: Balances,
  books: Balances,
): MonthProof => {
  const growing = new Map<CashLineKind, GrowingLine>();
  const lineOf = (kind: CashLineKind): GrowingLine => {
    const known = growing.get(kind) ?? new GrowingLine();
    growing.set(kind, known);
    return known;
  };
  let proposedRows = 0;
  for (const item of items) {
    if (item.month > month) continue;
    enter(item, month, lineOf);
    if (item.proposed && (item.month === month || item.settled >= month)) proposedRows++;
  }
  const made = new Map<CashLineKind, CashLine>();
  for (const kind of CASH_LINES) {
    const line = growing.get(kind);
    if (line !== undefined || ALWAYS.has(kind)) made.set(kind, (line ?? new GrowingLine()).line(kind));
  }
  const withBalances = (kind: 'per-bank' | 'per-books', { opening, closing }: Balances): void => {
    const line = made.get(kind) ?? new GrowingLine().line(kind);
    made.set(kind, { ...line, opening: figureOf(opening), closing: figureOf(closing) });
  };
  withBalances('per-bank', bank);
  withBalances('per-books', books);
  const present = (kinds: readonly CashLineKind[]): { readonly line: CashLine; readonly sign: 1n }[] =>
    kinds.flatMap(kind => {
      const line = made.get(kind);
      return line === undefined ? [] : [{ line, sign: 1n as const }];
    });
  const adjustedBank = sumOfLines('adjusted-bank', present(BANK_LINES));
  const adjustedBooks = sumOfLines('adjusted-books', present(BOOK_LINES));
  const difference = sumOfLines('difference', [
    { line: adjustedBank, sign: 1n },
    { line: adjustedBooks, sign: -1n },
  ]);
  for (const line of [adjustedBank, adjustedBooks, difference]) made.set(line.kind, line);
  const lines = CASH_LINES.flatMap(kind => {
    const line = made.get(kind);
    return line === undefined ? [] : [line];
  });
  const across = lines.map(footsAcross);
  const balances = [difference.opening.units, difference.closing.units];
  return {
    currency,
    from: firstDay(month),
    to: firstDay(month + 1) - 1,
    lines,
    footsAcross: across.includes(false) ? false : across.includes(null) ? null : true,
    crossFoots: difference.receipts.units === 0n && difference.disbursements.units === 0n,
    balancesAgree: balances.includes(null) ? null : balances.every(units => units === 0n),
    proposedRows,
  };
};

/** Net movement of one side by month. */
const movements = (items: readonly CashItem[], side: 'bank' | 'ledger'): Map<number, bigint> => {
  const sums = new Map<number, bigint>();
  for (const item of items)
    if (item.side === side) sums.set(item.month, (sums.get(item.month) ?? 0n) + BigInt(item.units));
  return sums;
};

/** The balances before and after each month: carried forward from the stated opening; after the last month what is stated. */
const balancesByMonth = (
  stated: StatedBalances | undefined,
  scale: number,
  moved: ReadonlyMap<number, bigint>,
  months: readonly number[],
): Balances[] => {
  const at = (units: bigint | null): bigint | null =>
    units === null || stated === undefined ? null : units * 10n ** BigInt(scale - stated.scale);
  let balance = at(stated?.opening ?? null);
  const closingStated = at(stated?.closing ?? null);
  return months.map((month, at) => {
    const opening = balance;
    balance = balance === null ? null : balance + (moved.get(month) ?? 0n);
    return { opening, closing: at === months.length - 1 && closingStated !== null ? closingStated : balance };
  });
};

/**
 * The four-column proof of cash (proof of cash, four-column bank reconciliation) of every month in which a row stands, per
 * currency, built from a result: opening balance, receipts, disbursements and closing balance per bank and per books, brought
 * to each other by deposits in transit, outstanding payments and entries that are not booked, at the start and the end of the
 * month. Proposed matches count as matched; how many rows rest on them is said. Method: docs/specs/proof-of-cash.md.
 */
export const proofOfCash = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  result: ReconciliationResult,
  stated: { readonly bank: readonly StatedBalances[]; readonly books: readonly StatedBalances[] },
): ProofOfCash => {
  const { scale: rowScale, byCurrency, unplacedBank, unplacedLedger } = cashItems(bank, ledger, result);
  const scale = Math.max(rowScale, ...[...stated.bank, ...stated.books].map(balance => balance.scale));
  const up = 10 ** (scale - rowScale);
  const books = result.sign.used === 'opposite' ? turned(stated.books) : stated.books;
  const proofs: MonthProof[] = [];
  const limits: string[] = [];
  for (const currency of [...byCurrency.keys()].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))) {
    const items = (byCurrency.get(currency) ?? []).map(item => (up === 1 ? item : { ...item, units: item.units * up }));
    const months = [...new Set(items.map(({ month }) => month))].sort((a, b) => a - b);
    if (months.length > MOST_MONTHS) {
      limits.push(
        `the rows in ${currency ?? 'no stated currency'} lie in ${months.length} months: no proof of cash is laid out for them`,
      );
      continue;
    }
    const of = (list: readonly StatedBalances[], side: 'bank' | 'ledger'): Balances[] =>
      balancesByMonth(
        list.find(balance => balance.currency === currency),
        scale,
        movements(items, side),
        months,
      );
    const ofBank = of(stated.bank, 'bank');
    const ofBooks = of(books, 'ledger');
    const unknown: Balances = { opening: null, closing: null };
    months.forEach((month, at) => {
      proofs.push(monthProof(currency, items, month, ofBank[at] ?? unknown, ofBooks[at] ?? unknown));
    });
  }
  return { scale, months: proofs, unplacedBank, unplacedLedger, limits };
};
