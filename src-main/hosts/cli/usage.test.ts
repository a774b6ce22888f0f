import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../../platform/archive.fixture.ts';
import { ensureBundle, nexus, nexusJson, type Refusal, temporaryFolder } from './command-line.fixture.ts';

// The interface of the command: exit 2 is bad usage, 3 a refused input; with --json one document, whatever happens.
const work = temporaryFolder();
const table = join(work.path, 'a.csv');
const archive = join(work.path, 'a.zip');
const content = 'date,amount,currency\n2024-01-02,1.00,EUR\n';
beforeAll(() => {
  ensureBundle();
  writeFileSync(table, content);
  writeFileSync(archive, zipOf([{ name: 'a.csv', content }]));
}, 120_000);
afterAll(() => work.remove());

describe('settings that nobody knows are bad usage', () => {
  it.each([
    [['inspect', table, '--set', '__proto__=x'], 'usage.set'],
    [['examine', table, '--set', 'benford-first.__proto__=x'], 'usage.set'],
    [['link', table, '--set', '__proto__=x'], 'usage.set'],
    [['test', 'benford-first', table, '--set', '__proto__=x'], 'usage.set'],
    [['reconcile', table, table, '--set', '__proto__=x'], 'usage.set'],
    [['reconcile', table, table, '--set', 'constructor=x'], 'parameter.unknown'],
    [['reconcile', table, table, '--set', 'bank.__proto__=x'], 'usage.set'],
    [['reconcile', table, table, '--set', 'bank.bogus=x'], 'dialect.unknown'],
    [['reconcile', table, table, '--set', 'ledger.constructor=x'], 'dialect.unknown'],
    [['reconcile', table, table, '--set', 'bank.dateOrder=up'], 'dialect.unknown'],
  ])('%j', async (args, error) => {
    const { code, value } = await nexusJson<Refusal>(args);
    expect([code, value.error.code]).toEqual([2, error]);
  });
});

describe('--json gives one document', () => {
  const documentOf = (out: string): Refusal => JSON.parse(out) as Refusal;

  it.each([
    [['--json']],
    [['inspect', table, '--json=yes']],
    [['--json=yes', 'inspect', table]],
    [['--json', 'nonsense']],
  ])('of the refusal: %j', async args => {
    const { code, out, err } = await nexus(args);
    expect([code, err]).toEqual([2, '']);
    expect(documentOf(out).error.code).toMatch(/^usage\./);
  });

  it('where it stands before the command', async () => {
    const { code, out, err } = await nexus(['--json', 'inspect', table]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe((await nexus(['inspect', table, '--json'])).out);
  });

  it('and behind -- it is a file', async () => {
    const { code, out } = await nexus(['inspect', '--', '--json']);
    expect(code).toBe(3);
    expect(out).toMatch(/^refused \(file\.not-found\): .*--json/);
  });
});

it('says of a command of a later version that it is not there yet', async () => {
  const { code, value } = await nexusJson<Refusal>(['trace', table, '--claims', table]);
  expect([code, value.error.code]).toEqual([2, 'usage.command']);
  expect(value.error.message).toBe('“trace” is not in this version of NEXUS yet.');
});

it('says of an archive what reads it, where one file is read', async () => {
  const { code, value } = await nexusJson<Refusal>(['reconcile', archive, table]);
  expect([code, value.error.code]).toEqual([3, 'format.unsupported']);
  expect(value.error.message).toMatch(/ZIP archive.*`nexus inspect`, `nexus examine`.*unpack it/);
});
