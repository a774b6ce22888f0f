import { basename } from 'node:path';
import { LogMemory } from '../features/audit/service/log-memory.ts';
import type { VerifyTask } from '../features/audit/service/verify-workspace.ts';
import { grantedKeyFile } from '../features/identity/service/granted-key-file.ts';
import { readHeader, workspacePaths } from '../platform/workspace-files.ts';
import type { HandlerContext, Handlers, Output } from './handler.ts';
import { onJob, onPublicQuery, onStationCommand } from './handler.ts';
import type { WorkspacePlace } from './open-workspace.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';
import type { WorkspaceShelf } from './workspace-shelf.ts';
import { statusOf } from './workspace-status.ts';

type Location = { readonly name: string } | { readonly grant: string };

export const workspaceHandlers = (shelf: WorkspaceShelf, entrance: WorkspaceEntrance): Handlers => {
  const place = (context: HandlerContext, location: Location): WorkspacePlace => {
    if ('name' in location) return { folder: shelf.folderOf(location.name), name: location.name };
    const { path } = context.grants.take(context.session.id, location.grant, 'folder');
    return { folder: path, name: basename(path) };
  };
  return {
    ...onPublicQuery('workspaces.list', () => ({
      folder: shelf.homeFolder,
      workspaces: shelf.list(),
      keychain: entrance.security.keychain.state(),
    })),
    ...onPublicQuery('workspaces.status', ({ session }) => statusOf(session)),
    ...onStationCommand(
      'workspaces.create',
      async (context, { location, passphrase, actor, secondSecret, temporary }) => {
        const where = place(context, location);
        let kit: Output<'workspaces.create'>['kit'] | null = null;
        await shelf.signIn(context.session, where.folder, async () => {
          const request = { username: actor, password: passphrase, second: secondSecret, temporary };
          const made = await entrance.create(where, request);
          kit = made.kit;
          return made;
        });
        return withKit(context, kit);
      },
    ),
    ...onStationCommand(
      'workspaces.open',
      async (context, { location, passphrase, actor, orAnyAccount, role, keyFile, newPassphrase }) => {
        const where = place(context, location);
        const credentials = {
          username: actor ?? null,
          orAnyAccount,
          password: passphrase,
          keyFile: grantedKeyFile(context, keyFile),
        };
        const request = { pov: role ?? null, newPassword: newPassphrase ?? null };
        await shelf.signIn(context.session, where.folder, open => entrance.open(where, credentials, request, open));
        return statusOf(context.session);
      },
    ),
    ...onStationCommand(
      'workspaces.recover',
      async (context, { location, recoveryCode, actor, passphrase, secondSecret }) => {
        const where = place(context, location);
        let kit: Output<'workspaces.recover'>['kit'] | null = null;
        await shelf.signIn(context.session, where.folder, async open => {
          const request = { code: recoveryCode, username: actor, password: passphrase, second: secondSecret };
          const recovered = await entrance.recover(where, request, open);
          kit = recovered.kit;
          return recovered;
        });
        return withKit(context, kit);
      },
    ),
    ...onJob('workspaces.verify', {
      title: () => 'Verification of a workspace',
      onCancel: 'Nothing is changed by a verification.',
      run: async (context, { grant, passphrase, actor, keyFile, at, firstKey }) => {
        const { path } = context.grants.take(context.session.id, grant, 'folder');
        const credentials = {
          username: actor ?? null,
          password: passphrase,
          keyFile: grantedKeyFile(context, keyFile),
        };
        const { dataKey } = await entrance.unlock(readHeader(path), credentials);
        const { store, evidence } = workspacePaths(path);
        const task: VerifyTask = {
          task: 'verify',
          storePath: store,
          key: dataKey,
          evidenceFolder: evidence,
          known: new LogMemory(entrance.security.vault, dataKey).known(),
          ...(at === undefined ? {} : { at }),
          ...(firstKey === undefined ? {} : { firstKey }),
        };
        try {
          return (await context.pool.run('analysis', task, { signal: context.signal })) as Output<'workspaces.verify'>;
        } finally {
          dataKey.fill(0);
        }
      },
    }),
    ...onStationCommand('workspaces.close', async context => {
      await context.jobs.cancelAll(context.session.id);
      shelf.release(context.session, 'closed by the user');
      return statusOf(context.session);
    }),
  };
};

const withKit = (
  { session }: HandlerContext,
  kit: Output<'workspaces.create'>['kit'] | null,
): Output<'workspaces.create'> => {
  if (kit === null) throw new Error('there is no kit to show');
  return { ...statusOf(session), kit };
};
