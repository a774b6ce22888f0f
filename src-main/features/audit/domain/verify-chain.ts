import type { Sha256 } from './audit-log.ts';
import { canonicalEntry, GENESIS_PREV, leafHash, MerkleAccumulator } from './audit-log.ts';

export interface StoredEntry {
  readonly seq: number;
  readonly entry: string;
  readonly leaf: Uint8Array;
}
export interface ChainProblem {
  readonly code: string;
  readonly where: string;
  readonly message: string;
}
export interface ChainReport {
  readonly entries: number;
  readonly root: Uint8Array;
  /** The first break only: what follows a break proves nothing. Empty when the chain holds. */
  readonly problems: readonly ChainProblem[];
}

const hex = (bytes: Uint8Array): string => bytes.reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '');

/**
 * Re-computes the chain from the entries' own text, in order: sequence without a gap, canonical form, link to the leaf
 * before, leaf digest, and the Merkle root. Stops at the first break and names it.
 */
export const verifyChain = (
  entries: Iterable<StoredEntry>,
  sha256: Sha256,
  encode: (text: string) => Uint8Array,
): ChainReport => {
  const tree = new MerkleAccumulator(sha256);
  let prev = GENESIS_PREV;
  let log: string | null = null;
  const stopped = (code: string, seq: number, message: string): ChainReport => ({
    entries: tree.size,
    root: tree.root(),
    problems: [{ code, where: `entry ${seq}`, message }],
  });
  for (const { seq, entry, leaf } of entries) {
    if (seq !== tree.size)
      return stopped('audit.gap', tree.size, `entry ${tree.size} is missing: the next stored entry is ${seq}`);
    let parsed: { seq?: unknown; prev?: unknown; log?: unknown; v?: unknown };
    try {
      parsed = JSON.parse(entry) as typeof parsed;
      if (canonicalEntry(parsed) !== entry)
        return stopped('audit.not-canonical', seq, 'the entry is not in canonical form (RFC 8785)');
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
    if (hex(computed) !== hex(leaf))
      return stopped('audit.digest', seq, 'the stored digest is not the digest of the entry: the entry was changed');
    tree.append(computed);
    prev = hex(computed);
  }
  return { entries: tree.size, root: tree.root(), problems: [] };
};
