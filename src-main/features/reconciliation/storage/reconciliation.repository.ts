import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

type Match = Selectable<Schema['reconciliation_matches']>;
type Orphan = Selectable<Schema['reconciliation_orphans']>;

export const insertMatch = (store: WriteStore, match: Match): void => {
  store.run(sql.insertInto('reconciliation_matches').values(match));
};
export const insertOrphan = (store: WriteStore, orphan: Orphan): void => {
  store.run(sql.insertInto('reconciliation_orphans').values(orphan));
};

export const matchesOf = (
  store: ReadStore,
  run: number,
  status: Match['status'],
  offset: number,
  limit: number,
): Match[] =>
  store.all(
    sql
      .selectFrom('reconciliation_matches')
      .selectAll()
      .where('run', '=', run)
      .where('status', '=', status)
      .orderBy('ordinal')
      .limit(limit)
      .offset(offset),
  );

export const countMatches = (store: ReadStore, run: number, status: Match['status']): number =>
  store.first(
    sql
      .selectFrom('reconciliation_matches')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('run', '=', run)
      .where('status', '=', status),
  )?.n ?? 0;

export const orphansOf = (
  store: ReadStore,
  run: number,
  side: Orphan['side'],
  offset: number,
  limit: number,
): Orphan[] =>
  store.all(
    sql
      .selectFrom('reconciliation_orphans')
      .selectAll()
      .where('run', '=', run)
      .where('side', '=', side)
      .orderBy('ordinal')
      .limit(limit)
      .offset(offset),
  );

export const countOrphans = (store: ReadStore, run: number, side: Orphan['side']): number =>
  store.first(
    sql
      .selectFrom('reconciliation_orphans')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('run', '=', run)
      .where('side', '=', side),
  )?.n ?? 0;

/** Removes what is stored under run numbers from this one on; only a run that never completed has such records. */
export const deleteReconciliationDetails = (store: WriteStore, fromRun: number): void => {
  for (const table of ['reconciliation_matches', 'reconciliation_orphans'] as const)
    store.run(sql.deleteFrom(table).where('run', '>=', fromRun));
};

/** A match without its reasons: what a fold over all of them needs. */
export interface IndexedMatch {
  readonly ordinal: number;
  readonly status: Match['status'];
  readonly kind: string;
  readonly score: number;
  readonly bank_transactions: string;
  readonly ledger_transactions: string;
}

/** All matches of a run, in order, without their reasons. */
export const matchIndex = (store: ReadStore, run: number): IndexedMatch[] =>
  store.all(
    sql
      .selectFrom('reconciliation_matches')
      .select(['ordinal', 'status', 'kind', 'score', 'bank_transactions', 'ledger_transactions'])
      .where('run', '=', run)
      .orderBy('ordinal'),
  );

/** Why the rows of a match belong together; [] where no run says so. */
export const reasonsOf = (store: ReadStore, run: number, status: Match['status'], ordinal: number): string[] => {
  const found = store.first(
    sql
      .selectFrom('reconciliation_matches')
      .select('reasons')
      .where('run', '=', run)
      .where('status', '=', status)
      .where('ordinal', '=', ordinal),
  );
  return found === undefined ? [] : (JSON.parse(found.reasons) as string[]);
};

/** What a run says of these rows without a partner. */
export const orphansAmong = (
  store: ReadStore,
  run: number,
  ids: readonly number[],
): Pick<Orphan, 'transaction_id' | 'candidates' | 'proposals'>[] =>
  ids.length === 0
    ? []
    : store.all(
        sql
          .selectFrom('reconciliation_orphans')
          .select(['transaction_id', 'candidates', 'proposals'])
          .where('run', '=', run)
          .where('transaction_id', 'in', ids),
      );

/** Rows for which a run proposes what they are, with the proposals. */
export const proposedOrphans = (
  store: ReadStore,
  run: number,
): Pick<Orphan, 'side' | 'transaction_id' | 'proposals'>[] =>
  store.all(
    sql
      .selectFrom('reconciliation_orphans')
      .select(['side', 'transaction_id', 'proposals'])
      .where('run', '=', run)
      .where('proposals', '<>', '[]'),
  );
