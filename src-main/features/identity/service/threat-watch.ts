import type { Ports } from '../../../platform/ports.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { AuditEntry, AuditObject } from '../../audit/domain/audit-log.ts';
import { workspaceSettings } from '../../settings/storage/workspace-settings.repository.ts';
import { offHours } from '../domain/threat-hours.ts';
import type { ThreatMemory, ThreatSign } from '../domain/threat-rules.ts';
import { emptyThreatMemory, judgeEntry } from '../domain/threat-rules.ts';
import { insertAlert, restsOnEntry } from '../storage/security-alert.repository.ts';

/**
 * Entries of before this opening that the rules look back on: more than a burst of calls leaves. Of failed sign-ins, which
 * count over a day, a busy day's first ones may lie further back.
 */
const LOOKED_BACK = 2_000;

/** A sign that was kept as an alert. */
export interface RaisedAlert extends ThreatSign {
  readonly id: string;
}

/**
 * Reads each new entry of a workspace's log once and raises what the threat rules make of it (S26). After an opening it
 * looks back, so that neither a lock nor a restart lets a burst pass; an entry that an alert rests on raises no second one.
 */
export class ThreatWatch {
  private readonly ports: Ports;
  private readonly memory: ThreatMemory = emptyThreatMemory();
  private next: number;
  private hours: { readonly version: number; readonly isOff: (atMs: number) => boolean } | null = null;

  constructor(store: ReadStore, ports: Ports) {
    this.ports = ports;
    this.next = Math.max(0, sizeOf(store) - LOOKED_BACK);
  }

  /** What the rules say of the entries since the last look. Nothing is written. */
  look(store: ReadStore): ThreatSign[] {
    const size = sizeOf(store);
    if (size <= this.next) return [];
    const entries = store.all(
      sql.selectFrom('audit_entries').select(['seq', 'entry']).where('seq', '>=', this.next).orderBy('seq'),
    );
    const isOff = this.offHours(store);
    const signs: ThreatSign[] = [];
    for (const { seq, entry: text } of entries) {
      const { actor, act, obj, ts } = JSON.parse(text) as AuditEntry;
      const sign = judgeEntry(this.memory, { seq, actor, act, obj, atMs: Date.parse(ts) }, isOff);
      if (sign !== null && !restsOnEntry(store, sign)) signs.push(sign);
    }
    this.next = size;
    return signs;
  }

  /** Keeps signs as alerts with their entries, inside the caller's unit of work. */
  raise(
    store: WriteStore,
    signs: readonly ThreatSign[],
    audit: (act: string, obj: AuditObject) => void,
  ): RaisedAlert[] {
    return signs.map(sign => {
      const id = this.ports.ids.next();
      insertAlert(store, id, new Date(this.ports.clock.now()).toISOString(), sign);
      audit('security.alert-raised', {
        alert: id,
        rule: sign.rule,
        severity: sign.severity,
        subject: sign.actor,
        words: sign.words,
        first: sign.firstSeq,
        last: sign.lastSeq,
        events: sign.events,
      });
      return { ...sign, id };
    });
  }

  private offHours(store: ReadStore): (atMs: number) => boolean {
    const { version, settings } = workspaceSettings(store);
    if (this.hours?.version !== version) {
      const { timeZone, ...hours } = settings.businessHours;
      this.hours = {
        version,
        isOff: offHours(hours, timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone),
      };
    }
    return this.hours.isOff;
  }
}

/** Entries of the log: they are numbered from 0 without gaps. */
const sizeOf = (store: ReadStore): number =>
  (store.first(sql.selectFrom('audit_entries').select(eb => eb.fn.max('seq').as('seq')))?.seq ?? -1) + 1;
