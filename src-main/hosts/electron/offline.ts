import { app, type Session } from 'electron';
import { PAGE_ORIGIN, PAGE_URL } from './protocol.ts';

/** Switches that keep Chromium itself off the network; must be set before Electron is ready. */
export const OFFLINE_SWITCHES: readonly (readonly [string, string?])[] = [
  // No name resolves: prefetch, prediction and anything we did not think of end here.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['no-pings'],
  // Peer connections may use the proxy only, and the proxy below leads nowhere.
  // The switch was renamed on the way: Chromium takes the one it knows.
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // It joins a multicast group of the local network when a page makes a peer connection.
  ['disable-features', 'WebRtcHideLocalIpsWithMdns,MediaRouter'],
];

export const applyOfflineSwitches = (): void => {
  for (const [name, value] of OFFLINE_SWITCHES)
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
};

/**
 * Blocks all network of a session: every request that is not for the page's own files is cancelled, and what does
 * not pass the request layer meets a proxy on a reserved port where nothing listens. Spell checking would download
 * dictionaries; it is off. Downloads may come from the page's own memory only (a report being saved).
 */
export const blockNetwork = async (session: Session): Promise<void> => {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnResource(details.url) }));
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
  await session.setProxy({ mode: 'fixed_servers', proxyRules: '127.0.0.1:1', proxyBypassRules: '<-loopback>' });
};

/** Files of the page, and data that it made itself. DevTools load their own pages while developing. */
export const isOwnResource = (url: string): boolean =>
  url.startsWith(PAGE_URL) ||
  url.startsWith(`blob:${PAGE_ORIGIN}/`) ||
  url.startsWith('data:') ||
  (!app.isPackaged && url.startsWith('devtools://'));

/** Writing plain text to the clipboard after a click ("Copy details", a digest) is all that a window may. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** Denies every other permission and every device, whoever asks. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === ALLOWED_PERMISSION));
  session.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED_PERMISSION);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
};
