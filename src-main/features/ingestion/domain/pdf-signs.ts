import type { PdfRecord } from './pdf-events.ts';
import { namesPayment } from './pdf-labels.ts';

/** Money of a record from the account holder's side: negative is money out. Null where nothing says which. */
export interface SignedRecord {
  readonly record: PdfRecord;
  units: number | null;
}

/** What the signs rest on. */
export type SignRule =
  | 'debit and credit columns'
  | 'marks'
  | 'running balance'
  | 'as written'
  | 'charges are positive'
  | 'sections'
  | 'words'
  | 'stated'
  | 'no transactions';

export interface SettledSigns {
  readonly rule: SignRule;
  readonly records: readonly SignedRecord[];
  /** 1: balances as printed; -1: what is printed is owed. */
  readonly balanceSign: 1 | -1;
  /** True where nothing in the file decides and the examiner must. */
  readonly open: boolean;
}

/** Balances before and after, as printed; null where not stated. */
export interface PrintedBalances {
  readonly opening: number | null;
  readonly closing: number | null;
}

const markOf = ({ money, mark }: PdfRecord): -1 | 0 | 1 =>
  mark !== 0 ? mark : money!.sign === 'mark' ? (money!.units < 0 ? -1 : 1) : 0;

const sum = (values: readonly (number | null)[]): bigint =>
  values.reduce<bigint>((total, value) => total + BigInt(value ?? 0), 0n);

/** True where the balances before and after differ by `total`; null where one of them is not stated. */
const proves = ({ opening, closing }: PrintedBalances, total: bigint): boolean | null =>
  opening === null || closing === null ? null : BigInt(closing) - BigInt(opening) === total;

/** How many steps of the running balance (forward or backward) equal the amounts, times `factor`. */
const steps = (records: readonly PdfRecord[], opening: number | null, factor: 1 | -1): number => {
  let forward = 0;
  let backward = 0;
  let before = opening;
  for (const [index, record] of records.entries()) {
    const balance = record.balance?.units ?? null;
    if (balance !== null && before !== null && balance - before === factor * record.money!.units) forward++;
    const next = records[index + 1]?.balance?.units ?? null;
    if (balance !== null && next !== null && balance - next === factor * record.money!.units) backward++;
    before = balance;
  }
  return Math.max(forward, backward);
};

/** How the balances stand to the amounts as written: 1 they move with them, -1 against them, 0 unproven. */
const orientation = (records: readonly PdfRecord[], balances: PrintedBalances): -1 | 0 | 1 => {
  const total = sum(records.map(record => record.money!.units));
  if (total !== 0n) {
    if (proves(balances, total) === true) return 1;
    if (proves(balances, -total) === true) return -1;
  }
  const along = steps(records, balances.opening, 1);
  const against = steps(records, balances.opening, -1);
  if (Math.max(along, against) < 2 || along === against) return 0;
  return along > against ? 1 : -1;
};

/** Share of payments to the account among amounts of one sign, by words. */
const paymentsAreNegative = (records: readonly PdfRecord[]): boolean | null => {
  const tally = { negative: 0, positive: 0 };
  for (const { money, text } of records)
    if (namesPayment(text.join(' '))) tally[money!.units < 0 ? 'negative' : 'positive']++;
  return tally.negative === tally.positive ? null : tally.negative > tally.positive;
};

/** Longest run of amounts without a balance between them whose signs are tried. */
const LONGEST_RUN = 12;

/** The one choice of signs that makes the amounts add up to `target`; null where none or several do. */
const solve = (amounts: readonly number[], target: bigint): readonly (1 | -1)[] | null => {
  if (amounts.length > LONGEST_RUN) return null;
  let found: (1 | -1)[] | null = null;
  for (let choice = 0; choice < 1 << amounts.length; choice++) {
    const signs = amounts.map((_, i) => ((choice >> i) & 1 ? -1 : 1) as 1 | -1);
    if (sum(amounts.map((amount, i) => amount * signs[i]!)) !== target) continue;
    if (found !== null) return null;
    found = signs;
  }
  return found;
};

/** Signs of unsigned amounts by the running balance; oldest first or newest first, whichever decides more. */
const byRunningBalance = (records: readonly PdfRecord[], balances: PrintedBalances): SignedRecord[] => {
  const attempt = (ordered: readonly PdfRecord[], start: number | null): SignedRecord[] => {
    const signed = ordered.map(record => ({ record, units: null as number | null }));
    let before = start;
    let from = 0;
    for (const [index, { record }] of signed.entries()) {
      const balance = record.balance?.units ?? null;
      if (balance === null) continue;
      const run = signed.slice(from, index + 1);
      if (before !== null) {
        const signs = solve(
          run.map(each => each.record.money!.units),
          BigInt(balance) - BigInt(before),
        );
        if (signs !== null) for (const [i, each] of run.entries()) each.units = each.record.money!.units * signs[i]!;
      }
      before = balance;
      from = index + 1;
    }
    return signed;
  };
  const decided = (signed: readonly SignedRecord[]): number => signed.filter(each => each.units !== null).length;
  const forward = attempt(records, balances.opening);
  const backward = attempt([...records].reverse(), balances.opening).reverse();
  return decided(backward) > decided(forward) ? backward : forward;
};

/** The side of a debit or credit column: a minus in a column of plain amounts is a reversal. */
const byColumns = (records: readonly PdfRecord[], swapped: boolean): SignedRecord[] => {
  const debits = records.filter(record => record.column === 'debit' && record.money!.units !== 0);
  const signedDebits = debits.length > 0 && debits.every(record => record.money!.units < 0);
  return records.map(record => {
    const { units } = record.money!;
    const side = swapped ? (record.column === 'debit' ? 'credit' : 'debit') : record.column;
    if (side === 'debit') return { record, units: signedDebits ? units : -units };
    return { record, units };
  });
};

