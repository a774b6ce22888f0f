import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { EnginePort, EngineWorkerData } from '../../engine/engine-worker-protocol.ts';
import { workerUrl } from '../../platform/worker-url.ts';

/** The same as the engine's thread is given: the texts of rows on their way to the store live for a moment (MiB). */
const SEMI_SPACE_MIB = 4;
/** An engine that has closed its stores ends at once; one that hangs is ended. */
const END_WITHIN_MS = 3_000;

/** Starts an engine in a process of its own. */
export const forkEngine = (data: EngineWorkerData): EnginePort => {
  // Compiled code that this process keeps on disk serves the engine too: it starts sooner.
  const cacheFolder = getCompileCacheDir();
  const child = fork(fileURLToPath(workerUrl('engine-process')), [JSON.stringify(data)], {
    serialization: 'advanced',
    env: { ...process.env, ...(cacheFolder === undefined ? {} : { NODE_COMPILE_CACHE: cacheFolder }) },
    execArgv: [...process.execArgv, `--max-semi-space-size=${SEMI_SPACE_MIB}`],
  });
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(`The engine stopped: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`The engine has ended (${signal ?? code}).`));
  });
  return {
    post: request => {
      // Refused once it has ended: the end refuses everything that waits.
      if (child.connected) child.send(request);
    },
    onMessage: listener => void child.on('message', message => listener(message as Parameters<typeof listener>[0])),
    onEnd: listener => void ended.then(listener),
    end: async () => {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
      await ended;
      clearTimeout(late);
    },
  };
};
