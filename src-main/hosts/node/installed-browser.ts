import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { makeTemporaryFolder } from './leftover-folders.ts';

/** Names of Chromium-family browsers on the PATH, and where they lie on systems that do not put them there. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

export interface BrowserSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly isExecutable: (path: string) => boolean;
}

/** The first installed Chromium, Chrome or Edge; NEXUS_BROWSER names another. Null when there is none. */
export const findBrowser = (search: BrowserSearch): string | null => {
  const named = search.environment.NEXUS_BROWSER;
  const candidates = named === undefined || named === '' ? candidatePaths(search) : [named];
  return candidates.find(search.isExecutable) ?? null;
};

const candidatePaths = ({ platform, environment }: BrowserSearch): readonly string[] => {
  if (platform === 'darwin') return MAC_PATHS;
  if (platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(variable => {
      const folder = environment[variable];
      return folder === undefined ? [] : WINDOWS_PATHS.map(path => join(folder, path));
    });
  const folders = (environment.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return COMMANDS.flatMap(command => folders.map(folder => join(folder, command)));
};

/** Whether windows can be opened at all: on Linux a display server must be there. */
export const hasDisplay = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean =>
  platform !== 'linux' || Boolean(environment.DISPLAY ?? environment.WAYLAND_DISPLAY);

export const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there or not ours to run: the next candidate
  }
};

/** Arguments of a browser that shows one window, knows no other profile and keeps off the network. */
export const browserArguments = (url: string, profileFolder: string, isRoot: boolean): readonly string[] => [
  `--app=${url}`,
  `--user-data-dir=${profileFolder}`,
  '--window-size=1440,900',
  // Keeps what a page shows, stores or was typed out of the profile on disk; the second is Edge's word for it.
  '--incognito',
  '--inprivate',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  // The last one joins a multicast group of the local network when a page makes a peer connection.
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,WebRtcHideLocalIpsWithMdns',
  // Names end here, addresses at a proxy on a reserved port where nothing listens, peer connections at that proxy: only
  // the host itself is spoken to directly. A content policy alone does not stop a page from navigating away.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--proxy-server=http://127.0.0.1:1',
  `--proxy-bypass-list=<-loopback>;${hostOf(url)}`,
  // The switch was renamed on the way: a browser takes the one it knows.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--block-new-web-contents',
  // Chromium refuses to start as root with its sandbox, which needs an unprivileged user.
  ...(isRoot ? ['--no-sandbox'] : []),
];

/** Address and port of the host, as the list of exceptions takes it. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

export interface BrowserWindow {
  /** Its exit code (null: ended by a signal), when it has ended and its profile is removed. */
  readonly ended: Promise<number | null>;
  close(): void;
}

/** Opens the window in a browser process of its own, with a fresh profile that goes with it. */
export const openBrowser = async (executable: string, url: string): Promise<BrowserWindow> => {
  const profileFolder = await makeTemporaryFolder(tmpdir(), 'nexus-browser-');
  const isRoot = process.getuid?.() === 0;
  const child = spawn(executable, browserArguments(url, profileFolder, isRoot), { stdio: 'ignore' });
  const ended = exitOf(child).finally(() => rm(profileFolder, { recursive: true, force: true, maxRetries: 10 }));
  return { ended, close: () => void child.kill() };
};

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('exit', code => resolve(code));
    child.once('error', reject);
  });
