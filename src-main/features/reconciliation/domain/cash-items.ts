import { type CivilDay, civilParts, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import type { CashLineKind } from './cash-line.ts';
import type { ReconciliationMatch, ReconciliationResult } from './reconciliation-match.ts';
import type { ReconciliationSide } from './reconciliation-side.ts';

/** A row as the proof of cash needs it. */
export interface CashItem {
  readonly side: 'bank' | 'ledger';
  readonly index: number;
  /** In the bank's sign, at the proof's scale. */
  readonly units: number;
  /** Year × 12 + month − 1 of its day. */
  readonly month: number;
  /** Month in which all rows of its match are there; +∞ where it has no match. */
  readonly settled: number;
  readonly ownTransfer: boolean;
  /** The sides of its match differ in receipts, disbursements or currency: a fee, netting, a tolerance, a conversion. */
  readonly differs: boolean;
  readonly proposed: boolean;
  /** The lines in which it stands while its match is not complete. */
  readonly begin: CashLineKind;
  readonly end: CashLineKind;
}

export interface CashItems {
  readonly scale: number;
  readonly byCurrency: ReadonlyMap<string | null, readonly CashItem[]>;
  /** Rows that can be placed nowhere: amount or day unknown, or confirmed to repeat another. */
  readonly unplacedBank: readonly number[];
  readonly unplacedLedger: readonly number[];
}

const monthOf = (day: CivilDay): number => {
  const { year, month } = civilParts(day);
  return year * 12 + month - 1;
};

type OpenLines = Pick<CashItem, 'begin' | 'end'>;

const openLinesOf = (result: ReconciliationResult): ReadonlyMap<number, OpenLines> => {
  const lines = new Map<number, OpenLines>();
  for (const { index, proposals } of result.unmatchedBank)
    if (proposals.some(({ kind }) => kind === 'bank-fee'))
      lines.set(index, { begin: 'charges-not-booked-begin', end: 'charges-not-booked-end' });
    else if (proposals.some(({ kind }) => kind === 'bank-interest'))
      lines.set(index, { begin: 'interest-not-booked-begin', end: 'interest-not-booked-end' });
  return lines;
};

const OTHER: OpenLines = { begin: 'other-not-booked-begin', end: 'other-not-booked-end' };
const IN_TRANSIT: OpenLines = { begin: 'in-transit-begin', end: 'in-transit-end' };
const OUTSTANDING: OpenLines = { begin: 'outstanding-begin', end: 'outstanding-end' };

/** The rows of both sides by currency, each with the month its match is complete in. */
export const cashItems = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  result: ReconciliationResult,
): CashItems => {
  const scale = Math.max(bank.scale, ledger.scale);
  const sides = {
    bank: { rows: bank, factor: powerOfTen(scale - bank.scale), currencyOf: result.bankCurrency },
    ledger: {
      rows: ledger,
      factor: powerOfTen(scale - ledger.scale) * (result.sign.used === 'opposite' ? -1 : 1),
      currencyOf: result.ledgerCurrency,
    },
  };
  const open = openLinesOf(result);
  const unplaced: { readonly bank: number[]; readonly ledger: number[] } = { bank: [], ledger: [] };
  const byCurrency = new Map<string | null, CashItem[]>();
  const unitsOf = (side: 'bank' | 'ledger', index: number): number =>
    (sides[side].rows.amountUnits[index] ?? Number.NaN) * sides[side].factor;

  const enter = (
    side: 'bank' | 'ledger',
    index: number,
    of: Pick<CashItem, 'settled' | 'ownTransfer' | 'differs' | 'proposed'>,
  ): void => {
    const units = unitsOf(side, index);
    const day = sides[side].rows.day[index] ?? UNKNOWN_DAY;
    if (!Number.isSafeInteger(units) || day === UNKNOWN_DAY || sides[side].rows.repeated?.has(index) === true) {
      unplaced[side].push(index);
      return;
    }
    const lines = side === 'bank' ? (open.get(index) ?? OTHER) : units < 0 ? OUTSTANDING : IN_TRANSIT;
    const currency = sides[side].currencyOf(index);
    const item = { side, index, units, month: monthOf(day), ...of, ...lines };
    const list = byCurrency.get(currency);
    if (list === undefined) byCurrency.set(currency, [item]);
    else list.push(item);
  };

  const flowsDiffer = ({ bank: ofBank, ledger: ofLedger }: ReconciliationMatch): boolean => {
    const currency = sides.bank.currencyOf(ofBank[0] ?? -1);
    let receipts = 0;
    let disbursements = 0;
    for (const [side, indexes, sign] of [
      ['bank', ofBank, 1],
      ['ledger', ofLedger, -1],
    ] as const)
      for (const index of indexes) {
        if (sides[side].currencyOf(index) !== currency) return true;
        const units = unitsOf(side, index);
        if (units < 0) disbursements += sign * units;
        else receipts += sign * units;
      }
    return receipts !== 0 || disbursements !== 0;
  };

  const placed = (side: 'bank' | 'ledger', index: number): boolean =>
    Number.isSafeInteger(unitsOf(side, index)) &&
    (sides[side].rows.day[index] ?? UNKNOWN_DAY) !== UNKNOWN_DAY &&
    sides[side].rows.repeated?.has(index) !== true;
  for (const match of result.matches) {
    const members = (['bank', 'ledger'] as const).flatMap(side => match[side].map(index => ({ side, index })));
    // A match of which a row cannot be placed is never complete: its other rows stay open.
    const complete = members.every(({ side, index }) => placed(side, index));
    const days = members.map(({ side, index }) => sides[side].rows.day[index] ?? UNKNOWN_DAY);
    const of = {
      settled: complete ? monthOf(Math.max(...days)) : Number.POSITIVE_INFINITY,
      ownTransfer: match.kind === 'own-transfer',
      differs: match.kind !== 'own-transfer' && flowsDiffer(match),
      proposed: match.status === 'proposed',
    };
    for (const { side, index } of members) enter(side, index, of);
  }
  const alone = { settled: Number.POSITIVE_INFINITY, ownTransfer: false, differs: false, proposed: false };
  for (const { index } of result.unmatchedBank) enter('bank', index, alone);
  for (const { index } of result.unmatchedLedger) enter('ledger', index, alone);
  return { scale, byCurrency, unplacedBank: unplaced.bank, unplacedLedger: unplaced.ledger };
};
