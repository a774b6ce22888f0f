import type { WireResult } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import { clientOver, isInTime, type PortClient } from './client-over.ts';
import type { EngineClient, SessionId } from './engine-client.ts';
import type { EnginePort } from './engine-worker-protocol.ts';

/** An engine in a process of its own that a host replaces whenever it has held keys and holds none any more. */
export interface LockingEngine extends EngineClient {
  /** Locks every session: the process that held the keys ends. */
  lock(reason: LockReason): Promise<void>;
}

/** An engine that stops by itself so often in a row is not started again. */
const MOST_CRASHES = 3;
/** An engine that does not lock within this time (a question of the keychain holds it up, a disk hangs) is ended. */
const LOCK_WITHIN_MS = 30_000;

/** One engine process; `innerOf` answers its session for the id that a host holds, opened at first use. */
interface Generation {
  readonly client: PortClient;
  readonly innerOf: (outer: SessionId) => Promise<SessionId>;
}

/**
 * Keeps hosts' sessions while the engine process behind them is replaced: on a lock the process ends with every key,
 * every row and every page in its memory, and a fresh one takes its place. A window's session goes on under its id, signed
 * out. `start` starts a process.
 */
export const lockingEngine = (start: () => EnginePort, lockWithinMs = LOCK_WITHIN_MS): LockingEngine => {
  const listeners = new Set<Parameters<EngineClient['subscribe']>[0]>();
  const open = new Set<SessionId>();
  let count = 0;
  let crashes = 0;
  let closed = false;
  /** Holds calls back while it is being decided whether the engine is replaced. */
  let deciding: Promise<void> = Promise.resolve();

  const publish = (event: NexusEvent, session: SessionId | null): void => {
    for (const listener of listeners) listener(event, session);
  };

  const generation = (): Generation => {
    const client = clientOver(start());
    const opening = new Map<SessionId, Promise<SessionId>>();
    const outerOf = new Map<SessionId, SessionId>();
    const innerOf = (outer: SessionId): Promise<SessionId> => {
      const found = opening.get(outer);
      if (found !== undefined) return found;
      const opened = client.openSession().then(inner => {
        outerOf.set(inner, outer);
        return inner;
      });
      opening.set(outer, opened);
      return opened;
    };
    const made: Generation = { client, innerOf };
    client.subscribe((event, session) => {
      const outer = session === null ? null : outerOf.get(session);
      if (outer !== undefined) publish(event, outer);
    });
    client.onSpent(() => {
      deciding = deciding.then(() => replaceIfSpent(made));
    });
    client.onEnd(() => restart(made));
    return made;
  };

  const current = { engine: generation() };

  const replaceIfSpent = async (spent: Generation): Promise<void> => {
    if (closed || current.engine !== spent) return;
    // It may have stopped by itself meanwhile: then it was replaced already.
    const retired = await spent.client.retire().catch(() => false);
    if (!retired || current.engine !== spent) return;
    current.engine = generation();
    crashes = 0;
    // Its end is waited for by nobody: the windows work with the new one meanwhile.
    spent.client.close().catch(() => undefined);
  };

  const restart = (ended: Generation): void => {
    if (closed || current.engine !== ended) return;
    crashes += 1;
    if (crashes > MOST_CRASHES) return;
    current.engine = generation();
    for (const session of open) publish({ name: 'session.locked', payload: { reason: 'engine-stopped' } }, session);
  };

  const inner = async (outer: SessionId): Promise<{ client: PortClient; session: SessionId }> => {
    await deciding;
    const { engine } = current;
    if (!open.has(outer))
      throw new NexusError({
        code: 'session.unknown',
        category: 'permission',
        message: 'This session has ended.',
        remedy: 'Open the window or command again.',
      });
    return { client: engine.client, session: await engine.innerOf(outer) };
  };

  return {
    openSession: async () => {
      count += 1;
      const outer = `window-${count}` as SessionId;
      open.add(outer);
      await inner(outer);
      return outer;
    },
    closeSession: async outer => {
      if (!open.has(outer)) return;
      const { client, session } = await inner(outer);
      open.delete(outer);
      await client.closeSession(session);
    },
    invoke: async (outer, channel, input): Promise<WireResult<unknown>> => {
      try {
        const { client, session } = await inner(outer);
        return await client.invoke(session, channel, input);
      } catch (error) {
        if (error instanceof NexusError) return { ok: false, error: error.data };
        throw error;
      }
    },
    grantPath: async (outer, path, kind) => {
      const { client, session } = await inner(outer);
      return client.grantPath(session, path, kind);
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lock: async reason => {
      const { client } = current.engine;
      if (!(await isInTime(client.lock(reason), lockWithinMs))) await client.end();
    },
    close: async () => {
      closed = true;
      await deciding;
      await current.engine.client.close();
    },
  };
};
