import { randomBytes } from 'node:crypto';
import type { CheckpointReason } from '../../../contract/audits.contract.ts';
import { NexusError } from '../../../contract/errors.ts';
import { hex } from '../../../platform/digest.ts';
import { newSigningSeed } from '../../../platform/ed25519.ts';
import type { Ports } from '../../../platform/ports.ts';
import type { WriteStore } from '../../../platform/store.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import { checkpointAfter } from '../domain/audit-acts.ts';
import type { AuditEntry, AuditObject } from '../domain/audit-log.ts';
import { canonicalEntry } from '../domain/canonical-text.ts';
import type { ClockWatch } from '../domain/clock-watch.ts';
import { observeClock } from '../domain/clock-watch.ts';
import { sealText } from '../domain/proof-bundle.ts';
import { countEntries, entryAt, insertEntry } from '../storage/audit.repository.ts';
import type { StoredCheckpoint } from '../storage/audit-checkpoint.repository.ts';
import { allStations, checkpointUpTo, insertStation } from '../storage/audit-checkpoint.repository.ts';
import type { AnchorProblem } from './log-anchor.ts';
import { anchoredLog, rolledBack } from './log-anchor.ts';
import { clockOf, instantOf } from './log-clock.ts';
import type { LogKnowledge, LogMark, LogMemory } from './log-memory.ts';
import type { LogState } from './log-state.ts';
import { emptyState, stateAfter, treeAt } from './log-state.ts';
import { StationSigner } from './station-signer.ts';
import { TrailCheckpoints } from './trail-checkpoints.ts';

/** Who acts, in which role, through which point of view: from the session, never from a payload. */
export interface Actor {
  readonly actor: string;
  readonly role: string;
  readonly pov: string;
}

export const SYSTEM_ACTOR: Actor = { actor: 'system', role: 'system', pov: 'system' };

/** A checkpoint is made after so many entries at the latest. */
const CHECKPOINT_INTERVAL = 256;

/**
 * The one writer of a workspace's log. `append` inside the unit of work whose effect it records: when that is undone, the
 * tree and the key are as they were before. K lives here and, as of the last checkpoint, in the station's memory; it is
 * never in the store.
 */
export class AuditTrail {
  private readonly log: string;
  private readonly ports: Ports;
  private readonly boot: string;
  /** Null for a workspace that is removed when the command ends: nothing of it is remembered. */
  private readonly memory: LogMemory | null;
  private readonly signer: StationSigner;
  private readonly store: WriteStore;
  private state: LogState;
  /** States after the entries of the unit of work under way. */
  private pending: LogState[] = [];
  private held: AnchorProblem | null = null;
  private releasing = false;
  private readonly checkpoints: TrailCheckpoints;
  /** Why the unit of work under way must be followed by a checkpoint; null for no such reason. */
  private due: CheckpointReason | null = null;

  private constructor(workspaceId: string, store: WriteStore, ports: Ports, memory: LogMemory | null) {
    this.log = `nexus/workspace/${workspaceId}`;
    this.ports = ports;
    this.memory = memory;
    this.store = store;
    this.boot = ports.ids.next();
    this.signer = new StationSigner(this.log, memory?.signingSeed() ?? newSigningSeed());
    this.checkpoints = new TrailCheckpoints(this.signer, memory, ports.clock);
    this.state = emptyState(0, new Uint8Array(randomBytes(32)));
    store.onSettled(committed => this.settle(committed));
  }

  /** Begins the log of a new workspace. `firstKey` is K_0 in hex: for the recovery kit, kept nowhere else. */
  static begin(
    workspaceId: string,
    store: WriteStore,
    ports: Ports,
    memory: LogMemory | null,
  ): { readonly trail: AuditTrail; readonly firstKey: string } {
    const trail = new AuditTrail(workspaceId, store, ports, memory);
    const firstKey = hex(trail.state.key);
    store.transaction(() => {
      insertStation(store, { station: 0, vkey: trail.signer.vkey, from_size: 0, at: trail.now() });
      trail.append(store, SYSTEM_ACTOR, 'log.genesis', { workspace: workspaceId });
    });
    return { trail, firstKey };
  }

