import { performance } from 'node:perf_hooks';
import type { NexusEvent } from '../../contract/events.ts';
import type { EngineClient, SessionId } from '../../engine/engine-client.ts';
import { SESSION_LIMITS, SessionQuota } from '../window/session-quota.ts';
import { newSecret } from './launch-token.ts';

/** What a session needs of its connection. */
export interface Connection {
  send(message: unknown): void;
  close(code: number, reason: string): void;
}

export interface WindowSession {
  /** The secret by which a reloaded window finds its session again. */
  readonly key: string;
  readonly session: SessionId;
  readonly quota: SessionQuota;
}

interface Held extends WindowSession {
  connection: Connection | null;
  end: NodeJS.Timeout | null;
}

export interface WindowSessionOptions {
  readonly engine: EngineClient;
  /** How long a session outlives its connection, in milliseconds: the time a reload or a short break takes. */
  readonly graceMs: number;
  readonly ended: (key: string) => Promise<void>;
  /** Called when the last session has ended. */
  readonly allEnded: () => void;
  /** Told of a fault while a session ends, which no request can carry. */
  readonly fault: (error: unknown) => void;
}

/** Close code when another connection took the session over (a duplicated tab). */
export const TAKEN_OVER = 4409;

/** The engine sessions of the windows: one a connection, kept for a grace time so that a reload finds its workspace open. */
export class WindowSessions {
  private readonly options: WindowSessionOptions;
  private readonly byKey = new Map<string, Held>();

  constructor(options: WindowSessionOptions) {
    this.options = options;
  }

  /** The session of `key` when it still lives, otherwise a new one; either way it now belongs to `connection`. */
  async join(connection: Connection, key: unknown): Promise<WindowSession> {
    const held = typeof key === 'string' ? this.byKey.get(key) : undefined;
    if (held !== undefined) {
      if (held.end !== null) clearTimeout(held.end);
      held.end = null;
      held.connection?.close(TAKEN_OVER, 'another window took the session over');
      held.connection = connection;
      return held;
    }
    const session = await this.options.engine.openSession();
    const quota = new SessionQuota(SESSION_LIMITS, () => performance.now());
    const opened: Held = { key: newSecret(), session, quota, connection, end: null };
    this.byKey.set(opened.key, opened);
    return opened;
  }

  /** The connection is gone: its session ends after the grace time unless a window comes back for it. */
  leave(connection: Connection): void {
    for (const held of this.byKey.values()) {
      if (held.connection !== connection) continue;
      held.connection = null;
      held.end = setTimeout(() => {
        this.end(held).catch(this.options.fault);
      }, this.options.graceMs);
    }
  }

  find(key: string): WindowSession | undefined {
    return this.byKey.get(key);
  }

  /** The session when there is exactly one. */
  only(): WindowSession | undefined {
    return this.byKey.size === 1 ? this.byKey.values().next().value : undefined;
  }

  /** The keys of an engine session, or of all. */
  keysOf(session: SessionId | null): readonly string[] {
    return [...this.byKey.values()].filter(held => session === null || held.session === session).map(({ key }) => key);
  }

  /** Sends an engine event to the window it concerns; `session` null is for all windows. */
  publish(event: NexusEvent, session: SessionId | null): void {
    for (const held of this.byKey.values())
      if (session === null || held.session === session) held.connection?.send({ event });
  }

  async endAll(): Promise<void> {
    await Promise.all(
      [...this.byKey.values()].map(held => {
        if (held.end !== null) clearTimeout(held.end);
        return this.end(held);
      }),
    );
  }

  private async end(held: Held): Promise<void> {
    this.byKey.delete(held.key);
    try {
      await this.options.engine.closeSession(held.session);
    } finally {
      await this.options.ended(held.key);
      if (this.byKey.size === 0) this.options.allEnded();
    }
  }
}
