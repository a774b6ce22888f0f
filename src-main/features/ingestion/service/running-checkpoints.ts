import { statSync } from 'node:fs';
import type { JobContext } from '../../../engine/handler.ts';

/**
 * Keeps the log from growing without end: once it is long, its committed pages are moved into the store on another thread, so
 * that no write waits. A log that is shorter waits for the workspace's closing: each page that is moved is decrypted and
 * encrypted once more, which a workspace that is removed at the end never needs.
 */
export const startCheckpoints = (context: JobContext): { stop(): Promise<void> } => {
  const { storePath, dataKey } = context.workspace();
  let running = true;
  let wake = (): void => undefined;
  const loop = (async () => {
    while (running) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, CHECKPOINT_INTERVAL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!running) return;
      if (logBytes(storePath) < LONG_LOG_BYTES) continue;
      // One that fails (a full disk) loses nothing: the pages stay in the log, and the writer meets the same fault itself.
      await context.pool.run('analysis', { task: 'checkpoint', storePath, key: dataKey }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      running = false;
      // A small file is done long before the first interval: it does not wait for it.
      wake();
      await loop;
    },
  };
};
const CHECKPOINT_INTERVAL_MS = 250;
/** About four million rows. */
const LONG_LOG_BYTES = 384 << 20;

const logBytes = (storePath: string): number => statSync(`${storePath}-wal`, { throwIfNoEntry: false })?.size ?? 0;
