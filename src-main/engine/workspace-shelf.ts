import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { SecondSecret } from '../contract/workspaces.contract.ts';
import type { RoleName } from '../features/identity/domain/policy.ts';
import { needsSecondStep } from '../features/identity/service/factor-state.ts';
import type { StoredAccount } from '../features/identity/storage/account.repository.ts';
import { workspaceSettings } from '../features/settings/storage/workspace-settings.repository.ts';
import type { Ports } from '../platform/ports.ts';
import { isWorkspace, readHeader } from '../platform/workspace-files.ts';
import type { SessionId } from './engine-client.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import type { OpenedSession, Session } from './session.ts';
import { refreshAccount, sessionAccountOf } from './session-account.ts';

/** What came of unlocking for a session. */
export interface Entered {
  readonly workspace: OpenWorkspace;
  readonly account: StoredAccount;
  readonly pov: RoleName;
  /** Failed tries at this account since its last success. */
  readonly failedSince: number;
}

/** The workspaces that are open, by folder: one store has one writing connection however many sessions use it. */
export class WorkspaceShelf {
  readonly homeFolder: string;
  private readonly ports: Ports;
  private readonly open = new Map<string, OpenWorkspace>();
  private readonly opening = new Set<Session>();
  /** Who opens a folder goes first; the next one joins what is open then. */
  private readonly turns = new Map<string, Promise<void>>();
  private readonly signedIn = new Map<SessionId, Session>();
  private keysHeld = false;
  constructor(homeFolder: string, ports: Ports) {
    this.homeFolder = homeFolder;
    this.ports = ports;
  }

  /** Workspaces in the user's folder. */
  list(): { readonly name: string; readonly createdAt: string; readonly secondSecrets: SecondSecret[] }[] {
    if (!existsSync(this.homeFolder)) return [];
    return readdirSync(this.homeFolder)
      .filter(name => isWorkspace(join(this.homeFolder, name)))
      .sort()
      .map(name => ({ name, ...headerFacts(join(this.homeFolder, name)) }));
  }

  folderOf(name: string): string {
    return resolve(this.homeFolder, name);
  }

  /** Every session that is signed in. */
  sessions(): (Session & { readonly opened: OpenedSession })[] {
    return [...this.signedIn.values()].filter(
      (session): session is Session & { readonly opened: OpenedSession } => session.opened !== null,
    );
  }

  /** Idle milliseconds after which a session of the workspace locks: as its settings say. */
  idleLimitMs({ workspace }: OpenedSession): number {
    return workspaceSettings(workspace.read).settings.idleLockMinutes * 60_000;
  }

  /** True when keys were held here since the engine started, and none is now: this process has nothing left to keep. */
  get isSpent(): boolean {
    return this.keysHeld && this.open.size === 0 && this.opening.size === 0;
  }

  /** A data key came into this process's memory. */
  touchedKey(): void {
    this.keysHeld = true;
  }

  /**
   * Signs a session in. `enter` unlocks: it is given the workspace where another session has it open already. Session and
   * folder are spoken for meanwhile.
   */
  async signIn(
    session: Session,
    folder: string,
    enter: (open: OpenWorkspace | null) => Promise<Entered>,
  ): Promise<OpenedSession> {
    if (session.opened !== null)
      throw conflict('workspace.already-open', `“${session.opened.workspace.name}” is open.`, 'Close it first.');
    if (this.opening.has(session))
      throw conflict('workspace.already-open', 'A workspace is being opened.', 'Wait for it.');
    this.opening.add(session);
    const before = this.turns.get(folder) ?? Promise.resolve();
    const { promise, resolve: done } = Promise.withResolvers<void>();
    this.turns.set(folder, promise);
    try {
      await before;
      const entered = await enter(this.open.get(folder) ?? null);
      this.open.set(folder, entered.workspace);
      entered.workspace.users += 1;
      const opened = this.openedOf(entered);
      session.opened = opened;
      this.signedIn.set(session.id, session);
      if (session.ended) this.release(session, 'session ended');
      return opened;
    } finally {
      done();
      if (this.turns.get(folder) === promise) this.turns.delete(folder);
      this.opening.delete(session);
    }
  }

  /** The session's account as it is now. Throws `account.revoked` after ending a session whose account was revoked. */
  refresh(session: Session): void {
    if (session.opened === null || refreshAccount(session.opened)) return;
    this.release(session, 'revoked');
    throw new NexusError({
      code: 'account.revoked',
      category: 'permission',
      message: 'This account’s access was revoked.',
      kept: 'Everything stored stays stored.',
      remedy: 'Ask a supervisor of this workspace.',
    });
  }

  /** Ends a session from outside, and says so in the log. It has ended whatever the log answers. */
  lock(session: Session, reason: LockReason): void {
    const { opened } = session;
    if (opened === null) return;
    const { workspace } = opened;
    try {
      if (!workspace.trail.isHeld)
        workspace.write.transaction(() =>
          workspace.trail.append(workspace.write, opened, 'session.locked', { reason }),
        );
    } finally {
      this.release(session, 'locked');
    }
  }

  /** Ends a session's use of its workspace; the last one closes it. */
  release(session: Session, reason: string): void {
    const { opened } = session;
    if (opened === null) return;
    session.opened = null;
    this.signedIn.delete(session.id);
    const { workspace } = opened;
    workspace.users -= 1;
    const last = workspace.users === 0;
    try {
      if (!workspace.trail.isHeld)
        workspace.write.transaction(() => {
          workspace.trail.append(workspace.write, opened, last ? 'workspace.closed' : 'session.closed', {
            workspace: workspace.workspaceId,
            reason,
          });
          if (last) workspace.trail.checkpoint(workspace.write, 'lock');
        });
    } finally {
      if (last) {
        this.open.delete(workspace.folder);
        workspace.close();
      }
    }
  }

  private openedOf({ workspace, account, pov, failedSince }: Entered): OpenedSession {
    const nowMs = this.ports.clock.monotonic();
    const secondStepDue = needsSecondStep(workspace.read, account.id);
    return {
      workspace,
      account: sessionAccountOf(account),
      actor: account.username,
      role: account.role,
      pov,
      provedAtMs: secondStepDue ? null : nowMs,
      secondStepDue,
      since: new Date(this.ports.clock.now()).toISOString(),
      sinceMs: nowMs,
      lastCallMs: nowMs,
      lastSignIn: { at: account.lastSignInAt, failedSince },
    };
  }
}

const conflict = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'conflict', message, kept: 'Nothing was changed.', remedy });

const headerFacts = (folder: string): { readonly createdAt: string; readonly secondSecrets: SecondSecret[] } => {
  try {
    const header = readHeader(folder);
    const kinds = new Set<SecondSecret>();
    for (const slot of header.slots) kinds.add(slot.kind === 'password' ? slot.second : 'none');
    if (header.version === 2 && !header.slots.some(slot => slot.kind === 'password' && slot.second === 'none'))
      kinds.delete('none');
    return { createdAt: header.createdAt, secondSecrets: [...kinds].sort() };
  } catch {
    // A damaged header is named when the workspace is opened; the list still shows the folder.
    return { createdAt: '', secondSecrets: [] };
  }
};
