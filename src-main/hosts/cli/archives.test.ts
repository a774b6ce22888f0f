import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectedFile } from '../../contract/imports.contract.ts';
import type { ChannelResult } from '../../contract/index.ts';
import { generate, type Truth } from '../../engine/engine.fixture.ts';
import { zipOf } from '../../platform/archive.fixture.ts';
import {
  ensureBundle,
  launch,
  nexus,
  nexusJson,
  type Refusal,
  shared,
  temporaryFolder,
} from './command-line.fixture.ts';
import type { ExaminationResult } from './examination-result.ts';

// Archives and folders on the command line, and what a kill leaves of an archive.
const work = temporaryFolder();
beforeAll(ensureBundle);
afterAll(() => work.remove());

const table = (...amounts: string[]): string =>
  `date,amount,currency\n${amounts.map((amount, i) => `2024-01-${String(i + 10)},${amount},EUR\n`).join('')}`;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
type Inspected = { readonly files: readonly InspectedFile[]; readonly error?: Refusal['error'] };

describe('nexus inspect of an archive', () => {
  const bytes = zipOf([
    { name: 'jan/a.csv', content: table('10.00', '-2.50') },
    { name: 'jan/.DS_Store', content: 'x' },
    { name: 'b.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
    { name: 'c.csv', content: table('1.00') },
  ]);
  const path = join(work.path, 'x.zip');
  beforeAll(() => writeFileSync(path, bytes));

  it('answers each member in its place, exit 3 where one cannot be read', async () => {
    const { code, value } = await nexusJson<Inspected>(['inspect', path]);
    expect(code).toBe(3);
    expect(value.files.map(file => [file.name, file.error?.code])).toEqual([
      ['x.zip/jan/a.csv', undefined],
      ['x.zip/b.png', 'format.unsupported'],
      ['x.zip/c.csv', undefined],
    ]);
    expect(value.files[0]).toMatchObject({
      sha256: sha256(Buffer.from(table('10.00', '-2.50'))),
      format: 'csv',
      archive: { name: 'x.zip', sha256: sha256(bytes) },
      statements: [{ count: 2, credits: '10.00', debits: '2.50', transactions: [{ row: 2 }, { row: 3 }] }],
      warnings: [{ row: null, code: 'archive.skipped', message: expect.stringContaining('jan/.DS_Store') as string }],
    });
    expect(value.files[2]!.warnings).toEqual([]);
    const { out } = await nexus(['inspect', path]);
    expect(out).toContain('x.zip/jan/a.csv: csv, utf-8');
    expect(out).toContain('refused (format.unsupported)');
  });

  it('of a bank: as many files as were counted beside it', async () => {
    const zip = shared('statements/camt/subite_LT6258_camt053_2024-03_04.zip');
    const { facts } = JSON.parse(readFileSync(`${zip}.expected.json`, 'utf8')) as {
      facts: { expected: { files: number; entries: number } }[];
    };
    const { code, value } = await nexusJson<Inspected>(['inspect', zip]);
    expect(code).toBe(0);
    expect(value.files).toHaveLength(facts[0]!.expected.files);
    expect(value.files.flatMap(file => file.statements).reduce((sum, { count }) => sum + count, 0)).toBe(
      facts[0]!.expected.entries,
    );
  });

  it('that breaks a rule is refused with its code', async () => {
    const slip = join(work.path, 'slip.zip');
    writeFileSync(slip, zipOf([{ name: '../../etc/cron.d/x', content: 'x' }]));
    const { code, value } = await nexusJson<Inspected>(['inspect', slip, path]);
    expect([code, value.files[0]!.error?.code, value.files.length]).toEqual([3, 'archive.path', 4]);
  });

  it('takes no control totals for several files, and checks those of one', async () => {
    const several = await nexusJson<Refusal>(['inspect', path, '--set', 'controlCount=3']);
    expect([several.code, several.value.error.code]).toEqual([2, 'control.archive']);
    const single = join(work.path, 'single.csv');
    writeFileSync(single, table('10.00', '-2.50'));
    const wrong = await nexusJson<Inspected>(['inspect', single, '--set', 'controlNet=7.40']);
    expect([wrong.code, wrong.value.files[0]!.error?.code]).toEqual([3, 'control.disagrees']);
    expect(wrong.value.files[0]!.error?.message).toContain('net: expected 7.40, found 7.50, difference 0.10');
    const right = await nexusJson<Inspected>(['inspect', single, '--set', 'controlNet=7.5', '--set', 'controlCount=2']);
    expect(right.code).toBe(0);
    const two = await nexusJson<Refusal>(['inspect', single, single, '--set', 'controlCount=2']);
    expect([two.code, two.value.error.code]).toEqual([2, 'usage.control']);
  });
});

describe('a folder', () => {
  const folder = join(work.path, 'folder');
  beforeAll(() => {
    mkdirSync(join(folder, 'b/deep'), { recursive: true });
    mkdirSync(join(folder, '.hidden'));
    writeFileSync(join(folder, 'z.csv'), table('1.00'));
    writeFileSync(join(folder, 'b/deep/y.csv'), table('2.00'));
    writeFileSync(join(folder, 'a.zip'), zipOf([{ name: 'in.csv', content: table('3.00') }]));
    writeFileSync(join(folder, '.hidden/h.csv'), table('4.00'));
    symlinkSync(folder, join(folder, 'b/loop'));
  });

  it('stands for every file below it, in the order of their paths; links are named, not followed', async () => {
    const { code, value } = await nexusJson<Inspected>(['inspect', folder]);
    expect(code).toBe(3);
    expect(value.files.map(file => [file.name, file.error?.code])).toEqual([
      ['a.zip/in.csv', undefined],
      ['y.csv', undefined],
      ['loop', 'file.not-followed'],
      ['z.csv', undefined],
    ]);
    const examined = await nexusJson<ExaminationResult>(['examine', folder]);
    expect(examined.value.files.map(file => file.name)).toEqual(['a.zip/in.csv', 'y.csv', 'loop', 'z.csv']);
  });

  it('also in the input of a channel', async () => {
    const { value } = await nexusJson<Inspected>([
      'files.inspect',
      '--input',
      JSON.stringify({ files: [{ path: join(folder, 'b/deep') }, { path: join(folder, 'z.csv') }] }),
    ]);
    expect(value.files.map(file => file.name)).toEqual(['y.csv', 'z.csv']);
  });
});

describe('a large file', () => {
  it('is printed a page at a time: the document is whole, and adds up', async () => {
    const path = join(work.path, 'large.csv');
    const { answers } = generate(path, 30_000, { seed: 11 });
    const { code, value } = await nexusJson<Inspected>(['inspect', path]);
    expect(code).toBe(0);
    const [file] = value.files;
    const minor = (text: string): number => Number(text.replace('.', ''));
    const transactions = file!.statements.flatMap(statement => statement.transactions ?? []);
    expect([transactions.length, file!.rejected.length]).toEqual([answers.rows, answers.rejected]);
    expect(transactions.reduce((sum, { amount }) => sum + minor(amount), 0)).toBe(answers.sumMinor);
    for (const statement of file!.statements) expect(statement.transactions).toHaveLength(statement.count);
    expect('held' in file!).toBe(false);
  });
});

describe('--profile', () => {
  it('reads by the profile of that name, and says which there are', async () => {
    const workspace = join(work.path, 'profiles');
    const path = join(work.path, 'ambiguous.csv');
    writeFileSync(path, 'Date,Amount,Text\n01/02/2025,1.00,a\n03/04/2025,2.00,b\n');
    const single = join(work.path, 'plain.csv');
    writeFileSync(single, table('1.00'));
    await nexusJson(['examine', single, '--workspace', workspace]);
    const saved = await nexusJson<{ version: number }>([
      'profiles.save',
      '--workspace',
      workspace,
      '--input',
      JSON.stringify({ name: 'Bank A', header: ['Date', 'Amount', 'Text'], overrides: { dateOrder: 'dmy' } }),
    ]);
    expect(saved.value.version).toBe(1);
    const refused = await nexusJson<Inspected>(['examine', path, '--workspace', workspace]);
    expect(refused.code).toBe(3);
    const wrong = await nexusJson<Refusal>(['examine', path, '--workspace', workspace, '--profile', 'Bank B']);
    expect([wrong.code, wrong.value.error.code]).toEqual([2, 'usage.profile']);
    const read = await nexusJson<ExaminationResult>(['examine', path, '--workspace', workspace, '--profile', 'Bank A']);
    expect([read.code, read.value.files[0]!.statements[0]!.to]).toEqual([0, '2025-04-03']);
  }, 60_000);
});

describe('kill -9 in the middle of an archive', () => {
  const archive = join(work.path, 'large.zip');
  let truths: Truth[];
  beforeAll(() => {
    const members = [0, 1, 2].map(i => {
      const path = join(work.path, `part-${i}.csv`);
      return { path, truth: generate(path, 20_000, { seed: 20 + i }) };
    });
    truths = members.map(({ truth }) => truth);
    writeFileSync(
      archive,
      zipOf(members.map(({ path }, i) => ({ name: `${i}.csv`, content: readFileSync(path), stored: i === 1 }))),
    );
  });
  const evidence = (workspace: string): string[] => readdirSync(join(workspace, 'evidence'));

  // A second within a member, one between two; in full, at the beginning and the end too.
  it.each(process.env.NEXUS_ATTACKS === 'full' ? [0, 1, 2, 3] : [1, 2])(
    'each member is whole or not there, and importing again completes it (%i)',
    async run => {
      const workspace = join(work.path, `killed-${run}`);
      const single = join(work.path, 'single.csv');
      writeFileSync(single, table('10.00', '-2.50'));
      await nexusJson(['examine', single, '--workspace', workspace]);
      const { child, finished } = launch(['examine', archive, '--workspace', workspace]);
      // So much of the archive and of its members has been sealed; then somewhere in the next moment.
      const share = [0.01, 1.2, 2, 3.6][run]! * statSync(archive).size;
      const known = evidence(workspace);
      for (let waited = 0; waited < 30_000; waited++) {
        const bytes = evidence(workspace)
          .filter(name => name.endsWith('.sealed') && !known.includes(name))
          .reduce(
            (sum, name) => sum + (statSync(join(workspace, 'evidence', name), { throwIfNoEntry: false })?.size ?? 0),
            0,
          );
        if (bytes >= share || child.exitCode !== null) break;
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      await new Promise(resolve => setTimeout(resolve, Math.random() * 60));
      child.kill('SIGKILL');
      await finished;

      const verified = await nexusJson<ChannelResult<'workspaces.verify'>>(['verify', workspace]);
      expect([verified.code, verified.value.problems]).toEqual([0, []]);
      const { value: cases } = await nexusJson<ChannelResult<'cases.list'>>(['cases.list', '--workspace', workspace]);
      const caseId = cases.cases[0]!.id;
      const list = async () =>
        (
          await nexusJson<ChannelResult<'sources.list'>>([
            'sources.list',
            '--workspace',
            workspace,
            '--input',
            JSON.stringify({ caseId }),
          ])
        ).value.sources;
      const members = (sources: Awaited<ReturnType<typeof list>>) =>
        sources.filter(source => source.containerId).map(source => [source.name, source.transactions, source.rejected]);
      const whole = truths.map(({ answers }, i) => [`large.zip/${i}.csv`, answers.rows, answers.rejected]);
      const there = await list();
      expect(members(there)).toEqual(whole.slice(0, members(there).length));
      // The archive is there with its first member, or neither is.
      expect(there.some(source => source.format === 'zip')).toBe(members(there).length > 0);

      const again = await nexusJson<ExaminationResult>(['examine', archive, '--workspace', workspace]);
      expect(again.code).toBe(0);
      const after = await list();
      expect(members(after)).toEqual(whole);
      expect(after.map(source => source.format)).toEqual(['csv', 'zip', 'csv', 'csv', 'csv']);
      expect((await nexusJson<ChannelResult<'workspaces.verify'>>(['verify', workspace])).value.ok).toBe(true);
      expect(evidence(workspace)).toHaveLength(10);
    },
    120_000,
  );
});