  /**
   * Goes on with the log of a workspace. A store that is older than what this station remembers, or another than that,
   * is held: `problem` says so, and nothing can be appended until a supervisor accepts it. A station that has no key
   * here begins one of its own and says so in the log.
   */
  static resume(workspaceId: string, store: WriteStore, ports: Ports, memory: LogMemory | null): AuditTrail {
    const trail = new AuditTrail(workspaceId, store, ports, memory);
    const stations = allStations(store);
    const size = countEntries(store);
    const { problem, key } =
      memory === null ? { problem: null, key: null } : anchoredLog(store, memory, stations, trail.signer.vkey);
    trail.held = problem;
    trail.checkpoints.lastSize = checkpointUpTo(store, size)?.size ?? 0;
    const last = size === 0 ? undefined : entryAt(store, size - 1);
    trail.state = {
      ...trail.state,
      tree: treeAt(store, size),
      prev: last === undefined ? trail.state.prev : hex(last.leaf),
      key: key ?? trail.state.key,
      station: stations.at(-1)?.station ?? -1,
      clock: last === undefined ? trail.state.clock : clockOf(store, size, last.entry),
    };
    if (problem === null && key === null) store.transaction(() => trail.join());
    return trail;
  }

  /** What speaks against the store, or why the station could not remember the log; null while nothing does. */
  get problem(): AnchorProblem | null {
    return this.held ?? this.checkpoints.unkept;
  }

  /** True while the store is held: it may be read, nothing may be written. */
  get isHeld(): boolean {
    return this.held !== null && !this.releasing;
  }

  /** What this station remembers of the log; null where it remembers nothing. */
  known(): LogKnowledge | null {
    return this.memory?.known() ?? null;
  }

  /** Entries that nobody outside the workspace has countersigned, since the first of them. */
  unwitnessed(): { readonly entries: number; readonly since: string | null } {
    const first = entryAt(this.store, 0);
    const sinceMs = first === undefined ? null : instantOf(first.entry, entry => entry.ts);
    return { entries: this.state.tree.size, since: sinceMs === null ? null : new Date(sinceMs).toISOString() };
  }

  /** The station's public key under the log's name, as text. */
  get vkey(): string {
    return this.signer.vkey;
  }

  /** Size and root of the log, the entries of the unit of work under way included. */
  head(): { readonly size: number; readonly root: string } {
    const { tree } = this.current();
    return { size: tree.size, root: hex(tree.root()) };
  }

  /** Appends an entry in the unit of work under way. Throws `workspace.rolled-back` while the store is held. */
  append(store: WriteStore, who: Actor, act: string, obj: AuditObject): void {
    if (!store.connection.inTransaction) throw new Error(`entry ${act} was appended outside a unit of work`);
    const { held } = this;
    if (held !== null && !this.releasing) throw rolledBack(held);
    // A part of the unit of work may have been undone: go on from what is there.
    const size = countEntries(store);
    while (this.pending.length > 0 && this.current().tree.size > size) this.pending.pop()?.key.fill(0);
    if (this.current().tree.size !== size) throw new Error('the log was written by something else than its trail');
    const wallMs = this.ports.clock.now();
    const { watch, event } = observeClock(this.current().clock, wallMs, this.ports.clock.monotonic());
    const believed = this.current().clock.believedWallMs ?? wallMs;
    if (event === 'consistent') this.add(store, SYSTEM_ACTOR, 'clock.consistent', {}, watch, wallMs);
    else if (event !== null)
      this.add(
        store,
        SYSTEM_ACTOR,
        'clock.anomaly',
        { kind: event, believed: new Date(believed).toISOString() },
        watch,
        wallMs,
      );
    this.add(store, who, act, obj, watch, wallMs);
    this.due ??= checkpointAfter(act);
  }

  /**
   * Signs the log as it stands: in the unit of work under way, or in one of its own. The station remembers it once that
   * is durable. Answers the signed note.
   */
  checkpoint(store: WriteStore, reason: CheckpointReason): StoredCheckpoint {
    if (this.isHeld && this.held !== null) throw rolledBack(this.held);
    const make = (): StoredCheckpoint => this.checkpoints.make(store, this.current(), reason);
    return store.connection.inTransaction ? make() : store.transaction(make);
  }

