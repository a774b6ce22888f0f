import type { AiInterventionLevel, AnalysisMode } from '../../../contract/pov.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { RoleName } from '../domain/policy.ts';
import { foldedName } from '../domain/username.ts';

/** An account as stored. */
export interface StoredAccount {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: RoleName;
  readonly secondaryRoles: readonly RoleName[];
  readonly supervisor: boolean;
  readonly analysisMode: AnalysisMode;
  readonly aiInterventionLevel: AiInterventionLevel;
  readonly state: 'active' | 'revoked';
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastSignInAt: string | null;
}

interface Row {
  id: string;
  username: string;
  display_name: string;
  role: string;
  secondary_roles: string;
  supervisor: number;
  analysis_mode: string;
  ai_intervention_level: string;
  state: 'active' | 'revoked';
  created_at: string;
  created_by: string;
  last_sign_in_at: string | null;
}

const accountOf = (row: Row): StoredAccount => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  role: row.role as RoleName,
  secondaryRoles: JSON.parse(row.secondary_roles) as RoleName[],
  supervisor: row.supervisor === 1,
  analysisMode: row.analysis_mode as AnalysisMode,
  aiInterventionLevel: row.ai_intervention_level as AiInterventionLevel,
  state: row.state,
  createdAt: row.created_at,
  createdBy: row.created_by,
  lastSignInAt: row.last_sign_in_at,
});

export const accountById = (store: ReadStore, id: string): StoredAccount | undefined => {
  const row = store.first(sql.selectFrom('accounts').selectAll().where('id', '=', id));
  return row === undefined ? undefined : accountOf(row);
};

export const accountByName = (store: ReadStore, username: string): StoredAccount | undefined => {
  const row = store.first(sql.selectFrom('accounts').selectAll().where('folded_name', '=', foldedName(username)));
  return row === undefined ? undefined : accountOf(row);
};

/** All accounts by name. */
export const allAccounts = (store: ReadStore): StoredAccount[] =>
  store.all(sql.selectFrom('accounts').selectAll().orderBy('folded_name')).map(accountOf);

export const insertAccount = (store: WriteStore, account: StoredAccount): void => {
  store.run(
    sql.insertInto('accounts').values({
      id: account.id,
      username: account.username,
      folded_name: foldedName(account.username),
      display_name: account.displayName,
      role: account.role,
      secondary_roles: JSON.stringify(account.secondaryRoles),
      supervisor: account.supervisor ? 1 : 0,
      analysis_mode: account.analysisMode,
      ai_intervention_level: account.aiInterventionLevel,
      state: account.state,
      created_at: account.createdAt,
      created_by: account.createdBy,
      last_sign_in_at: account.lastSignInAt,
    }),
  );
};

export const setAccountState = (store: WriteStore, id: string, state: 'active' | 'revoked'): void => {
  store.run(sql.updateTable('accounts').set({ state }).where('id', '=', id));
};

export const setLastSignIn = (store: WriteStore, id: string, at: string): void => {
  store.run(sql.updateTable('accounts').set({ last_sign_in_at: at }).where('id', '=', id));
};

export const setPresentation = (
  store: WriteStore,
  id: string,
  analysisMode: AnalysisMode,
  aiInterventionLevel: AiInterventionLevel,
): void => {
  store.run(
    sql
      .updateTable('accounts')
      .set({ analysis_mode: analysisMode, ai_intervention_level: aiInterventionLevel })
      .where('id', '=', id),
  );
};

/** Adds to an account's history, which is append-only. */
export const appendAccountEvent = (
  store: WriteStore,
  event: { readonly accountId: string; readonly at: string; readonly actor: string; readonly act: string },
  detail: Readonly<Record<string, unknown>> = {},
): void => {
  const last = store.first(sql.selectFrom('account_events').select(eb => eb.fn.max('ordinal').as('ordinal')))?.ordinal;
  store.run(
    sql.insertInto('account_events').values({
      ordinal: (last ?? 0) + 1,
      account_id: event.accountId,
      at: event.at,
      actor: event.actor,
      act: event.act,
      detail: JSON.stringify(detail),
    }),
  );
};

/**
 * Who last gave an account its way in besides its own person: the supervisor who replaced its password or reinstated it;
 * its own name after the recovery kit; undefined where it still has the one it was registered with.
 */
export const passwordGiver = (store: ReadStore, accountId: string): string | undefined =>
  store.first(
    sql
      .selectFrom('account_events')
      .select('actor')
      .where('account_id', '=', accountId)
      .where('act', 'in', ['password-replaced', 'reinstated', 'recovered'])
      .orderBy('ordinal', 'desc')
      .limit(1),
  )?.actor;

/** A header as the store remembers it. `retired`: digests of slots that writing it put out of force. */
export interface KnownHeader {
  readonly digest: Uint8Array;
  readonly slots: readonly Uint8Array[];
  readonly retired: readonly Uint8Array[];
}

/** The digest of the header as last written here; undefined before the first. */
export const lastKeyHeader = (store: ReadStore): Uint8Array | undefined =>
  store.first(sql.selectFrom('key_headers').select('digest').orderBy('ordinal', 'desc').limit(1))?.digest;

/** True for a slot that a later header put out of force: of a replaced password, a revoked account, a spent kit. */
export const isRetiredSlot = (store: ReadStore, slot: Uint8Array): boolean =>
  store.first(sql.selectFrom('key_headers').select('ordinal').where('digest', '=', slot).limit(1)) !== undefined;

/**
 * Remembers a header: first the slots that it put out of force, last itself. One that still has a slot out of force is an
 * older one put back, or made from such a one: the header known before stays the known one.
 */
export const recordKeyHeader = (store: WriteStore, at: string, { digest, slots, retired }: KnownHeader): void => {
  const known = lastKeyHeader(store);
  const isOlder = known !== undefined && slots.some(slot => isRetiredSlot(store, slot));
  if (isOlder && retired.length === 0) return;
  const last =
    store.first(sql.selectFrom('key_headers').select(eb => eb.fn.max('ordinal').as('ordinal')))?.ordinal ?? 0;
  const rows = [...retired, isOlder ? known : digest];
  store.run(sql.insertInto('key_headers').values(rows.map((row, i) => ({ ordinal: last + 1 + i, at, digest: row }))));
};
