import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { safeFileName, UploadFolder } from './upload-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'nexus-upload-test-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('a body that is too large or breaks off leaves nothing', async () => {
  const uploads = await UploadFolder.create(parent);
  await expect(uploads.receive('session', 'a.csv', Readable.from([Buffer.alloc(11)]), 10)).rejects.toMatchObject({
    data: { code: 'file.too-large' },
  });
  const broken = new Readable({
    read() {
      this.push('half');
      this.destroy(new Error('connection reset'));
    },
  });
  await expect(uploads.receive('session', 'a.csv', broken)).rejects.toThrow('connection reset');
  const root = join(parent, readdirSync(parent)[0] ?? '');
  expect(readdirSync(join(root, 'session'))).toEqual([]);
});

test('a full disk is told as one', async () => {
  const uploads = await UploadFolder.create(parent);
  const full = new Readable({
    read() {
      this.destroy(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    },
  });
  await expect(uploads.receive('session', 'a.csv', full)).rejects.toMatchObject({ data: { code: 'disk.full' } });
});

test('what a killed process left is removed by the next start, a living one’s is not', async () => {
  const deadPid = 2 ** 22 + 1; // above the largest process id of Linux
  const left = join(parent, `nexus-uploads-${deadPid}-abc`);
  const living = join(parent, `nexus-uploads-${process.pid}-abc`);
  for (const path of [left, living, join(parent, 'other')]) mkdirSync(path);
  await UploadFolder.create(parent);
  expect(existsSync(left)).toBe(false);
  expect(existsSync(living)).toBe(true);
  expect(existsSync(join(parent, 'other'))).toBe(true);
});

test('any text becomes one plain file name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), name => {
      const safe = safeFileName(name);
      expect(basename(safe)).toBe(safe);
      expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*\\/]|^\.|[. ]$/u);
      expect(safe.length).toBeGreaterThan(0);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
    }),
  );
});

test('a long name keeps its extension and fits a file system, in any script', () => {
  for (const character of ['a', 'ü', '漢', '𝒳']) {
    const safe = safeFileName(`${character.repeat(300)}.statement.csv`);
    expect(safe).toMatch(/~.*\.statement\.csv$/u);
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(240);
    expect(Buffer.byteLength(safe)).toBeGreaterThan(230);
  }
});

// Reserved names: Microsoft, "Naming Files, Paths, and Namespaces".
test.each([
  ['statement.csv', 'statement.csv'],
  ['a/b/statement.csv', 'statement.csv'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['a.csv:secret', 'a.csv_secret'],
  ['fdp\u202Evsc.exe', 'fdp_vsc.exe'],
])('%j becomes %j', (name, safe) => expect(safeFileName(name)).toBe(safe));
