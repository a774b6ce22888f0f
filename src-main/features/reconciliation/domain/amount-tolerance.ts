import type { Decimal } from '../../../kernel/decimal.ts';

/** The larger of a fixed part (units of the common scale) and a share of the bank's amount. */
export interface AmountTolerance {
  readonly absolute: number;
  /** Percent, as an exact decimal. */
  readonly percent: Decimal;
}

/** `percent` of an amount in whole units, rounded down; exact at any size. */
export const percentOf = (units: number, percent: Decimal): number => {
  if (percent.units === 0) return 0;
  const product = Math.abs(units) * percent.units;
  const divisor = 100 * 10 ** percent.scale;
  return Number.isSafeInteger(product)
    ? Math.floor(product / divisor)
    : Number((BigInt(Math.abs(units)) * BigInt(percent.units)) / BigInt(divisor));
};

/** What a ledger amount may differ from this bank amount. */
export const toleranceOf = (tolerance: AmountTolerance, bankUnits: number): number =>
  Math.max(tolerance.absolute, percentOf(bankUnits, tolerance.percent));

/** A bound of what any bank amount may differ from this ledger amount: bank ≤ ledger ÷ (1 − percent). */
export const reachOf = (tolerance: AmountTolerance, ledgerUnits: number): number => {
  const { percent, absolute } = tolerance;
  if (percent.units === 0) return absolute;
  const whole = 100 * 10 ** percent.scale;
  return Math.max(absolute, Math.ceil((Math.abs(ledgerUnits) * percent.units) / (whole - percent.units)) + 1);
};
