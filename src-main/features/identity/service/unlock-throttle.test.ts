import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testSecurity } from '../../../platform/station-security.fixture.ts';
import type { StationSecurity } from '../../../platform/station-security.ts';
import { delayAfterMs, MOST_FAILURES } from '../domain/unlock-delay.ts';
import { type GuessedAt, UnlockThrottle } from './unlock-throttle.ts';

const ID = '11111111-2222-4333-8444-555555555555';
let home: string;
let uptimeMs: number;
let wallMs: number;
let slept: number[];
let security: StationSecurity;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nexus-throttle-'));
  uptimeMs = 1_000_000;
  wallMs = Date.UTC(2026, 0, 2);
  slept = [];
  security = testSecurity(home, {
    uptimeMs: () => uptimeMs,
    sleep: durationMs => {
      slept.push(durationMs);
      uptimeMs += durationMs;
      return Promise.resolve();
    },
  });
});
afterEach(() => rmSync(home, { recursive: true }));

/** As a program that was just started. */
const throttle = () => new UnlockThrottle(security, { now: () => wallMs, monotonic: () => 0 });
const ADA: GuessedAt = { owner: 'ada', secret: 'salt of Ada' };
const BOB: GuessedAt = { owner: 'bob', secret: 'salt of Bob' };
const failAt = (...at: GuessedAt[]) => throttle().attempt(ID, at, () => Promise.resolve(null), String);
const succeedAt = async (owner: GuessedAt, ...others: GuessedAt[]) =>
  (
    await throttle().attempt(
      ID,
      [owner, ...others],
      () => Promise.resolve('key'),
      () => owner.owner,
    )
  )?.value;
const fail = () => failAt(ADA);
const succeed = () => succeedAt(ADA);
const left = (at = ADA) => throttle().triesLeft(ID, [at]);
const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) });

