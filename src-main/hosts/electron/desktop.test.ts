import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { EngineDouble } from '../window/engine-double.fixture.ts';

vi.mock('electron', () => import('./electron-double.fixture.ts'));

const electron = await import('./electron-double.fixture.ts');
const { runDesktop } = await import('./desktop.ts');

// Expected settings: requirements and the Electron security checklist items they cite.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-desktop-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'renderer', 'assets', 'index.js'), 'export {}');
  writeFileSync(join(folder, 'secret.js'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => electron.resetElectron());

const start = async (engine = new EngineDouble(), developerTools = true) => {
  const started = await runDesktop({
    folders: { renderer: join(folder, 'renderer'), sample: join(folder, 'sample') },
    preload: '/app/dist/preload/preload.cjs',
    startEngine: () => engine,
    developerTools,
  });
  return { started, engine, window: electron.BrowserWindow.all[0], session: electron.session.defaultSession };
};

test('the window has exactly the hardened preferences of R-28', async () => {
  const { window } = await start();
  expect(window?.options.webPreferences).toEqual({
    preload: '/app/dist/preload/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    devTools: false,
  });
  expect(electron.app.sandboxed).toBe(true);
  expect(window?.loaded).toEqual(['nexus://app/']);
});

test('DevTools and reload exist only while developing', async () => {
  await start();
  expect(JSON.stringify(electron.menus)).not.toMatch(/toggleDevTools|reload/i);
  electron.resetElectron();
  electron.app.isPackaged = false;
  const { window } = await start();
  expect(window?.options.webPreferences).toMatchObject({ devTools: true });
  expect(JSON.stringify(electron.menus)).toMatch(/toggleDevTools/);
  electron.resetElectron();
  electron.app.isPackaged = false;
  const production = await start(new EngineDouble(), false);
  expect(production.window?.options.webPreferences).toMatchObject({ devTools: false });
  expect(JSON.stringify(electron.menus)).not.toMatch(/toggleDevTools/);
});

test('the packaged application does not start with a debugger’s port; while developing it does', async () => {
  for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) {
    electron.resetElectron();
    electron.app.switches.push([name, '0']);
    await expect(start()).rejects.toMatchObject({ data: { code: 'host.debugger' } });
    expect(electron.BrowserWindow.all).toEqual([]);
    electron.app.isPackaged = false;
    expect((await start()).started).toBe(true);
  }
});

test('every permission but writing text to the clipboard, and every device, is denied', async () => {
  const { session } = await start();
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'notifications', 'openExternal', 'fullscreen']) {
    const answer = vi.fn();
    session.permissionRequest?.({}, permission, answer);
    expect(answer.mock.calls).toEqual([[false]]);
    expect(session.permissionCheck?.({}, permission)).toBe(false);
  }
  const clipboard = vi.fn();
  session.permissionRequest?.({}, 'clipboard-sanitized-write', clipboard);
  expect(clipboard.mock.calls).toEqual([[true]]);
  expect(session.devicePermission?.()).toBe(false);
  const streams = vi.fn();
  session.displayMedia?.({}, streams);
  expect(streams.mock.calls).toEqual([[{}]]);
});

test.each([
  ['nexus://app/assets/index.js', false],
  ['blob:nexus://app/1d0c', false],
  ['data:image/png;base64,AA==', false],
  ['https://example.org/', true],
  ['http://127.0.0.1:8080/', true],
  ['ws://127.0.0.1/', true],
  ['file:///etc/passwd', true],
  ['nexus://other/', true],
  ['nexus://app.example.org/', true],
  ['blob:https://example.org/1', true],
  ['devtools://devtools/bundled/inspector.html', true],
  ['chrome-extension://abc/x', true],
])('request for %s: cancelled %s', async (url, cancelled) => {
  const { session } = await start();
  const answer = vi.fn();
  session.beforeRequest?.({ url }, answer);
  expect(answer.mock.calls).toEqual([[{ cancel: cancelled }]]);
});

