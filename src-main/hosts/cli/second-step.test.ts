import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOCK, ensureBundle, nexusJson, PASSPHRASE, type Refusal, temporaryFolder } from './command-line.fixture.ts';

// An account with one-time codes at the command line: NEXUS_CODE after the passphrase, as a window asks for it.
const work = temporaryFolder();
const workspace = join(work.path, 'inquiry');
beforeAll(ensureBundle, 120_000);
afterAll(() => work.remove());

const LATER = '2026-01-02T03:06:05Z';
const call = <T>(channel: string, input: object, environment: Readonly<Record<string, string>> = {}) =>
  nexusJson<T>([channel, '--workspace', workspace, '--input', JSON.stringify(input)], { environment });

it('gives the second step by NEXUS_CODE, once each, and says what is missing without it', async () => {
  const folder = { location: { folder: workspace }, passphrase: PASSPHRASE, actor: 'Ada' };
  const created = await nexusJson(['workspaces.create', '--input', JSON.stringify(folder)]);
  expect(created.code).toBe(0);
  const { secret } = (await call<{ secret: string }>('factors.enrol', {})).value;
  const codeAt = (instant: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(instant) });
  const confirmed = await call<{ recoveryCodes: string[] }>('factors.confirm', { code: codeAt(CLOCK) });
  expect(confirmed.code).toBe(0);

  const without = await call<Refusal>('cases.list', {});
  expect([without.code, without.value.error.code]).toEqual([2, 'usage.code']);
  // The one that confirmed was used by that: a code is taken once.
  const used = await call<Refusal>('cases.list', {}, { NEXUS_CODE: codeAt(CLOCK) });
  expect([used.code, used.value.error.code]).toEqual([4, 'factor.code-used']);
  const later = { NEXUS_CLOCK: LATER, NEXUS_CODE: codeAt(LATER) };
  expect((await call('cases.list', {}, later)).code).toBe(0);
  expect((await call<Refusal>('cases.list', {}, later)).value.error.code).toBe('factor.code-used');
  // A recovery code too, also for a command of its own; each once.
  const recovery = { NEXUS_CLOCK: LATER, NEXUS_CODE: confirmed.value.recoveryCodes[0]! };
  expect((await call('cases.create', { name: 'Kept' }, recovery)).code).toBe(0);
  const again = await call<Refusal>('cases.list', {}, recovery);
  expect([again.code, again.value.error.code]).toEqual([4, 'factor.code-wrong']);
}, 120_000);
