import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBundle, launch, temporaryFolder } from './command-line.fixture.ts';

const folder = temporaryFolder();
const workspace = join(folder.path, 'workspace');
const out = join(folder.path, 'out');
const nexus = (...args: string[]) => launch(args, { folder: folder.path }).finished;
/** Nothing that could open a workspace. */
const stranger = (...args: string[]) =>
  launch(args, { folder: folder.path, environment: { NEXUS_PASSPHRASE: undefined } }).finished;
let bundle = '';
let key = '';

beforeAll(async () => {
  ensureBundle();
  writeFileSync(join(folder.path, 'bank.csv'), 'date,amount,description\n2024-01-31,10.00,one\n2024-02-01,-4.50,two\n');
  expect((await nexus('examine', 'bank.csv', '--workspace', workspace, '--json')).code).toBe(0);
  const exported = await nexus('audits.export', '--workspace', workspace, '--input', JSON.stringify({ folder: out }));
  expect(exported.err).toBe('');
  const answer = JSON.parse(exported.out) as { key: string; files: { fileName: string }[] };
  key = answer.key;
  bundle = join(out, answer.files[0]!.fileName);
}, 240_000);
afterAll(() => folder.remove());

describe('nexus verify EXPORT', () => {
  it('needs no workspace and no passphrase, and says what it did not check', async () => {
    const { code, out: text } = await stranger('verify', bundle, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ ok: true, evidence: { files: 1, mismatched: [] }, problems: [] });
    const plain = await stranger('verify', bundle);
    expect(plain.out).toContain('Everything that was checked holds.');
    expect(plain.out).toContain('not compared with one told by another way');
  });

  it('compares key and originals, and ends with 5 where something does not hold', async () => {
    expect((await stranger('verify', bundle, '--key', key, '--evidence', folder.path)).code).toBe(0);
    const tampered = join(folder.path, 'tampered.nexus-audit');
    writeFileSync(tampered, readFileSync(bundle, 'utf8').replace('evidence.imported', 'evidence.invented'));
    const { code, out: text } = await stranger('verify', tampered, '--json');
    expect(code).toBe(5);
    expect((JSON.parse(text) as { ok: boolean }).ok).toBe(false);
    expect((await stranger('verify', bundle, '--mark', 'often')).code).toBe(2);
  });

  it('stands beside its verifier, which says the same', () => {
    expect(readdirSync(out).sort()).toEqual(
      expect.arrayContaining(['README.txt', 'nexus_verify.py', expect.stringMatching(/\.certificate\.txt$/)]),
    );
    const run = spawnSync('python3', ['-B', join(out, 'nexus_verify.py'), bundle, '--key', key], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('Everything that was checked holds.');
  });
});
