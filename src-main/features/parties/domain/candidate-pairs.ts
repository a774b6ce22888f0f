import type { BlockingPass } from './blocking-pass.ts';
import type { RecordGroups } from './record-groups.ts';

/** Calls back for each pair of groups that meet in any pass, once, the lower group first and ascending. */
export const forEachCandidate = (
  groups: RecordGroups,
  passes: readonly BlockingPass[],
  found: (first: number, second: number) => void,
  progress: (done: number) => void,
): void => {
  const { count, side } = groups;
  const met = new Int32Array(count).fill(-1);
  for (let first = 0; first < count; first++) {
    if ((first & 1023) === 0) progress(first);
    const own = side === null ? 0 : side[first]!;
    for (const { starts, places, members, ends } of passes)
      for (let entry = starts[first]!; entry < starts[first + 1]!; entry++) {
        const place = places[entry]!;
        const end = ends[place]!;
        for (let p = place + 1; p < end; p++) {
          const second = members[p]!;
          if (met[second] === first || (side !== null && side[second] === own)) continue;
          met[second] = first;
          found(first, second);
        }
      }
  }
};

/** Calls back for each pair of groups there is. */
export const forEachPair = (
  { count, side }: RecordGroups,
  found: (first: number, second: number) => void,
  progress: (done: number) => void,
): void => {
  for (let first = 0; first < count; first++) {
    if ((first & 15) === 0) progress(first);
    for (let second = first + 1; second < count; second++)
      if (side === null || side[first] !== side[second]) found(first, second);
  }
};
