import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type FindingRecord = Omit<Selectable<Schema['findings']>, 'rows'>;
export type DecisionRecord = Selectable<Schema['finding_decisions']>;
export type RunRecord = Selectable<Schema['examination_runs']>;

/** All examinations of a case, oldest first. */
export const runsOfCase = (store: ReadStore, caseId: string): Selectable<Schema['examination_runs']>[] =>
  store.all(sql.selectFrom('examination_runs').selectAll().where('case_id', '=', caseId).orderBy('ordinal'));

/** Most severe first: the order of lists and the rank stored with each finding. */
export const SEVERITY_RANK: Readonly<Record<string, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

const COLUMNS = [
  'ordinal',
  'id',
  'run',
  'case_id',
  'test',
  'version',
  'finding_key',
  'severity',
  'severity_rank',
  'score',
  'reason',
  'row_count',
  'rows_digest',
] as const;

export const latestRun = (store: ReadStore, caseId: string): RunRecord | undefined =>
  store.first(
    sql.selectFrom('examination_runs').selectAll().where('case_id', '=', caseId).orderBy('ordinal', 'desc').limit(1),
  );

export const runByOrdinal = (store: ReadStore, ordinal: number): RunRecord | undefined =>
  store.first(sql.selectFrom('examination_runs').selectAll().where('ordinal', '=', ordinal));

export const nextRunOrdinal = (store: ReadStore): number =>
  Number(store.first(sql.selectFrom('examination_runs').select(eb => eb.fn.max('ordinal').as('n')))?.n ?? 0) + 1;

export const insertRun = (store: WriteStore, run: RunRecord): void => {
  store.run(sql.insertInto('examination_runs').values(run));
};

export const nextFindingOrdinal = (store: ReadStore): number =>
  Number(store.first(sql.selectFrom('findings').select(eb => eb.fn.max('ordinal').as('n')))?.n ?? 0) + 1;

/** Writes findings of a run; one prepared statement. */
export const insertFindings = (store: WriteStore, findings: readonly Selectable<Schema['findings']>[]): void => {
  for (const finding of findings) store.run(sql.insertInto('findings').values(finding));
};

export const findingById = (store: ReadStore, id: string): FindingRecord | undefined =>
  store.first(sql.selectFrom('findings').select(COLUMNS).where('id', '=', id));

/** All findings of a run without their rows, most severe first, then by score. */
export const findingsOfRun = (store: ReadStore, run: number): FindingRecord[] =>
  store.all(
    sql
      .selectFrom('findings')
      .select(COLUMNS)
      .where('run', '=', run)
      .orderBy('severity_rank')
      .orderBy('test')
      .orderBy('score', 'desc')
      .orderBy('ordinal'),
  );

/** Transaction ids a finding rests on, ascending. */
export const rowsOfFinding = (store: ReadStore, ordinal: number): Float64Array => {
  const blob =
    store.first(sql.selectFrom('findings').select('rows').where('ordinal', '=', ordinal))?.rows ?? new Uint8Array();
  return new Float64Array(blob.slice().buffer);
};

export const decisionsOfCase = (store: ReadStore, caseId: string): DecisionRecord[] =>
  store.all(sql.selectFrom('finding_decisions').selectAll().where('case_id', '=', caseId).orderBy('ordinal'));

export const insertDecision = (store: WriteStore, decision: Omit<DecisionRecord, 'ordinal'>): void => {
  store.run(sql.insertInto('finding_decisions').values(decision as DecisionRecord));
};
