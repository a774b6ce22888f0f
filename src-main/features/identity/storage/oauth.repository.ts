import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type OauthProviderRecord = Selectable<Schema['oauth_providers']>;
export type OauthAccountRecord = Selectable<Schema['oauth_accounts']>;

/** All configured providers, by name. */
export const allProviders = (store: ReadStore): OauthProviderRecord[] =>
  store.all(sql.selectFrom('oauth_providers').selectAll().orderBy('name'));

export const providerById = (store: ReadStore, id: string): OauthProviderRecord | undefined =>
  store.first(sql.selectFrom('oauth_providers').selectAll().where('id', '=', id));

export const insertProvider = (store: WriteStore, row: OauthProviderRecord): void => {
  store.run(sql.insertInto('oauth_providers').values(row));
};

export const updateProvider = (store: WriteStore, { id, ...row }: OauthProviderRecord): void => {
  store.run(sql.updateTable('oauth_providers').set(row).where('id', '=', id));
};

/** Removes a provider with its links; answers how many links that were. */
export const deleteProvider = (store: WriteStore, id: string): number => {
  const links = store.run(sql.deleteFrom('oauth_accounts').where('provider_id', '=', id));
  store.run(sql.deleteFrom('oauth_providers').where('id', '=', id));
  return links;
};

export const linksOfProvider = (store: ReadStore, providerId: string): OauthAccountRecord[] =>
  store.all(sql.selectFrom('oauth_accounts').selectAll().where('provider_id', '=', providerId));

/** Identities of an account, oldest first. */
export const linksOfAccount = (store: ReadStore, accountId: string): OauthAccountRecord[] =>
  store.all(
    sql.selectFrom('oauth_accounts').selectAll().where('account_id', '=', accountId).orderBy('linked_at').orderBy('id'),
  );

export const insertLink = (store: WriteStore, row: OauthAccountRecord): void => {
  store.run(sql.insertInto('oauth_accounts').values(row));
};

export const markLinkUsed = (store: WriteStore, id: string, at: string): void => {
  store.run(sql.updateTable('oauth_accounts').set({ last_used_at: at }).where('id', '=', id));
};

export const deleteLink = (store: WriteStore, id: string): void => {
  store.run(sql.deleteFrom('oauth_accounts').where('id', '=', id));
};