test('Chromium itself is kept off the network', async () => {
  const { session, window } = await start();
  expect(electron.app.switches).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND']);
  expect(electron.app.switches).toContainEqual(['disable-background-networking']);
  expect(electron.app.switches).toContainEqual(['disable-component-update']);
  expect(session.proxy).toEqual({
    mode: 'fixed_servers',
    proxyRules: '127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
  expect(session.spellChecker).toBe(false);
  expect(window?.webContents.webRtcPolicy).toBe('disable_non_proxied_udp');
});

test('downloads come from the page’s own memory only', async () => {
  const { session } = await start();
  const prevented = (url: string): boolean => {
    const event = { preventDefault: vi.fn() };
    session.emit('will-download', event, { getURL: () => url });
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(prevented('blob:nexus://app/5c')).toBe(false);
  expect(prevented('https://example.org/x.exe')).toBe(true);
  expect(prevented('blob:https://example.org/5c')).toBe(true);
});

test('navigation, redirects, new windows and webviews are denied in every contents', async () => {
  await start();
  const contents = new electron.WebContentsDouble();
  electron.app.emit('web-contents-created', {}, contents);
  const prevented = (name: string, details: object): boolean => {
    const event = { preventDefault: vi.fn(), ...details };
    contents.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(contents.windowOpenHandler?.({ url: 'nexus://app/' })).toEqual({ action: 'deny' });
  expect(prevented('will-attach-webview', {})).toBe(true);
  expect(prevented('will-redirect', { url: 'nexus://app/' })).toBe(true);
  for (const url of ['https://example.org/', 'file:///x', 'nexus://app/../x', 'nexus://app.evil/', 'javascript:1'])
    expect(prevented('will-navigate', { url }), url).toBe(true);
  expect(prevented('will-navigate', { url: 'nexus://app/#/cases' })).toBe(false);
  expect(prevented('will-frame-navigate', { url: 'https://example.org/', isMainFrame: false })).toBe(true);
  expect(prevented('will-frame-navigate', { url: 'nexus://app/', isMainFrame: false })).toBe(true);
  expect(prevented('will-frame-navigate', { url: 'about:srcdoc', isMainFrame: false })).toBe(false);
});

test('nexus://app serves the renderer with the strict policy and nothing beside it', async () => {
  const { session } = await start();
  expect(electron.schemes).toEqual([
    { scheme: 'nexus', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  const serve = session.protocolHandlers.get('nexus');
  const page = await serve?.(new Request('nexus://app/'));
  expect(page?.status).toBe(200);
  expect(await page?.text()).toBe('<!doctype html>');
  expect(page?.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(page?.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await serve?.(new Request('nexus://app/assets/index.js')))?.headers.get('content-type')).toMatch(
    /^text\/javascript/,
  );
  const refused = ['nexus://app/%2e%2e/secret.js', 'nexus://app/..%2fsecret.js', 'nexus://other/', 'nexus://app/no.js'];
  for (const url of refused) expect((await serve?.(new Request(url)))?.ok, url).toBe(false);
  expect((await serve?.(new Request('nexus://app/', { method: 'POST' })))?.status).toBe(403);
});

test('a second instance shows the first one’s window and starts nothing', async () => {
  const first = await start();
  electron.app.emit('second-instance');
  expect(first.window?.focused).toBe(true);

  electron.resetElectron();
  electron.app.firstInstance = false;
  const startEngine = vi.fn();
  const folders = { renderer: folder, sample: folder };
  expect(await runDesktop({ folders, preload: '', startEngine, developerTools: false })).toBe(false);
  expect(startEngine).not.toHaveBeenCalled();
  expect(electron.app.quits).toBe(1);
});

test('a closed window ends its engine session and frees its channels', async () => {
  const { engine, window } = await start();
  expect(engine.open.size).toBe(1);
  window?.destroy();
  expect(engine.open.size).toBe(0);
  expect(electron.ipcHandlers.size).toBe(0);
  expect(engine.subscribers).toBe(0);
});

test('quitting waits until the engine has closed its stores', async () => {
  const { engine } = await start();
  const event = { preventDefault: vi.fn() };
  electron.app.emit('will-quit', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(electron.app.quits).toBe(1));
  expect(engine.closed).toBe(true);
  electron.app.emit('will-quit', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
});

test('the engine locks when the machine sleeps or its screen is locked (R-19)', async () => {
  const { engine } = await start();
  electron.powerMonitor.emit('lock-screen');
  electron.powerMonitor.emit('suspend');
  electron.powerMonitor.emit('shutdown');
  expect(engine.locked).toEqual(['system-locked', 'suspended', 'suspended']);
});
