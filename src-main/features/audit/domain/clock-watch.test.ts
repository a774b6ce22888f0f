import { describe, expect, it } from 'vitest';
import type { ClockEvent, ClockWatch } from './clock-watch.ts';
import { observeClock } from './clock-watch.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 25, 0, 59, 59);
const UNSEEN: ClockWatch = { baseline: null, believedWallMs: null, strayWallMs: null };

/** Looks at a series of [wall, monotonic] moments, as milliseconds after the start. */
const events = (moments: readonly (readonly [number, number])[], from = UNSEEN): (ClockEvent | null)[] => {
  let watch = from;
  return moments.map(([wall, mono]) => {
    const seen = observeClock(watch, START + wall, mono);
    watch = seen.watch;
    return seen.event;
  });
};
const nextBoot = (watch: ClockWatch): ClockWatch => ({ ...watch, baseline: null });
const watchAfter = (moments: readonly (readonly [number, number])[]): ClockWatch =>
  moments.reduce((watch, [wall, mono]) => observeClock(watch, START + wall, mono).watch, UNSEEN);

describe('the wall clock against the monotonic one (R-41)', () => {
  it('an hour back is an anomaly, said once, until the clock is right again', () => {
    expect(
      events([
        [0, 0],
        [1_000, 1_000],
        [-HOUR, 2_000],
        [-HOUR + 1_000, 3_000],
        [4_000, 4_000],
        [5_000, 5_000],
      ]),
    ).toEqual([null, null, 'backwards', null, 'consistent', null]);
  });

  it('ten years ahead are an anomaly, and coming back from them is none', () => {
    const years = 10 * 365 * 24 * HOUR;
    expect(
      events([
        [0, 0],
        [years, 1_000],
        [years + 1_000, 2_000],
        [3_000, 3_000],
        [4_000, 4_000],
      ]),
    ).toEqual([null, 'drift', null, 'consistent', null]);
  });

  it('more than two minutes of drift are one, two minutes are not, however small the steps', () => {
    expect(
      events([
        [0, 0],
        [120_000, 0],
      ]),
    ).toEqual([null, null]);
    expect(
      events([
        [0, 0],
        [120_001, 0],
      ]),
    ).toEqual([null, 'drift']);
    expect(
      events([
        [0, 0],
        [60_000, 0],
        [119_000, 0],
        [121_000, 0],
      ]),
    ).toEqual([null, null, null, 'drift']);
    // A standing clock, as repeatable runs have it, is none.
    expect(
      events([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([null, null]);
  });

  it('summer time changes nothing: the log tells Universal Time', () => {
    // 2026-10-25 01:00 UTC: clocks of Central Europe go back an hour, the wall clock read here does not.
    expect(
      events([
        [0, 0],
        [1_000, 1_000],
        [2_000, 2_000],
        [HOUR, HOUR],
      ]),
    ).toEqual([null, null, null, null]);
  });

  it('a leap second, told twice, is none', () => {
    expect(
      events([
        [0, 0],
        [900, 900],
        [0, 1_000],
        [1_000, 2_000],
      ]),
    ).toEqual([null, null, null, null]);
    expect(
      events([
        [0, 0],
        [0, 1_000],
        [1_001, 1_001],
        [0, 2_000],
      ]),
    ).toEqual([null, null, null, 'backwards']);
  });

  it('from boot to boot: time may pass, but not fall behind what was believed', () => {
    const believed = nextBoot(
      watchAfter([
        [0, 0],
        [HOUR, HOUR],
      ]),
    );
    expect(events([[9 * HOUR, 5]], believed)).toEqual([null]);
    expect(
      events(
        [
          [0, 5],
          [1_000, 1_005],
          [2 * HOUR, 2_005],
        ],
        believed,
      ),
    ).toEqual(['backwards', null, 'consistent']);
  });

  it('a boot under a clock that had run ahead believes it only once it was set back', () => {
    const ahead = nextBoot(
      watchAfter([
        [0, 0],
        [90 * HOUR, 1_000],
      ]),
    );
    expect(
      events(
        [
          [91 * HOUR, 0],
          [92 * HOUR, HOUR],
        ],
        ahead,
      ),
    ).toEqual([null, null]);
    expect(
      events(
        [
          [2 * HOUR, 0],
          [3 * HOUR, HOUR],
        ],
        ahead,
      ),
    ).toEqual(['consistent', null]);
    expect(events([[-HOUR, 0]], ahead)).toEqual([null]);
  });
});
