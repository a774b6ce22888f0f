import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type CalibrationRecord = Selectable<Schema['calibrations']>;

/** The latest calibration of a case; undefined before the first. */
export const latestCalibration = (store: ReadStore, caseId: string): CalibrationRecord | undefined =>
  store.first(
    sql.selectFrom('calibrations').selectAll().where('case_id', '=', caseId).orderBy('ordinal', 'desc').limit(1),
  );

export const insertCalibration = (store: WriteStore, record: Omit<CalibrationRecord, 'ordinal'>): void => {
  const last = store.first(sql.selectFrom('calibrations').select(eb => eb.fn.max('ordinal').as('last')))?.last ?? 0;
  store.run(sql.insertInto('calibrations').values({ ...record, ordinal: Number(last) + 1 }));
};
