import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EngineDouble } from '../window/engine-double.fixture.ts';
import { MAX_REQUEST_LENGTH, SESSION_LIMITS } from '../window/session-quota.ts';
import { type NodeHost, startNodeHost } from './node-host.ts';

// Requirements R-29 (headers), R-31 (sender), R-32 (paths), R-33 (quotas); RFC 6455 close codes.

const GRACE_MS = 80;
let folder: string;
let engine: EngineDouble;
let host: NodeHost;
let faults: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-node-host-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'renderer', 'assets', 'index.js'), 'export {}');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  for (const side of ['bank', 'ledger']) {
    mkdirSync(join(folder, 'sample', side), { recursive: true });
    writeFileSync(join(folder, 'sample', side, `${side}.csv`), 'x');
  }
  engine = new EngineDouble();
  faults = [];
  host = await startNodeHost({
    engine,
    rendererFolder: join(folder, 'renderer'),
    sampleFolder: join(folder, 'sample'),
    homeFolder: join(folder, 'NEXUS'),
    port: 0,
    graceMs: GRACE_MS,
    tokenWithinMs: 60,
    fault: error => faults.push(error),
  });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

const address = () => new URL(host.url);
const token = () => address().hash.slice('#token='.length);

/** One HTTP request with headers exactly as given: fetch would set Host and Origin itself and normalize the path. */
const send = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<{ status: number; headers: IncomingMessage['headers']; text: string }> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: address().port, method, path, headers: { host: address().host, ...headers } },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