  /**
   * A supervisor goes on with a held store: inside the unit of work that says so. This station begins a new key, for the
   * old one belongs to entries that are gone. Answers what was remembered; throws `workspace.not-rolled-back`.
   */
  acceptRollback(): { readonly problem: AnchorProblem; readonly mark: LogMark | null } {
    const { held } = this;
    if (held === null)
      throw new NexusError({
        code: 'workspace.not-rolled-back',
        category: 'conflict',
        message: 'The store is not older than its anchor.',
        kept: 'Nothing was changed.',
        remedy: 'Nothing needs to be accepted.',
      });
    const mark = this.memory?.mark() ?? null;
    this.releasing = true;
    this.join();
    return { problem: held, mark };
  }

  /** The seal of an export: the station's signature over the digest of its bytes. */
  sealExport(sha256Hex: string): string {
    return this.signer.signText(sealText(this.log, sha256Hex));
  }

  /** Remembers the closed store's file by its digest, so that a page replaced while it is closed is noticed. */
  sealStore(storeSeal: string): void {
    const record = this.memory?.record() ?? null;
    if (this.held !== null || record === null) return;
    this.memory?.keep({ ...record, storeSeal });
  }

  /** Wipes the key. Nothing can be appended afterwards. */
  forget(): void {
    for (const { key } of [this.state, ...this.pending]) key.fill(0);
  }

  private now(): string {
    return new Date(this.ports.clock.now()).toISOString();
  }

  private current(): LogState {
    return this.pending.at(-1) ?? this.state;
  }

  /** A key of this station's own from here on: its first entry says so. Its number is in the table, its key there too. */
  private join(): void {
    const from = this.current();
    const station = from.station + 1;
    insertStation(this.store, {
      station,
      vkey: this.signer.vkey,
      from_size: from.tree.size,
      at: this.now(),
    });
    this.pending.push({ ...from, station, key: new Uint8Array(randomBytes(32)) });
    this.append(this.store, SYSTEM_ACTOR, 'log.station-joined', { station, size: from.tree.size });
  }

  private add(store: WriteStore, who: Actor, act: string, obj: AuditObject, clock: ClockWatch, wallMs: number): void {
    const state = this.current();
    const entry: AuditEntry = {
      v: 1,
      log: this.log,
      seq: state.tree.size,
      prev: state.prev,
      ts: new Date(wallMs).toISOString(),
      mono: Math.floor(this.ports.clock.monotonic()),
      boot: this.boot,
      ctr: state.written,
      actor: who.actor,
      role: who.role,
      pov: who.pov,
      act,
      obj,
    };
    const text = canonicalEntry(entry);
    const { leaf, tag, next } = stateAfter(state, text, clock);
    insertEntry(store, { seq: entry.seq, entry: text, leaf, tag });
    this.pending.push(next);
  }

  /** A unit of work has ended: what it appended stands, or it never was. */
  private settle(committed: boolean): void {
    const { releasing, due } = this;
    this.releasing = false;
    this.due = null;
    const appended = this.pending.length > 0;
    const keep = committed ? this.newestCommitted() : this.state;
    for (const { key } of [this.state, ...this.pending]) if (key !== keep.key) key.fill(0);
    this.state = keep;
    this.pending = [];
    if (!committed) {
      this.checkpoints.undone();
      return;
    }
    if (releasing) this.held = null;
    try {
      if (!this.checkpoints.remember() && appended) this.memory?.noteLatest({ ...this.head(), at: this.now() });
      if (!appended) return;
      if (due !== null) this.checkpoint(this.store, due);
      else if (this.state.tree.size - this.checkpoints.lastSize >= CHECKPOINT_INTERVAL)
        this.checkpoint(this.store, 'interval');
    } catch (error) {
      // What was written stands. That it could not be remembered is shown, and tried again with the next one.
      this.checkpoints.notKept(errorDataOf(error).message, this.state.tree.size);
    }
  }

  /** The newest state whose entry is there: a part of the unit of work may have been undone after it. */
  private newestCommitted(): LogState {
    if (this.pending.length === 0) return this.state;
    const size = countEntries(this.store);
    return [this.state, ...this.pending].findLast(({ tree }) => tree.size <= size) ?? this.state;
  }
}
