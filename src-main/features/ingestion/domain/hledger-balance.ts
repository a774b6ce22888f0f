import type { Quantity } from './hledger-values.ts';
import {
  add,
  divide,
  halfUnit,
  isWithin,
  magnitude,
  multiply,
  negate,
  type Rational,
  rationalText,
  ZERO,
} from './plaintext-rational.ts';

/** A posting of an entry, ready to be weighed. */
export interface WeighedPosting {
  readonly amount: Quantity;
  readonly cost: { readonly total: boolean; readonly price: Quantity } | null;
  readonly lot: { readonly total: boolean; readonly price: Quantity } | null;
}

export type Sums = ReadonlyMap<string, Rational>;

/** `C` directives: commodities that are fixed multiples of others (1.00G = 100s). */
export class UnitConversions {
  private readonly smaller = new Map<string, { readonly commodity: string; readonly factor: Rational }>();

  /** States that `one` is worth `other`. */
  state(one: Quantity, other: Quantity): void {
    const factor = divide(other.value, one.value);
    if (factor !== null && one.commodity !== other.commodity)
      this.smaller.set(one.commodity, { commodity: other.commodity, factor });
  }

  /** The commodity and factor of the smallest unit a commodity is made of; the commodity itself where it is none. */
  base(commodity: string): { readonly commodity: string; readonly factor: Rational } {
    let at = { commodity, factor: { n: 1n, d: 1n } as Rational };
    for (let step = 0; step <= this.smaller.size; step++) {
      const next = this.smaller.get(at.commodity);
      if (next === undefined) return at;
      at = { commodity: next.commodity, factor: multiply(at.factor, next.factor) };
    }
    return { commodity, factor: { n: 1n, d: 1n } };
  }

  get size(): number {
    return this.smaller.size;
  }
}

/**
 * What a posting counts in the balance of its entry: its cost (`@` each, `@@` in all) or, with `byLot`, its lot price,
 * else its own amount. hledger goes by cost and ledger, of a lot sold at another price, by the lot.
 */
export const weightOf = ({ amount, cost, lot }: WeighedPosting, byLot: boolean): Quantity => {
  const price = cost === null ? null : byLot && lot !== null ? lot : cost;
  if (price === null) return amount;
  const each = magnitude(price.price.value);
  const { commodity, scale } = price.price;
  if (!price.total) return { value: multiply(amount.value, price.price.value), commodity, scale };
  return { value: amount.value.n < 0n ? negate(each) : each, commodity, scale };
};

/** Sums of weights by commodity; with conversions, by smallest unit where more than one commodity is involved. */
export const sumsOf = (weights: readonly Quantity[], units: UnitConversions): Sums => {
  const sums = addUp(weights);
  if (units.size === 0 || sums.size < 2) return sums;
  return addUp(
    [...sums].map(([commodity, value]) => {
      const base = units.base(commodity);
      return { value: multiply(value, base.factor), commodity: base.commodity, scale: 0 };
    }),
  );
};

const addUp = (quantities: readonly Quantity[]): Map<string, Rational> => {
  const sums = new Map<string, Rational>();
  for (const { value, commodity } of quantities) sums.set(commodity, add(sums.get(commodity) ?? ZERO, value));
  return sums;
};

/** Commodities whose sum is not zero at the precision they are written with. */
export const residual = (sums: Sums, decimals: (commodity: string) => number): [commodity: string, sum: Rational][] =>
  [...sums].filter(([commodity, sum]) => !isWithin(sum, halfUnit(decimals(commodity))));

/**
 * Whether an entry balances. Two commodities left over with opposite signs and no stated cost are an exchange: the
 * programs then take the one as the cost of the other (hledger manual, "costs"; ledger manual, 5.9).
 */
export const isExchange = (left: readonly [string, Rational][], hasCosts: boolean): boolean => {
  const [one, other] = left;
  return left.length === 2 && !hasCosts && one![1].n < 0n !== other![1].n < 0n;
};

export const sumsText = (left: readonly [string, Rational][]): string =>
  left.map(([commodity, sum]) => `${rationalText(sum)} ${commodity}`.trim()).join(', ');
