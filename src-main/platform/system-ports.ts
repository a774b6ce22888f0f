import { randomUUID } from 'node:crypto';
import { systemBrowser } from './browser-opener.ts';
import type { Ports } from './ports.ts';

/** The real clock and random ids. */
export const systemPorts = (): Ports => ({
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  ids: { next: () => randomUUID(), continueAfter: () => undefined },
  browser: systemBrowser,
});

/**
 * A standing clock and counted ids: the same commands then write the same bytes.
 * Used where an examination must be repeated exactly (`NEXUS_CLOCK`) and in tests.
 */
export const fixedPorts = (instant: number): Ports => {
  let count = 0;
  let history = 0;
  return {
    clock: { now: () => instant, monotonic: () => 0 },
    ids: {
      next: () => {
        count += 1;
        return `${history.toString(16).padStart(8, '0')}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
      },
      // The log grows with every opening, so each run on a workspace counts under a number of its own.
      continueAfter: entries => {
        history = entries;
      },
    },
    browser: systemBrowser,
  };
};
