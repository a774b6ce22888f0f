import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type FactorRecord = Selectable<Schema['account_factors']>;
export type RecoveryCodeRecord = Selectable<Schema['recovery_codes']>;

/** An account's one-time codes, confirmed or not. */
export const factorOf = (store: ReadStore, accountId: string): FactorRecord | undefined =>
  store.first(sql.selectFrom('account_factors').selectAll().where('account_id', '=', accountId));

/** Takes the place of whatever the account had. */
export const replaceFactor = (store: WriteStore, row: FactorRecord): void => {
  store.run(sql.deleteFrom('account_factors').where('account_id', '=', row.account_id));
  store.run(sql.insertInto('account_factors').values(row));
};

export const updateFactor = (
  store: WriteStore,
  accountId: string,
  change: Partial<Pick<FactorRecord, 'confirmed_at' | 'last_step' | 'spent_steps' | 'failures'>>,
): void => {
  store.run(sql.updateTable('account_factors').set(change).where('account_id', '=', accountId));
};

/** Ends one-time codes and recovery codes of an account. */
export const deleteFactor = (store: WriteStore, accountId: string): void => {
  store.run(sql.deleteFrom('account_factors').where('account_id', '=', accountId));
  store.run(sql.deleteFrom('recovery_codes').where('account_id', '=', accountId));
};

/** Recovery codes of an account that are not spent. */
export const unspentCodes = (store: ReadStore, accountId: string): RecoveryCodeRecord[] =>
  store.all(
    sql
      .selectFrom('recovery_codes')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('spent_at', 'is', null)
      .orderBy('ordinal'),
  );

/** New codes in place of all the account had. */
export const replaceCodes = (store: WriteStore, accountId: string, rows: readonly RecoveryCodeRecord[]): void => {
  store.run(sql.deleteFrom('recovery_codes').where('account_id', '=', accountId));
  store.run(sql.insertInto('recovery_codes').values(rows));
};

export const spendCode = (store: WriteStore, accountId: string, ordinal: number, at: string): void => {
  store.run(
    sql
      .updateTable('recovery_codes')
      .set({ spent_at: at })
      .where('account_id', '=', accountId)
      .where('ordinal', '=', ordinal),
  );
};
