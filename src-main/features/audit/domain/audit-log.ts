import canonicalize from 'canonicalize';

/**
 * NEXUS-AL/1, first form. An entry is the RFC 8785 (JCS) text of the fields below; its leaf is
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

const assertCanonicalizable = (value: unknown, path: string): void => {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error(`audit ${path}: lone surrogate`);
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`audit ${path}: ${value} is not a safe integer`);
  } else if (Array.isArray(value))
    for (const [i, item] of value.entries()) assertCanonicalizable(item, `${path}[${i}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) assertCanonicalizable(item, `${path}.${key}`);
  else if (typeof value !== 'boolean') throw new Error(`audit ${path}: ${typeof value} cannot be logged`);
};

/** RFC 8785 text of an entry. Throws on floats, lone surrogates, null and undefined: those never enter the log. */
export const canonicalEntry = (entry: object): string => {
  assertCanonicalizable(entry, 'entry');
  const text = canonicalize(entry);
  if (text === undefined) throw new Error('audit entry cannot be canonicalized');
  return text;
};

export const leafHash = (sha256: Sha256, entryBytes: Uint8Array): Uint8Array => sha256(LEAF_PREFIX, entryBytes);

/**
 * RFC 6962 Merkle tree hash, built as leaves arrive: `peaks` holds the roots of complete subtrees, largest first.
 * Memory is O(log n).
 */
export class MerkleAccumulator {
  private readonly peaks: { size: number; hash: Uint8Array }[] = [];
  private readonly sha256: Sha256;
  size = 0;
  constructor(sha256: Sha256) {
    this.sha256 = sha256;
  }
  append(leaf: Uint8Array): void {
    let node = { size: 1, hash: leaf };
    for (let last = this.peaks.at(-1); last !== undefined && last.size === node.size; last = this.peaks.at(-1)) {
      this.peaks.pop();
      node = { size: node.size * 2, hash: this.sha256(NODE_PREFIX, last.hash, node.hash) };
    }
    this.peaks.push(node);
    this.size += 1;
  }
  /** The root over all leaves so far; SHA-256 of nothing for an empty tree. */
  root(): Uint8Array {
    let hash: Uint8Array | null = null;
    for (let i = this.peaks.length - 1; i >= 0; i--) {
      const peak = this.peaks[i] as { hash: Uint8Array };
      hash = hash === null ? peak.hash : this.sha256(NODE_PREFIX, peak.hash, hash);
    }
    return hash ?? this.sha256();
  }
}
