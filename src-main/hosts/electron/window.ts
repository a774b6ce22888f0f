import { app, BrowserWindow, type WebContents, type WebPreferences } from 'electron';
import { PAGE_ORIGIN, PAGE_URL } from './protocol.ts';

/**
 * The preferences of every window. `preload` is the bundled, sandboxed preload script; `developerTools` is what the
 * station's profile allows: never in the packaged application.
 */
export const webPreferences = (preload: string, developerTools: boolean): WebPreferences => ({
  preload,
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
  devTools: developerTools && !app.isPackaged,
});

/** Opens the application's window; it shows when its first picture is ready. */
export const openWindow = (preload: string, developerTools: boolean): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'NEXUS',
    webPreferences: webPreferences(preload, developerTools),
  });
  window.once('ready-to-show', () => window.show());
  return window;
};

/**
 * Hardens one WebContents, whoever made it: it stays on the page it was given, opens nothing, holds no webview. Frames
 * inside may show only what the page itself wrote (a report in a sandboxed frame).
 */
export const hardenContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.on('will-navigate', event => {
    if (event.url !== PAGE_URL && !event.url.startsWith(`${PAGE_URL}#`)) event.preventDefault();
  });
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame && !isOwnFrame(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', event => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
};

const isOwnFrame = (url: string): boolean =>
  url === 'about:srcdoc' || url === 'about:blank' || url.startsWith(`blob:${PAGE_ORIGIN}/`);
