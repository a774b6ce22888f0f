import type { Sha256 } from './audit-log.ts';
import { GENESIS_PREV, leafHash, MerkleAccumulator } from './audit-log.ts';
import { parseCanonical } from './canonical-text.ts';
import { hex } from './hexadecimal.ts';

export interface StoredEntry {
  readonly seq: number;
  readonly entry: string;
  readonly leaf: Uint8Array;
  /** Absent or null where the entry is older than the tags. */
  readonly tag?: Uint8Array | null;
}
export interface ChainProblem {
  readonly code: string;
  readonly where: string;
  readonly message: string;
}
/** Told of each entry that follows the one before it, with the tree up to it. */
export type ChainVisitor = (entry: ChainLink, tree: MerkleAccumulator) => void;
export interface ChainLink extends StoredEntry {
  /** As computed from the entry's text. */
  readonly leaf: Uint8Array;
  readonly log: string | null;
  readonly act: unknown;
}
export interface ChainReport {
  readonly entries: number;
  readonly root: Uint8Array;
  /** The first break only: what follows a break proves nothing. Empty when the chain holds. */
  readonly problems: readonly ChainProblem[];
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/**
 * Re-computes the chain from the entries' own text, in order: sequence without a gap, canonical form, link to the leaf
 * before, leaf digest, and the Merkle root. Stops at the first break and names it.
 */
export const verifyChain = (
  entries: Iterable<StoredEntry>,
  sha256: Sha256,
  encode: (text: string) => Uint8Array,
  visit?: ChainVisitor,
): ChainReport => {
  const tree = new MerkleAccumulator(sha256);
  let prev = GENESIS_PREV;
  let log: string | null = null;
  const stopped = (code: string, seq: number, message: string): ChainReport => ({
    entries: tree.size,
    root: tree.root(),
    problems: [{ code, where: `entry ${seq}`, message }],
  });
  for (const stored of entries) {
    const { seq, entry, leaf } = stored;
    if (seq !== tree.size)
      return stopped('audit.gap', tree.size, `entry ${tree.size} is missing: the next stored entry is ${seq}`);
    let parsed: { seq?: unknown; prev?: unknown; log?: unknown; v?: unknown; act?: unknown };
    try {
      const { value, isCanonical } = parseCanonical(entry);
      parsed = value as typeof parsed;
      if (!isCanonical) return stopped('audit.not-canonical', seq, 'the entry is not in canonical form (RFC 8785)');
    } catch (error) {
      return stopped(
        'audit.unreadable',
        seq,
        `the entry cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (parsed.v !== 1) return stopped('audit.version', seq, `unknown entry version ${String(parsed.v)}`);
    if (parsed.seq !== seq) return stopped('audit.sequence', seq, `the entry says it is number ${String(parsed.seq)}`);
    if (parsed.prev !== prev)
      return stopped(
        'audit.link',
        seq,
        'the entry does not follow the entry before it: one of them was changed, added or removed',
      );
    log ??= typeof parsed.log === 'string' ? parsed.log : null;
    if (parsed.log !== log) return stopped('audit.other-log', seq, 'the entry belongs to another log');
    const computed = leafHash(sha256, encode(entry));
    if (!isEqual(computed, leaf))
      return stopped('audit.digest', seq, 'the stored digest is not the digest of the entry: the entry was changed');
    tree.append(computed);
    prev = hex(computed);
    visit?.({ ...stored, leaf: computed, log, act: parsed.act }, tree);
  }
  return { entries: tree.size, root: tree.root(), problems: [] };
};
