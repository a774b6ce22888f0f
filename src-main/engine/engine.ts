import type { GrantedFile } from '../contract/bridge.ts';
import type { ChannelEntry, CommandEntry } from '../contract/channel.ts';
import type { WireResult } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import type { NexusEvent, NexusEvents } from '../contract/events.ts';
import type { ChannelName } from '../contract/index.ts';
import { contract, isChannelName } from '../contract/index.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { AuditObject } from '../features/audit/domain/audit-log.ts';
import { SYSTEM_ACTOR } from '../features/audit/service/audit-trail.ts';
import { rightsOf } from '../features/identity/domain/policy.ts';
import { adoptCases, casesWaitForAdoption } from '../features/identity/service/case-access.ts';
import type { HeldProofs } from '../features/identity/service/held-proofs.ts';
import type { FeatureFlags } from '../features/settings/service/environment-profile.ts';
import { readEnvironment } from '../features/settings/service/environment-profile.ts';
import type { Ports } from '../platform/ports.ts';
import { type StationSecurity, stationSecurity } from '../platform/station-security.ts';
import type { ParserWorkers } from '../platform/worker-pool.ts';
import { cancelled, WorkerPool } from '../platform/worker-pool.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import type { SessionId } from './engine-client.ts';
import { assertInScope } from './gate/case-scope-gate.ts';
import { assertFeature } from './gate/feature-gate.ts';
import { assertOwnExport, hideForeignEntries } from './gate/foreign-entries.ts';
import { issueText, jsonLength } from './gate/input-text.ts';
import { jobRights } from './gate/job-rights.ts';
import { MaskingGate } from './gate/masking-gate.ts';
import { assertPermission } from './gate/permission-gate.ts';
import { assertProved, assertSecondStep } from './gate/proof-gate.ts';
import { GateRefusal } from './gate/refusals.ts';
import { logDenial, logFlood } from './gate/refused-log.ts';
import { ThreatAlerts } from './gate/threat-alerts.ts';
import { Grants } from './grants.ts';
import type { Handler, HandlerContext } from './handler.ts';
import { handlersOf } from './handlers.ts';
import { JobRegistry } from './job-registry.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { CallQuota } from './quota.ts';
import { ReadLog } from './read-log.ts';
import type { OpenedSession, Session } from './session.ts';
import { actorOf, workspaceOf } from './session.ts';
import { accountNow } from './session-account.ts';
import { SessionWatch } from './session-watch.ts';
import { WorkspaceEntrance } from './workspace-entrance.ts';
import { WorkspaceShelf } from './workspace-shelf.ts';

export interface EngineOptions {
  readonly ports: Ports;
  /** The user's NEXUS folder: workspaces opened by name lie in it. */
  readonly homeFolder: string;
  /** How the workers that read strangers' files are run, where other than usual. */
  readonly parsers?: Partial<ParserWorkers>;
  /** The station's vault, keychain and clock of tries, where other than the real ones. */
  readonly security?: StationSecurity;
  /** False for a command: it ends with its work, and what it does may take longer than a person may be away. */
  readonly locksByItself?: boolean;
}

/** Listens to engine events; `session` null concerns every session. */
export type EventListener = (event: NexusEvent, session: SessionId | null) => void;

/**
 * The engine: sessions, the one dispatcher, jobs, events. It owns the only writing connection of each open workspace.
 */
export class Engine {
  private readonly ports: Ports;
  private readonly pool: WorkerPool;
  private readonly sessions = new Map<SessionId, { readonly session: Session; readonly quota: CallQuota }>();
  private readonly listeners = new Set<EventListener>();
  private readonly grants: Grants;
  private readonly jobs: JobRegistry;
  private readonly reads: ReadLog;
  private readonly masking = new MaskingGate();
  private readonly threats: ThreatAlerts;
  private readonly shelf: WorkspaceShelf;
  private readonly watch: SessionWatch<ReturnType<WorkspaceShelf['sessions']>[number]> | null;
  private readonly spentListeners = new Set<() => void>();
  private readonly features: FeatureFlags;
  private readonly handlers: ReadonlyMap<string, Handler>;
  private readonly heldProofs: HeldProofs;

