import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { ensureBundle, nexus, nexusJson, type Refusal, shared, temporaryFolder } from './command-line.fixture.ts';

const INPUT = fileURLToPath(new URL('golden/input/', import.meta.url));

beforeAll(ensureBundle, 120_000);

interface Linked {
  readonly rows: number;
  readonly pairs: readonly { readonly a: string | number; readonly b: string | number; readonly score: number }[];
  readonly clusters: readonly (readonly (string | number)[])[];
}

// Four suppliers stand in the file twice: S-01/02, 03/04, 05/06 and 08/09.
it('shows a person the clusters and why', async () => {
  const { code, out, err } = await nexus(['link', 'suppliers.csv', '--id', 'No'], { folder: INPUT });
  expect(err).toBe('');
  await expect(`$ nexus link suppliers.csv --id No\n${out}[exit code ${code}]\n`).toMatchFileSnapshot(
    'golden/link.txt',
  );
}, 60_000);

it('answers rows, pairs and clusters as JSON, by id and by row number', async () => {
  const byId = await nexusJson<Linked>(['link', `${INPUT}suppliers.csv`, '--id', 'No']);
  expect(byId.code).toBe(0);
  expect(byId.value.rows).toBe(14);
  const twice = [
    ['S-01', 'S-02'],
    ['S-03', 'S-04'],
    ['S-05', 'S-06'],
    ['S-08', 'S-09'],
  ];
  expect(byId.value.clusters).toEqual(twice);
  expect(byId.value.pairs.map(({ a, b }) => [a, b]).sort()).toEqual(twice);
  for (const { score } of byId.value.pairs) expect(score).toBeGreaterThanOrEqual(0.9);
  const byRow = await nexusJson<Linked>([
    'link',
    `${INPUT}suppliers.csv`,
    '--fields',
    'Supplier,IBAN',
    '--fields',
    'City',
  ]);
  expect(byRow.value.clusters).toEqual([
    [2, 3],
    [4, 5],
    [6, 7],
    [9, 10],
  ]);
}, 60_000);

it('links two tables across', async () => {
  const { value } = await nexusJson<Linked>([
    'link',
    shared('linkage/febrl_dataset4a.csv.gz'),
    shared('linkage/febrl_dataset4b.csv.gz'),
    '--id',
    'rec_id',
  ]);
  expect(value.rows).toBe(10_000);
  expect(value.pairs.length).toBeGreaterThan(4_850);
  for (const { a, b } of value.pairs)
    expect([String(a).includes('-org'), String(b).includes('-dup')]).toEqual([true, true]);
}, 120_000);

it.each([
  [['link'], 2, 'usage.link'],
  [['link', 'a.csv', 'b.csv', 'c.csv'], 2, 'usage.link'],
  [['link', `${INPUT}suppliers.csv`, '--fields', ' , '], 2, 'usage.link'],
  [['link', `${INPUT}suppliers.csv`, '--fields', 'Supplier,Shoe size'], 2, 'dialect.unknown'],
  [['link', `${INPUT}suppliers.csv`, '--set', 'threshold=0'], 2, 'linkage.parameter'],
  [['link', 'there-is-no-such-file.csv'], 3, 'file.not-found'],
] as const)(
  'refuses %j',
  async (args, exit, refusal) => {
    const { code, value } = await nexusJson<Refusal>([...args]);
    expect([code, value.error.code]).toEqual([exit, refusal]);
  },
  60_000,
);

// A header alone and a table of empty rows hold no two rows: nothing to find is an answer, not a fault.
it('answers no pairs and no clusters where there are no two rows', async () => {
  const folder = temporaryFolder();
  const header = join(folder.path, 'header.csv');
  const blank = join(folder.path, 'blank.csv');
  const one = join(folder.path, 'one.csv');
  writeFileSync(header, 'Date,Description,Amount,Currency\n');
  writeFileSync(blank, 'name,city\n,\n,\n');
  writeFileSync(one, 'name,city\nAda,Rome\n');
  const names = join(folder.path, 'names.csv');
  writeFileSync(names, 'name,city\n');
  for (const tables of [[header], [blank], [one], [header, header], [one, names]]) {
    const { code, value } = await nexusJson<Linked & { model: { prior: number; limits: string[] } }>([
      'link',
      ...tables,
    ]);
    expect([tables, code, value.pairs, value.clusters]).toEqual([tables, 0, [], []]);
    expect(value.model.prior).toBe(0);
    expect(value.model.limits).toEqual(['There were no two rows to compare.']);
  }
  const { code, out } = await nexus(['link', header]);
  expect(code).toBe(0);
  expect(out).toContain('compared by no column');
  folder.remove();
}, 60_000);
