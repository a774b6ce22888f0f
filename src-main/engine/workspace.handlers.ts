import { basename } from 'node:path';
import type { z } from 'zod';
import type { WorkspaceStatus } from '../contract/workspaces.contract.ts';
import type { VerifyTask } from '../features/audit/service/verify-workspace.ts';
import { countCases } from '../features/cases/storage/case.repository.ts';
import { ROLE_PERMISSIONS } from '../features/identity/domain/policy.ts';
import { unlockHeader } from '../platform/key-slots.ts';
import { readHeader, workspacePaths } from '../platform/workspace-files.ts';
import type { HandlerContext, Handlers, Output } from './handler.ts';
import { onJob, onPublicQuery, onStationCommand } from './handler.ts';
import type { Session } from './session.ts';
import type { WorkspaceShelf } from './workspace-shelf.ts';

const statusOf = (session: Session): z.input<typeof WorkspaceStatus> => {
  const { opened } = session;
  return opened === null
    ? { open: false, name: null, path: null, actor: null, role: null, permissions: ['public'], caseCount: 0 }
    : {
        open: true,
        name: opened.workspace.name,
        path: opened.workspace.folder,
        actor: opened.actor,
        role: opened.role,
        permissions: [...ROLE_PERMISSIONS[opened.role]],
        caseCount: countCases(opened.workspace.read),
      };
};

type Location = { readonly name: string } | { readonly grant: string };

export const workspaceHandlers = (shelf: WorkspaceShelf): Handlers => {
  const place = (context: HandlerContext, location: Location): { readonly folder: string; readonly name: string } => {
    if ('name' in location) return { folder: shelf.folderOf(location.name), name: location.name };
    const { path } = context.grants.take(context.session.id, location.grant, 'folder');
    return { folder: path, name: basename(path) };
  };
  return {
    ...onPublicQuery('workspaces.list', () => ({ folder: shelf.homeFolder, workspaces: shelf.list() })),
    ...onPublicQuery('workspaces.status', ({ session }) => statusOf(session)),
    ...onStationCommand('workspaces.create', async (context, { location, passphrase, actor }) => {
      const { folder, name } = place(context, location);
      await shelf.create(context.session, folder, name, passphrase, actor);
      return statusOf(context.session);
    }),
    ...onStationCommand('workspaces.open', async (context, { location, passphrase, actor, role }) => {
      const { folder, name } = place(context, location);
      await shelf.openFor(context.session, folder, name, passphrase, actor, role);
      return statusOf(context.session);
    }),
    ...onJob('workspaces.verify', {
      title: () => 'Verification of a workspace',
      onCancel: 'Nothing is changed by a verification.',
      run: async (context, { grant, passphrase, at }) => {
        const { path } = context.grants.take(context.session.id, grant, 'folder');
        const key = await unlockHeader(readHeader(path), passphrase);
        const { store, evidence } = workspacePaths(path);
        const task: VerifyTask = {
          task: 'verify',
          storePath: store,
          key,
          evidenceFolder: evidence,
          ...(at === undefined ? {} : { at }),
        };
        return (await context.pool.run('analysis', task, { signal: context.signal })) as Output<'workspaces.verify'>;
      },
    }),
    ...onStationCommand('workspaces.close', async context => {
      await context.jobs.cancelAll(context.session.id);
      shelf.release(context.session, 'closed by the user');
      return statusOf(context.session);
    }),
  };
};
