import { type RecordGroups, sizeOf } from './record-groups.ts';
import { randomBelow, seededRandom } from './seeded-random.ts';

const SEED = 0x11a2;

/** Calls back for `wanted` pairs of rows drawn at random, as the groups they lie in. The same groups give the same pairs. */
export const forEachRandomPair = (
  groups: RecordGroups,
  wanted: number,
  found: (first: number, second: number) => void,
): void => {
  const { count, order, side } = groups;
  const rows = order.length;
  const groupOf = new Uint32Array(rows);
  for (let group = 0; group < count; group++)
    groupOf.fill(group, groups.starts[group]!, groups.starts[group]! + sizeOf(groups, group));
  const next = seededRandom(SEED);
  for (let drawn = 0; drawn < wanted; ) {
    const a = randomBelow(next, rows);
    const b = randomBelow(next, rows);
    if (a === b) continue;
    const first = groupOf[a]!;
    const second = groupOf[b]!;
    if (side !== null && side[first] === side[second]) continue;
    drawn++;
    found(first, second);
  }
};
