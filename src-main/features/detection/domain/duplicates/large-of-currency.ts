import { valueAtRank } from '../order-statistics.ts';

/** The amount that only one in twenty of the tested amounts exceeds. */
const LARGE_SHARE = 0.95;

/** Sizes of payments, those of each currency by themselves: there is no comparing of 1,000 JPY with 1,000 EUR. */
export class LargeOfCurrency {
  private readonly sizes: Float64Array;
  private readonly currencies: Int32Array;
  private readonly counts: Float64Array;
  private used = 0;

  /** `currencies` is how many there are; rows without one are a currency of their own (code −1). */
  constructor(rowCount: number, currencies: number) {
    this.sizes = new Float64Array(rowCount);
    this.currencies = new Int32Array(rowCount);
    this.counts = new Float64Array(currencies + 1);
  }

  add(size: number, currency: number): void {
    this.sizes[this.used] = size;
    this.currencies[this.used++] = currency + 1;
    this.counts[currency + 1]!++;
  }

  /** By currency code + 1: the size at rank ⌊0.95 × (n − 1)⌋ of the n sizes in ascending order; Infinity where there is none. */
  bounds(): Float64Array {
    const ends = this.counts.slice();
    for (let code = 1; code < ends.length; code++) ends[code]! += ends[code - 1]!;
    const sorted = new Float64Array(this.used);
    const next = ends.slice();
    for (let i = 0; i < this.used; i++) sorted[--next[this.currencies[i]!]!] = this.sizes[i]!;
    return this.counts.map((count, code) =>
      count === 0
        ? Infinity
        : valueAtRank(sorted.subarray(ends[code]! - count, ends[code]!), Math.floor(LARGE_SHARE * (count - 1))),
    );
  }
}
