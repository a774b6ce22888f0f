// Runs inside a network namespace of its own (hostile-page.test.ts): the real browser host serves a hostile page under the
// real policy, real Chromium shows it, and the packets that leave by the namespace's only way out are counted.
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { startEngine } from '../../src-main/engine/start-engine.ts';
import { browserArguments } from '../../src-main/hosts/node/installed-browser.ts';
import { startNodeHost } from '../../src-main/hosts/node/node-host.ts';
import { HOSTILE_SCRIPT, NAVIGATIONS, OUTSIDE } from './hostile-script.ts';
import { installedChromium } from './needs.ts';

export interface HostileReport {
  /** Packets that left when one was sent on purpose: the counter counts. */
  readonly control: number;
  /** Packets of the same page without policy and switches: its tries are real, and so is each navigation. */
  readonly unguarded: number;
  readonly unguardedNavigations: Readonly<Record<string, number>>;
  /** Tries and what became of them, under policy and switches, and the packets that left. */
  readonly guarded: {
    readonly packets: number;
    readonly tries: Readonly<Record<string, string>>;
    readonly navigations: Readonly<Record<string, number>>;
  };
  /** The same in a browser that someone opened without the switches: what the policy alone stops. */
  readonly policyAlone: { readonly packets: number; readonly tries: Readonly<Record<string, string>> };
  /** Requests that reached another port of this machine from the guarded page. */
  readonly sink: number;
}

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
const packets = (): number => {
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find(text => text.trim().startsWith('out0:'));
  if (line === undefined) throw new Error('there is no way out to count at');
  return Number(
    line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(/\s+/)[9],
  );
};
const counted = async (work: () => Promise<void>): Promise<number> => {
  const before = packets();
  await work();
  await wait(500);
  return packets() - before;
};

const folder = mkdtempSync(join(tmpdir(), 'nexus-hostile-'));
const renderer = join(folder, 'renderer');
mkdirSync(renderer);
let sink = 0;
const sinkServer = createServer((_request, response) => {
  sink += 1;
  response.end('x');
}).listen(0, '127.0.0.1');
await new Promise(resolve => sinkServer.once('listening', resolve));
const sinkPort = (sinkServer.address() as { port: number }).port;
writeFileSync(
  join(renderer, 'index.html'),
  `<!doctype html><meta charset="utf-8"><body data-sink="${sinkPort}"><script src="/hostile.js"></script>`,
);
writeFileSync(join(renderer, 'hostile.js'), HOSTILE_SCRIPT);

const engine = startEngine({ homeFolder: join(folder, 'home') });
const host = await startNodeHost({
  engine,
  rendererFolder: renderer,
  sampleFolder: folder,
  homeFolder: join(folder, 'home'),
  port: 0,
  graceMs: 1_000,
  tokenWithinMs: 5_000,
  fault: error => console.error(error),
});
const origin = new URL(host.url).origin;
const bare = createServer((request, response) => {
  const isScript = request.url === '/hostile.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(readFileSync(join(renderer, isScript ? 'hostile.js' : 'index.html')));
}).listen(0, '127.0.0.1');
await new Promise(resolve => bare.once('listening', resolve));
const bareOrigin = `http://127.0.0.1:${(bare.address() as { port: number }).port}`;

const executablePath = installedChromium();
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
];
const launch = (args: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args] });
/** The switches of a window that NEXUS opens itself; its address and profile are Playwright's here. */
const switches = browserArguments(host.url, folder, false).filter(
  argument => !argument.startsWith('--app=') && !argument.startsWith('--user-data-dir='),
);

type Tries = Readonly<Record<string, string>>;
const attack = async (browser: Browser, url: string): Promise<Tries> => {
  const page = await browser.newPage();
  // Its tries hold up the load event: they wait for answers that never come.
  await page.goto(url, { waitUntil: 'commit' });
  // Asked again and again: a function that waits inside the page would be text run as code, which the policy forbids.
  let tries: Tries | null = null;
  for (let asked = 0; tries === null && asked < 300; asked++) {
    await wait(100);
    tries = (await page.evaluate('globalThis.hostileResults ?? null')) as Tries | null;
  }
  if (tries === null) throw new Error(`the page at ${url} did not end its tries`);
  await page.close();
  return tries;
};
/** Each navigation from a fresh page, and the packets that left meanwhile; `watch` says how long to look. */
const navigate = async (
  browser: Browser,
  url: string,
  watch: (before: number) => Promise<void>,
): Promise<Record<string, number>> => {
  const left: Record<string, number> = {};
  for (const name of NAVIGATIONS) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const before = packets();
    await page.goto(`${url}/#${name}`, { waitUntil: 'commit' });
    await watch(before);
    left[name] = packets() - before;
    await context.close();
  }
  return left;
};
/** Long enough for a packet that should not leave. */
const aMoment = (): Promise<void> => wait(700);
/** Until one has left that should, or it is clear that none does. */
const untilOneLeft = async (before: number): Promise<void> => {
  for (let asked = 0; packets() === before && asked < 200; asked++) await wait(50);
};

const report = async (): Promise<HostileReport> => {
  const control = await counted(async () => {
    const socket = createSocket('udp4');
    await new Promise(resolve => socket.send('x', 9, OUTSIDE, resolve));
    socket.close();
  });
  const open = await launch([]);
  const unguarded = await counted(async () => void (await attack(open, bareOrigin)));
  const unguardedNavigations = await navigate(open, bareOrigin, untilOneLeft);
  await open.close();
  // Names would be asked for by the browser's own services too: the tries by address are what counts here. Without its
  // exception the rule would stop those as well, and the policy would prove nothing.
  const tab = await launch([`--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE ${OUTSIDE}`]);
  let policyTries: Tries = {};
  const policyPackets = await counted(async () => {
    policyTries = await attack(tab, `${origin}/#no-webrtc`);
  });
  await tab.close();
  sink = 0;
  const guardedBrowser = await launch(switches);
  let tries: Tries = {};
  let navigations: Record<string, number> = {};
  const guardedPackets = await counted(async () => {
    tries = await attack(guardedBrowser, origin);
    navigations = await navigate(guardedBrowser, origin, aMoment);
  });
  await guardedBrowser.close();
  return {
    control,
    unguarded,
    unguardedNavigations,
    guarded: { packets: guardedPackets, tries, navigations },
    policyAlone: { packets: policyPackets, tries: policyTries },
    sink,
  };
};

const result = await report();
await host.close();
await engine.close();
bare.close();
sinkServer.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
