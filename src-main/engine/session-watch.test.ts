import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { OpenedSession } from './session.ts';
import { SessionWatch } from './session-watch.ts';

const MINUTE_MS = 60_000;
let monotonicMs: number;
let asleepMs: number;
let locked: LockReason[];
let session: { readonly opened: OpenedSession } | null;
let watch: SessionWatch<{ readonly opened: OpenedSession }>;
beforeEach(() => {
  vi.useFakeTimers();
  monotonicMs = 5_000;
  asleepMs = 0;
  locked = [];
  session = { opened: { lastCallMs: monotonicMs, sinceMs: monotonicMs } as OpenedSession };
  watch = new SessionWatch({
    clock: { now: () => Date.now(), monotonic: () => monotonicMs },
    sessions: () => (session === null ? [] : [session]),
    idleLimitMs: () => 10 * MINUTE_MS,
    lock: (_session, reason) => {
      locked.push(reason);
      session = null;
      return Promise.resolve();
    },
    fault: error => {
      throw error;
    },
    asleepMs: () => 77_000 + asleepMs,
  });
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const pass = (durationMs: number): void => {
  for (let left = durationMs; left > 0; left -= 5_000) {
    monotonicMs += Math.min(5_000, left);
    vi.advanceTimersByTime(5_000);
  }
};

describe('a session that is left alone (R-19)', () => {
  it('locks after the idle time, by a look of its own', () => {
    pass(10 * MINUTE_MS - 5_000);
    expect(locked).toEqual([]);
    pass(5_000);
    expect(locked).toEqual(['idle']);
  });

  it.each([
    ['cases.create', 'command'],
    ['sessions.touch', 'query'],
  ] as const)('is kept by %s', (channel, kind) => {
    for (let i = 0; i < 5; i++) {
      pass(9 * MINUTE_MS);
      watch.noteCall(session!.opened, channel, kind);
    }
    expect(locked).toEqual([]);
  });

  // A window asks for its lists anew whenever anybody’s command or job changed records: R-19 counts from the person.
  it.each([
    ['cases.list', 'query'],
    ['jobs.read', 'query'],
    ['examinations.run', 'job'],
  ] as const)('is not kept by %s, which a window calls by itself', (channel, kind) => {
    for (let i = 0; i < 5 && session !== null; i++) {
      pass(3 * MINUTE_MS);
      if (session !== null) watch.noteCall((session as { opened: OpenedSession }).opened, channel, kind);
    }
    expect(locked).toEqual(['idle']);
  });

  it('locks after twelve hours however busy it is', () => {
    for (let hour = 0; hour < 12 && session !== null; hour++) {
      for (let i = 0; i < 12 && session !== null; i++) {
        watch.noteCall((session as { opened: OpenedSession }).opened, 'cases.create', 'command');
        pass(5 * MINUTE_MS);
      }
      if (hour < 11) expect(locked).toEqual([]);
    }
    expect(locked).toEqual(['too-long']);
  });

  it('neither sooner nor later for a wall clock that jumps ten years on or back', () => {
    for (const years of [10, -20, 10]) {
      vi.setSystemTime(Date.now() + years * 365 * 86_400_000);
      pass(MINUTE_MS);
      expect(locked).toEqual([]);
    }
    pass(7 * MINUTE_MS);
    expect(locked).toEqual(['idle']);
  });

  it('locks when the machine slept, at the first look after it', () => {
    pass(MINUTE_MS);
    asleepMs += 31_000;
    void watch.look();
    expect(locked).toEqual(['suspended']);
  });
});
