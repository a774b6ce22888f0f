import { hex, hmacSha256, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { GENESIS_PREV, isPeaksOf, leafHash, MerkleAccumulator } from '../domain/audit-log.ts';
import type { ClockWatch } from '../domain/clock-watch.ts';
import { entryTag, evolvedKey } from '../domain/entry-tag.ts';
import { countEntries, leavesFrom } from '../storage/audit.repository.ts';
import { checkpointUpTo } from '../storage/audit-checkpoint.repository.ts';

/** The log as of one entry: all that the next one needs. Never changed: each entry makes the next state. */
export interface LogState {
  readonly tree: MerkleAccumulator;
  /** The newest leaf in hex; zeros before the first. */
  readonly prev: string;
  /** K of the next entry. */
  readonly key: Uint8Array;
  /** Number of the station whose key that is. */
  readonly station: number;
  /** Entries written since the process began. */
  readonly written: number;
  readonly clock: ClockWatch;
}

/** The state before the first entry of a log. */
export const emptyState = (station: number, key: Uint8Array): LogState => ({
  tree: new MerkleAccumulator(sha256),
  prev: GENESIS_PREV,
  key,
  station,
  written: 0,
  clock: { baseline: null, believedWallMs: null, strayWallMs: null },
});

/** The leaf and tag of an entry's canonical text, and the state after it. The key before it is the caller's to wipe. */
export const stateAfter = (
  state: LogState,
  text: string,
  clock: ClockWatch,
): { readonly leaf: Uint8Array; readonly tag: Uint8Array; readonly next: LogState } => {
  const leaf = leafHash(sha256, utf8(text));
  const tree = state.tree.copy();
  tree.append(leaf);
  return {
    leaf,
    tag: entryTag(hmacSha256, state.key, leaf),
    next: { ...state, tree, prev: hex(leaf), key: evolvedKey(sha256, state.key), written: state.written + 1, clock },
  };
};

/** The tree of the nearest checkpoint; null where there is none, or its peaks are not those of its root. */
const checkpointedTree = (store: ReadStore, size: number): MerkleAccumulator | null => {
  const checkpoint = checkpointUpTo(store, size);
  if (checkpoint === undefined || !isPeaksOf(checkpoint.size, checkpoint.peaks)) return null;
  const tree = MerkleAccumulator.from(sha256, checkpoint.size, checkpoint.peaks);
  return hex(tree.root()) === hex(checkpoint.root) ? tree : null;
};

/** The Merkle tree over the first entries: grown from the nearest checkpoint before, so that few leaves are read. */
export const treeAt = (store: ReadStore, size: number): MerkleAccumulator => {
  const tree = checkpointedTree(store, size) ?? new MerkleAccumulator(sha256);
  if (tree.size === size) return tree;
  for (const { leaf } of leavesFrom(store, tree.size)) {
    tree.append(leaf);
    if (tree.size === size) break;
  }
  return tree;
};

/** Size and RFC 6962 root of the log as stored, in lower-case hex. */
export const auditRoot = (store: ReadStore): { readonly entries: number; readonly root: string } => {
  const entries = countEntries(store);
  return { entries, root: hex(treeAt(store, entries).root()) };
};
