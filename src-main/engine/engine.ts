import type { GrantedFile } from '../contract/bridge.ts';
import type { CommandEntry } from '../contract/channel.ts';
import type { WireResult } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { ChannelName } from '../contract/index.ts';
import { contract, isChannelName } from '../contract/index.ts';
import type { AuditObject } from '../features/audit/domain/audit-log.ts';
import { mayUse } from '../features/identity/domain/policy.ts';
import type { Ports } from '../platform/ports.ts';
import type { ParserWorkers } from '../platform/worker-pool.ts';
import { cancelled, WorkerPool } from '../platform/worker-pool.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import type { SessionId } from './engine-client.ts';
import { Grants } from './grants.ts';
import type { Handler, HandlerContext } from './handler.ts';
import { handlersOf } from './handlers.ts';
import { JobRegistry } from './job-registry.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { RateLimit } from './rate-limit.ts';
import type { Session } from './session.ts';
import { WorkspaceShelf } from './workspace-shelf.ts';

export interface EngineOptions {
  readonly ports: Ports;
  /** The user's NEXUS folder: workspaces opened by name lie in it. */
  readonly homeFolder: string;
  /** How the workers that read strangers' files are run, where other than usual. */
  readonly parsers?: Partial<ParserWorkers>;
}

/** A call may carry this much text: far above any form, far below a flood. */
const MAX_INPUT_CHARACTERS = 2_000_000;

/** What a denied call counts for: its entry waits for the disk, while everyone else waits. */
const DENIAL_COST = 20;

/** Listens to engine events; `session` null concerns every session. */
export type EventListener = (event: NexusEvent, session: SessionId | null) => void;

/**
 * The engine: sessions, the one dispatcher, jobs, events. It owns the only writing connection of each open workspace.
 */
export class Engine {
  private readonly ports: Ports;
  private readonly pool: WorkerPool;
  private readonly sessions = new Map<SessionId, { readonly session: Session; readonly rate: RateLimit }>();
  private readonly listeners = new Set<EventListener>();
  private readonly grants: Grants;
  private readonly jobs: JobRegistry;
  private readonly shelf: WorkspaceShelf;
  private readonly handlers: ReadonlyMap<string, Handler>;

  constructor(options: EngineOptions) {
    this.ports = options.ports;
    this.pool = new WorkerPool(options.parsers);
    this.grants = new Grants(options.ports);
    this.jobs = new JobRegistry(options.ports, (event, session) => this.publish(event, session));
    this.shelf = new WorkspaceShelf(options.homeFolder, options.ports);
    this.handlers = handlersOf(this.shelf);
  }

  openSession(): SessionId {
    const id = this.ports.ids.next() as SessionId;
    this.sessions.set(id, {
      session: { id, opened: null, ended: false },
      rate: new RateLimit(() => performance.now()),
    });
    return id;
  }

  async closeSession(id: SessionId): Promise<void> {
    const found = this.sessions.get(id);
    if (found === undefined) return;
    found.session.ended = true;
    await this.jobs.cancelAll(id);
    this.shelf.release(found.session, 'session ended');
    this.grants.forget(id);
    this.sessions.delete(id);
  }

  grantPath(id: SessionId, path: string, kind: 'file' | 'folder'): GrantedFile {
    return this.grants.issue(id, path, kind);
  }

  subscribe(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.jobs.cancelAll(null);
    for (const { session } of this.sessions.values()) this.shelf.release(session, 'engine ended');
    await this.pool.close();
  }

  /** Starts pool workers before their first task, so that a command line run does not wait for them. */
  warm(): void {
    this.pool.warm('parser');
    this.pool.warm('analysis');
  }

