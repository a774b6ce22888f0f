import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import type { AuditEntry, AuditObject } from '../domain/audit-log.ts';
import type { CustodyEvent, CustodyKind } from '../domain/custody-ledger.ts';
import { ledgerLine } from '../domain/custody-ledger.ts';
import { ledgerText } from '../domain/proof-bundle.ts';
import { lastEntry } from '../storage/audit.repository.ts';
import { insertCustodyEvent, nextCustodySeq } from '../storage/custody.repository.ts';

/** What happened to one original. */
export interface CustodyFact {
  readonly source: SourceRecord;
  readonly kind: Exclude<CustodyKind, 'ingest'>;
  readonly purpose: string;
  readonly found: string | null;
  readonly recipient?: string;
  readonly receipt?: string;
}

const newestEntry = (store: ReadStore): AuditEntry => {
  const stored = lastEntry(store);
  if (stored === undefined) throw new Error('the log has no entry of this');
  return JSON.parse(stored.entry) as AuditEntry;
};

/**
 * Enters facts in the custody ledger, under one audit entry that holds their numbers and the digest of what they say:
 * `append` writes it. All in the unit of work under way.
 */
export const recordCustody = (
  store: WriteStore,
  who: { readonly actor: string; readonly role: string },
  at: string,
  facts: readonly CustodyFact[],
  append: (obj: AuditObject) => void,
): CustodyEvent[] => {
  const first = nextCustodySeq(store);
  const events = facts.map(({ source, kind, purpose, found, recipient, receipt }, i) => ({
    seq: first + i,
    kind,
    sourceId: source.id,
    caseId: source.case_id,
    name: source.name,
    purpose,
    expected: source.sha256,
    found,
    agrees: kind === 'transfer' || found === source.sha256,
    recipient: recipient ?? '',
    receipt: receipt ?? '',
    actor: who.actor,
    role: who.role,
    at,
  }));
  append({
    'custody-first': first,
    'custody-last': first + events.length - 1,
    'custody-digest': custodyDigest(events),
  });
  const entry = newestEntry(store).seq;
  const recorded = events.map(event => ({ ...event, entry }));
  for (const event of recorded) insertCustodyEvent(store, event);
  return recorded;
};

/** The digest of ledger lines as an entry states it. */
export const custodyDigest = (events: readonly Omit<CustodyEvent, 'entry'>[]): string =>
  `sha256:${hex(sha256(utf8(ledgerText(events.map(ledgerLine)))))}`;

/** Enters an import in the ledger, right after its audit entry was appended. */
export const recordIngest = (store: WriteStore, source: SourceRecord, digest: string): void => {
  const { seq, actor, role, ts } = newestEntry(store);
  insertCustodyEvent(store, {
    seq: nextCustodySeq(store),
    kind: 'ingest',
    sourceId: source.id,
    caseId: source.case_id,
    name: source.name,
    purpose: 'import',
    expected: digest,
    found: digest,
    agrees: true,
    recipient: '',
    receipt: '',
    actor,
    role,
    at: ts,
    entry: seq,
  });
};
