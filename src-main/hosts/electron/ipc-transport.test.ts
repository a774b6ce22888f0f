import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IPC_CHANNELS } from '../../../src-preload/ipc-channels.ts';
import { NexusErrorShape, type WireResult } from '../../contract/errors.ts';
import type { SessionId } from '../../engine/engine-client.ts';
import { EngineDouble } from '../window/engine-double.fixture.ts';
import { MAX_REQUEST_LENGTH } from '../window/session-quota.ts';

vi.mock('electron', () => import('./electron-double.fixture.ts'));

const electron = await import('./electron-double.fixture.ts');
const { connectWindow } = await import('./ipc-transport.ts');

// Requirements R-31 (sender, uniform errors), R-32 (paths) and R-33 (quotas).

const SESSION = 'session-1' as SessionId;
let folder: string;
let engine: EngineDouble;
let window: InstanceType<typeof electron.BrowserWindow>;

beforeEach(() => {
  electron.resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'nexus-ipc-'));
  engine = new EngineDouble();
  window = new electron.BrowserWindow({});
  connectWindow({ engine, session: SESSION, window: window as never, sampleFolder: join(folder, 'sample') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ownPage = () => ({ sender: window.webContents, senderFrame: window.webContents.mainFrame });
const call = (channel: string, event: object, ...args: unknown[]): Promise<WireResult<unknown>> =>
  Promise.resolve(electron.ipcHandlers.get(channel)?.(event as never, ...(args as never[])) as WireResult<unknown>);

test('a request of the own page reaches the engine under the window’s session', async () => {
  const result = await call(IPC_CHANNELS.invoke, ownPage(), 'cases.list', '{}');
  expect(result).toEqual({ ok: true, value: { channel: 'cases.list', input: {} } });
  expect(engine.invoked).toEqual([{ session: SESSION, channel: 'cases.list', input: {} }]);
});

test('the host handles the five calls of the fixed list and no other', () => {
  expect([...electron.ipcHandlers.keys()].sort()).toEqual([
    'nexus:choose-files',
    'nexus:choose-folder',
    'nexus:grant-dropped',
    'nexus:invoke',
    'nexus:sample-files',
  ]);
});

test('a foreign sender is refused on every channel, and always with the same answer', async () => {
  const { mainFrame } = window.webContents;
  const foreign: Record<string, object> = {
    'another window': { sender: new electron.WebContentsDouble(), senderFrame: mainFrame },
    'a frame inside the page': { sender: window.webContents, senderFrame: { ...mainFrame } },
    'a frame that is gone': { sender: window.webContents, senderFrame: null },
  };
  for (const [who, event] of Object.entries(foreign))
    for (const channel of electron.ipcHandlers.keys()) {
      const result = await call(channel, event, 'cases.list', '{}');
      expect(result, who).toMatchObject({ ok: false, error: { code: 'host.foreign-sender' } });
    }
  for (const change of [
    { origin: 'https://example.org', url: 'https://example.org/' },
    { origin: 'null', url: 'nexus://app/' },
    { origin: 'nexus://app', url: 'nexus://app.evil/' },
    { detached: true },
  ]) {
    const before = { ...mainFrame };
    Object.assign(mainFrame, change);
    const result = await call(IPC_CHANNELS.invoke, ownPage(), 'cases.list', '{}');
    expect(result, JSON.stringify(change)).toMatchObject({ ok: false, error: { code: 'host.foreign-sender' } });
    Object.assign(mainFrame, before);
  }
  expect(engine.invoked).toEqual([]);
  expect(engine.granted).toEqual([]);
});

test('whatever is sent, the answer is a well-formed result without a stack', async () => {
  engine.answer = async () => {
    throw new Error('secret detail at engine.ts:1');
  };
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.oneof(fc.anything(), fc.json()), async (channel, text) => {
      const fresh = new electron.BrowserWindow({});
      electron.ipcHandlers.clear();
      const disconnect = connectWindow({ engine, session: SESSION, window: fresh as never, sampleFolder: folder });
      const event = { sender: fresh.webContents, senderFrame: fresh.webContents.mainFrame };
      const result = await call(IPC_CHANNELS.invoke, event, channel, text);
      disconnect();
      expect(result.ok).toBe(false);
      if (!result.ok) expect(NexusErrorShape.parse(result.error).message).not.toMatch(/secret|engine\.ts/);
    }),
    { numRuns: 300 },
  );
});

