import type { Sha256 } from './audit-log.ts';
import { MerkleAccumulator, nodeHash } from './audit-log.ts';

/** Leaves from `start` up to, not including, `end`: a subtree whose hash stands in a proof. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two below n (n ≥ 2): where RFC 6962 splits a tree. */
const splitOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** The subtrees of an inclusion proof, in the proof's order: PATH(m, D[n]) of RFC 6962 §2.1.1. */
export const inclusionRanges = (index: number, size: number): LeafRange[] => {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new Error('no such leaf in the tree');
  const path = (start: number, end: number): LeafRange[] => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...path(start, middle), { start: middle, end }]
      : [...path(middle, end), { start, end: middle }];
  };
  return path(0, size);
};

/** The subtrees of a consistency proof, in the proof's order: PROOF(m, D[n]) of RFC 6962 §2.1.2. */
export const consistencyRanges = (size1: number, size2: number): LeafRange[] => {
  if (!(Number.isSafeInteger(size1) && size1 > 0 && size1 <= size2)) throw new Error('no such pair of trees');
  const proof = (start: number, end: number, whole: boolean): LeafRange[] => {
    if (size1 === end) return whole ? [] : [{ start, end }];
    const middle = start + splitOf(end - start);
    return size1 <= middle
      ? [...proof(start, middle, whole), { start: middle, end }]
      : [...proof(middle, end, false), { start, end: middle }];
  };
  return proof(0, size2, true);
};

/**
 * Hashes of disjoint subtrees, in the order asked for, from the tree's leaves as they come by: memory is O(log n) beside
 * the answer. Throws when the leaves end before the last subtree.
 */
export const subtreeHashes = (
  sha256: Sha256,
  leaves: Iterable<Uint8Array>,
  ranges: readonly LeafRange[],
): Uint8Array[] => {
  const hashes: Uint8Array[] = [];
  const inOrder = ranges.map((range, at) => ({ ...range, at })).sort((a, b) => a.start - b.start);
  let next = 0;
  let tree = new MerkleAccumulator(sha256);
  let index = 0;
  if (inOrder.length === 0) return hashes;
  for (const leaf of leaves) {
    const range = inOrder[next];
    if (range === undefined) break;
    if (index >= range.start) tree.append(leaf);
    index += 1;
    if (index < range.end) continue;
    hashes[range.at] = tree.root();
    tree = new MerkleAccumulator(sha256);
    next += 1;
  }
  if (next < inOrder.length) throw new Error('the log has fewer leaves than the proof needs');
  return hashes;
};

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

/** True when the proof shows that the leaf stands at that index of the tree with that root (RFC 9162 §2.1.3.2). */
export const includes = (
  sha256: Sha256,
  claim: { readonly index: number; readonly size: number; readonly leaf: Uint8Array; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  const { index, size, leaf, root } = claim;
  if (!isSize(index) || !isSize(size) || index >= size || leaf.length !== 32) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (!isOdd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else hash = nodeHash(sha256, hash, sibling);
    at = half(at);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
};

/** True when the proof shows that the tree of `size1` leaves is a prefix of the one of `size2` (RFC 9162 §2.1.4.2). */
export const isConsistent = (
  sha256: Sha256,
  claim: { readonly size1: number; readonly root1: Uint8Array; readonly size2: number; readonly root2: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  const { size1, root1, size2, root2 } = claim;
  // Everything follows the empty tree: a proof from it would say nothing.
  if (!isSize(size1) || !isSize(size2) || size1 === 0 || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && equal(root1, root2);
  let at = size1 - 1;
  let last = size2 - 1;
  while (isOdd(at)) {
    at = half(at);
    last = half(last);
  }
  // A complete subtree is not repeated in the proof: it is the first root itself.
  const path = at === 0 ? [root1, ...proof] : proof;
  const [first, ...rest] = path;
  if (proof.length === 0 || first === undefined || path.some(hash => hash.length !== 32)) return false;
  let hash1 = first;
  let hash2 = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash1 = nodeHash(sha256, sibling, hash1);
      hash2 = nodeHash(sha256, sibling, hash2);
      while (!isOdd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else hash2 = nodeHash(sha256, hash2, sibling);
    at = half(at);
    last = half(last);
  }
  return last === 0 && equal(hash1, root1) && equal(hash2, root2);
};
