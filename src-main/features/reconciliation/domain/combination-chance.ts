import { greatestCommonDivisor, subsetCount } from './subset-sum.ts';

/**
 * How many combinations of two to `size` of the amounts are expected to hit the wanted sum within `width` by chance. `members`:
 * those that hit it. Round amounts meet each other more often: only multiples of what all of them share count.
 */
export const chanceOf = (
  wanted: number,
  amounts: Float64Array,
  members: readonly number[],
  size: number,
  width: number,
): number => {
  let grain = wanted;
  for (const member of members) grain = greatestCommonDivisor(grain, member);
  grain = Math.max(1, Math.abs(grain));
  let comparable = 0;
  for (const amount of amounts) if (amount % grain === 0) comparable++;
  const places = Math.max(1, Math.abs(wanted) / grain);
  return (subsetCount(comparable, size) * (1 + (2 * width) / grain)) / places;
};

/** Most members of a combination among `count` rows, at most `atMost`, for which no more than `mostChance` are expected by chance; 1: none. */
export const sizeWithinChance = (
  wanted: number,
  count: number,
  width: number,
  atMost: number,
  mostChance: number,
): number => {
  const places = Math.max(1, Math.abs(wanted));
  let size = 1;
  while (size < Math.min(atMost, count) && (subsetCount(count, size + 1) * (1 + 2 * width)) / places <= mostChance)
    size++;
  return size;
};
