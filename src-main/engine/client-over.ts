import type { GrantedFile } from '../contract/bridge.ts';
import type { NexusErrorData, WireResult } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { EngineClient, SessionId } from './engine-client.ts';
import type { EnginePort, EngineRequest } from './engine-worker-protocol.ts';

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A client of one engine, with what only its host asks. */
export interface PortClient extends EngineClient {
  warm(): void;
  lock(reason: LockReason): Promise<void>;
  /** True: it holds no key any more and is asked for nothing else. */
  retire(): Promise<boolean>;
  onSpent(listener: () => void): void;
  /** Ends the engine without asking it. */
  end(): Promise<void>;
  /** Told once, when the engine has ended. */
  onEnd(listener: () => void): void;
}

/** Whether something came about in time. */
export const isInTime = async (work: Promise<unknown>, withinMs: number): Promise<boolean> => {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), withinMs);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** An engine that closes longer than this is ended: what was confirmed is stored all the same. */
const CLOSE_WITHIN_MS = 60_000;

/** A client for the engine at the other end of a line. Its end refuses every call with `engine.stopped`. */
export const clientOver = (port: EnginePort): PortClient => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<Parameters<EngineClient['subscribe']>[0]>();
  const spent = new Set<() => void>();
  const ended = new Set<() => void>();
  let nextId = 1;
  let stopped: NexusErrorData | null = null;

  port.onEnd(cause => {
    stopped ??= {
      code: 'engine.stopped',
      category: 'internal',
      message: cause,
      kept: 'Everything that was confirmed is stored; unfinished work was discarded.',
      remedy: 'Sign in again; start NEXUS again if that does not help.',
    };
    for (const { reject } of waiting.values()) reject(new NexusError(stopped));
    waiting.clear();
    for (const listener of ended) listener();
  });
  port.onMessage(reply => {
    if (reply.kind === 'event') {
      for (const listener of listeners) listener(reply.event, reply.session);
      return;
    }
    if (reply.kind === 'spent') {
      for (const listener of spent) listener();
      return;
    }
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.kind === 'refused') caller?.reject(new NexusError(reply.error));
    else caller?.resolve(reply.value as never);
  });

  const call = <T>(request: WithoutId<EngineRequest>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (stopped !== null) {
        reject(new NexusError(stopped));
        return;
      }
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      port.post({ ...request, id });
    });

  return {
    openSession: () => call<SessionId>({ method: 'openSession' }),
    closeSession: session => call<void>({ method: 'closeSession', session }),
    grantPath: (session, path, kind) => call<GrantedFile>({ method: 'grantPath', session, path, kind }),
    invoke: (session, channel, input) =>
      call<WireResult<unknown>>({ method: 'invoke', session, channel, input }).catch((error: unknown) => ({
        ok: false as const,
        error:
          error instanceof NexusError
            ? error.data
            : { code: 'engine.stopped', category: 'internal' as const, message: String(error) },
      })),
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    warm: () => void call<null>({ method: 'warm' }).catch(() => undefined),
    lock: reason => call<void>({ method: 'lock', reason }),
    retire: () => call<boolean>({ method: 'retire' }),
    onSpent: listener => void spent.add(listener),
    onEnd: listener => void ended.add(listener),
    end: () => port.end(),
    close: async () => {
      if (stopped === null) await isInTime(call<null>({ method: 'close' }), CLOSE_WITHIN_MS);
      await port.end();
    },
  };
};
