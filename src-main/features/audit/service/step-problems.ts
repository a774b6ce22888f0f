import { eventsDigest } from '../../../platform/event-digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { hasTable } from './has-table.ts';

/** A history of steps that are only ever added, and what its entries call their numbers and digest (`recipe-first` …). */
interface StepHistory {
  readonly table: 'recipe_events' | 'reconciliation_events';
  readonly prefix: 'recipe' | 'reconciliation';
  readonly what: string;
}

const HISTORIES: readonly StepHistory[] = [
  { table: 'recipe_events', prefix: 'recipe', what: 'recipe' },
  { table: 'reconciliation_events', prefix: 'reconciliation', what: 'reconciliation decisions' },
];

interface StoredStep {
  readonly seq: number;
  readonly title: string;
  readonly actor: string;
  readonly at: string;
  readonly body: unknown;
}

/** What a step says; a text that is no JSON as the text itself, whose digest no entry states. */
const storedBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** Steps as stored, by case; none in a store that was not opened since an earlier version, which had no such table. */
const storedSteps = (store: ReadStore, table: StepHistory['table']): Map<string, StoredStep[]> => {
  const cases = new Map<string, StoredStep[]>();
  if (!hasTable(store, table)) return cases;
  // eslint-disable-next-line no-restricted-syntax -- one of two tables, by its type
  const rows = store.connection.prepare(`SELECT * FROM ${table} ORDER BY case_id, seq`).iterate();
  for (const { case_id: caseId, body, ...step } of rows as IterableIterator<
    Record<'case_id' | 'title' | 'actor' | 'at' | 'body', string> & { readonly seq: number }
  >) {
    const steps = cases.get(caseId) ?? [];
    steps.push({ ...step, body: storedBody(body) });
    cases.set(caseId, steps);
  }
  return cases;
};

const historyProblems = (
  store: ReadStore,
  { table, prefix, what }: StepHistory,
  logged: readonly AuditEntry['obj'][],
): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  const all = storedSteps(store, table);
  /** How many steps of each case the entries so far have recorded. */
  const recorded = new Map<string, number>();
  for (const entry of logged) {
    const [caseId, first, last] = [entry.case, entry[`${prefix}-first`], entry[`${prefix}-last`]];
    if (typeof caseId !== 'string' || typeof first !== 'number' || typeof last !== 'number') continue;
    // Steps are numbered without a gap, so the range is a part of the list.
    const steps = (all.get(caseId) ?? []).slice(first - 1, last).filter(({ seq }) => seq >= first && seq <= last);
    if (eventsDigest(steps) !== entry[`${prefix}-digest`])
      problems.push({
        code: `records.${prefix}`,
        where: `${what} of case ${caseId}, steps ${first} to ${last}`,
        message: 'the stored steps are not those the log records',
      });
    const before = recorded.get(caseId) ?? 0;
    if (all.get(caseId)?.[before]?.seq === first) recorded.set(caseId, before + steps.length);
  }
  for (const [caseId, steps] of all) {
    const rest = steps[recorded.get(caseId) ?? 0];
    if (rest !== undefined)
      problems.push({
        code: `records.${prefix}`,
        where: `${what} of case ${caseId}, step ${rest.seq}`,
        message: 'the store holds steps that the log does not record',
      });
  }
  return problems;
};

/** Whether an entry records steps of a history. */
export const isStep = (entry: AuditEntry['obj']): boolean =>
  HISTORIES.some(({ prefix }) => entry[`${prefix}-digest`] !== undefined);

/** Steps people took: each was appended under one entry, which states their numbers and the digest of what they say. */
export const stepProblems = (store: ReadStore, logged: readonly AuditEntry['obj'][]): ChainProblem[] =>
  HISTORIES.flatMap(history =>
    historyProblems(
      store,
      history,
      logged.filter(entry => entry[`${history.prefix}-digest`] !== undefined),
    ),
  );
