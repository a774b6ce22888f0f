/**
 * The element that stands at `rank` (0 is the smallest) once the values are in order. Reorders `values` (Hoare's selection
 * with the median of three: linear on average). No NaN may occur.
 */
export const valueAtRank = (values: Float64Array, rank: number): number => {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const a = values[low]!;
    const b = values[(low + high) >>> 1]!;
    const c = values[high]!;
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = low - 1;
    let j = high + 1;
    for (;;) {
      do i++;
      while (values[i]! < pivot);
      do j--;
      while (values[j]! > pivot);
      if (i >= j) break;
      const held = values[i]!;
      values[i] = values[j]!;
      values[j] = held;
    }
    if (rank <= j) high = j;
    else low = j + 1;
  }
  return values[rank]!;
};

/** Twice the median of integers in ascending order: an integer, so that the half of an even count stays exact. */
export const twiceMedian = (sorted: Float64Array): number => {
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? 2 * sorted[middle]! : sorted[middle - 1]! + sorted[middle]!;
};

/** Ascending order in place; small arrays by insertion, without the cost of the general sort. */
export const sortAscending = (values: Float64Array): Float64Array => {
  if (values.length > 40) return values.sort();
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    let j = i - 1;
    for (; j >= 0 && values[j]! > value; j--) values[j + 1] = values[j]!;
    values[j + 1] = value;
  }
  return values;
};

/** A value's place in a distribution, measured robustly. */
export interface RobustSpread {
  /** Twice the median. */
  readonly median2: number;
  /** What |2 × value − median2| is multiplied with to give |z|; null where all values are equal. */
  readonly factor: number | null;
  /** The median absolute deviation in the values' unit; 0 where the mean absolute deviation took its place. */
  readonly mad: number;
  /** The mean absolute deviation about the median; only where `mad` is 0. */
  readonly meanDeviation: number | null;
}

/**
 * Median and spread for the modified z-score of Iglewicz and Hoaglin (1993): z = 0.6745 (x − median) / MAD. Where the MAD is 0
 * (more than half of the values are equal): z = (x − median) / (1.253314 × mean absolute deviation). `sorted` ascends.
 */
export const robustSpread = (sorted: Float64Array): RobustSpread => {
  const n = sorted.length;
  const median2 = twiceMedian(sorted);
  // Deviations ascend outwards from the median on both sides: merging them gives their order without a second sort.
  let right = n >>> 1;
  let left = right - 1;
  const needed = (n >>> 1) + 1;
  let previous = 0;
  let current = 0;
  for (let taken = 0; taken < needed; taken++) {
    const leftGap = left >= 0 ? median2 - 2 * sorted[left]! : Infinity;
    const rightGap = right < n ? 2 * sorted[right]! - median2 : Infinity;
    previous = current;
    if (leftGap <= rightGap) {
      current = leftGap;
      left--;
    } else {
      current = rightGap;
      right++;
    }
  }
  // Four times the MAD: the deviations are doubled, and so is their median.
  const mad4 = n % 2 === 1 ? 2 * current : previous + current;
  if (mad4 > 0) return { median2, factor: (0.6745 * 2) / mad4, mad: mad4 / 4, meanDeviation: null };
  let total = 0;
  for (const value of sorted) total += Math.abs(2 * value - median2) / 2;
  const meanDeviation = total / n;
  return {
    median2,
    factor: meanDeviation === 0 ? null : 1 / (2 * 1.253314 * meanDeviation),
    mad: 0,
    meanDeviation,
  };
};
