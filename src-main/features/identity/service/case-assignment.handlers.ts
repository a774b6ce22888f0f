import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { allCases, requireCase } from '../../cases/storage/case.repository.ts';
import type { StoredAccount } from '../storage/account.repository.ts';
import { accountById, allAccounts } from '../storage/account.repository.ts';
import { allAssignments, appendAssignment, isAssigned } from '../storage/case-assignment.repository.ts';

const conflict = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'conflict', message, kept: 'Nothing was changed.', remedy });

const requireAccount = (store: ReadStore, id: string): StoredAccount => {
  const account = accountById(store, id);
  if (account === undefined)
    throw new NexusError({ code: 'account.unknown', category: 'not-found', message: `There is no account ${id}.` });
  return account;
};

/** Who works on which case, by case. */
const assignments = (store: ReadStore) => {
  const names = new Map(allAccounts(store).map(({ id, username }) => [id, username]));
  const holding = new Map<string, { accountId: string; username: string; by: string; at: string }>();
  for (const { case_id: caseId, account_id: accountId, assigned, actor, at } of allAssignments(store)) {
    const key = `${caseId} ${accountId}`;
    if (assigned === 0) holding.delete(key);
    else holding.set(key, { accountId, username: names.get(accountId) ?? actor, by: actor, at });
  }
  return {
    cases: allCases(store).map(({ id, name }) => ({
      id,
      name,
      accounts: [...holding].filter(([key]) => key.startsWith(`${id} `)).map(([, held]) => held),
    })),
  };
};

const setAssigned = (
  { store, session, ports, audit }: CommandContext,
  caseId: string,
  accountId: string,
  assigned: boolean,
): void => {
  requireCase(store, caseId);
  const { username } = requireAccount(store, accountId);
  appendAssignment(store, {
    case_id: caseId,
    account_id: accountId,
    assigned: assigned ? 1 : 0,
    actor: session.opened?.actor ?? '',
    at: new Date(ports.clock.now()).toISOString(),
  });
  audit({ case: caseId, account: accountId, username });
};

export const caseAssignmentHandlers: Handlers = {
  ...onQuery('cases.assignments', ({ store }) => assignments(store)),
  ...onCommand('cases.assign', (context, { caseId, accountId }) => {
    const { state, username } = requireAccount(context.store, accountId);
    if (state !== 'active')
      throw conflict('account.revoked', `“${username}” is revoked.`, 'Choose an account that may sign in.');
    if (isAssigned(context.store, accountId, caseId))
      throw conflict('assignment.exists', `“${username}” works on this case already.`, 'Nothing needs to be done.');
    setAssigned(context, caseId, accountId, true);
    return assignments(context.store);
  }),
  ...onCommand('cases.unassign', (context, { caseId, accountId }) => {
    if (!isAssigned(context.store, accountId, caseId))
      throw conflict('assignment.unknown', 'This account does not work on this case.', 'Nothing needs to be done.');
    setAssigned(context, caseId, accountId, false);
    return assignments(context.store);
  }),
};