  constructor(options: EngineOptions) {
    this.ports = options.ports;
    this.features = readEnvironment(options.homeFolder, process.env).features;
    this.pool = new WorkerPool(options.parsers);
    this.grants = new Grants(options.ports);
    this.reads = new ReadLog(options.ports);
    this.threats = new ThreatAlerts(options.ports, (workspace, alert) => this.tellOfAlert(workspace, alert));
    this.jobs = new JobRegistry(options.ports, (event, session) =>
      this.publish(this.masking.event(this.sessions.get(session)?.session.opened ?? null, event), session),
    );
    this.shelf = new WorkspaceShelf(options.homeFolder, options.ports);
    const security = options.security ?? stationSecurity(options.homeFolder);
    const entrance = new WorkspaceEntrance(security, options.ports, () => this.shelf.touchedKey());
    this.heldProofs = entrance.heldProofs;
    this.handlers = handlersOf(this.shelf, entrance, (reason, only) => this.lock(reason, only));
    this.watch =
      options.locksByItself === false
        ? null
        : new SessionWatch({
            clock: options.ports.clock,
            sessions: () => this.shelf.sessions(),
            idleLimitMs: ({ opened }) => this.shelf.idleLimitMs(opened),
            lock: (session, reason) => this.lock(reason, session.id),
            // The keys are gone whatever failed; that the log could not say so ends the process, which windows are told.
            fault: error =>
              queueMicrotask(() => {
                throw error;
              }),
          });
  }

  openSession(): SessionId {
    const id = this.ports.ids.next() as SessionId;
    const session: Session = { id, opened: null, ended: false };
    const quota = new CallQuota(
      () => performance.now(),
      flood => logFlood(session.opened, flood),
    );
    this.sessions.set(id, { session, quota });
    return id;
  }

  async closeSession(id: SessionId): Promise<void> {
    const found = this.sessions.get(id);
    if (found === undefined) return;
    found.session.ended = true;
    await this.jobs.cancelAll(id);
    found.quota.end();
    this.shelf.release(found.session, 'session ended');
    this.grants.forget(id);
    this.sessions.delete(id);
    this.tellIfSpent();
  }

  /**
   * Locks a session, or all: its jobs are cancelled, its workspace is closed with the last session in it, its window is
   * told. What was confirmed is stored.
   */
  async lock(reason: LockReason, only: SessionId | null = null): Promise<void> {
    const faults: unknown[] = [];
    for (const session of this.shelf.sessions()) {
      if (only !== null && session.id !== only) continue;
      await this.jobs.cancelAll(session.id);
      if ((session as Session).opened === null) continue;
      try {
        this.shelf.lock(session, reason);
      } catch (error) {
        // The log could not be written (a full disk): what is locked is locked, and the others are too.
        faults.push(error);
      }
      this.publish({ name: 'session.locked', payload: { reason } }, session.id);
    }
    this.tellIfSpent();
    if (faults.length > 0) throw faults[0];
  }

  /** Hears when this process held keys and holds none now: a host that can ends it, so that no trace stays in memory. */
  onSpent(listener: () => void): void {
    this.spentListeners.add(listener);
  }

  /** True when keys were held here and none is, and nothing runs that could need one. */
  get isSpent(): boolean {
    return this.shelf.isSpent && this.jobs.isIdle;
  }

  private tellIfSpent(): void {
    if (this.isSpent) for (const listener of this.spentListeners) listener();
  }

  grantPath(id: SessionId, path: string, kind: 'file' | 'folder'): GrantedFile {
    return this.grants.issue(id, path, kind);
  }

  subscribe(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.watch?.stop();
    await this.jobs.cancelAll(null);
    for (const { session, quota } of this.sessions.values()) {
      quota.end();
      this.shelf.release(session, 'engine ended');
    }
    await this.pool.close();
  }

  /** Starts pool workers before their first task, so that a command line run does not wait for them. */
  warm(): void {
    this.pool.warm('parser');
    this.pool.warm('analysis');
  }

  /**
   * The only door: known channel → session → permission → feature → quota → input parse → second step → step-up → masks →
   * case scope → handler → output parse → masks → Result.
   * Never throws across the wire.
   */
  async invoke(id: SessionId, channel: string, input: unknown): Promise<WireResult<unknown>> {
    try {
      return { ok: true, value: await this.dispatch(id, channel, input) };
    } catch (error) {
      return { ok: false, error: errorDataOf(error) };
    }
  }

