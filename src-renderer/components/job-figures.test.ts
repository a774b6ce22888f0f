import { describe, expect, it } from 'vitest';
import { ratePerSecond, secondsLeft } from './job-figures.ts';

describe('job figures', () => {
  it('takes the rate from what is done: 300,000 rows in 1.5 s are 200,000 a second', () => {
    expect(ratePerSecond(300_000, 1500)).toBe(200_000);
  });

  it('says nothing in the first second, where a rate would jump about', () => {
    expect(ratePerSecond(50, 400)).toBeNull();
    expect(secondsLeft(50, 100, 400)).toBeNull();
  });

  it('leaves 3 s when a quarter took 1 s', () => {
    expect(secondsLeft(25, 100, 1000)).toBe(3);
  });

  it('knows no end where the size is not known', () => {
    expect(secondsLeft(25, null, 5000)).toBeNull();
  });
});
