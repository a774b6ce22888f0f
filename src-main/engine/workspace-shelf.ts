import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import type { Actor } from '../features/audit/service/audit-trail.ts';
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
  private readonly opening = new Map<Session, string>();
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
    const role: RoleName = 'financial_examiner';
    await this.take(session, folder, actor, role, who =>
      OpenWorkspace.create(folder, name, passphrase, who, this.ports),
    );
  }

  async openFor(
    session: Session,
    folder: string,
    name: string,
    passphrase: string,
    actor: string,
    role: RoleName,
  ): Promise<void> {
    await this.take(session, folder, actor, role, who => OpenWorkspace.open(folder, name, passphrase, who, this.ports));
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

  /** Opens a folder for a session. Both are spoken for while the passphrase is stretched: a second call is refused. */
  private async take(
    session: Session,
    folder: string,
    actor: string,
    role: RoleName,
    open: (who: Actor) => Promise<OpenWorkspace>,
  ): Promise<void> {
    if (session.opened !== null)
      throw conflict('workspace.already-open', `“${session.opened.workspace.name}” is open.`, 'Close it first.');
    if (this.opening.has(session))
      throw conflict('workspace.already-open', 'A workspace is being opened.', 'Wait for it.');
    if (this.open.has(folder) || [...this.opening.values()].includes(folder))
      throw conflict('workspace.in-use', 'This workspace is open in another window.', 'Close it there first.');
    this.opening.set(session, folder);
    try {
      const workspace = await open({ actor, role });
      this.open.set(folder, workspace);
      workspace.users += 1;
      session.opened = { workspace, actor, role };
      if (session.ended) this.release(session, 'session ended');
    } finally {
      this.opening.delete(session);
    }
  }
}

const conflict = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'conflict', message, kept: 'Nothing was changed.', remedy });

const headerDate = (folder: string): string => {
  try {
    return readHeader(folder).createdAt;
  } catch {
    // A damaged header is named when the workspace is opened; the list still shows the folder.
    return '';
  }
};
