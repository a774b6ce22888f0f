import { accountById, type StoredAccount } from '../features/identity/storage/account.repository.ts';
import type { OpenedSession, SessionAccount } from './session.ts';

export const sessionAccountOf = (account: StoredAccount): SessionAccount => ({
  id: account.id,
  username: account.username,
  roles: [account.role, ...account.secondaryRoles],
  supervisor: account.supervisor,
});

/** The account of a session with its roles as they are now; null: it was revoked. */
export const accountNow = (opened: OpenedSession): SessionAccount | null => {
  const account = accountById(opened.workspace.read, opened.account.id);
  // A store that is held may be older than its accounts: the session is as it was opened.
  if (account === undefined) return opened.account;
  return account.state === 'revoked' ? null : sessionAccountOf(account);
};

/**
 * Takes an account's roles and state as they are now into a session; called before each call, so that a change holds from
 * the next one on. False: the account was revoked.
 */
export const refreshAccount = (opened: OpenedSession): boolean => {
  const account = accountNow(opened);
  if (account === null) return false;
  opened.account = account;
  opened.role = account.roles[0] ?? opened.role;
  return true;
};
