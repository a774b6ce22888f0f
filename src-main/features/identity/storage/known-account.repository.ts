import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

/**
 * Every account number that the records name, own and counterparties', and the newest source they are of. `accounts` is
 * null where nothing was imported since `knownTo`.
 */
export const knownAccounts = (
  store: ReadStore,
  knownTo: number,
): { readonly sources: number; readonly accounts: readonly string[] | null } => {
  const sources = store.first(sql.selectFrom('sources').select(eb => eb.fn.max('ordinal').as('ordinal')))?.ordinal ?? 0;
  if (sources === knownTo) return { sources, accounts: null };
  const own = store.all(
    sql.selectFrom('statements').select('account_id').distinct().where('account_id', 'is not', null),
  );
  const others = store.all(
    sql
      .selectFrom('dictionary_values')
      .select('value')
      .distinct()
      .where('dictionary', 'in', ['counterparty_account', 'counterpartyAccount', 'account']),
  );
  return {
    sources,
    accounts: [...own.map(({ account_id: account }) => account ?? ''), ...others.map(({ value }) => value)],
  };
};