const without = (value: number): number => (value === 0 ? 0 : value);

/**
 * The direction of every amount. `flip` is the examiner's answer; `assumed`: debit and credit columns were told by
 * their place alone. Marks and columns say it plainly; then the statement's own balances; then sections; then words of
 * card statements; else it stays open.
 */
export const settleSigns = (
  records: readonly PdfRecord[],
  balances: PrintedBalances,
  isCard: boolean,
  flip: boolean | null,
  assumed: boolean,
): SettledSigns => {
  const settled = settle(records, balances, isCard, flip, assumed);
  const signed = settled.records.map(({ record, units }) => ({
    record,
    units: units === null ? null : without(units),
  }));
  const total = sum(signed.map(each => each.units));
  const balanceSign: 1 | -1 =
    total !== 0n && proves(balances, total) === true
      ? 1
      : total !== 0n && proves(balances, -total) === true
        ? -1
        : settled.balanceSign;
  return { ...settled, records: signed, balanceSign };
};

const settle = (
  records: readonly PdfRecord[],
  balances: PrintedBalances,
  isCard: boolean,
  flip: boolean | null,
  assumed: boolean,
): SettledSigns => {
  const owed: 1 | -1 = isCard ? -1 : 1;
  const all = (factor: 1 | -1): SignedRecord[] =>
    records.map(record => ({ record, units: factor * record.money!.units }));
  if (records.length === 0) return { rule: 'no transactions', records: [], balanceSign: owed, open: false };
  if (records.some(record => record.column !== 'amount')) {
    const straight = byColumns(records, false);
    const crossed = byColumns(records, true);
    const swap =
      assumed &&
      !isCard &&
      proves(balances, sum(straight.map(each => each.units))) === false &&
      proves(balances, sum(crossed.map(each => each.units))) === true;
    return { rule: 'debit and credit columns', records: swap ? crossed : straight, balanceSign: owed, open: false };
  }
  const marks = records.map(markOf);
  if (marks.some(mark => mark !== 0)) return byMarks(records, marks, owed);
  if (flip !== null) return { rule: 'stated', records: all(flip ? -1 : 1), balanceSign: owed, open: false };
  const moves = orientation(records, balances);
  if (records.some(record => record.money!.units < 0)) return bySigns(records, moves, isCard, all);
  return unsigned(records, balances, isCard, moves, all);
};

const byMarks = (records: readonly PdfRecord[], marks: readonly (-1 | 0 | 1)[], owed: 1 | -1): SettledSigns => {
  const credits = marks.includes(1);
  const debits = marks.includes(-1);
  // One side marked: what has no mark is the other. Both marked: an amount without a mark says nothing.
  const plain = credits && debits ? 0 : credits ? -1 : 1;
  return {
    rule: 'marks',
    records: records.map((record, i) => {
      const { units } = record.money!;
      const direction = marks[i] === 0 ? plain : marks[i]!;
      if (direction === 0) return { record, units: record.money!.sign === 'sign' ? units : null };
      return { record, units: direction * (marks[i] === 0 ? units : Math.abs(units)) };
    }),
    balanceSign: owed,
    open: false,
  };
};

const bySigns = (
  records: readonly PdfRecord[],
  moves: -1 | 0 | 1,
  isCard: boolean,
  all: (factor: 1 | -1) => SignedRecord[],
): SettledSigns => {
  if (!isCard) return { rule: 'as written', records: all(moves === -1 ? -1 : 1), balanceSign: 1, open: false };
  const negativePayments = paymentsAreNegative(records);
  // A balance that is owed grows by charges: amounts that move with it are written from the bank's side.
  if (moves === 1 && negativePayments !== false)
    return { rule: 'charges are positive', records: all(-1), balanceSign: -1, open: false };
  if (moves === 1) return { rule: 'as written', records: all(1), balanceSign: 1, open: false };
  if (moves === -1) return { rule: 'as written', records: all(1), balanceSign: -1, open: false };
  if (negativePayments === null) return { rule: 'as written', records: all(1), balanceSign: -1, open: true };
  return negativePayments
    ? { rule: 'charges are positive', records: all(-1), balanceSign: -1, open: false }
    : { rule: 'as written', records: all(1), balanceSign: -1, open: false };
};

const unsigned = (
  records: readonly PdfRecord[],
  balances: PrintedBalances,
  isCard: boolean,
  moves: -1 | 0 | 1,
  all: (factor: 1 | -1) => SignedRecord[],
): SettledSigns => {
  const owed: 1 | -1 = isCard ? -1 : 1;
  const running = byRunningBalance(records, balances);
  const decided = running.filter(each => each.units !== null).length;
  if (decided > 0 && decided >= 0.5 * records.length)
    return {
      rule: 'running balance',
      records: running.map(each => ({ ...each, units: each.units === null ? null : owed * each.units })),
      balanceSign: owed,
      open: false,
    };
  if (records.every(record => record.section !== 0))
    return {
      rule: 'sections',
      records: records.map(record => ({ record, units: record.section * record.money!.units })),
      balanceSign: owed,
      open: false,
    };
  if (moves !== 0)
    return { rule: 'running balance', records: all((moves * owed) as 1 | -1), balanceSign: owed, open: false };
  const byWords = records.map(record => ({
    record,
    units: (namesPayment(record.text.join(' ')) ? 1 : -1) * record.money!.units,
  }));
  if (isCard && proves(balances, -sum(byWords.map(each => each.units))) === true)
    return { rule: 'words', records: byWords, balanceSign: -1, open: false };
  return { rule: 'as written', records: all(1), balanceSign: owed, open: true };
};
