/** A number of a series and the day it bears; `rows` are those that bear both. */
export interface DatedNumber {
  readonly day: number;
  readonly number: number;
  readonly rows: readonly number[];
}

/**
 * Indexes of a longest subsequence whose numbers never fall (patience sorting, n log n). The elements ascend by day, then by
 * number, each pair once, so the outcome rests on the values alone. What is not in it stands out of order: no smaller set of
 * rows explains that numbers fall while days go on.
 */
export const longestOrder = (elements: readonly DatedNumber[]): number[] => {
  const ends: number[] = [];
  const previous = new Int32Array(elements.length).fill(-1);
  for (let i = 0; i < elements.length; i++) {
    const { number } = elements[i]!;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (elements[ends[middle]!]!.number <= number) low = middle + 1;
      else high = middle;
    }
    previous[i] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = i;
  }
  const kept: number[] = [];
  for (let i = ends.at(-1) ?? -1; i !== -1; i = previous[i]!) kept.push(i);
  return kept.reverse();
};
