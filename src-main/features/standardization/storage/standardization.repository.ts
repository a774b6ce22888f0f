import type { StandardizationSummary } from '../../../contract/standardization.contract.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

type Stored = Omit<StandardizationSummary, 'runId' | 'ranAt' | 'recipeSeq' | 'digest'>;

export interface StandardizationRun {
  readonly ordinal: number;
  readonly id: string;
  readonly ranAt: string;
  readonly inputDigest: string;
  readonly recipeSeq: number;
  readonly outputDigest: string;
  readonly summary: Stored;
}

/** The latest run of the pipeline on a case. */
export const latestStandardization = (store: ReadStore, caseId: string): StandardizationRun | undefined => {
  const row = store.first(
    sql
      .selectFrom('standardization_runs')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('ordinal', 'desc')
      .limit(1),
  );
  return row === undefined
    ? undefined
    : {
        ordinal: row.ordinal,
        id: row.id,
        ranAt: row.ran_at,
        inputDigest: row.input_digest,
        recipeSeq: row.recipe_seq,
        outputDigest: row.output_digest,
        summary: JSON.parse(row.summary) as Stored,
      };
};

/** The number of the next run, after all that are stored. */
export const nextStandardization = (store: ReadStore): number =>
  Number(store.first(sql.selectFrom('standardization_runs').select(eb => eb.fn.max('ordinal').as('last')))?.last ?? 0) +
  1;

export const insertStandardization = (store: WriteStore, caseId: string, run: StandardizationRun): void => {
  store.run(
    sql.insertInto('standardization_runs').values({
      ordinal: run.ordinal,
      id: run.id,
      case_id: caseId,
      ran_at: run.ranAt,
      input_digest: run.inputDigest,
      recipe_seq: run.recipeSeq,
      output_digest: run.outputDigest,
      summary: JSON.stringify(run.summary),
    }),
  );
};

export const insertStandardizationSet = (store: WriteStore, run: number, name: string, rows: Uint8Array): void => {
  store.run(sql.insertInto('standardization_sets').values({ run, name, rows }));
};

/** Rows of a figure (transaction ids, ascending); undefined where the run has no such figure. */
export const standardizationSet = (store: ReadStore, run: number, name: string): Float64Array | undefined => {
  const row = store.first(
    sql.selectFrom('standardization_sets').select('rows').where('run', '=', run).where('name', '=', name),
  );
  return row === undefined ? undefined : new Float64Array(Uint8Array.from(row.rows).buffer);
};

/** Removes the rows behind figures of a run: of one that did not end, or of a case's runs before its latest. */
export const deleteStandardizationSets = (store: WriteStore, run: number): void => {
  store.run(sql.deleteFrom('standardization_sets').where('run', '=', run));
};
