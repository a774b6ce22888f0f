import { expect, it } from 'vitest';
import { unverifiedTimes } from './unverified-times.ts';

it('doubts entries from an anomaly until the clock is consistent again', () => {
  const isUnverified = unverifiedTimes([
    { seq: 20, act: 'clock.anomaly' },
    { seq: 9, act: 'clock.consistent' },
    { seq: 5, act: 'clock.anomaly' },
  ]);
  expect([4, 5, 8, 9, 19, 20, 21].map(isUnverified)).toEqual([false, true, true, false, false, true, true]);
});

it('doubts nothing where the clock was never amiss', () => {
  expect(unverifiedTimes([])(0)).toBe(false);
});
