import { NexusError } from '../contract/errors.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import { rightsOf } from '../features/identity/domain/policy.ts';
import { grantedKeyFile } from '../features/identity/service/granted-key-file.ts';
import type { SessionId } from './engine-client.ts';
import { PROOF_HOLDS_MS } from './gate/proof-gate.ts';
import type { HandlerContext, Handlers, Output } from './handler.ts';
import { onPreparedCommand, onPublicQuery, onQuery, onStationCommand } from './handler.ts';
import { provePassword } from './prove-password.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';
import type { WorkspaceShelf } from './workspace-shelf.ts';
import { statusOf } from './workspace-status.ts';

/** Locks sessions: all of the station, or one. */
export type LockSessions = (reason: LockReason, only: SessionId | null) => Promise<void>;

type Views = Output<'sessions.list'>['sessions'];

const sessionsFor = (context: HandlerContext, shelf: WorkspaceShelf) => {
  const { opened } = context.session;
  if (opened === null) throw new Error('the session has no workspace');
  const sees = rightsOf(opened.account, opened.pov).has('account.manage');
  return shelf
    .sessions()
    .filter(
      ({ opened: other }) => other.workspace === opened.workspace && (sees || other.account.id === opened.account.id),
    );
};

const viewsFor = (context: HandlerContext, shelf: WorkspaceShelf): Views =>
  sessionsFor(context, shelf).map(({ id, opened }) => ({
    id,
    username: opened.account.username,
    pov: opened.pov,
    since: opened.since,
    idleSeconds: Math.max(0, Math.floor((context.ports.clock.monotonic() - opened.lastCallMs) / 1000)),
    current: id === context.session.id,
  }));

export const sessionHandlers = (shelf: WorkspaceShelf, entrance: WorkspaceEntrance, lock: LockSessions): Handlers => ({
  ...onQuery('sessions.list', context => ({ sessions: viewsFor(context, shelf) })),
  ...onPreparedCommand('sessions.end', {
    prepare: async (context, { id }) => {
      const found = sessionsFor(context, shelf).find(session => session.id === id);
      if (found === undefined || id === context.session.id)
        throw new NexusError({
          code: 'session.not-there',
          category: 'usage',
          message: 'There is no such session, or it is this one.',
          kept: 'Nothing was changed.',
          remedy: '`sessions.list` names them; this one ends with “lock”.',
        });
      const { username } = found.opened.account;
      await lock('ended', found.id);
      return { username };
    },
    run: (context, _input, { username }) => {
      context.audit({ username });
      return { sessions: viewsFor(context, shelf) };
    },
  }),
  ...onPreparedCommand('sessions.prove', {
    prepare: (context, { passphrase, keyFile }) =>
      provePassword(context, entrance, passphrase, grantedKeyFile(context, keyFile)),
    run: context => {
      context.audit({ by: 'password' });
      return { provedForMs: PROOF_HOLDS_MS };
    },
    whileHeld: async (context, { passphrase, keyFile }) => {
      await provePassword(context, entrance, passphrase, grantedKeyFile(context, keyFile));
      const { opened } = context.session;
      if (opened !== null) entrance.heldProofs.note(opened.workspace, opened, 'session.proved', { by: 'password' });
      return { provedForMs: PROOF_HOLDS_MS };
    },
  }),
  ...onPublicQuery('sessions.touch', () => ({})),
  ...onStationCommand('sessions.lock', async context => {
    await lock('user', null);
    return statusOf(context.session);
  }),
});
