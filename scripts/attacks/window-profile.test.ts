import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserArguments } from '../../src-main/hosts/node/installed-browser.ts';
import { SECURITY_HEADERS } from '../../src-main/hosts/window/security-headers.ts';
import { CANARIES, canariesIn } from './canaries.ts';
import { endWithTests } from './end-with-tests.ts';
import { installedChromium } from './needs.ts';

// R-03 for the window that NEXUS opens: a page shows thirty words, is typed into, keeps them in every store a page has, and
// the browser ends in order, which writes all it keeps. Its profile holds none of them; without the switch it does.
const folder = mkdtempSync(join(tmpdir(), 'nexus-window-'));
const PAGE = '<!doctype html><meta charset="utf-8"><body><textarea></textarea><script src="/page.js"></script>';
const SCRIPT = `
const words = ${JSON.stringify(CANARIES)}.join(' ');
document.title = words;
document.body.append(words);
document.querySelector('textarea').value = words;
history.pushState({ words }, '', '/?' + encodeURIComponent(words));
localStorage.setItem('words', words);
sessionStorage.setItem('words', words);
const kept = new Promise(resolve => {
  const opened = indexedDB.open('words', 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore('words');
  opened.onsuccess = () => {
    const change = opened.result.transaction('words', 'readwrite');
    change.objectStore('words').put(words, 'words');
    change.oncomplete = resolve;
  };
});
const cached = caches.open('words').then(cache => cache.put('/words', new Response(words)));
Promise.all([kept, cached]).then(() => fetch('/done'));
`;
let done: () => void = () => undefined;
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://host.invalid').pathname;
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': path === '/page.js' ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
  });
  response.end(path === '/page.js' ? SCRIPT : PAGE);
  if (path === '/done') done();
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Files of the profile that hold a word once the browser has ended, and how many files it wrote. */
const leftBy = async (
  name: string,
  isKept: (argument: string) => boolean,
): Promise<{ files: number; hits: string[] }> => {
  const profile = join(folder, name);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const shown = new Promise<void>(resolve => {
    done = resolve;
  });
  const browser = spawn(
    installedChromium(),
    [...browserArguments(url, profile, process.getuid?.() === 0).filter(isKept), '--headless=new', '--disable-gpu'],
    { stdio: 'ignore' },
  );
  endWithTests(() => browser.kill('SIGKILL'));
  const ended = once(browser, 'exit');
  await Promise.race([
    shown,
    ended.then(([code]) => {
      throw new Error(`The browser ended by itself (${String(code)}).`);
    }),
  ]);
  browser.kill('SIGTERM');
  await ended;
  const files = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return { files: files.length, hits: files.filter(path => canariesIn(readFileSync(path)).length > 0) };
};

it('what a window shows, keeps and was typed leaves nothing in its profile', async () => {
  const guarded = await leftBy('guarded', () => true);
  expect(guarded.files).toBeGreaterThan(10);
  expect(guarded.hits).toEqual([]);
  // The control: without the switch the same page leaves its words in several files.
  const open = await leftBy('open', argument => argument !== '--incognito');
  console.info(`files with a word: ${guarded.hits.length} of ${guarded.files}, without the switch ${open.hits.length}`);
  expect(open.hits.length).toBeGreaterThan(1);
}, 120_000);
