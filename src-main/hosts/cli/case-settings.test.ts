import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBundle, nexus, nexusJson, type Refusal, temporaryFolder } from './command-line.fixture.ts';

const folder = temporaryFolder();
const bank = join(folder.path, 'bank.csv');
beforeAll(() => {
  ensureBundle();
  writeFileSync(bank, 'Date,Amount,Payee\n2024-01-02,-9800.00,A\n2024-01-03,-120.50,B\n2024-01-04,300.00,C\n');
}, 120_000);
afterAll(() => folder.remove());

interface Examined {
  readonly tests: readonly {
    readonly test: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly notRun: string | null;
  }[];
  readonly timings: Readonly<Record<string, number>>;
}
const settings = (name: string, content: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};

it('takes the settings of the case from a file and from the line, which goes before it', async () => {
  const file = settings(
    'settings.json',
    JSON.stringify({ values: { thresholds: '500', country: 'fr' }, off: { velocity: 'Three rows.' } }),
  );
  const { code, value } = await nexusJson<Examined>([
    'examine',
    bank,
    '--settings',
    file,
    '--set',
    'case.thresholds=10000',
  ]);
  expect(code).toBe(0);
  const run = (test: string) => value.tests.find(known => known.test === test)!;
  expect(run('just-below-threshold').parameters.thresholds).toBe('10000');
  expect(run('velocity').notRun).toBe('switched off in this case: Three rows.');
}, 60_000);

it('keeps them with the workspace: the next run has them, and computes nothing that has not changed', async () => {
  const workspace = join(folder.path, 'kept');
  await nexusJson<Examined>(['examine', bank, '--workspace', workspace, '--set', 'case.thresholds=10000']);
  const { value } = await nexusJson<Examined>(['examine', bank, '--workspace', workspace]);
  expect(value.tests.find(known => known.test === 'just-below-threshold')!.parameters.thresholds).toBe('10000');
  expect(value.timings).not.toHaveProperty('test just-below-threshold');
}, 60_000);

it.each([
  ['a file that is not there', 'none.json', null, 'cannot be read'],
  ['no JSON', 'bad.json', '{', 'no JSON'],
  ['another shape', 'shape.json', '{"values": []}', 'values'],
])(
  'refuses %s',
  async (_, name, content, words) => {
    const path = content === null ? join(folder.path, name) : settings(name, content);
    const { code, out, err } = await nexus(['examine', bank, '--settings', path]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  },
  60_000,
);

it('refuses a setting that no case has, naming those there are', async () => {
  const { code, value } = await nexusJson<Refusal>(['examine', bank, '--set', 'case.contry=DE']);
  expect(code).toBe(2);
  expect(value.error).toMatchObject({ code: 'settings.unknown' });
  expect(value.error.message).toContain('country');
}, 60_000);
