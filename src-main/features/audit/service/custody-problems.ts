import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { CustodyEvent } from '../domain/custody-ledger.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { allCustodyEvents } from '../storage/custody.repository.ts';
import { custodyDigest } from './custody-record.ts';
import { hasTable } from './has-table.ts';

/** What entries record of the ledger: each names the events it stands for and the digest of what they say. */
export const custodyProblems = (
  store: ReadStore,
  logged: readonly AuditEntry['obj'][],
  imported: ReadonlyMap<string, AuditEntry['obj']>,
): ChainProblem[] => {
  // A store that was not opened since has no ledger yet; an entry of one without the table is named below.
  const events = hasTable(store, 'custody_events') ? allCustodyEvents(store) : null;
  const problems: ChainProblem[] = [];
  const recorded = new Set<number>();
  const report = (where: string, message: string): void =>
    void problems.push({ code: 'custody.unlogged', where: `custody ${where}`, message });
  for (const { 'custody-first': first, 'custody-last': last, 'custody-digest': digest } of logged) {
    if (typeof first !== 'number' || typeof last !== 'number') continue;
    // Events are numbered from 1 without a gap: that is their place in the list.
    const own = (events ?? []).slice(first - 1, last);
    for (const { seq } of own) recorded.add(seq);
    if (custodyDigest(own) !== digest) report(`${first} to ${last}`, 'the ledger is not the one the log records');
  }
  for (const event of events ?? [])
    if (event.kind === 'ingest' ? !isImport(event, imported) : !recorded.has(event.seq))
      report(String(event.seq), 'the log does not record it so');
  return problems;
};

const isImport = (event: CustodyEvent, imported: ReadonlyMap<string, AuditEntry['obj']>): boolean => {
  const obj = imported.get(event.sourceId);
  return obj?.sha256 === event.expected && event.found === event.expected && event.agrees && obj.name === event.name;
};
