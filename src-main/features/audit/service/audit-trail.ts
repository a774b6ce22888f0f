import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { Ports } from '../../../platform/ports.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import type { AuditEntry, AuditObject } from '../domain/audit-log.ts';
import { canonicalEntry, GENESIS_PREV, leafHash, MerkleAccumulator } from '../domain/audit-log.ts';
import { allLeaves, insertEntry, lastEntry } from '../storage/audit.repository.ts';

/** Who acts: from the session, never from a payload. `pov` is the point of view taken (the role, until both are kept apart). */
export interface Actor {
  readonly actor: string;
  readonly role: string;
}

export const SYSTEM_ACTOR: Actor = { actor: 'system', role: 'system' };

/** Appends entries to the log. Call `append` inside the unit of work whose effect it records. */
export class AuditTrail {
  private readonly log: string;
  private readonly ports: Ports;
  private readonly boot: string;
  constructor(log: string, ports: Ports) {
    this.log = log;
    this.ports = ports;
    this.boot = ports.ids.next();
  }

  append(store: WriteStore, who: Actor, act: string, obj: AuditObject): void {
    const last = lastEntry(store);
    const before = last === undefined ? null : (JSON.parse(last.entry) as Pick<AuditEntry, 'boot' | 'ctr'>);
    const entry: AuditEntry = {
      v: 1,
      log: this.log,
      seq: last === undefined ? 0 : last.seq + 1,
      prev: last === undefined ? GENESIS_PREV : hex(last.leaf),
      ts: new Date(this.ports.clock.now()).toISOString(),
      mono: Math.floor(this.ports.clock.monotonic()),
      boot: this.boot,
      ctr: before !== null && before.boot === this.boot ? before.ctr + 1 : 0,
      actor: who.actor,
      role: who.role,
      pov: who.role,
      act,
      obj,
    };
    const text = canonicalEntry(entry);
    insertEntry(store, { seq: entry.seq, entry: text, leaf: leafHash(sha256, utf8(text)) });
  }
}

/** Size and RFC 6962 root of the log as stored, in lower-case hex. */
export const auditRoot = (store: ReadStore): { readonly entries: number; readonly root: string } => {
  const tree = new MerkleAccumulator(sha256);
  for (const { leaf } of allLeaves(store)) tree.append(leaf);
  return { entries: tree.size, root: hex(tree.root()) };
};
