import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import type { RoleName } from '../features/identity/domain/policy.ts';
import type { Ports } from '../platform/ports.ts';
import { isWorkspace, readHeader } from '../platform/workspace-files.ts';
import { OpenWorkspace } from './open-workspace.ts';
import type { Session } from './session.ts';

/** The workspaces that are open, by folder: one store has one writing connection however many sessions use it. */
export class WorkspaceShelf {
  readonly homeFolder: string;
  private readonly ports: Ports;
  private readonly open = new Map<string, OpenWorkspace>();
  constructor(homeFolder: string, ports: Ports) {
    this.homeFolder = homeFolder;
    this.ports = ports;
  }

  /** Workspaces in the user's folder. */
  list(): { readonly name: string; readonly createdAt: string }[] {
    if (!existsSync(this.homeFolder)) return [];
    return readdirSync(this.homeFolder)
      .filter(name => isWorkspace(join(this.homeFolder, name)))
      .sort()
      .map(name => ({ name, createdAt: headerDate(join(this.homeFolder, name)) }));
  }

  folderOf(name: string): string {
    return resolve(this.homeFolder, name);
  }

  async create(session: Session, folder: string, name: string, passphrase: string, actor: string): Promise<void> {
    this.assertNoneOpen(session);
    const role: RoleName = 'financial_examiner';
    this.use(session, await OpenWorkspace.create(folder, name, passphrase, { actor, role }, this.ports), actor, role);
  }

  async openFor(
    session: Session,
    folder: string,
    name: string,
    passphrase: string,
    actor: string,
    role: RoleName,
  ): Promise<void> {
    this.assertNoneOpen(session);
    if (this.open.has(folder))
      throw new NexusError({
        code: 'workspace.in-use',
        category: 'conflict',
        message: 'This workspace is open in another window.',
        kept: 'Nothing was changed.',
        remedy: 'Close it there first.',
      });
    this.use(session, await OpenWorkspace.open(folder, name, passphrase, { actor, role }, this.ports), actor, role);
  }

  /** Ends a session's use of its workspace; the last one closes it. */
  release(session: Session, reason: string): void {
    const { opened } = session;
    if (opened === null) return;
    session.opened = null;
    const { workspace } = opened;
    workspace.users -= 1;
    if (workspace.users > 0) return;
    workspace.write.transaction(() =>
      workspace.trail.append(workspace.write, opened, 'workspace.closed', { workspace: workspace.workspaceId, reason }),
    );
    workspace.close();
    this.open.delete(workspace.folder);
  }

  private use(session: Session, workspace: OpenWorkspace, actor: string, role: RoleName): void {
    this.open.set(workspace.folder, workspace);
    workspace.users += 1;
    session.opened = { workspace, actor, role };
  }

  private assertNoneOpen(session: Session): void {
    if (session.opened !== null)
      throw new NexusError({
        code: 'workspace.already-open',
        category: 'conflict',
        message: `“${session.opened.workspace.name}” is open.`,
        remedy: 'Close it first.',
      });
  }
}

const headerDate = (folder: string): string => {
  try {
    return readHeader(folder).createdAt;
  } catch {
    // A damaged header is named when the workspace is opened; the list still shows the folder.
    return '';
  }
};
