import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { NexusBridge } from '../src-main/contract/bridge.ts';

// the preload is bundled as it ships and run in a context that has what a sandboxed preload has: `require('electron')`.

let code: string;
beforeAll(async () => {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('./preload.ts', import.meta.url))],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['electron'],
    write: false,
  });
  code = built.outputFiles[0]?.text ?? '';
});

let exposed: Record<string, unknown>;
let asked: unknown[][];
let listeners: { channel: string; listener: (...args: unknown[]) => void }[];
let answers: Record<string, unknown>;
beforeEach(() => {
  exposed = {};
  asked = [];
  listeners = [];
  answers = {};
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        exposed[name] = api;
      },
    },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => {
        asked.push(args);
        return answers[String(args[0])];
      },
      on: (channel: string, listener: (...args: unknown[]) => void) => listeners.push({ channel, listener }),
      removeListener: (channel: string, listener: (...args: unknown[]) => void) => {
        listeners = listeners.filter(known => known.channel !== channel || known.listener !== listener);
      },
    },
    webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  vm.runInNewContext(code, { require, module: { exports: {} }, exports: {} });
});
const bridge = (): NexusBridge => exposed.nexus as NexusBridge;

test('the page gets one name with exactly the functions of the bridge', () => {
  expect(Object.keys(exposed)).toEqual(['nexus']);
  const surface = Object.entries(bridge()).map(([name, value]) => [name, typeof value]);
  expect(Object.fromEntries(surface)).toEqual({
    host: 'string',
    invoke: 'function',
    subscribe: 'function',
    chooseFiles: 'function',
    chooseFolder: 'function',
    grantDroppedFiles: 'function',
    sampleFiles: 'function',
  });
});

test('invoke sends one fixed message with the channel and the input as text', async () => {
  answers['nexus:invoke'] = { ok: true, value: 1 };
  expect(await bridge().invoke('cases.create', { name: 'x' })).toEqual({ ok: true, value: 1 });
  expect(asked).toEqual([['nexus:invoke', 'cases.create', '{"name":"x"}']]);
});

test('a listener gets the payload only, never the event object, until it is removed', () => {
  const received: unknown[][] = [];
  const stop = bridge().subscribe((...args: unknown[]) => received.push(args));
  listeners[0]?.listener({ sender: 'ipcRenderer' }, { name: 'workspace.closed', payload: {} }, 'more');
  expect(received).toEqual([[{ name: 'workspace.closed', payload: {} }]]);
  expect(stop()).toBeUndefined();
  expect(listeners).toEqual([]);
});

test('dropped files cross as the paths the system knows; a file made by the page has none', async () => {
  answers['nexus:grant-dropped'] = { ok: true, value: [] };
  await bridge().grantDroppedFiles([{ path: '/evidence/a.csv' }, {}]);
  expect(JSON.stringify(asked)).toBe('[["nexus:grant-dropped",["/evidence/a.csv"]]]');
});

test('a chosen folder crosses as its handle and name; none when the dialog was cancelled', async () => {
  answers['nexus:choose-folder'] = { ok: true, value: { grant: 'grant-1', name: 'For the court' } };
  expect(await bridge().chooseFolder()).toEqual({ grant: 'grant-1', name: 'For the court' });
  answers['nexus:choose-folder'] = { ok: true, value: null };
  expect(await bridge().chooseFolder()).toBeNull();
  expect(asked).toEqual([['nexus:choose-folder'], ['nexus:choose-folder']]);
});

test('a refusal of the host is thrown as plain error data', async () => {
  const error = { code: 'file.refused', category: 'input', message: 'no' };
  answers['nexus:choose-files'] = { ok: false, error };
  await expect(bridge().chooseFiles()).rejects.toBe(error);
});