interface Window {
  readonly socket: WebSocket;
  readonly messages: Record<string, unknown>[];
  readonly closed: Promise<number>;
  next(): Promise<Record<string, unknown>>;
}
const connect = (headers: Record<string, string> = {}): Promise<Window> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${address().port}/bridge`, {
      headers: { origin: address().origin, ...headers },
    });
    const messages: Record<string, unknown>[] = [];
    let read = 0;
    socket.on('message', data => messages.push(JSON.parse((data as Buffer).toString())));
    const closed = new Promise<number>(settle => socket.on('close', settle));
    const next = () =>
      vi.waitFor(
        () => {
          const message = messages[read];
          if (message === undefined) throw new Error('no message yet');
          read += 1;
          return message;
        },
        { interval: 2 },
      );
    socket.on('open', () => resolve({ socket, messages, closed, next }));
    socket.on('error', reject);
  });
const open = async (session?: string): Promise<Window & { key: string }> => {
  const window = await connect();
  window.socket.send(JSON.stringify({ token: token(), ...(session === undefined ? {} : { session }) }));
  const key = String((await window.next()).session);
  return { ...window, key };
};
const ownPage = () => ({ origin: address().origin, 'x-nexus-token': token() });

test('listens on the loopback address, with a token of 256 bits in the fragment', () => {
  expect(address().hostname).toBe('127.0.0.1');
  expect(Buffer.from(token(), 'base64url')).toHaveLength(32);
});

test('the page comes with the strict policy and is kept in no cache', async () => {
  const page = await send('GET', '/');
  expect(page.text).toBe('<!doctype html>');
  expect(page.headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect((await send('GET', '/assets/index.js')).status).toBe(200);
  expect((await send('GET', '/cases/3')).status).toBe(404);
});

test.each([
  '/../secret.js',
  '/%2e%2e/secret.js',
  '/assets/..%2f..%2fsecret.js',
  '/..%5csecret.js',
  '/assets//../../secret.js',
  '/%00secret.js',
  '/%E0%A4%A',
  '/C:/secret.js',
  '/.env.js',
])('nothing outside the renderer is served: %s', async path => {
  const answer = await send('GET', path);
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain('secret');
});

test('a request under another name or from another page is refused (DNS rebinding)', async () => {
  const { port } = address();
  expect((await send('GET', '/', { host: `evil.example:${port}` })).status).toBe(403);
  expect((await send('GET', '/', { host: '127.0.0.1:1' })).status).toBe(403);
  expect((await send('GET', '/', { origin: 'http://evil.example' })).status).toBe(403);
  expect((await send('GET', '/', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send('GET', '/', { host: `localhost:${port}` })).status).toBe(200);
  expect((await send('PUT', '/')).status).toBe(405);
  await expect(connect({ origin: 'http://evil.example' })).rejects.toThrow('403');
  await expect(connect({ origin: 'null' })).rejects.toThrow('403');
  await expect(connect({ host: 'evil.example' })).rejects.toThrow('403');
});

test('every answer carries the policy, refusals too, and what is no address is no fault', async () => {
  await open();
  const answers: [status: number, answer: Awaited<ReturnType<typeof send>>][] = [
    [200, await send('GET', '/')],
    [200, await send('HEAD', '/')],
    [400, await send('GET', '//')],
    [401, await send('POST', '/files', { origin: address().origin })],
    [403, await send('GET', '/', { host: 'evil.example' })],
    [403, await send('POST', '/files', { ...ownPage(), origin: 'null' })],
    [404, await send('GET', '/no.js')],
    [405, await send('DELETE', '/')],
    [409, await send('POST', '/files', { ...ownPage(), 'x-nexus-session': 'gone' })],
    [200, await send('POST', '/files?name=a.csv', ownPage(), 'x')],
    [403, await send('GET', '/other', { connection: 'Upgrade', upgrade: 'websocket' })],
    [403, await send('GET', '/bridge', { connection: 'Upgrade', upgrade: 'websocket', origin: 'http://evil.example' })],
  ];
  for (const [status, { status: got, headers }] of answers) {
    expect(got).toBe(status);
    expect(headers['content-security-policy'], String(status)).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('a connection without the right first message is closed with 4401 and opens no session', async () => {
  for (const first of ['{"token":"x"}', `{"token":"${'A'.repeat(43)}"}`, '{}', 'not json', '[]', '{"token":1}']) {
    const window = await connect();
    window.socket.send(first);
    expect(await window.closed, first).toBe(4401);
  }
  expect(await (await connect()).closed).toBe(4401); // silent: closed after tokenWithinMs
  expect(engine.open.size).toBe(0);
});

test('requests are answered by id, also those sent right behind the token', async () => {
  const window = await connect();
  window.socket.send(JSON.stringify({ token: token() }));
  window.socket.send(JSON.stringify({ id: 7, channel: 'cases.list', input: {} }));
  expect(await window.next()).toHaveProperty('session');
  expect(await window.next()).toEqual({
    id: 7,
    result: { ok: true, value: { channel: 'cases.list', input: {} } },
  });
});

test('a fault of the engine becomes a result without its text', async () => {
  engine.answer = async () => {
    throw new Error('secret detail');
  };
  const window = await open();
  window.socket.send(JSON.stringify({ id: 1, channel: 'cases.list', input: {} }));
  const answer = await window.next();
  expect(answer).toMatchObject({ id: 1, result: { ok: false, error: { code: 'host.fault' } } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a request over the cap is refused, a message far over it ends the connection', async () => {
  const window = await open();
  window.socket.send(JSON.stringify({ id: 1, channel: 'c', input: 'x'.repeat(MAX_REQUEST_LENGTH) }));
  expect(await window.next()).toMatchObject({ id: 1, result: { error: { code: 'host.request-too-large' } } });
  window.socket.send('x'.repeat(9 * MAX_REQUEST_LENGTH));
  expect(await window.closed).toBe(1009);
  expect(engine.invoked).toEqual([]);
});

test('a flood is answered by refusals; the event loop stays free', async () => {
  const window = await open();
  let ticks = 0;
  const ticker = setInterval(() => {
    ticks += 1;
  }, 5);
  const beganMs = performance.now();
  for (let id = 0; id < 20_000; id++) window.socket.send(JSON.stringify({ id, channel: 'cases.list', input: {} }));
  await vi.waitFor(() => expect(window.messages).toHaveLength(20_001), { timeout: 60_000 });
  const seconds = (performance.now() - beganMs) / 1_000;
  clearInterval(ticker);
  const refused = window.messages.filter(message => JSON.stringify(message).includes('host.too-many')).length;
  expect(refused + engine.invoked.length).toBe(20_000);
  // However slow the machine: what went on is the burst and what was refilled meanwhile.
  expect(engine.invoked.length).toBeLessThanOrEqual(SESSION_LIMITS.burst + SESSION_LIMITS.perSecond * seconds);
  expect(refused).toBeGreaterThan(0);
  expect(ticks).toBeGreaterThan(1);
});

test('a reload within the grace time keeps the session; a later one gets a new one', async () => {
  const first = await open();
  first.socket.close();
  await first.closed;
  const second = await open(first.key);
  expect(second.key).toBe(first.key);
  expect([...engine.open]).toEqual(['session-1']);
  second.socket.close();
  await host.lastSessionEnded;
  expect(engine.open.size).toBe(0);
  const third = await open(first.key);
  expect(third.key).not.toBe(first.key);
});

test('a second window that shows a session’s key takes it over', async () => {
  const first = await open();
  const second = await open(first.key);
  expect(await first.closed).toBe(4409);
  expect(second.key).toBe(first.key);
  await new Promise(resolve => setTimeout(resolve, 2 * GRACE_MS));
  expect(engine.open.size).toBe(1);
});

test('events go to the window of their session, or to all', async () => {
  const first = await open();
  const second = await open();
  const event = { name: 'records.changed', payload: { tags: ['Case'] } } as const;
  const [firstSession] = engine.open;
  engine.emit(event, firstSession ?? null);
  engine.emit({ name: 'workspace.closed', payload: {} }, null);
  expect(await first.next()).toEqual({ event });
  expect(await second.next()).toEqual({ event: { name: 'workspace.closed', payload: {} } });
});

test('an uploaded file lies in a private folder under its own name until its session ends', async () => {
  const window = await open();
  const body = Buffer.from([0, 255, 10, 13]);
  const headers = { ...ownPage(), 'x-nexus-session': window.key };
  const answer = await send('POST', `/files?name=${encodeURIComponent('Kontoauszug März.csv')}`, headers, body);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({ grant: 'grant-1', name: 'Kontoauszug März.csv', bytes: 1 });
  const path = engine.granted[0]?.path ?? '';
  expect(readFileSync(path)).toEqual(body);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(statSync(join(path, '../../..')).mode & 0o777).toBe(0o700);
  window.socket.close();
  await host.lastSessionEnded;
  expect(existsSync(path)).toBe(false);
});

test('an uploaded file goes when its session is locked; another session’s stays', async () => {
  const [locked, other] = [await open(), await open()];
  for (const { key } of [locked, other])
    await send('POST', '/files?name=a.csv', { ...ownPage(), 'x-nexus-session': key }, 'x');
  const [first = '', second = ''] = engine.granted.map(({ path }) => path);
  expect([existsSync(first), existsSync(second)]).toEqual([true, true]);
  engine.emit({ name: 'session.locked', payload: { reason: 'user' } }, engine.granted[0]?.session ?? null);
  await vi.waitFor(() => expect(existsSync(first)).toBe(false));
  expect(existsSync(second)).toBe(true);
});

test.each(['../../evil.csv', '..\\..\\evil.csv', '/etc/evil.csv', 'C:\\evil.csv', '\u202Eevil.csv', 'evil.csv:stream'])(
  'an uploaded name cannot leave its folder: %s',
  async name => {
    await open();
    await send('POST', `/files?name=${encodeURIComponent(name)}`, ownPage(), 'x');
    const path = engine.granted[0]?.path ?? '';
    expect(basename(path)).toMatch(/^_?evil\.csv(_stream)?$/);
    expect(readdirSync(dirname(path))).toEqual([basename(path)]);
    expect(dirname(path).startsWith(tmpdir())).toBe(true);
  },
);

test('files need the token, the own origin and a session', async () => {
  expect((await send('POST', '/files?name=a', ownPage(), 'x')).status).toBe(409);
  const window = await open();
  expect((await send('POST', '/files?name=a', { origin: address().origin }, 'x')).status).toBe(401);
  expect((await send('POST', '/files?name=a', { 'x-nexus-token': token() }, 'x')).status).toBe(403);
  const foreign = { ...ownPage(), origin: 'http://evil.example' };
  expect((await send('POST', '/files?name=a', foreign, 'x')).status).toBe(403);
  expect((await send('POST', '/sample-files', { ...ownPage(), 'x-nexus-session': 'x' })).status).toBe(409);
  expect((await send('POST', '/sample-files', { ...ownPage(), 'x-nexus-session': window.key })).text).toBe(
    JSON.stringify([
      { grant: 'grant-1', name: 'bank.csv', bytes: 1, side: 'bank' },
      { grant: 'grant-2', name: 'ledger.csv', bytes: 1, side: 'ledger' },
    ]),
  );
});

test('a folder to write into is a new, private one of the NEXUS folder, and the page learns its name only', async () => {
  const window = await open();
  const headers = { ...ownPage(), 'x-nexus-session': window.key };
  for (const number of [1, 2]) {
    const answer = await send('POST', '/folders', headers);
    expect(JSON.parse(answer.text)).toEqual({ grant: `grant-${number}`, name: `NEXUS/_exports/export-${number}` });
    const path = join(folder, 'NEXUS', '_exports', `export-${number}`);
    expect(engine.granted.at(-1)).toEqual({ session: 'session-1', path, kind: 'folder' });
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual([]);
    writeFileSync(join(path, 'original.csv'), 'x');
  }
  // Asking without writing makes no more than one.
  for (let asked = 0; asked < 3; asked++) await send('POST', '/folders', headers);
  expect(readdirSync(join(folder, 'NEXUS', '_exports'))).toEqual(['export-1', 'export-2', 'export-3']);
  expect((await send('POST', '/folders', { origin: address().origin })).status).toBe(401);
  expect((await send('POST', '/folders', { ...headers, origin: 'http://evil.example' })).status).toBe(403);
  expect((await send('GET', '/folders', headers)).status).toBe(404);
  expect(engine.granted).toHaveLength(5);
});

test('closing the host ends its sessions and leaves no file behind', async () => {
  await open();
  await send('POST', '/files?name=a.csv', ownPage(), 'x');
  const path = engine.granted[0]?.path ?? '';
  expect(existsSync(path)).toBe(true);
  await host.close();
  expect(existsSync(join(path, '../../..'))).toBe(false);
  expect(engine.open.size).toBe(0);
  expect(engine.subscribers).toBe(0);
});
