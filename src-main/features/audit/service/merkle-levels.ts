import { sha256 } from '../../../platform/digest.ts';
import { nodeHash } from '../domain/audit-log.ts';
import type { LeafRange } from '../domain/merkle-proof.ts';

const HASH = 32;

/**
 * Every complete subtree's hash of a log, level by level: 64 bytes an entry. For an export that proves many entries, where
 * going through the leaves once a proof would take too long.
 */
export class MerkleLevels {
  private readonly levels: Uint8Array[];
  constructor(leaves: Uint8Array) {
    this.levels = [leaves];
    for (let below = leaves; below.length >= 2 * HASH; ) {
      const level = new Uint8Array(Math.floor(below.length / (2 * HASH)) * HASH);
      for (let at = 0; at < level.length; at += HASH)
        level.set(
          nodeHash(sha256, below.subarray(2 * at, 2 * at + HASH), below.subarray(2 * at + HASH, 2 * at + 2 * HASH)),
          at,
        );
      this.levels.push(level);
      below = level;
    }
  }

  /** RFC 6962 hash over leaves [start, end), a subtree that a proof names. */
  hash({ start, end }: LeafRange): Uint8Array {
    const count = end - start;
    const level = Math.floor(Math.log2(count));
    const power = 2 ** level;
    if (power === count && start % power === 0) {
      const at = (start / power) * HASH;
      const hash = this.levels[level]?.subarray(at, at + HASH);
      if (hash?.length !== HASH) throw new Error(`the log has no leaves ${start} to ${end}`);
      return hash;
    }
    const split = power === count ? power / 2 : power;
    return nodeHash(sha256, this.hash({ start, end: start + split }), this.hash({ start: start + split, end }));
  }
}
