/**
 * NEXUS-AL/1. An entry is the RFC 8785 (JCS) text of the fields below; its leaf is
 * SHA-256(0x00 ‖ entry) and `prev` is the leaf before it (64 zeros at genesis); the root is the RFC 6962 Merkle tree
 * hash over the leaves. Strings, booleans and safe integers only: no floats, no lone surrogates.
 */
export interface AuditEntry {
  readonly v: 1;
  readonly log: string;
  readonly seq: number;
  readonly prev: string;
  /** ISO 8601 instant of the wall clock. */
  readonly ts: string;
  /** Milliseconds of the monotonic clock since the process started. */
  readonly mono: number;
  /** Identifies the process that wrote the entry. */
  readonly boot: string;
  /** Counts entries written by that process. */
  readonly ctr: number;
  readonly actor: string;
  readonly role: string;
  readonly pov: string;
  readonly act: string;
  readonly obj: AuditObject;
}
export type AuditValue = string | boolean | number | readonly AuditValue[] | { readonly [name: string]: AuditValue };
export type AuditObject = { readonly [name: string]: AuditValue };

/** Digest of SHA-256 over the concatenation of the parts; given by the host. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

export const GENESIS_PREV = '0'.repeat(64);
const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

export const leafHash = (sha256: Sha256, entryBytes: Uint8Array): Uint8Array => sha256(LEAF_PREFIX, entryBytes);

/** An inner node of the tree: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(NODE_PREFIX, left, right);

/** True when there are as many peaks, 32 bytes each, as a tree of so many leaves has complete subtrees. */
export const isPeaksOf = (size: number, peaks: Uint8Array): boolean => {
  let count = 0;
  for (let rest = size; rest >= 1; rest = Math.floor(rest / 2)) count += rest % 2;
  return peaks.length === count * 32;
};

/**
 * RFC 6962 Merkle tree hash, built as leaves arrive: `peaks` holds the roots of complete subtrees, largest first.
 * Memory is O(log n).
 */
export class MerkleAccumulator {
  private readonly peaks: { readonly size: number; readonly hash: Uint8Array }[] = [];
  private readonly sha256: Sha256;
  size = 0;
  constructor(sha256: Sha256) {
    this.sha256 = sha256;
  }
  /** A tree of so many leaves from the roots of its complete subtrees, 32 bytes each, largest first. Throws on other peaks. */
  static from(sha256: Sha256, size: number, peaks: Uint8Array): MerkleAccumulator {
    if (!isPeaksOf(size, peaks)) throw new Error(`${peaks.length} bytes are not the peaks of a tree of ${size} leaves`);
    const tree = new MerkleAccumulator(sha256);
    let at = 0;
    for (let power = 2 ** 52, rest = size; power >= 1; power /= 2) {
      if (rest < power) continue;
      rest -= power;
      tree.peaks.push({ size: power, hash: peaks.slice(at, at + 32) });
      at += 32;
    }
    tree.size = size;
    return tree;
  }
  /** The roots of the complete subtrees, 32 bytes each, largest first: all that the tree needs to go on. */
  peakBytes(): Uint8Array {
    const bytes = new Uint8Array(this.peaks.length * 32);
    for (const [i, { hash }] of this.peaks.entries()) bytes.set(hash, i * 32);
    return bytes;
  }
  /** A tree that grows apart from this one. */
  copy(): MerkleAccumulator {
    const tree = new MerkleAccumulator(this.sha256);
    tree.peaks.push(...this.peaks);
    tree.size = this.size;
    return tree;
  }
  append(leaf: Uint8Array): void {
    let node = { size: 1, hash: leaf };
    for (let last = this.peaks.at(-1); last !== undefined && last.size === node.size; last = this.peaks.at(-1)) {
      this.peaks.pop();
      node = { size: node.size * 2, hash: nodeHash(this.sha256, last.hash, node.hash) };
    }
    this.peaks.push(node);
    this.size += 1;
  }
  /** The root over all leaves so far; SHA-256 of nothing for an empty tree. */
  root(): Uint8Array {
    let hash: Uint8Array | null = null;
    for (let i = this.peaks.length - 1; i >= 0; i--) {
      const peak = this.peaks[i] as { hash: Uint8Array };
      hash = hash === null ? peak.hash : nodeHash(this.sha256, peak.hash, hash);
    }
    return hash ?? this.sha256();
  }
}
