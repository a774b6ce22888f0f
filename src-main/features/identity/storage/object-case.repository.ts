import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

/** The case a source belongs to; undefined where there is no such source. */
export const caseOfSource = (store: ReadStore, id: string): string | undefined =>
  store.first(sql.selectFrom('sources').select('case_id').where('id', '=', id))?.case_id;

/** The case a finding belongs to; undefined where there is no such finding. */
export const caseOfFinding = (store: ReadStore, id: string): string | undefined =>
  store.first(sql.selectFrom('findings').select('case_id').where('id', '=', id))?.case_id;

/** The case a report belongs to; undefined where there is no such report. */
export const caseOfReport = (store: ReadStore, id: string): string | undefined =>
  store.first(sql.selectFrom('reports').select('case_id').where('id', '=', id))?.case_id;

/** Every case of the workspace. */
export const caseIds = (store: ReadStore): string[] =>
  store.all(sql.selectFrom('cases').select('id')).map(({ id }) => id);
