import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';

/** What is left between two sides of picked rows, by currency; the screen's figure only: the engine states the decided one. */
export interface PickedSum {
  readonly currency: string | null;
  /** Decimal texts. */
  readonly a: string;
  readonly b: string;
  readonly remaining: string;
}

interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

const exact = (text: string): Exact => {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(`${whole}${fraction}`), scale: fraction.length };
};
const atScale = ({ units, scale }: Exact, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

const textOf = (units: bigint, scale: number): string => {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
};

/**
 * Exact sums of the picked rows of both sides by currency, and side A less side B. `isOpposite`: both sides sign a movement
 * oppositely, so B counts turned.
 */
export const pickedSums = (
  a: readonly TransactionRow[],
  b: readonly TransactionRow[],
  isOpposite: boolean,
): readonly PickedSum[] => {
  const currencies = [...new Set([...a, ...b].map(({ currency }) => currency))];
  return currencies.map(currency => {
    const of = (rows: readonly TransactionRow[]): Exact[] =>
      rows.filter(row => row.currency === currency).map(({ amount }) => exact(amount));
    const [ofA, ofB] = [of(a), of(b)];
    const scale = Math.max(0, ...[...ofA, ...ofB].map(amount => amount.scale));
    const sum = (amounts: readonly Exact[]): bigint =>
      amounts.reduce((total, amount) => total + atScale(amount, scale), 0n);
    const sumB = isOpposite ? -sum(ofB) : sum(ofB);
    return {
      currency,
      a: textOf(sum(ofA), scale),
      b: textOf(sumB, scale),
      remaining: textOf(sum(ofA) - sumB, scale),
    };
  });
};

/** Whether nothing is left over in any currency. */
export const isSettled = (sums: readonly PickedSum[]): boolean =>
  sums.every(({ remaining }) => /^-?0(\.0+)?$/.test(remaining));
