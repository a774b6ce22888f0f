import { orderByUnits } from '../flows/units-order.ts';
import type { Points } from './isolation-trees.ts';

/** Points a bucket has on average; a bucket with more than MOST_INSERTED is sorted by digits, a smaller one by insertion. */
const BUCKET_POINTS = 8;
const MOST_INSERTED = 512;

/** 53 bits a point, over the bits of its values. */
const hashesOf = ({ count, width, values }: Points): Float64Array => {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const hashes = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let [a, b] = [0x9e3779b9, 0x85ebca6b];
    for (let word = i * width * 2; word < (i + 1) * width * 2; word++) {
      a = Math.imul(a ^ words[word]!, 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b + words[word]!, 0xc2b2ae35);
      b ^= b >>> 13;
    }
    hashes[i] = (a >>> 11) * 2 ** 32 + (b >>> 0);
  }
  return hashes;
};

/** Sorts one bucket (points ascending) by hash, equal ones in their order. */
const sortBucket = (bucket: Uint32Array, hashes: Float64Array): void => {
  if (bucket.length > MOST_INSERTED) {
    const given = bucket.slice();
    const order = orderByUnits(Float64Array.from(given, point => hashes[point]!));
    for (let i = 0; i < order.length; i++) bucket[i] = given[order[i]!]!;
    return;
  }
  for (let i = 1; i < bucket.length; i++) {
    const point = bucket[i]!;
    const hash = hashes[point]!;
    let j = i - 1;
    for (; j >= 0 && hashes[bucket[j]!]! > hash; j--) bucket[j + 1] = bucket[j]!;
    bucket[j + 1] = point;
  }
};

/**
 * Points in an order that follows from their values alone (by a hash of them), so that shuffled rows give the same forest. The
 * hashes are spread evenly: one counting sort by their first bits leaves buckets of a few points.
 */
export const valueOrder = (points: Points): Uint32Array => {
  const hashes = hashesOf(points);
  const bits = Math.max(1, Math.min(24, Math.ceil(Math.log2(points.count / BUCKET_POINTS + 1))));
  const divisor = 2 ** (53 - bits);
  const starts = new Uint32Array(2 ** bits + 1);
  for (let i = 0; i < points.count; i++) starts[Math.floor(hashes[i]! / divisor) + 1]!++;
  for (let bucket = 0; bucket < 2 ** bits; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const order = new Uint32Array(points.count);
  const next = starts.slice();
  for (let i = 0; i < points.count; i++) order[next[Math.floor(hashes[i]! / divisor)]!++] = i;
  for (let bucket = 0; bucket < 2 ** bits; bucket++)
    if (starts[bucket + 1]! - starts[bucket]! > 1)
      sortBucket(order.subarray(starts[bucket], starts[bucket + 1]), hashes);
  return order;
};