  private async dispatch(id: SessionId, channel: string, input: unknown): Promise<unknown> {
    if (!isChannelName(channel))
      throw usage('channel.unknown', `There is no channel “${channel}”.`, '`nexus channels` lists them.');
    const handler = this.handlers.get(channel);
    if (handler === undefined) throw new Error(`channel ${channel} has no handler`);
    const found = this.sessions.get(id);
    if (found === undefined) throw ended();
    const { session, quota } = found;
    const locking = this.watch?.look() ?? null;
    if (locking !== null) await locking;
    this.shelf.refresh(session);
    if (session.opened !== null) this.watch?.noteCall(session.opened, channel, contract[channel].kind);
    const { opened } = session;
    try {
      return await this.throughGates(session, quota, channel, handler, input);
    } catch (error) {
      if (error instanceof GateRefusal) logDenial(opened, quota, channel, error);
      throw this.masking.error(opened, channel, error);
    } finally {
      const workspace = session.opened?.workspace;
      if (workspace !== undefined) this.threats.look(workspace);
    }
  }

  private async throughGates(
    session: Session,
    quota: CallQuota,
    channel: ChannelName,
    handler: Handler,
    input: unknown,
  ): Promise<unknown> {
    const { id } = session;
    const entry = contract[channel];
    assertPermission(session.opened, channel, entry.permission);
    assertFeature(this.features, channel);
    const leave = quota.enter(channel, entry.kind, entry.kind === 'job' ? this.jobs.running(id, channel) : 0);
    try {
      quota.assertPayload(channel, entry.kind, jsonLength(input));
      if (handler.kind === 'station-command') quota.end();
      return await this.answer(session, channel, handler, input);
    } finally {
      leave();
      if (handler.kind === 'station-command') this.tellIfSpent();
    }
  }

  private async answer(session: Session, channel: ChannelName, handler: Handler, input: unknown): Promise<unknown> {
    const entry: ChannelEntry = contract[channel];
    const parsed = entry.input.safeParse(input);
    if (!parsed.success)
      throw usage('input.invalid', `The input of ${channel} is not valid: ${issueText(parsed.error.issues)}.`);
    const { opened } = session;
    assertSecondStep(opened, channel, entry.permission);
    assertProved(opened, channel, entry, this.ports.clock.monotonic());
    const asked = this.masking.input(opened, channel, parsed.data);
    assertInScope(opened, channel, asked);
    assertOwnExport(opened, channel, asked);
    if (handler.kind === 'job') return { jobId: this.startJob(session, channel, handler, asked as never) };
    const output = entry.output.safeParse(await this.run(session, channel, handler, asked as never));
    if (!output.success)
      throw new Error(`channel ${channel} answered outside its contract: ${issueText(output.error.issues)}`);
    if (entry.kind === 'query' && entry.logs !== undefined && session.opened !== null)
      this.reads.note(
        session.opened,
        channel,
        entry.logs,
        parsed.data as Record<string, unknown>,
        output.data as Record<string, unknown>,
      );
    return this.masking.output(opened, channel, hideForeignEntries(opened, channel, output.data));
  }

  /** A session that has just opened a workspace of before assignments takes over its cases. */
  private adopt({ workspace, account, ...who }: OpenedSession): void {
    const { write, trail } = workspace;
    if (trail.isHeld || !casesWaitForAdoption(write)) return;
    write.transaction(() => adoptCases(write, this.ports, account, (act, obj) => trail.append(write, who, act, obj)));
  }

  /** An alert is told to those whose rights reach alerts. */
  private tellOfAlert(workspace: OpenWorkspace, payload: NexusEvents['security.alert-raised']): void {
    for (const { opened, id } of this.shelf.sessions())
      if (
        opened.workspace === workspace &&
        !opened.secondStepDue &&
        rightsOf(opened.account, opened.pov).has('security.read')
      )
        this.publish({ name: 'security.alert-raised', payload }, id);
  }

  private context(session: Session): HandlerContext {
    return {
      ports: this.ports,
      session,
      pool: this.pool,
      grants: this.grants,
      jobs: this.jobs,
      workspace: () => workspaceOf(session),
    };
  }

