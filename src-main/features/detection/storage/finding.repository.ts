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

/** First and last ordinal of a run's findings; null where it has none. */
const ordinalsOfRun = (store: ReadStore, run: number): { readonly first: number; readonly last: number } | null => {
  const bounds = store.first(
    sql
      .selectFrom('findings')
      .select(eb => [eb.fn.min('ordinal').as('first'), eb.fn.max('ordinal').as('last')])
      .where('run', '=', run),
  );
  return bounds === undefined || bounds.first === null
    ? null
    : { first: Number(bounds.first), last: Number(bounds.last) };
};

/** Findings of a run whose rows may hold a transaction (their bytes hold its number somewhere), in the order of lists. */
export const findingsHolding = (store: ReadStore, run: number, transactionId: number): FindingRecord[] => {
  const bounds = ordinalsOfRun(store, run);
  if (bounds === null) return [];
  // Read in the order they lie in: through an index on the run each would be looked up by itself.
  return store
    .all(
      sql
        .selectFrom('findings')
        .select(COLUMNS)
        .where('ordinal', '>=', bounds.first)
        .where('ordinal', '<=', bounds.last)
        .where(eb => eb(eb.fn<number>('instr', ['rows', eb.val(floatBytes(transactionId))]), '>', 0)),
    )
    .filter(finding => finding.run === run)
    .sort(
      (a, b) =>
        a.severity_rank - b.severity_rank ||
        (a.test < b.test ? -1 : a.test > b.test ? 1 : 0) ||
        b.score - a.score ||
        a.ordinal - b.ordinal,
    );
};

const floatBytes = (value: number): Uint8Array => new Uint8Array(Float64Array.of(value).buffer);

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

/** Decisions of versions that had no finding events, oldest first. */
export const decisionsOfCase = (store: ReadStore, caseId: string): DecisionRecord[] =>
  store.all(sql.selectFrom('finding_decisions').selectAll().where('case_id', '=', caseId).orderBy('ordinal'));

/** What the grouping of a run reads of each finding, most severe first: answered from an index, without the rows. */
export const hitsOfRun = (store: ReadStore, run: number): HitRecord[] =>
  store.all(
    sql
      .selectFrom('findings')
      .select(['ordinal', 'test', 'finding_key', 'severity_rank', 'score', 'row_count', 'rows_digest'])
      .where('run', '=', run)
      .orderBy('severity_rank')
      .orderBy('test')
      .orderBy('score', 'desc')
      .orderBy('ordinal'),
  );
export type HitRecord = Pick<
  Selectable<Schema['findings']>,
  'ordinal' | 'test' | 'finding_key' | 'severity_rank' | 'score' | 'row_count' | 'rows_digest'
>;

/** Findings of these ordinals without their rows, in the order given. */
export const findingsByOrdinal = (store: ReadStore, ordinals: readonly number[]): FindingRecord[] =>
  ordinals.flatMap(ordinal => store.all(sql.selectFrom('findings').select(COLUMNS).where('ordinal', '=', ordinal)));

/** Rows of every finding of a run, by ordinal: read in the order they lie in. */
export const rowsOfRun = (
  store: ReadStore,
  run: number,
): Iterable<{ readonly ordinal: number; readonly run: number; readonly rows: Uint8Array }> => {
  const bounds = ordinalsOfRun(store, run);
  if (bounds === null) return [];
  return store.iterate(
    sql
      .selectFrom('findings')
      .select(['ordinal', 'run', 'rows'])
      .where('ordinal', '>=', bounds.first)
      .where('ordinal', '<=', bounds.last),
  );
};

/** Findings read at once while they are copied. */
const PAGE = 500;

/** First and last number of each test's findings in a run: a run stores them test by test. */
export const findingRanges = (
  store: ReadStore,
  run: number,
): ReadonlyMap<string, { readonly first: number; readonly last: number }> =>
  new Map(
    store
      .all(
        sql
          .selectFrom('findings')
          .select(['test', eb => eb.fn.min('ordinal').as('first'), eb => eb.fn.max('ordinal').as('last')])
          .where('run', '=', run)
          .groupBy('test'),
      )
      .map(({ test, first, last }) => [test, { first, last }]),
  );

/** All findings in a range of numbers with their rows, in their order, read page by page. */
export const findingsBetween = function* (
  store: ReadStore,
  first: number,
  last: number,
): Generator<Selectable<Schema['findings']>> {
  for (let from = first; from <= last; from += PAGE)
    yield* store.all(
      sql
        .selectFrom('findings')
        .selectAll()
        .where('ordinal', '>=', from)
        .where('ordinal', '<=', Math.min(last, from + PAGE - 1))
        .orderBy('ordinal'),
    );
};
