import { formatUnits } from '../../../kernel/decimal.ts';
import type { ChosenBalances } from './pdf-balances.ts';
import type { PdfEvent, PdfRecord, PdfStated } from './pdf-events.ts';
import type { SettledSigns } from './pdf-signs.ts';
import type { StatementSink } from './statement-sink.ts';

/** Lines of one kind that are told one by one; more are told as a number. */
const MOST_TOLD = 10;

/** Totals of something else than the lines above them. */
const OTHER_TOTAL =
  /\b(?:year|ytd|tax|vat|iva|mwst|ust|tva|a[nñ]o|ann[ée]e|jahr|anno|ano|fees?|interest|inter[eé]s(?:es)?|zinsen|points|puntos|minimum|due)\b/i;

/** What checking a statement against itself came to. */
export interface PdfChecks {
  /** opening + transactions = closing; null where a balance is not stated. */
  readonly balanced: boolean | null;
  /** Lines whose running balance was checked, and those that do not agree. */
  readonly balancesChecked: number;
  readonly balancesFailed: number;
  readonly totalsChecked: number;
  readonly totalsFailed: number;
}

/** Checks a statement against its own balances, running balances, sums carried over pages and totals. */
export const checkStatement = (
  sink: StatementSink,
  events: readonly PdfEvent[],
  signs: SettledSigns,
  balances: ChosenBalances,
  scale: number,
): PdfChecks => {
  const { balanceSign } = signs;
  const unitsOf = new Map<PdfRecord, number | null>(signs.records.map(({ record, units }) => [record, units]));
  const money = (units: bigint): string => formatUnits(units, scale);
  const tell = (row: number, message: string): void => sink.warn({ row, code: 'pdf.arithmetic', message });

  const total = signs.records.reduce((sum, { units }) => sum + BigInt(units ?? 0), 0n);
  let balanced: boolean | null = null;
  if (balances.opening !== null && balances.closing !== null) {
    const difference = BigInt(balanceSign) * (BigInt(balances.closing) - BigInt(balances.opening)) - total;
    balanced = difference === 0n;
    if (!balanced)
      tell(
        balances.closingLine!.row,
        `The balance before (${money(BigInt(balances.opening))}) and the transactions read (${money(total)}) do not give the balance after (${money(BigInt(balances.closing))}): the difference is ${money(difference)}. A line may be missing or read wrongly; compare with the page.`,
      );
  }
  const running = checkRunning(signs, balances.opening, tell, money);
  const carried = checkTotals(events, unitsOf, balances, balanceSign, tell, money);
  return { balanced, ...running, ...carried };
};

type Tell = (row: number, message: string) => void;
type Show = (units: bigint) => string;

const checkRunning = (
  signs: SettledSigns,
  opening: number | null,
  tell: Tell,
  money: Show,
): Pick<PdfChecks, 'balancesChecked' | 'balancesFailed'> => {
  const follow = (records: SettledSigns['records'], start: number | null): { row: number; difference: bigint }[] => {
    const found: { row: number; difference: bigint }[] = [];
    let before = start === null ? null : BigInt(start) * BigInt(signs.balanceSign);
    let moved = 0n;
    for (const { record, units } of records) {
      moved += BigInt(units ?? 0);
      if (record.balance === null) continue;
      const balance = BigInt(record.balance.units) * BigInt(signs.balanceSign);
      if (before !== null) found.push({ row: record.firstRow, difference: balance - before - moved });
      before = balance;
      moved = 0n;
    }
    return found;
  };
  const forward = follow(signs.records, opening);
  const backward = follow([...signs.records].reverse(), opening);
  const failedOf = (steps: typeof forward): typeof forward => steps.filter(step => step.difference !== 0n);
  const steps = failedOf(backward).length < failedOf(forward).length ? backward : forward;
  const failed = failedOf(steps);
  for (const { row, difference } of failed.slice(0, MOST_TOLD))
    tell(
      row,
      `The balance on line ${row} does not follow from the one before it: the difference is ${money(difference)}.`,
    );
  if (failed.length > MOST_TOLD)
    tell(failed[MOST_TOLD]!.row, `${failed.length - MOST_TOLD} more balances do not follow from the ones before them.`);
  return { balancesChecked: steps.length, balancesFailed: failed.length };
};

const magnitude = (units: bigint): bigint => (units < 0n ? -units : units);

const checkTotals = (
  events: readonly PdfEvent[],
  unitsOf: ReadonlyMap<PdfRecord, number | null>,
  balances: ChosenBalances,
  balanceSign: 1 | -1,
  tell: Tell,
  money: Show,
): Pick<PdfChecks, 'totalsChecked' | 'totalsFailed'> => {
  let checked = 0;
  let failed = 0;
  const all = { debits: 0n, credits: 0n };
  let part = { debits: 0n, credits: 0n };
  let started = false;
  const check = (event: PdfStated, agrees: boolean, found: string): void => {
    checked++;
    if (agrees) return;
    failed++;
    tell(
      event.row,
      `Line ${event.row} states ${money(BigInt(event.money.units))} ("${event.text.slice(0, 60)}"); ${found}.`,
    );
  };
  for (const event of events) {
    if (event.kind === 'record') {
      const units = BigInt(unitsOf.get(event) ?? 0);
      for (const sums of [all, part]) {
        if (units < 0n) sums.debits -= units;
        else sums.credits += units;
      }
      started = true;
      continue;
    }
    if (event.kind !== 'stated' || !started || event === balances.closingLine || event === balances.openingLine)
      continue;
    const found = `the transactions before it add up to debits ${money(all.debits)}, credits ${money(all.credits)}`;
    if (event.label === 'turnover') {
      if (event.column === null) continue;
      const agrees = [part, all].some(sums => totalAgrees(event, sums));
      if (agrees || !OTHER_TOTAL.test(event.text)) check(event, agrees, found);
      part = { debits: 0n, credits: 0n };
    } else if (event.label === 'carried' || event.label === 'dated') {
      const { debit, credit } = event.assigned;
      if (debit !== undefined || credit !== undefined)
        check(event, totalAgrees(event, all) || carriedAgrees(event, all, balances, balanceSign), found);
      else if (balances.opening !== null) check(event, carriedAgrees(event, all, balances, balanceSign), found);
    }
  }
  return { totalsChecked: checked, totalsFailed: failed };
};

interface Sums {
  readonly debits: bigint;
  readonly credits: bigint;
}

const totalAgrees = ({ assigned, money }: PdfStated, { debits, credits }: Sums): boolean => {
  const { debit, credit } = assigned;
  if (debit !== undefined || credit !== undefined)
    return (
      (debit === undefined || magnitude(BigInt(debit.units)) === debits) &&
      (credit === undefined || magnitude(BigInt(credit.units)) === credits)
    );
  const stated = magnitude(BigInt(money.units));
  return stated === debits || stated === credits || stated === magnitude(credits - debits);
};

const carriedAgrees = (
  { assigned, money }: PdfStated,
  { debits, credits }: Sums,
  { opening }: ChosenBalances,
  balanceSign: 1 | -1,
): boolean => {
  if (opening === null) return false;
  const balance = BigInt(balanceSign) * BigInt(opening) + credits - debits;
  const { debit, credit } = assigned;
  // A balance in the column of its side: debits are what is owed.
  if (debit !== undefined && credit === undefined && assigned.balance === undefined)
    return BigInt(debit.units) === -balance || BigInt(debit.units) === balance;
  return BigInt((assigned.balance ?? credit ?? money).units) * BigInt(balanceSign) === balance;
};
