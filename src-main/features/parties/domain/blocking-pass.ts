/**
 * One way in which records meet: blocks of groups, each group in none, one or several. A group's partners are the members
 * behind its own place in a block.
 */
export interface BlockingPass {
  readonly name: string;
  /** Places of group g: places[starts[g]] … places[starts[g + 1] − 1]. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  /** Groups by place; those of one block stand together, ascending. */
  readonly members: Uint32Array;
  /** For each place where its partners end. */
  readonly ends: Uint32Array;
  /** Groups in blocks beyond the cap, of which only neighbours meet. */
  readonly windowed: number;
}

/** Members of a block that all meet; in a larger one each meets the next `WINDOW` (sorted neighbourhood, Hernández & Stolfo 1995). */
export const BLOCK_CAP = 300;
export const WINDOW = 10;

/** Pairs a block of `members` gives. */
export const blockPairs = (members: number): number =>
  members > BLOCK_CAP ? members * WINDOW : (members * (members - 1)) / 2;

/** Makes a pass of entries (group, block), the groups ascending. Blocks are numbered 0 to below `blockCount`. */
export const makePass = (
  name: string,
  groupCount: number,
  starts: Uint32Array,
  blocks: Uint32Array,
  blockCount: number,
): BlockingPass => {
  const blockStarts = new Uint32Array(blockCount + 1);
  for (const block of blocks) blockStarts[block + 1] = blockStarts[block + 1]! + 1;
  for (let block = 0; block < blockCount; block++)
    blockStarts[block + 1] = blockStarts[block + 1]! + blockStarts[block]!;
  const next = blockStarts.slice();
  const members = new Uint32Array(blocks.length);
  const places = new Uint32Array(blocks.length);
  const ends = new Uint32Array(blocks.length);
  let windowed = 0;
  for (let group = 0; group < groupCount; group++)
    for (let entry = starts[group]!; entry < starts[group + 1]!; entry++) {
      const block = blocks[entry]!;
      const place = next[block]!;
      const end = blockStarts[block + 1]!;
      const large = end - blockStarts[block]! > BLOCK_CAP;
      next[block] = place + 1;
      members[place] = group;
      places[entry] = place;
      ends[place] = large ? Math.min(end, place + 1 + WINDOW) : end;
      if (large) windowed++;
    }
  return { name, starts, places, members, ends, windowed };
};

/** Makes a pass in which each group has one key, or none (NaN). */
export const makeKeyPass = (name: string, keys: Float64Array): BlockingPass => {
  const numbers = new Map<number, number>();
  const starts = new Uint32Array(keys.length + 1);
  const blocks = new Uint32Array(keys.length);
  let entries = 0;
  keys.forEach((key, group) => {
    if (!Number.isNaN(key)) {
      let block = numbers.get(key);
      if (block === undefined) {
        block = numbers.size;
        numbers.set(key, block);
      }
      blocks[entries++] = block;
    }
    starts[group + 1] = entries;
  });
  return makePass(name, keys.length, starts, blocks.subarray(0, entries), numbers.size);
};