test('a request over the cap is refused before it is parsed', async () => {
  const result = await call(IPC_CHANNELS.invoke, ownPage(), 'cases.list', `"${'x'.repeat(MAX_REQUEST_LENGTH)}"`);
  expect(result).toMatchObject({ ok: false, error: { code: 'host.malformed-request' } });
  expect(engine.invoked).toEqual([]);
});

test('a flood is answered by refusals and does not reach the engine', async () => {
  const results = await Promise.all(
    Array.from({ length: 5000 }, () => call(IPC_CHANNELS.invoke, ownPage(), 'cases.list', '{}')),
  );
  const passed = results.filter(result => result.ok).length;
  expect(passed).toBe(engine.invoked.length);
  expect(passed).toBe(1_024); // all at once: the concurrency limit
  expect(results.find(result => !result.ok)).toMatchObject({ error: { code: 'host.too-many-under-way' } });
  expect(await call(IPC_CHANNELS.invoke, ownPage(), 'cases.list', '{}')).toMatchObject({ ok: true });
});

test('the dialog’s files become grants; a cancelled dialog gives none', async () => {
  writeFileSync(join(folder, 'a.csv'), 'x');
  electron.dialogs.chosen = [join(folder, 'a.csv')];
  expect(await call(IPC_CHANNELS.chooseFiles, ownPage())).toEqual({
    ok: true,
    value: [{ grant: 'grant-1', name: 'a.csv', bytes: 1 }],
  });
  electron.dialogs.cancelled = true;
  expect(await call(IPC_CHANNELS.chooseFiles, ownPage())).toEqual({ ok: true, value: [] });
});

test('the dialog’s folder becomes a grant without its path; a cancelled dialog gives none, a file is refused', async () => {
  electron.dialogs.chosen = [folder];
  expect(await call(IPC_CHANNELS.chooseFolder, ownPage())).toEqual({
    ok: true,
    value: { grant: 'grant-1', name: basename(folder) },
  });
  expect(engine.granted).toEqual([{ session: SESSION, path: realpathSync(folder), kind: 'folder' }]);
  expect(electron.dialogs.properties).toEqual(['openDirectory', 'createDirectory']);
  writeFileSync(join(folder, 'a.csv'), 'x');
  electron.dialogs.chosen = [join(folder, 'a.csv')];
  expect(await call(IPC_CHANNELS.chooseFolder, ownPage())).toMatchObject({ error: { code: 'folder.refused' } });
  electron.dialogs.cancelled = true;
  expect(await call(IPC_CHANNELS.chooseFolder, ownPage())).toEqual({ ok: true, value: null });
  expect(engine.granted).toHaveLength(1);
});

test('dropped paths are granted only when they name a readable regular file', async () => {
  const file = join(folder, 'a.csv');
  writeFileSync(file, 'x');
  symlinkSync(file, join(folder, 'link.csv'));
  expect(await call(IPC_CHANNELS.grantDropped, ownPage(), [join(folder, 'link.csv')])).toMatchObject({ ok: true });
  expect(engine.granted.map(grant => grant.path)).toEqual([file]);
  for (const path of ['a.csv', '../a.csv', folder, join(folder, 'gone.csv'), `${file}\0.txt`, '/dev/null', ''])
    expect(await call(IPC_CHANNELS.grantDropped, ownPage(), [path]), path).toMatchObject({
      ok: false,
      error: { code: 'file.refused' },
    });
  for (const paths of [file, [1], Array.from({ length: 501 }, () => file), null])
    expect(await call(IPC_CHANNELS.grantDropped, ownPage(), paths)).toMatchObject({ ok: false });
  expect(engine.granted).toHaveLength(1);
});

test('the sample’s files are granted with their side', async () => {
  for (const side of ['bank', 'ledger']) {
    mkdirSync(join(folder, 'sample', side), { recursive: true });
    writeFileSync(join(folder, 'sample', side, `${side}.csv`), 'x');
  }
  expect(await call(IPC_CHANNELS.sampleFiles, ownPage())).toEqual({
    ok: true,
    value: [
      { grant: 'grant-1', name: 'bank.csv', bytes: 1, side: 'bank' },
      { grant: 'grant-2', name: 'ledger.csv', bytes: 1, side: 'ledger' },
    ],
  });
});

test('a window gets its own events and those for all, not another session’s', () => {
  const event = { name: 'records.changed', payload: { tags: ['Case'] } } as const;
  engine.emit(event, SESSION);
  engine.emit(event, null);
  engine.emit(event, 'session-2' as SessionId);
  expect(window.webContents.sent).toEqual([
    { channel: 'nexus:event', args: [event] },
    { channel: 'nexus:event', args: [event] },
  ]);
});
