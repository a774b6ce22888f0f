import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

type ReportRecord = Selectable<Schema['reports']>;

export const insertReport = (store: WriteStore, report: Omit<ReportRecord, 'ordinal'>): void => {
  store.run(sql.insertInto('reports').values(report as ReportRecord));
};

export const reportsOfCase = (store: ReadStore, caseId: string) =>
  store.all(
    sql
      .selectFrom('reports')
      .select(['id', 'built_at', 'pdf_sha256', 'html_sha256', 'audit_root'])
      .where('case_id', '=', caseId)
      .orderBy('ordinal', 'desc'),
  );

export const reportById = (store: ReadStore, id: string): ReportRecord | undefined =>
  store.first(sql.selectFrom('reports').selectAll().where('id', '=', id));
