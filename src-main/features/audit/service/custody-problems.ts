import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { CustodyEvent } from '../domain/custody-ledger.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { allCustodyEvents } from '../storage/custody.repository.ts';
import { custodyDigest } from './custody-record.ts';
import { hasTable } from './has-table.ts';

/**
 * The custody ledger against the log: each import has exactly one line, which says what its entry says; of all other lines
 * an entry names the numbers and the digest. The verifiers of an export judge the same, in the same words.
 */
export const custodyProblems = (
  store: ReadStore,
  logged: readonly AuditEntry[],
  imports: ReadonlyMap<number, AuditEntry>,
): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  const report = (where: string, message: string): void =>
    void problems.push({ code: 'custody.unlogged', where, message });
  const lacks = (entry: number): void => report(`entry ${entry}`, 'the ledger does not hold what the entry records');
  // A store that was not opened since has no ledger yet, and no line of its imports; an entry of one is named.
  const isThere = hasTable(store, 'custody_events');
  const events = new Map((isThere ? allCustodyEvents(store) : []).map(event => [event.seq, event]));
  const recordedBy = new Map<number, number>();
  for (const { seq, obj } of logged) {
    const own = eventsOf(events, obj);
    if (custodyDigest(own) !== obj['custody-digest']) lacks(seq);
    for (const event of own) recordedBy.set(event.seq, seq);
  }
  const taken = new Set<number>();
  for (const event of events.values()) {
    const where = `custody ${event.seq}`;
    if (event.kind !== 'ingest') {
      if (recordedBy.get(event.seq) !== event.entry) report(where, 'the log does not record it so');
      continue;
    }
    const entry = imports.get(event.entry);
    if (entry === undefined || !isImport(event, entry)) report(where, 'the log does not record it so');
    else if (taken.has(event.entry)) report(where, 'the import that it names has its line already');
    if (entry !== undefined) taken.add(event.entry);
  }
  if (isThere) for (const entry of imports.keys()) if (!taken.has(entry)) lacks(entry);
  return problems;
};

/** The lines that an entry names by their numbers; none where it names more than there are. */
const eventsOf = (
  events: ReadonlyMap<number, CustodyEvent>,
  { 'custody-first': first, 'custody-last': last }: AuditEntry['obj'],
): CustodyEvent[] => {
  if (typeof first !== 'number' || typeof last !== 'number' || last - first >= events.size) return [];
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => events.get(first + i)).filter(
    event => event !== undefined,
  );
};

const isImport = (event: CustodyEvent, { actor, role, ts, obj }: AuditEntry): boolean =>
  obj.source === event.sourceId &&
  obj.case === event.caseId &&
  obj.name === event.name &&
  obj.sha256 === event.expected &&
  event.found === event.expected &&
  event.agrees &&
  event.purpose === 'import' &&
  event.recipient === '' &&
  event.receipt === '' &&
  event.actor === actor &&
  event.role === role &&
  event.at === ts;
