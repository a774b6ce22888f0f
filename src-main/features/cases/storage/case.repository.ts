import { NexusError } from '../../../contract/errors.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export interface CaseRecord {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
}

export const insertCase = (store: WriteStore, row: CaseRecord): void => {
  store.run(sql.insertInto('cases').values(row));
};

export const allCases = (store: ReadStore): CaseRecord[] =>
  store.all(sql.selectFrom('cases').selectAll().orderBy('created_at').orderBy('name'));

export const caseByName = (store: ReadStore, name: string): CaseRecord | undefined =>
  store.first(sql.selectFrom('cases').selectAll().where('name', '=', name));

/** The case; throws `case.unknown`. Every channel that takes a case id goes through here. */
export const requireCase = (store: ReadStore, id: string): CaseRecord => {
  const found = store.first(sql.selectFrom('cases').selectAll().where('id', '=', id));
  if (found === undefined)
    throw new NexusError({
      code: 'case.unknown',
      category: 'not-found',
      message: `There is no case ${id} in this workspace.`,
    });
  return found;
};

export const sumOfSources = (
  store: ReadStore,
  caseId: string,
): { readonly sources: number; readonly transactions: number; readonly rejected: number } => {
  const row = store.first(
    sql
      .selectFrom('sources')
      .select(eb => [
        eb.fn.countAll<number>().as('sources'),
        eb.fn.sum<number>('transaction_count').as('transactions'),
        eb.fn.sum<number>('rejected_count').as('rejected'),
      ])
      .where('case_id', '=', caseId)
      .where('state', '=', 'complete')
      .where('set_aside_at', 'is', null),
  );
  return { sources: row?.sources ?? 0, transactions: row?.transactions ?? 0, rejected: row?.rejected ?? 0 };
};
