import { powerOfTen, UnitSum } from '../../../kernel/decimal.ts';
import type { ReconciliationResult } from './reconciliation-match.ts';
import type { ReconciliationSide } from './reconciliation-side.ts';

/** An exact sum and the number of rows in it. */
export interface ProofFigure {
  readonly units: bigint;
  readonly rows: number;
}

/** One side's total and its parts. A proposed match settles nothing: its rows stand apart from the confirmed ones. */
export interface ProofSide {
  readonly total: ProofFigure;
  readonly confirmed: ProofFigure;
  readonly proposed: ProofFigure;
  readonly unmatched: ProofFigure;
  /** total = confirmed + proposed + unmatched, in units and in rows, computed separately. */
  readonly foots: boolean;
}

/** The proof of one currency. All figures in units of 10^-scale of `ReconciliationProof`. */
export interface CurrencyProof {
  /** Null: not stated and not to be told. */
  readonly currency: string | null;
  readonly bank: ProofSide;
  /** In the bank's sign: where both sides sign a movement oppositely, the ledger's amounts are turned. */
  readonly ledger: ProofSide;
  /** Bank total minus ledger total. */
  readonly difference: bigint;
  /** The same from the parts: (confirmed + proposed + unmatched) of the bank minus those of the ledger. */
  readonly explainedDifference: bigint;
  /** Both sides foot and both differences agree. */
  readonly foots: boolean;
}

export interface ReconciliationProof {
  readonly scale: number;
  readonly currencies: readonly CurrencyProof[];
  /** Rows whose amount is unknown: in no sum. */
  readonly bankRowsWithoutAmount: number;
  readonly ledgerRowsWithoutAmount: number;
  /** Every row of both sides stands in exactly one match or one list of unmatched rows. */
  readonly everyRowOnce: boolean;
  /** Every currency foots, and every row is counted once. */
  readonly foots: boolean;
}

class RunningFigure {
  private readonly sum = new UnitSum();
  private rows = 0;
  add(units: number): void {
    this.sum.add(units);
    this.rows++;
  }
  get figure(): ProofFigure {
    return { units: this.sum.value, rows: this.rows };
  }
}

interface RunningSide {
  readonly total: RunningFigure;
  readonly confirmed: RunningFigure;
  readonly proposed: RunningFigure;
  readonly unmatched: RunningFigure;
}

type Part = 'confirmed' | 'proposed' | 'unmatched';

interface SideParts {
  readonly byCurrency: ReadonlyMap<string | null, RunningSide>;
  readonly rowsWithoutAmount: number;
}

/**
 * Sums one side twice: all rows in one pass, and the parts from the lists of the result, so that a row lost or listed
 * twice shows as a proof that does not foot.
 */
const sumSide = (
  side: ReconciliationSide,
  sign: 1 | -1,
  currencyOf: (index: number) => string | null,
  parts: readonly { readonly part: Part; readonly index: number }[],
): SideParts => {
  const byCurrency = new Map<string | null, RunningSide>();
  const running = (currency: string | null): RunningSide => {
    let figures = byCurrency.get(currency);
    if (figures === undefined) {
      figures = {
        total: new RunningFigure(),
        confirmed: new RunningFigure(),
        proposed: new RunningFigure(),
        unmatched: new RunningFigure(),
      };
      byCurrency.set(currency, figures);
    }
    return figures;
  };
  let rowsWithoutAmount = 0;
  for (let index = 0; index < side.rowCount; index++) {
    const units = side.amountUnits[index] ?? Number.NaN;
    if (Number.isNaN(units)) rowsWithoutAmount++;
    else running(currencyOf(index)).total.add(sign * units);
  }
  for (const { part, index } of parts) {
    const units = side.amountUnits[index] ?? Number.NaN;
    if (!Number.isNaN(units)) running(currencyOf(index))[part].add(sign * units);
  }
  return { byCurrency, rowsWithoutAmount };
};

const eachOnce = (rowCount: number, parts: readonly { readonly index: number }[]): boolean => {
  const listed = new Uint8Array(rowCount);
  for (const { index } of parts) {
    if (listed[index] !== 0) return false;
    listed[index] = 1;
  }
  return parts.length === rowCount;
};

const NO_ROWS: ProofFigure = { units: 0n, rows: 0 };

const provenSide = (running: RunningSide | undefined, factor: bigint): ProofSide => {
  const scaled = (figure: ProofFigure): ProofFigure => ({ units: figure.units * factor, rows: figure.rows });
  const total = scaled(running?.total.figure ?? NO_ROWS);
  const confirmed = scaled(running?.confirmed.figure ?? NO_ROWS);
  const proposed = scaled(running?.proposed.figure ?? NO_ROWS);
  const unmatched = scaled(running?.unmatched.figure ?? NO_ROWS);
  const foots =
    total.units === confirmed.units + proposed.units + unmatched.units &&
    total.rows === confirmed.rows + proposed.rows + unmatched.rows;
  return { total, confirmed, proposed, unmatched, foots };
};

const partsSum = (side: ProofSide): bigint => side.confirmed.units + side.proposed.units + side.unmatched.units;

/** The reconciliation proof of a result: both sides' totals, their parts and that they foot, per currency, exactly. */
export const reconciliationProof = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  result: ReconciliationResult,
): ReconciliationProof => {
  const parts = (side: 'bank' | 'ledger') => [
    ...result.matches.flatMap(match => match[side].map(index => ({ part: match.status, index }))),
    ...(side === 'bank' ? result.unmatchedBank : result.unmatchedLedger).map(({ index }) => ({
      part: 'unmatched' as const,
      index,
    })),
  ];
  const bankParts = parts('bank');
  const ledgerParts = parts('ledger');
  const ofBank = sumSide(bank, 1, result.bankCurrency, bankParts);
  const ofLedger = sumSide(ledger, result.sign.used === 'same' ? 1 : -1, result.ledgerCurrency, ledgerParts);
  const everyRowOnce = eachOnce(bank.rowCount, bankParts) && eachOnce(ledger.rowCount, ledgerParts);
  const scale = Math.max(bank.scale, ledger.scale);
  const factor = (side: ReconciliationSide): bigint => BigInt(powerOfTen(scale - side.scale));
  const currencies = [...new Set([...ofBank.byCurrency.keys(), ...ofLedger.byCurrency.keys()])]
    .sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map((currency): CurrencyProof => {
      const bankSide = provenSide(ofBank.byCurrency.get(currency), factor(bank));
      const ledgerSide = provenSide(ofLedger.byCurrency.get(currency), factor(ledger));
      const difference = bankSide.total.units - ledgerSide.total.units;
      const explainedDifference = partsSum(bankSide) - partsSum(ledgerSide);
      return {
        currency,
        bank: bankSide,
        ledger: ledgerSide,
        difference,
        explainedDifference,
        foots: bankSide.foots && ledgerSide.foots && difference === explainedDifference,
      };
    });
  return {
    scale,
    currencies,
    bankRowsWithoutAmount: ofBank.rowsWithoutAmount,
    ledgerRowsWithoutAmount: ofLedger.rowsWithoutAmount,
    everyRowOnce,
    foots: everyRowOnce && currencies.every(proof => proof.foots),
  };
};