  /**
   * The only door: known channel → session → permission → rate limit → input parse → handler → output parse → Result.
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
    const entry = contract[channel];
    const handler = this.handlers.get(channel);
    if (handler === undefined) throw new Error(`channel ${channel} has no handler`);
    const found = this.sessions.get(id);
    if (found === undefined)
      throw permission('session.unknown', 'This session has ended.', 'Open the window or command again.');
    const { session, rate } = found;
    this.assertPermitted(session, rate, channel, entry.permission);
    assertRate(rate);
    const parsed = entry.input.safeParse(sized(input));
    if (!parsed.success)
      throw usage('input.invalid', `The input of ${channel} is not valid: ${issueText(parsed.error.issues)}.`);
    if (handler.kind === 'job') return { jobId: this.startJob(session, channel, handler, parsed.data as never) };
    const output = entry.output.safeParse(await this.run(session, channel, handler, parsed.data as never));
    if (!output.success)
      throw new Error(`channel ${channel} answered outside its contract: ${issueText(output.error.issues)}`);
    return output.data;
  }

  private assertPermitted(session: Session, rate: RateLimit, channel: ChannelName, permissionName: string): void {
    const role = session.opened?.role ?? null;
    if (mayUse(role, permissionName)) return;
    const { opened } = session;
    if (opened === null) throw permission('workspace.closed', 'No workspace is open.', 'Open a workspace first.');
    // Each denial is logged durably: a flood of them is stopped before it floods the log and holds up the others.
    assertRate(rate, DENIAL_COST);
    opened.workspace.write.transaction(() =>
      opened.workspace.trail.append(opened.workspace.write, opened, 'access.denied', {
        channel,
        permission: permissionName,
      }),
    );
    throw permission(
      'permission.denied',
      `The role ${opened.role} may not use ${channel} (needs ${permissionName}).`,
      'Ask someone whose role allows it.',
    );
  }

  private context(session: Session): HandlerContext {
    return {
      ports: this.ports,
      session,
      pool: this.pool,
      grants: this.grants,
      jobs: this.jobs,
      workspace: () => openedOf(session),
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
        return handler.run({ ...context, store: openedOf(session).read }, input);
      case 'station-command': {
        const value = await handler.run(context, input);
        const open = session.opened;
        this.publish(
          open === null
            ? { name: 'workspace.closed', payload: {} }
            : { name: 'workspace.opened', payload: { name: open.workspace.name } },
          session.id,
        );
        return value;
      }
      case 'command': {
        const workspace = openedOf(session);
        const who = session.opened ?? { actor: 'system', role: 'system' };
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
          );
          if (!audited) throw new Error(`command ${channel} wrote no audit entry`);
          return result;
        });
        this.changed(workspace);
        return value;
      }
    }
  }

  private startJob(
    session: Session,
    channel: ChannelName,
    handler: Extract<Handler, { kind: 'job' }>,
    input: never,
  ): string {
    const entry = contract[channel];
    return this.jobs.start(session.id, channel, handler.title(input), handler.onCancel, async run => {
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
            const workspace = openedOf(session);
            const who = session.opened ?? { actor: 'system', role: 'system' };
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
      if (session.opened !== null) this.changed(session.opened.workspace);
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
    for (const listener of this.listeners) listener(event, session);
  }
}

const usage = (code: string, message: string, remedy?: string): NexusError =>
  new NexusError({ code, category: 'usage', message, ...(remedy === undefined ? {} : { remedy }) });
const permission = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'permission', message, kept: 'Nothing was changed.', remedy });

const openedOf = (session: Session): OpenWorkspace => {
  if (session.opened === null) throw permission('workspace.closed', 'No workspace is open.', 'Open a workspace first.');
  return session.opened.workspace;
};

const assertRate = (rate: RateLimit, cost = 1): void => {
  if (!rate.allow(cost)) throw permission('rate.exceeded', 'Too many calls at once.', 'Wait a second and repeat.');
};

const sized = (input: unknown): unknown => {
  let size: number;
  try {
    size = JSON.stringify(input)?.length ?? 0;
  } catch {
    // A big integer, a value that holds itself: nothing a wire could have carried.
    throw usage('input.invalid', 'The input is no JSON value.');
  }
  if (size > MAX_INPUT_CHARACTERS) throw usage('input.too-large', 'The input is larger than any channel takes.');
  return input;
};

const issueText = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string =>
  issues
    .slice(0, 5)
    .map(issue => `${issue.path.length === 0 ? 'input' : issue.path.map(String).join('.')}: ${issue.message}`)
    .join('; ');
