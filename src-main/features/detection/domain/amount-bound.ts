import type { Decimal } from '../../../kernel/decimal.ts';

/**
 * The smallest integer of units (at `amountScale`) that is not below `bound` × `percent` / 100, exactly.
 * So `units >= unitsAtLeast(b)` says amount ≥ b, and `units < unitsAtLeast(b)` says amount < b, whatever decimals the bound
 * has. `percent` is a decimal too: 10,000 × (100 − 5) % is unitsAtLeast({units: 10000, scale: 0}, 2, {units: 95, scale: 0}).
 */
export const unitsAtLeast = (
  bound: Decimal,
  amountScale: number,
  percent: Decimal = { units: 100, scale: 0 },
): number => {
  const numerator = BigInt(bound.units) * BigInt(percent.units) * 10n ** BigInt(amountScale);
  const denominator = 100n * 10n ** BigInt(bound.scale + percent.scale);
  const quotient = numerator / denominator;
  return Number(numerator > quotient * denominator ? quotient + 1n : quotient);
};
