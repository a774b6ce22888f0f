import type { EngineReply, EngineRequest, EngineWorkerData } from '../engine/engine-worker-protocol.ts';
import { serveEngine } from '../engine/serve-engine.ts';
import { keepOutOfCoreDumps } from '../platform/no-core-dump.ts';

/** Electron's line from a utility process to the main one. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Closing may take this long when the program that started this one is gone. */
const LAST_CLOSE_MS = 5_000;

keepOutOfCoreDumps();
const data = JSON.parse(process.argv[2] ?? '') as EngineWorkerData;
const utility = (process as { readonly parentPort?: UtilityPort }).parentPort;
const post = (reply: EngineReply): void => {
  if (utility !== undefined) utility.postMessage(reply);
  else if (process.connected) process.send?.(reply);
};
const { take, close } = serveEngine(data, post, true);
if (utility !== undefined) utility.on('message', event => take(event.data as EngineRequest));
else process.on('message', request => take(request as EngineRequest));

// A terminal's interrupt goes to every process of the group: the host decides when its engine closes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  setTimeout(() => process.exit(70), LAST_CLOSE_MS).unref();
  close().then(
    () => process.exit(0),
    () => process.exit(70), // nobody is left to be told; what was confirmed is stored
  );
});
