import type { JobContext } from '../../../engine/handler.ts';

/** Keeps moving committed pages from the log into the store on another thread, so that no write waits and the log stays short. */
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
