import { hex, hmacSha256, sha256 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { isPeaksOf, MerkleAccumulator } from '../domain/audit-log.ts';
import { parseCheckpoint } from '../domain/checkpoint.ts';
import { entryTag, evolvedKey } from '../domain/entry-tag.ts';
import type { NoteKey } from '../domain/signed-note.ts';
import { isSignedBy, parseNote, parseVerificationKey } from '../domain/signed-note.ts';
import type { ChainLink, ChainProblem, ChainReport } from '../domain/verify-chain.ts';
import { countEntries } from '../storage/audit.repository.ts';
import type { StoredCheckpoint, StoredStation } from '../storage/audit-checkpoint.repository.ts';
import { allCheckpoints, allStations } from '../storage/audit-checkpoint.repository.ts';
import { hasTable } from './has-table.ts';
import type { LogKnowledge } from './log-memory.ts';
import { NOTE_CRYPTOGRAPHY } from './station-signer.ts';

/** What was found of checkpoints, tags and the station's mark. */
export interface LogVerification {
  readonly checkpoints: number;
  readonly checkpointsVerified: number;
  readonly stationCheckpoint: { readonly size: number; readonly at: string } | null;
  readonly highWater: {
    readonly size: number;
    readonly root: string;
    readonly at: string;
    readonly holds: boolean;
  } | null;
  readonly tags: { readonly checked: number; readonly with: 'first-key' | 'station-key' | 'none' };
  readonly problems: ChainProblem[];
}

/** What the checks are made with. */
export interface LogWitnesses {
  /** What this station remembers of the log. */
  readonly known: LogKnowledge | null;
  /** K_0 in hex, of the recovery kit. */
  readonly firstKey: string | null;
  /** Digest of the store's file; null where the station remembers none to compare it with. */
  readonly storeSeal: string | null;
}

/** A key and the entries whose tags it makes, evolved as they come by. */
interface TagKey {
  key: Uint8Array;
  readonly first: number;
  readonly end: number;
}

/** Entries that begin a station's key. */
const BEGINNINGS: readonly unknown[] = ['log.genesis', 'log.station-joined'];

/** Follows the check of the chain and holds each entry against its tag, the checkpoints and the station's mark. */
export class LogVerifier {
  private readonly store: ReadStore;
  private readonly witnesses: LogWitnesses;
  private readonly stations: readonly StoredStation[];
  private readonly checkpoints: readonly StoredCheckpoint[];
  private readonly keys = new Map<number, NoteKey | null>();
  private readonly tagKey: TagKey | null;
  private readonly problems: ChainProblem[] = [];
  private tagsChecked = 0;
  private tagsBroken = false;
  private nextCheckpoint = 0;
  private nextStation = 0;
  private newest: StoredCheckpoint | null = null;
  private verified = 0;
  private rootAtMark: string | null = null;

  constructor(store: ReadStore, witnesses: LogWitnesses) {
    this.store = store;
    this.witnesses = witnesses;
    const sealed = hasTable(store, 'audit_checkpoints');
    this.stations = sealed ? allStations(store) : [];
    this.checkpoints = sealed ? allCheckpoints(store) : [];
    this.tagKey = this.tagKeyOf(witnesses);
  }

  /** One entry of the chain, in order. */
  visit({ seq, leaf, tag, log, act }: ChainLink, tree: MerkleAccumulator): void {
    this.checkTag(seq, leaf, tag ?? null);
    this.checkStation(seq, log, act);
    const { mark } = this.witnesses.known ?? { mark: null };
    if (mark?.size === tree.size) this.rootAtMark = hex(tree.root());
    const checkpoint = this.checkpoints[this.nextCheckpoint];
    if (checkpoint?.size !== tree.size) return;
    this.nextCheckpoint += 1;
    const problem = this.checkpointProblem(checkpoint, hex(tree.root()), log);
    if (problem === null) {
      this.verified += 1;
      this.newest = checkpoint;
    } else this.problems.push(problem);
  }

  /** What was found, once the chain was followed to its end. */
  finish(chain: ChainReport): LogVerification {
    // Behind a break of the chain nothing was looked at.
    if (chain.problems.length === 0) {
      const beyond = this.checkpoints[this.nextCheckpoint];
      if (beyond !== undefined)
        this.problems.push({
          code: 'audit.checkpoint-size',
          where: `checkpoint ${beyond.size}`,
          message: `a checkpoint was signed over ${beyond.size} entries; the log has ${chain.entries}`,
        });
      if (this.nextStation < this.stations.length)
        this.problems.push(stationProblem(this.stations[this.nextStation]!.station));
    }
    const highWater = this.highWater(chain);
    return {
      checkpoints: this.checkpoints.length,
      checkpointsVerified: this.verified,
      stationCheckpoint: this.newest === null ? null : { size: this.newest.size, at: this.newest.at },
      highWater,
      tags: {
        checked: this.tagsChecked,
        with: this.tagKey === null ? 'none' : this.witnesses.firstKey === null ? 'station-key' : 'first-key',
      },
      problems: [...this.problems, ...this.sealProblems()],
    };
  }

  private tagKeyOf({ firstKey, known }: LogWitnesses): TagKey | null {
    const endOf = (station: number): number =>
      this.stations.find(row => row.station > station)?.from_size ?? Number.POSITIVE_INFINITY;
    if (firstKey !== null)
      return {
        key: new Uint8Array(Buffer.from(firstKey, 'hex')),
        first: this.stations[0]?.from_size ?? 0,
        end: endOf(0),
      };
    const record = known?.record ?? null;
    return record === null
      ? null
      : { key: Uint8Array.from(record.key), first: record.size, end: endOf(record.station) };
  }

  private checkTag(seq: number, leaf: Uint8Array, tag: Uint8Array | null): void {
    const { tagKey } = this;
    const from = this.stations[0]?.from_size ?? Number.POSITIVE_INFINITY;
    let fits = tag !== null || seq < from;
    if (tagKey !== null && seq >= tagKey.first && seq < tagKey.end) {
      fits = tag !== null && hex(entryTag(hmacSha256, tagKey.key, leaf)) === hex(tag);
      const next = evolvedKey(sha256, tagKey.key);
      tagKey.key.fill(0);
      tagKey.key = next;
      if (!this.tagsBroken && fits) this.tagsChecked += 1;
    }
    if (fits || this.tagsBroken) return;
    // The first only: the others follow from it.
    this.tagsBroken = true;
    this.problems.push({
      code: 'audit.tag',
      where: `entry ${seq}`,
      message:
        tag === null ? 'the entry has no tag' : 'the entry was not written with the key the log had at that time',
    });
  }

  private checkStation(seq: number, log: string | null, act: unknown): void {
    const station = this.stations[this.nextStation];
    if (station?.from_size === seq) {
      this.nextStation += 1;
      const key = parseVerificationKey(NOTE_CRYPTOGRAPHY, station.vkey);
      this.keys.set(station.station, key);
      if (!BEGINNINGS.includes(act) || key?.name !== log) this.problems.push(stationProblem(station.station));
    } else if (act === 'log.station-joined')
      this.problems.push({
        code: 'audit.station',
        where: `entry ${seq}`,
        message: 'the entry names a station whose key the log does not hold',
      });
  }

  private checkpointProblem(
    { size, root, peaks, note, station }: StoredCheckpoint,
    computed: string,
    log: string | null,
  ): ChainProblem | null {
    const told = (code: string, message: string): ChainProblem => ({ code, where: `checkpoint ${size}`, message });
    const signed = parseNote(note);
    const stated = signed === null ? null : parseCheckpoint(signed.text);
    const key = this.keys.get(station) ?? null;
    if (signed === null || stated === null || key === null || !isSignedBy(NOTE_CRYPTOGRAPHY, signed, key))
      return told('audit.checkpoint-signature', 'the checkpoint is not signed by its station');
    if (hex(stated.root) !== computed || stated.size !== size || stated.origin !== log)
      return told('audit.checkpoint-root', 'the entries up to here are not those that were signed');
    const isSame =
      hex(root) === computed &&
      isPeaksOf(size, peaks) &&
      hex(MerkleAccumulator.from(sha256, size, peaks).root()) === computed;
    return isSame ? null : told('audit.checkpoint-record', 'what is stored of the checkpoint is not what was signed');
  }

  private highWater({ problems }: ChainReport): LogVerification['highWater'] {
    const mark = this.witnesses.known?.mark ?? null;
    if (mark === null) return null;
    const entries = countEntries(this.store);
    const holds = this.rootAtMark === mark.root;
    if (entries < mark.size)
      this.problems.push({
        code: 'store.older-than-anchor',
        where: 'store.db',
        message: `the log has ${entries} entries; this station saw ${mark.size} at ${mark.at}`,
      });
    // Where the chain broke before the mark, that break has been named.
    else if (!holds && (problems.length === 0 || this.rootAtMark !== null))
      this.problems.push({
        code: 'store.forked',
        where: 'store.db',
        message: `the first ${mark.size} entries are not those that this station saw at ${mark.at}`,
      });
    return { ...mark, holds };
  }

  private sealProblems(): ChainProblem[] {
    const record = this.witnesses.known?.record ?? null;
    const isOurs = record !== null && this.stations.at(-1)?.station === record.station;
    if (!isOurs || record.storeSeal === null || record.storeSeal === this.witnesses.storeSeal) return [];
    return [
      {
        code: 'store.changed',
        where: 'store.db',
        message: `the file is not the one that was closed at this station at ${record.at}`,
      },
    ];
  }
}

const stationProblem = (station: number): ChainProblem => ({
  code: 'audit.station',
  where: `station ${station}`,
  message: 'no entry of the log begins where the station’s key is said to begin, or the key is not of this log',
});
