import { UnitSum } from '../../../kernel/decimal.ts';

/** The lines of a four-column proof of cash, in the order they are printed. */
export const CASH_LINES = [
  'per-bank',
  'in-transit-begin',
  'in-transit-end',
  'outstanding-begin',
  'outstanding-end',
  'own-transfers-bank',
  'adjusted-bank',
  'per-books',
  'charges-not-booked-begin',
  'charges-not-booked-end',
  'interest-not-booked-begin',
  'interest-not-booked-end',
  'other-not-booked-begin',
  'other-not-booked-end',
  'within-matches',
  'own-transfers-books',
  'adjusted-books',
  'difference',
] as const;
export type CashLineKind = (typeof CASH_LINES)[number];

/** Lines that add up to the adjusted bank and to the adjusted books. */
export const BANK_LINES: readonly CashLineKind[] = CASH_LINES.slice(0, CASH_LINES.indexOf('adjusted-bank'));
export const BOOK_LINES: readonly CashLineKind[] = CASH_LINES.slice(
  CASH_LINES.indexOf('per-books'),
  CASH_LINES.indexOf('adjusted-books'),
);

/** One figure and the rows (by index) behind it; no rows for a balance that is carried forward or a sum of lines. */
export interface CashFigure {
  /** Null: unknown, because a balance is not stated. */
  readonly units: bigint | null;
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
}

/** Money in and money out of the month, and the balances before and after it; disbursements are positive. */
export interface CashLine {
  readonly kind: CashLineKind;
  readonly opening: CashFigure;
  readonly receipts: CashFigure;
  readonly disbursements: CashFigure;
  readonly closing: CashFigure;
}

type CashColumn = Exclude<keyof CashLine, 'kind'>;

class GrowingFigure {
  private readonly sum = new UnitSum();
  private readonly bank: number[] = [];
  private readonly ledger: number[] = [];
  add(side: 'bank' | 'ledger', index: number, units: number): void {
    this.sum.add(units);
    this[side].push(index);
  }
  get figure(): CashFigure {
    return { units: this.sum.value, bank: this.bank, ledger: this.ledger };
  }
}

/** A line while its rows are entered. */
export class GrowingLine {
  readonly opening = new GrowingFigure();
  readonly receipts = new GrowingFigure();
  readonly disbursements = new GrowingFigure();
  readonly closing = new GrowingFigure();
  line(kind: CashLineKind): CashLine {
    return {
      kind,
      opening: this.opening.figure,
      receipts: this.receipts.figure,
      disbursements: this.disbursements.figure,
      closing: this.closing.figure,
    };
  }
}

const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b);

/** A figure without rows of its own. */
export const figureOf = (units: bigint | null): CashFigure => ({ units, bank: [], ledger: [] });

/** The sum of lines, column by column; unknown where one of them is. `sign` −1 for lines to be subtracted. */
export const sumOfLines = (
  kind: CashLineKind,
  lines: readonly { readonly line: CashLine; readonly sign: 1n | -1n }[],
): CashLine => {
  const column = (name: CashColumn): CashFigure =>
    figureOf(
      lines.reduce<bigint | null>((sum, { line, sign }) => {
        const { units } = line[name];
        return plus(sum, units === null ? null : sign * units);
      }, 0n),
    );
  return {
    kind,
    opening: column('opening'),
    receipts: column('receipts'),
    disbursements: column('disbursements'),
    closing: column('closing'),
  };
};

/** opening + receipts − disbursements = closing; null where one of them is unknown. */
export const footsAcross = ({ opening, receipts, disbursements, closing }: CashLine): boolean | null =>
  opening.units === null || closing.units === null || receipts.units === null || disbursements.units === null
    ? null
    : opening.units + receipts.units - disbursements.units === closing.units;
