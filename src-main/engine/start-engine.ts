import { Worker } from 'node:worker_threads';
import type { GrantedFile } from '../contract/bridge.ts';
import type { NexusErrorData, WireResult } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import { workerUrl } from '../platform/worker-url.ts';
import type { EngineClient, SessionId } from './engine-client.ts';
import type { EngineReply, EngineRequest, EngineWorkerData } from './engine-worker-protocol.ts';

export interface StartEngineOptions {
  /** The user's NEXUS folder: workspaces opened by name lie in it. */
  readonly homeFolder: string;
  /** A standing clock in milliseconds, for runs that must be repeated byte for byte. */
  readonly fixedClock?: number;
}

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Starts the engine on its own thread and answers a client for it. A crash of the engine refuses every call with `engine.stopped`. */
export const startEngine = (options: StartEngineOptions): EngineClient & { warm(): void } => {
  const worker = new Worker(workerUrl('engine'), {
    workerData: { homeFolder: options.homeFolder, fixedClock: options.fixedClock ?? null } satisfies EngineWorkerData,
    // The texts of rows on their way to the store live for a moment: more room for them is only more memory.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<Parameters<EngineClient['subscribe']>[0]>();
  let nextId = 1;
  let stopped: NexusErrorData | null = null;

  const stop = (message: string): void => {
    stopped ??= {
      code: 'engine.stopped',
      category: 'internal',
      message,
      kept: 'Everything that was confirmed is stored; unfinished work was discarded.',
      remedy: 'Start NEXUS again.',
    };
    for (const { reject } of waiting.values()) reject(new NexusError(stopped));
    waiting.clear();
  };
  worker.on('error', error => stop(`The engine stopped: ${error instanceof Error ? error.message : String(error)}`));
  worker.on('exit', () => stop('The engine has ended.'));
  worker.on('message', (reply: EngineReply) => {
    if (reply.kind === 'event') {
      for (const listener of listeners) listener(reply.event, reply.session);
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
      worker.postMessage({ ...request, id });
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
    close: async () => {
      if (stopped === null) await call<null>({ method: 'close' });
      await worker.terminate();
    },
  };
};
