import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { RightsHolder } from '../domain/policy.ts';

export type StoredProposal = Selectable<Schema['role_proposals']>;

/** Proposals, newest first. */
export const proposalsIn = (store: ReadStore, state: 'open' | 'all'): StoredProposal[] => {
  const all = sql.selectFrom('role_proposals').selectAll().orderBy('ordinal', 'desc');
  return store.all(state === 'all' ? all : all.where('state', '=', 'open'));
};

export const proposalById = (store: ReadStore, id: string): StoredProposal | undefined =>
  store.first(sql.selectFrom('role_proposals').selectAll().where('id', '=', id));

export const openProposalOf = (store: ReadStore, accountId: string): StoredProposal | undefined =>
  store.first(
    sql.selectFrom('role_proposals').selectAll().where('account_id', '=', accountId).where('state', '=', 'open'),
  );

export const insertProposal = (
  store: WriteStore,
  proposal: Pick<StoredProposal, 'id' | 'account_id' | 'before' | 'after' | 'reason' | 'proposed_by' | 'proposed_at'>,
): void => {
  const last = store.first(sql.selectFrom('role_proposals').select(eb => eb.fn.max('ordinal').as('ordinal')))?.ordinal;
  store.run(
    sql.insertInto('role_proposals').values({
      ...proposal,
      ordinal: (last ?? 0) + 1,
      state: 'open',
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    }),
  );
};

export const decideProposal = (
  store: WriteStore,
  id: string,
  decision: {
    readonly state: 'approved' | 'rejected';
    readonly by: string;
    readonly at: string;
    readonly reason: string;
  },
): void => {
  store.run(
    sql
      .updateTable('role_proposals')
      .set({
        state: decision.state,
        decided_by: decision.by,
        decided_at: decision.at,
        decision_reason: decision.reason,
      })
      .where('id', '=', id),
  );
};

/** Gives an account the rights that two people agreed on. */
export const setRights = (store: WriteStore, accountId: string, { roles, supervisor }: RightsHolder): void => {
  store.run(
    sql
      .updateTable('accounts')
      .set({
        role: roles[0] ?? '',
        secondary_roles: JSON.stringify(roles.slice(1)),
        supervisor: supervisor ? 1 : 0,
      })
      .where('id', '=', accountId),
  );
};