describe('guessing (R-15)', () => {
  it('waits 1 s after the first failure, doubling to one hour', () => {
    expect([0, 1, 2, 3, 4, 12, 13, 99].map(delayAfterMs)).toEqual([
      0, 1_000, 2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000,
    ]);
  });

  it('waits short delays out inside the call, and refuses for longer ones with the seconds left', async () => {
    for (let i = 0; i < 3; i++) expect(await fail()).toBeNull();
    expect(slept).toEqual([1_000, 2_000]);
    let tried = false;
    await expect(
      throttle().attempt(
        ID,
        [ADA],
        () => {
          tried = true;
          return Promise.resolve(null);
        },
        String,
      ),
    ).rejects.toMatchObject({ data: { code: 'workspace.throttled', message: expect.stringContaining('wait 4 s') } });
    expect(tried).toBe(false);
    uptimeMs += 4_000;
    expect(await succeed()).toBe('key');
    expect(await fail()).toBeNull();
  });

  it('counts a try before it is made: ending the program in the middle does not undo it', async () => {
    void throttle().attempt(ID, [ADA], () => new Promise<null>(() => undefined), String);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(left()).toBe(MOST_FAILURES - 1);
    expect(throttle().missed(ID).count).toBe(1);
  });

  it('is not shortened by setting the wall clock ten years on or back', async () => {
    for (let i = 0; i < 3; i++) await fail();
    for (const years of [10, -10]) {
      wallMs += years * 365 * 86_400_000;
      await expect(fail()).rejects.toEqual(code('workspace.throttled'));
    }
  });

  it('begins the wait again after a restart of the machine', async () => {
    for (let i = 0; i < 4; i++)
      await fail()
        .catch(() => (uptimeMs += 4_000))
        .then(() => undefined);
    uptimeMs += 4_000;
    await fail().catch(() => undefined);
    const failures = MOST_FAILURES - left();
    uptimeMs = 500;
    await expect(fail()).rejects.toEqual(code('workspace.throttled'));
    uptimeMs = 500 + delayAfterMs(failures) - 2_001;
    await expect(fail()).rejects.toEqual(code('workspace.throttled'));
    uptimeMs = 500 + delayAfterMs(failures);
    expect(await fail()).toBeNull();
  });

  it('stops for good at 100 failures in a row: then only the recovery code helps', async () => {
    for (let i = 0; i < MOST_FAILURES; i++) {
      uptimeMs += 3_600_000;
      expect(await fail()).toBeNull();
    }
    uptimeMs += 3_600_000;
    await expect(succeed()).rejects.toEqual(code('workspace.recovery-only'));
    await throttle().forgive(ID);
    expect(await succeed()).toBe('key');
  });

  it('of an account is reset by its own success; what was missed stays known until the log has it', async () => {
    await fail();
    await fail();
    uptimeMs += 10_000;
    await succeed();
    expect(left()).toBe(MOST_FAILURES);
    expect(throttle().missed(ID)).toEqual({
      count: 2,
      times: ['2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    });
    await throttle().logged(ID, throttle().missed(ID));
    expect(throttle().missed(ID).count).toBe(0);
  });

  it('is not reset by another account’s success: what one guessed stays counted', async () => {
    for (let i = 0; i < 12; i++) {
      uptimeMs += 3_600_000;
      expect(await failAt(ADA)).toBeNull();
      await failAt(BOB).catch(() => (uptimeMs += 60_000));
      uptimeMs += 3_600_000;
      expect(await succeedAt(BOB)).toBe('key');
    }
    expect(left(ADA)).toBe(MOST_FAILURES - 12);
    expect(left(BOB)).toBe(MOST_FAILURES);
  });

  it('at one account keeps nobody else out for longer than a minute; its own wait stays', async () => {
    for (let i = 0; i < 12; i++) {
      expect(await failAt(ADA)).toBeNull();
      uptimeMs += delayAfterMs(i + 1);
    }
    await failAt(ADA);
    await expect(succeedAt(BOB)).rejects.toMatchObject({
      data: { code: 'workspace.throttled', message: expect.stringContaining('wait 60 s') },
    });
    uptimeMs += 60_000;
    expect(await succeedAt(BOB)).toBe('key');
    await expect(succeedAt(ADA)).rejects.toMatchObject({
      data: { message: expect.stringContaining('wait 3540 s') },
    });
  });

  it('one password at many names waits as one password at one, up to a minute a try', async () => {
    const at = (i: number): GuessedAt => ({ owner: `person ${i}`, secret: '' });
    const begunMs = uptimeMs;
    let tries = 0;
    for (let i = 0; i < 1000 && uptimeMs - begunMs < 3_600_000; i++)
      for (;;)
        try {
          await failAt(at(i));
          tries++;
          break;
        } catch {
          uptimeMs += 1_000;
        }
    // 1 + 2 + 4 + 8 + 16 + 32 s, then one a minute: 6 + 58 in an hour, and the first and the last.
    expect(tries).toBeGreaterThanOrEqual(64);
    expect(tries).toBeLessThanOrEqual(67);
  });

  it('without a name counts at each account that it could open; a success takes back what it says of the others', async () => {
    expect(await failAt(ADA, BOB)).toBeNull();
    expect([left(ADA), left(BOB), throttle().missed(ID).count]).toEqual([99, 99, 1]);
    uptimeMs += 10_000;
    expect(await succeedAt(ADA, BOB)).toBe('key');
    expect([left(ADA), left(BOB), throttle().missed(ID).count]).toEqual([100, 99, 1]);
  });

  it('begins anew with a new password', async () => {
    for (let i = 0; i < 3; i++) await fail();
    expect(left()).toBe(97);
    expect(left({ owner: 'ada', secret: 'another salt' })).toBe(100);
  });

  it('what the log was told of is taken off; what came in meanwhile stays', async () => {
    await fail();
    const missed = throttle().missed(ID);
    wallMs += 5_000;
    await fail();
    await throttle().logged(ID, missed);
    expect(throttle().missed(ID)).toEqual({ count: 1, times: ['2026-01-02T00:00:05.000Z'] });
  });

  it('a changed counter counts as the longest wait, which ends', async () => {
    await fail();
    const path = join(home, '.station', `tries.${ID}`);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('\\"failures\\":1', '\\"failures\\":0'));
    // The fault must have fired.
    expect(readFileSync(path, 'utf8')).not.toBe(text);
    await expect(succeed()).rejects.toMatchObject({
      data: { code: 'workspace.throttled', message: expect.stringContaining('wait 3600 s') },
    });
    uptimeMs += 1_800_000;
    await expect(succeed()).rejects.toMatchObject({
      data: { code: 'workspace.throttled', message: expect.stringContaining('wait 1800 s') },
    });
    uptimeMs += 1_800_000;
    expect(await succeed()).toBe('key');
  });

  it('one counter’s lost key makes every counter a changed one, not a fresh one', async () => {
    await fail();
    rmSync(join(home, '.station', 'tries-key'));
    await expect(succeed()).rejects.toEqual(code('workspace.throttled'));
  });

  it('a try that could not be made is none', async () => {
    await fail();
    uptimeMs += 1_000;
    await expect(throttle().attempt(ID, [ADA], () => Promise.reject(new Error('no keychain')), String)).rejects.toThrow(
      'no keychain',
    );
    expect(left()).toBe(MOST_FAILURES - 1);
    expect(throttle().missed(ID)).toEqual({ count: 1, times: ['2026-01-02T00:00:00.000Z'] });
  });

  it('lets eight tries at once through one by one', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => fail()));
    expect(outcomes.filter(outcome => outcome.status === 'rejected').length).toBeGreaterThan(0);
    expect(MOST_FAILURES - left()).toBe(outcomes.filter(outcome => outcome.status === 'fulfilled').length);
    expect(slept.length).toBeGreaterThan(0);
  });
});
