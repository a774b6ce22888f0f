import type { TestContext } from './forensic-test.ts';
import { reportProgress } from './row-progress.ts';

/** The hash of a row that takes no part in grouping. */
export const NO_HASH = 0;

const powerOfTwoFrom = (least: number): number => 2 ** Math.max(10, Math.ceil(Math.log2(least)));

/**
 * Rows whose hash another row may share: a filter of one bit a hash (8 bits a row) that fits in the processor's cache,
 * so that the large majority of rows, which have no equal, never reach the hash table.
 */
const rowsSharingHash = (hashes: Uint32Array, context: TestContext): Uint32Array => {
  const bits = powerOfTwoFrom(hashes.length * 8);
  const once = new Uint32Array(bits / 32);
  const twice = new Uint32Array(bits / 32);
  for (let row = 0; row < hashes.length; row++) {
    reportProgress(context, row, hashes.length, 0.3, 0.6);
    const hash = hashes[row]!;
    if (hash === NO_HASH) continue;
    const word = (hash & (bits - 1)) >>> 5;
    const bit = 1 << (hash & 31);
    if ((once[word]! & bit) !== 0) twice[word]! |= bit;
    else once[word]! |= bit;
  }
  let count = 0;
  const shared = new Uint32Array(hashes.length);
  for (let row = 0; row < hashes.length; row++) {
    const hash = hashes[row]!;
    if (hash !== NO_HASH && (twice[(hash & (bits - 1)) >>> 5]! & (1 << (hash & 31))) !== 0) shared[count++] = row;
  }
  return shared.subarray(0, count);
};

/**
 * Groups of two or more rows that are equal: `hashes` is one 32-bit hash a row (equal rows have equal hashes, NO_HASH leaves a
 * row out), `equal` decides. Rows ascend within a group, groups ascend by their first row.
 */
export const equalRowGroups = (
  hashes: Uint32Array,
  equal: (rowA: number, rowB: number) => boolean,
  context: TestContext,
): Uint32Array[] => {
  const rows = rowsSharingHash(hashes, context);
  // Open addressing with linear probing; a slot holds its group's number + 1.
  const slots = new Uint32Array(powerOfTwoFrom(rows.length * 2));
  const shift = 32 - Math.log2(slots.length);
  const firstRow = new Uint32Array(rows.length);
  const size = new Uint32Array(rows.length);
  const groupOf = new Uint32Array(rows.length);
  let groups = 0;
  for (let i = 0; i < rows.length; i++) {
    reportProgress(context, i, rows.length, 0.6, 0.9);
    const row = rows[i]!;
    let slot = Math.imul(hashes[row]!, 0x9e3779b1) >>> shift;
    for (;;) {
      const group = slots[slot]! - 1;
      if (group < 0) {
        slots[slot] = groups + 1;
        firstRow[groups] = row;
        size[groups] = 1;
        groupOf[i] = groups++;
        break;
      }
      if (hashes[firstRow[group]!] === hashes[row] && equal(firstRow[group]!, row)) {
        size[group]!++;
        groupOf[i] = group;
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }
  const result: Uint32Array[] = [];
  const resultOf = new Int32Array(groups).fill(-1);
  const filled = new Uint32Array(groups);
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[i]!;
    if (size[group]! < 2) continue;
    if (resultOf[group] === -1) resultOf[group] = result.push(new Uint32Array(size[group]!)) - 1;
    result[resultOf[group]!]![filled[group]!++] = rows[i]!;
  }
  return result;
};