  private async run(
    session: Session,
    channel: ChannelName,
    handler: Exclude<Handler, { kind: 'job' }>,
    input: never,
  ): Promise<unknown> {
    const context = this.context(session);
    switch (handler.kind) {
      case 'public-query':
        return handler.run(context, input);
      case 'query':
        return handler.run({ ...context, store: workspaceOf(session).read }, input);
      case 'station-command': {
        const value = await handler.run(context, input);
        const open = session.opened;
        if (open !== null) this.adopt(open);
        this.publish(
          open === null
            ? { name: 'workspace.closed', payload: {} }
            : { name: 'workspace.opened', payload: { name: open.workspace.name } },
          session.id,
        );
        return value;
      }
      case 'prepared-command':
      case 'command': {
        const asked = session.opened;
        const wasHeld = asked?.workspace.trail.isHeld === true;
        if (wasHeld && handler.kind === 'prepared-command' && handler.whileHeld !== undefined)
          return handler.whileHeld(context, input);
        const prepared = handler.kind === 'command' ? null : await handler.prepare(context, input);
        const workspace = workspaceOf(session);
        // What was waited for may have taken a second, in which a right can end, or the person at the window change.
        if (session.opened !== asked) throw ended();
        this.shelf.refresh(session);
        assertPermission(session.opened, channel, contract[channel].permission);
        const who = session.opened ?? SYSTEM_ACTOR;
        const act = (contract[channel] as CommandEntry).audit;
        const value = workspace.write.transaction(() => {
          let audited = false;
          const result = handler.run(
            {
              ...context,
              store: workspace.write,
              audit: obj => {
                workspace.trail.append(workspace.write, who, act, obj);
                audited = true;
              },
            },
            input,
            prepared as never,
          );
          if (!audited) throw new Error(`command ${channel} wrote no audit entry`);
          // The store is accepted: what was proved while it was held follows.
          if (wasHeld) this.heldProofs.log(workspace);
          return result;
        });
        if (wasHeld) this.heldProofs.forget(workspace);
        this.changed(workspace);
        await this.enforceRights();
        return value;
      }
    }
  }

  /** What a command changed of anybody's rights holds at once: jobs that lost theirs end, windows of the revoked lock. */
  private async enforceRights(): Promise<void> {
    this.jobs.cancelUnentitled();
    for (const { id, opened } of this.shelf.sessions()) if (accountNow(opened) === null) await this.lock('revoked', id);
  }

  private startJob(
    session: Session,
    channel: ChannelName,
    handler: Extract<Handler, { kind: 'job' }>,
    input: never,
  ): string {
    const entry = contract[channel];
    const rights = jobRights(session, channel, input);
    const begun = session.opened === null ? null : actorOf(session.opened);
    return this.jobs.start(session.id, rights, channel, handler.title(input), handler.onCancel, async run => {
      const breathe = async (): Promise<void> => {
        await new Promise(resolve => setImmediate(resolve));
        if (run.signal.aborted) throw cancelled();
      };
      const value = await handler.run(
        {
          ...this.context(session),
          signal: run.signal,
          progress: progress => run.progress(progress),
          breathe,
          write: work => {
            const workspace = workspaceOf(session);
            if (!rights.mayRun()) throw cancelled();
            // Under the point of view that it was begun from: that is what allowed it.
            const who = begun ?? SYSTEM_ACTOR;
            return workspace.write.transaction(() =>
              work(workspace.write, (act: string, obj: AuditObject) =>
                workspace.trail.append(workspace.write, who, act, obj),
              ),
            );
          },
        },
        input,
      );
      const output = entry.output.safeParse(value);
      if (!output.success)
        throw new Error(`job ${channel} answered outside its contract: ${issueText(output.error.issues)}`);
      if (session.opened !== null) {
        this.changed(session.opened.workspace);
        this.threats.look(session.opened.workspace);
      }
      return output.data;
    });
  }

  /** Tells every session of a workspace that its records changed. */
  private changed(workspace: OpenWorkspace): void {
    for (const { session } of this.sessions.values())
      if (session.opened?.workspace === workspace)
        this.publish({ name: 'records.changed', payload: { tags: ['Workspace'] } }, session.id);
  }

  private publish(event: NexusEvent, session: SessionId | null): void {
    // A verification may have been what still held a key.
    if (event.name === 'job.finished') setImmediate(() => this.tellIfSpent());
    for (const listener of this.listeners) listener(event, session);
  }
}

const usage = (code: string, message: string, remedy?: string): NexusError =>
  new NexusError({ code, category: 'usage', message, ...(remedy === undefined ? {} : { remedy }) });

const ended = (): NexusError =>
  new NexusError({
    code: 'session.unknown',
    category: 'permission',
    message: 'This session has ended.',
    kept: 'Nothing was changed.',
    remedy: 'Open the window or command again.',
  });
