import type { Role } from '../../contract/workspaces.contract.ts';
import type { Station } from '../engine.fixture.ts';
import { PASSPHRASE, WORKSPACE } from '../engine.fixture.ts';
import type { SessionId } from '../engine-client.ts';

/** Somebody with an account and a window of their own. */
export interface Person {
  readonly accountId: string;
  readonly username: string;
  readonly session: SessionId;
}

/** The supervisor of the station's own session registers somebody, who signs in with a password of their own. */
export const register = async (
  station: Station,
  username: string,
  role: Role,
  more: { readonly secondaryRoles?: Role[]; readonly supervisor?: boolean } = {},
): Promise<Person> => {
  const { account, initialPassword } = await station.invoke('accounts.register', { username, role, ...more });
  const session = station.engine.openSession();
  await station.invoke(
    'workspaces.open',
    {
      location: { name: WORKSPACE },
      passphrase: initialPassword,
      newPassphrase: passphraseOf(username),
      actor: username,
    },
    session,
  );
  return { accountId: account.id, username, session };
};

/** The password that somebody chose at the first sign-in. */
export const passphraseOf = (username: string): string => `${PASSPHRASE} of ${username}`;

/** Opens another window for somebody. */
export const signIn = async (station: Station, username: string): Promise<SessionId> => {
  const session = station.engine.openSession();
  await station.invoke(
    'workspaces.open',
    { location: { name: WORKSPACE }, passphrase: passphraseOf(username), actor: username },
    session,
  );
  return session;
};
