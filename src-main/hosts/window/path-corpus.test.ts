import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import { safeFileName } from '../node/upload-folder.ts';
import { resolveChosenFile, resolveChosenFolder } from './chosen-path.ts';
import { readRendererFile } from './renderer-file.ts';

// R-32: one corpus of paths over every place that takes text which could be one: the dialog's and a drop's files, the names
// of workspaces, names of uploads, requests for the page's own files.
const RELATIVE = [
  '../secret.csv',
  '..\\secret.csv',
  'a/../../secret.csv',
  './x',
  'x.csv',
  '',
  '.',
  '..',
  '~/x',
  '%2e%2e/x',
];
const DEVICES = ['\\\\?\\C:\\x.csv', '\\\\.\\PhysicalDrive0', '//?/C:/x.csv', '//./NUL', '\\\\server\\share\\x.csv'];
const STREAMS = ['C:\\x.csv:hidden', 'C:\\x.csv::$DATA', 'x.csv:stream'];
const RESERVED = ['CON', 'nul.txt', 'COM1', 'lpt9.csv', 'aux', 'PRN.tar.gz'];
const SPOOFED = [
  'invoice\u202efdp.exe',
  'a\u2066b.csv',
  'pa\u0443pal\0.csv',
  'x\u200b.csv',
  'line\nbreak.csv',
  'bell\u0007.csv',
];
const ABSOLUTE = ['/etc/passwd', 'C:\\Windows\\win.ini', '/proc/self/environ', 'file:///etc/passwd'];
const CORPUS = [...RELATIVE, ...DEVICES, ...STREAMS, ...RESERVED, ...SPOOFED, ...ABSOLUTE];

const folder = mkdtempSync(join(tmpdir(), 'nexus-paths-'));
const evidence = join(folder, 'evidence.csv');
const secret = join(folder, 'secret.csv');
writeFileSync(evidence, 'evidence');
writeFileSync(secret, 'secret');
afterAll(() => rmSync(folder, { recursive: true }));

const refused = async (path: string, platform: NodeJS.Platform, resolve = resolveChosenFile): Promise<string> => {
  try {
    return `granted ${await resolve(path, platform)}`;
  } catch (error) {
    return (error as { data?: { code: string } }).data?.code ?? String(error);
  }
};

describe('a chosen or dropped file', () => {
  it('is refused unless it is the absolute path of a plain file', async () => {
    for (const path of [...RELATIVE, ...DEVICES, ...STREAMS, ...RESERVED, ...SPOOFED])
      for (const platform of ['linux', 'win32'] as const)
        expect(await refused(path, platform), JSON.stringify(path)).toBe('file.refused');
    for (const path of ['/dev/zero', '/dev/stdin', folder, `${evidence}\0`, `${evidence}/`, '/proc/self/mem/x'])
      expect(await refused(path, 'linux'), path).toBe('file.refused');
    expect(await refused(`${evidence}:stream`, 'win32')).toBe('file.refused');
    expect(await refused(evidence, 'linux')).toBe(`granted ${evidence}`);
  });

  it('stays the file it was when a link is swapped afterwards', async () => {
    const link = join(folder, 'link.csv');
    symlinkSync(evidence, link);
    const granted = await resolveChosenFile(link);
    symlinkSync(secret, join(folder, 'other'));
    renameSync(join(folder, 'other'), link);
    expect(granted).toBe(evidence);
  });
});

describe('a chosen folder', () => {
  it('is refused unless it is the absolute path of a folder, and is the one behind a link', async () => {
    for (const path of [...RELATIVE, ...DEVICES, ...STREAMS, ...RESERVED, ...SPOOFED])
      for (const platform of ['linux', 'win32'] as const)
        expect(await refused(path, platform, resolveChosenFolder), JSON.stringify(path)).toBe('folder.refused');
    for (const path of ['/dev/zero', '/etc/passwd', evidence, `${folder}\0`, join(folder, 'gone')])
      expect(await refused(path, 'linux', resolveChosenFolder), path).toBe('folder.refused');
    expect(await refused(`${folder}:stream`, 'win32', resolveChosenFolder)).toBe('folder.refused');
    const link = join(folder, 'link-to-folder');
    symlinkSync(folder, link);
    expect(await refused(link, 'linux', resolveChosenFolder)).toBe(`granted ${await realpath(folder)}`);
  });
});

describe('a workspace’s name', () => {
  it('is one plain name, never a way to another folder', () => {
    const named = (name: string): boolean =>
      contract['workspaces.open'].input.safeParse({ location: { name }, passphrase: 'x' }).success;
    for (const name of [...RELATIVE, ...DEVICES, ...STREAMS, ...SPOOFED, ...ABSOLUTE])
      if (name !== 'x.csv') expect(named(name), JSON.stringify(name)).toBe(false);
    expect(named('Inquiry 2026-01')).toBe(true);
  });
});

describe('an upload’s name', () => {
  it('is one plain name in its own folder, whatever was sent', () => {
    for (const name of CORPUS) {
      const safe = safeFileName(name);
      expect(basename(safe), JSON.stringify(name)).toBe(safe);
      expect(dirname(join(folder, safe))).toBe(folder);
      expect(safe).not.toMatch(/[\p{Cc}\p{Cf}<>:"|?*\\/]|^\.|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu);
    }
  });
});

describe('a request for a file of the page', () => {
  it('never leaves the page’s folder, whatever its path, links included', async () => {
    const renderer = join(folder, 'renderer');
    mkdirSync(renderer);
    writeFileSync(join(renderer, 'index.html'), 'page');
    writeFileSync(join(folder, 'secret.js'), 'secret');
    symlinkSync(join(folder, 'secret.js'), join(renderer, 'link.js'));
    for (const path of [...CORPUS, 'secret.js', 'link.js'])
      for (const request of [
        `/${path}`,
        `/../${path}`,
        `/%2e%2e/${encodeURIComponent(path)}`,
        `/${encodeURIComponent(`../${path}`)}`,
      ]) {
        const file = await readRendererFile(renderer, request);
        expect(file === null ? null : file.bytes.toString(), request).not.toBe('secret');
      }
    expect((await readRendererFile(renderer, '/'))?.bytes.toString()).toBe('page');
  });
});
