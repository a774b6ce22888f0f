import type { CheckpointReason } from '../../../contract/audits.contract.ts';
import { hex } from '../../../platform/digest.ts';
import type { Ports } from '../../../platform/ports.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { StoredCheckpoint } from '../storage/audit-checkpoint.repository.ts';
import { checkpointUpTo, insertCheckpoint } from '../storage/audit-checkpoint.repository.ts';
import type { AnchorProblem } from './log-anchor.ts';
import type { LogMemory } from './log-memory.ts';
import type { LogState } from './log-state.ts';
import type { StationSigner } from './station-signer.ts';

/** Makes a log's checkpoints inside units of work, and has the station remember each once it is durable. */
export class TrailCheckpoints {
  private readonly signer: StationSigner;
  private readonly memory: LogMemory | null;
  private readonly clock: Ports['clock'];
  /** The checkpoint that the unit of work under way makes, with K as of it. */
  private made: { readonly checkpoint: StoredCheckpoint; readonly key: Uint8Array } | null = null;
  /** Entries under the newest checkpoint. */
  lastSize = 0;
  /** Why the station does not remember the newest; null while it does. */
  unkept: AnchorProblem | null = null;

  constructor(signer: StationSigner, memory: LogMemory | null, clock: Ports['clock']) {
    this.signer = signer;
    this.memory = memory;
    this.clock = clock;
  }

  /** Signs and stores the log as of `state`, in the unit of work under way. Not twice over the same entries. */
  make(store: WriteStore, { tree, key, station }: LogState, reason: CheckpointReason): StoredCheckpoint {
    const last = checkpointUpTo(store, tree.size);
    // Nothing was written since: the last one says it all.
    if (last?.size === tree.size) return last;
    const root = tree.root();
    const checkpoint: StoredCheckpoint = {
      size: tree.size,
      root,
      peaks: tree.peakBytes(),
      note: this.signer.sign(tree.size, root),
      reason,
      at: this.now(),
      station,
    };
    insertCheckpoint(store, checkpoint);
    this.undone();
    this.made = { checkpoint, key: Uint8Array.from(key) };
    return checkpoint;
  }

  /** The unit of work never was: nothing of its checkpoint stays. */
  undone(): void {
    this.made?.key.fill(0);
    this.made = null;
  }

  /** The unit of work is durable: its checkpoint is remembered. False where it made none. */
  remember(): boolean {
    const { made } = this;
    if (made === null) return false;
    this.made = null;
    const { size, root, at, station } = made.checkpoint;
    this.lastSize = size;
    try {
      this.memory?.keep({
        version: 1,
        station,
        size,
        root: hex(root),
        key: made.key,
        at,
        monoMs: this.clock.monotonic(),
        storeSeal: null,
      });
    } finally {
      made.key.fill(0);
    }
    this.memory?.forgetLatest();
    this.unkept = null;
    return true;
  }

  /** The station could not remember: shown until it can. */
  notKept(why: string, storeSize: number): void {
    this.unkept = {
      code: 'anchor.not-kept',
      message: `This station cannot remember how far the log has grown: ${why}`,
      markSize: this.lastSize,
      storeSize,
      markedAt: this.now(),
    };
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
