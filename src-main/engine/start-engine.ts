import { Worker } from 'node:worker_threads';
import { workerUrl } from '../platform/worker-url.ts';
import { clientOver } from './client-over.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineWorkerData } from './engine-worker-protocol.ts';

export interface StartEngineOptions {
  /** The user's NEXUS folder: workspaces opened by name lie in it. */
  readonly homeFolder: string;
  /** A standing clock in milliseconds, for runs that must be repeated byte for byte. */
  readonly fixedClock?: number;
}

/**
 * Starts the engine on its own thread and answers a client for it: for programs that end when their work is done, and
 * their keys with them. A crash of the engine refuses every call with `engine.stopped`.
 */
export const startEngine = (options: StartEngineOptions): EngineClient & { warm(): void } => {
  const worker = new Worker(workerUrl('engine'), {
    workerData: { homeFolder: options.homeFolder, fixedClock: options.fixedClock ?? null } satisfies EngineWorkerData,
    // The texts of rows on their way to the store live for a moment: more room for them is only more memory.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  });
  return clientOver({
    post: request => worker.postMessage(request),
    onMessage: listener => void worker.on('message', listener),
    onEnd: listener => {
      worker.on('error', error =>
        listener(`The engine stopped: ${error instanceof Error ? error.message : String(error)}`),
      );
      worker.on('exit', () => listener('The engine has ended.'));
    },
    end: async () => {
      await worker.terminate();
    },
  });
};
