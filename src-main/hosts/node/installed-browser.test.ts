import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';
import { browserArguments, findBrowser, hasDisplay, openBrowser } from './installed-browser.ts';

test('the first browser on the PATH is taken, unless another is named', () => {
  const search = (environment: NodeJS.ProcessEnv, there: readonly string[]) =>
    findBrowser({ platform: 'linux', environment, isExecutable: path => there.includes(path) });
  expect(search({ PATH: '/a:/b' }, ['/b/google-chrome', '/b/chromium'])).toBe('/b/chromium');
  expect(search({ PATH: '/a:/b' }, ['/b/firefox'])).toBeNull();
  expect(search({ PATH: '/b', NEXUS_BROWSER: '/x/chrome' }, ['/b/chromium', '/x/chrome'])).toBe('/x/chrome');
  expect(search({ PATH: '/b', NEXUS_BROWSER: '/x/gone' }, ['/b/chromium'])).toBeNull();
});

test('the browser is kept off the network, and its sandbox is dropped for root only', () => {
  const args = browserArguments('http://127.0.0.1:8123/#token=t', '/profile', false);
  expect(args).toEqual(
    expect.arrayContaining([
      '--app=http://127.0.0.1:8123/#token=t',
      '--user-data-dir=/profile',
      '--incognito',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--proxy-server=http://127.0.0.1:1',
      '--proxy-bypass-list=<-loopback>;127.0.0.1:8123',
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      '--block-new-web-contents',
    ]),
  );
  expect(args).not.toContain('--no-sandbox');
  expect(browserArguments('', '', true)).toContain('--no-sandbox');
});

test('on Linux a window needs a display', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});

test('the profile is fresh and goes with the browser, whose exit code is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-browser-test-'));
  const stub = join(folder, 'chromium');
  writeFileSync(stub, `#!/bin/sh\necho "$@" > ${folder}/args\nexit 3\n`);
  chmodSync(stub, 0o755);
  const window = await openBrowser(stub, 'http://127.0.0.1:1/');
  expect(await window.ended).toBe(3);
  const profile = /--user-data-dir=(\S+)/.exec(readFileSync(join(folder, 'args'), 'utf8'))?.[1] ?? '';
  expect(profile).toContain('nexus-browser-');
  expect(existsSync(profile)).toBe(false);
  rmSync(folder, { recursive: true });
});

test('the command line', () => {
  expect(readCommandLine([])).toEqual({ port: 0, open: true, endWithLastWindow: true });
  expect(readCommandLine(['--no-open', '--port', '8123', '--stay'])).toEqual({
    port: 8123,
    open: false,
    endWithLastWindow: false,
  });
  for (const args of [['--port', 'x'], ['--port', '70000'], ['--what'], ['file.csv']])
    expect(typeof readCommandLine(args), args.join(' ')).toBe('string');
});
