import type { ReadStore } from '../../../platform/store.ts';
import type { StoredFindingEvent } from '../../detection/service/finding-event-digest.ts';
import { findingEventDigest } from '../../detection/service/finding-event-digest.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { hasTable } from './has-table.ts';

const rowsOf = <T>(store: ReadStore, text: string, ...parameters: unknown[]): T[] =>
  store.connection.prepare(text).all(...parameters) as T[];

const eventsBetween = (store: ReadStore, caseId: string, first: number, last: number): StoredFindingEvent[] =>
  rowsOf<Omit<StoredFindingEvent, 'facts' | 'rows'>>(
    store,
    'SELECT seq, actor, role, at, body FROM finding_events WHERE case_id = ? AND seq BETWEEN ? AND ? ORDER BY seq',
    caseId,
    first,
    last,
  ).map(event => ({
    ...event,
    facts: rowsOf(
      store,
      'SELECT fact, hits FROM finding_event_facts WHERE case_id = ? AND seq = ? ORDER BY fact',
      caseId,
      event.seq,
    ),
    rows: rowsOf(
      store,
      'SELECT explanation, rows FROM finding_event_rows WHERE case_id = ? AND seq = ? ORDER BY explanation',
      caseId,
      event.seq,
    ),
  }));

/** What an entry repeats of its event in plain words, by what the entry and what the event call it. */
const REPEATED = [
  ['after', 'state'],
  ['state', 'state'],
  ['reason', 'reason'],
  ['severity', 'severity'],
  ['flagged', 'flagged'],
  ['assignee', 'assignee'],
  ['text', 'text'],
  ['verdict', 'verdict'],
] as const;

/** Whether the words of an entry are those of its event; an event that cannot be read says nothing. */
const saysTheSame = (logged: AuditEntry['obj'], { body }: StoredFindingEvent): boolean => {
  let said: Readonly<Record<string, unknown>>;
  try {
    said = JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return false;
  }
  return REPEATED.every(
    ([inLog, inEvent]) =>
      logged[inLog] === undefined || said[inEvent] === undefined || logged[inLog] === (said[inEvent] ?? ''),
  );
};

/** Decisions on findings: each was appended under one entry, which states their numbers and the digest of what they say. */
export const findingEventProblems = (store: ReadStore, logged: readonly AuditEntry['obj'][]): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  const recorded = new Map<string, number>();
  const stored = hasTable(store, 'finding_events');
  for (const entry of logged) {
    const { case: caseId, 'finding-first': first, 'finding-last': last, 'finding-digest': digest } = entry;
    if (typeof caseId !== 'string' || typeof first !== 'number' || typeof last !== 'number') continue;
    const events = stored ? eventsBetween(store, caseId, first, last) : [];
    if (findingEventDigest(events) !== digest || !events.every(event => saysTheSame(entry, event)))
      problems.push({
        code: 'records.decisions',
        where: `decisions on findings of case ${caseId}, ${first} to ${last}`,
        message: 'the stored decisions on findings are not those the log records',
      });
    if ((recorded.get(caseId) ?? 0) + 1 === first) recorded.set(caseId, last);
  }
  if (!stored) return problems;
  const heads = rowsOf<{ case_id: string; head: number }>(
    store,
    'SELECT case_id, max(seq) AS head FROM finding_events GROUP BY case_id',
  );
  for (const { case_id: caseId, head } of heads)
    if (head > (recorded.get(caseId) ?? 0))
      problems.push({
        code: 'records.decisions',
        where: `decisions on findings of case ${caseId}, ${(recorded.get(caseId) ?? 0) + 1}`,
        message: 'the store holds decisions on findings that the log does not record',
      });
  return problems;
};
