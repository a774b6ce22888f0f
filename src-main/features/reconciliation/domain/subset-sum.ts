/**
 * Which of a few amounts add up to a wanted sum. Method: meet in the middle (Horowitz and Sahni, "Computing Partitions with
 * Applications to the Knapsack Problem", JACM 21, 1974): all sums of either half in ascending order by merging, then one
 * pass over both. Integers only. Work is counted in steps, never in time, so that a limit falls at the same place on every machine.
 */

/** Amounts up to here are searched exhaustively; a larger pool for two or three rows at a time. */
export const EXHAUSTIVE_POOL = 22;
/** Amounts up to here are searched for three rows that add up. */
export const TRIPLE_POOL = 200;

/** Steps that are left for all searches together. */
export class StepBudget {
  private left: number;
  constructor(steps: number) {
    this.left = steps;
  }
  /** Takes steps; false where they are not left, and nothing is taken. */
  take(steps: number): boolean {
    if (steps > this.left) return false;
    this.left -= steps;
    return true;
  }
}

export interface SubsetSearch {
  /** Integers; at most 2^53 in all. */
  readonly amounts: Float64Array;
  /** Inclusive bounds of the sum. */
  readonly low: number;
  readonly high: number;
  /** Most members; at least two. */
  readonly maxSize: number;
  /** The search ends after so many subsets. */
  readonly keep: number;
}

/** Positions in `amounts`, ascending. */
export type Subset = readonly number[];

interface HalfSums {
  readonly sums: Float64Array;
  readonly masks: Int32Array;
}

/** Sums of all subsets of amounts[from, to), ascending, with their members as bits. */
const halfSums = (amounts: Float64Array, from: number, to: number): HalfSums => {
  const size = 1 << (to - from);
  let sums = new Float64Array(size);
  let masks = new Int32Array(size);
  let nextSums = new Float64Array(size);
  let nextMasks = new Int32Array(size);
  let count = 1;
  for (let at = from; at < to; at++) {
    const amount = amounts[at] ?? 0;
    const bit = 1 << (at - from);
    let without = 0;
    let having = 0;
    for (let k = 0; k < 2 * count; k++) {
      const useWithout = having === count || (without < count && (sums[without] ?? 0) <= (sums[having] ?? 0) + amount);
      nextSums[k] = useWithout ? (sums[without] ?? 0) : (sums[having] ?? 0) + amount;
      nextMasks[k] = useWithout ? (masks[without++] ?? 0) : (masks[having++] ?? 0) | bit;
    }
    count *= 2;
    [sums, nextSums] = [nextSums, sums];
    [masks, nextMasks] = [nextMasks, masks];
  }
  return { sums, masks };
};

const bitCount = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};

const positions = (mask: number, from: number): number[] => {
  const found: number[] = [];
  for (let rest = mask, at = from; rest !== 0; rest >>>= 1, at++) if ((rest & 1) === 1) found.push(at);
  return found;
};

const exhaustive = ({ amounts, low, high, maxSize, keep }: SubsetSearch): Subset[] => {
  const middle = amounts.length >>> 1;
  const first = halfSums(amounts, 0, middle);
  const second = halfSums(amounts, middle, amounts.length);
  const found: Subset[] = [];
  let from = second.sums.length;
  for (let a = 0; a < first.sums.length; a++) {
    const sum = first.sums[a] ?? 0;
    // The first half ascends, so the place in the second where low is reached descends.
    while (from > 0 && sum + (second.sums[from - 1] ?? 0) >= low) from--;
    for (let b = from; b < second.sums.length && sum + (second.sums[b] ?? 0) <= high; b++) {
      const maskA = first.masks[a] ?? 0;
      const maskB = second.masks[b] ?? 0;
      const size = bitCount(maskA) + bitCount(maskB);
      if (size < 2 || size > maxSize) continue;
      found.push([...positions(maskA, 0), ...positions(maskB, middle)]);
      if (found.length >= keep) return found;
    }
  }
  return found;
};

/** Two (or three) of many amounts: sorted, then closing in from both ends. */
const fewOfMany = ({ amounts, low, high, maxSize, keep }: SubsetSearch): Subset[] => {
  const order = Int32Array.from(amounts, (_, at) => at).sort((a, b) => (amounts[a] ?? 0) - (amounts[b] ?? 0) || a - b);
  const amountAt = (at: number): number => amounts[order[at] ?? 0] ?? 0;
  const found: Subset[] = [];
  const pairsFrom = (from: number, base: number, others: readonly number[]): boolean => {
    let right = order.length - 1;
    for (let left = from; left < right; left++) {
      while (right > left && base + amountAt(left) + amountAt(right) > high) right--;
      for (let at = right; at > left && base + amountAt(left) + amountAt(at) >= low; at--) {
        found.push([...others, order[left] ?? 0, order[at] ?? 0].sort((a, b) => a - b));
        if (found.length >= keep) return true;
      }
    }
    return false;
  };
  if (pairsFrom(0, 0, []) || maxSize < 3 || amounts.length > TRIPLE_POOL) return found;
  for (let at = 0; at < order.length; at++) if (pairsFrom(at + 1, amountAt(at), [order[at] ?? 0])) break;
  return found;
};

/** Steps that a search takes at most. */
export const stepsOf = (amounts: number, maxSize: number): number => {
  if (amounts <= EXHAUSTIVE_POOL) return 4 * 2 ** Math.ceil(amounts / 2);
  return maxSize >= 3 && amounts <= TRIPLE_POOL ? (amounts * amounts) / 2 : 8 * amounts;
};

/**
 * Subsets of two to `maxSize` amounts whose sum lies within bounds, at most `keep`, in an order that follows from the
 * amounts alone. Beyond EXHAUSTIVE_POOL amounts only pairs, and up to TRIPLE_POOL triples, are looked for.
 */
export const subsetsOfSum = (search: SubsetSearch): Subset[] =>
  search.amounts.length <= EXHAUSTIVE_POOL ? exhaustive(search) : fewOfMany(search);

const choose = (n: number, k: number): number => {
  let result = 1;
  for (let i = 0; i < k; i++) result *= (n - i) / (i + 1);
  return result;
};

/** Number of subsets of two to `size` of `count` rows. */
export const subsetCount = (count: number, size: number): number => {
  let sum = 0;
  for (let k = 2; k <= Math.min(size, count); k++) sum += choose(count, k);
  return sum;
};

export const greatestCommonDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};
