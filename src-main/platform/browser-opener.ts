import { spawn } from 'node:child_process';
import { NexusError } from '../contract/errors.ts';
import type { Browser } from './ports.ts';

/** A program and its arguments. No shell reads the address: its `&` and `!` are nothing but text. */
export const openerCommand = (platform: NodeJS.Platform, url: URL): readonly [string, readonly string[]] => {
  switch (platform) {
    case 'darwin':
      return ['open', [url.href]];
    case 'win32':
      return ['rundll32.exe', ['url.dll,FileProtocolHandler', url.href]];
    default:
      return ['xdg-open', [url.href]];
  }
};

const notOpened = (reason: string): NexusError =>
  new NexusError({
    code: 'browser.not-opened',
    category: 'permission',
    message: `The system’s browser could not be opened: ${reason}.`,
    kept: 'Nothing was changed.',
    remedy: 'Set a default browser, or use a one-time code or the password instead.',
  });

/** Programs of an opener that fail do so at once; one that is still at work after this long has shown the page. */
const SETTLED_MS = 3_000;

/**
 * The system's own browser (RFC 8252, section 6), asked by the engine itself: no window, and nothing that a window could
 * send, names an address to open. Only http and https are passed on, so no other program is ever started by an address.
 */
export const browserOf = (command: (url: URL) => readonly [string, readonly string[]]): Browser => ({
  open: url =>
    new Promise((resolve, reject) => {
      if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        reject(notOpened(`${url.protocol} is no address for a browser`));
        return;
      }
      const [program, args] = command(url);
      const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
      const settled = setTimeout(resolve, SETTLED_MS);
      child.once('error', error => {
        clearTimeout(settled);
        reject(notOpened(error.message));
      });
      child.once('exit', code => {
        clearTimeout(settled);
        if (code === 0) resolve();
        else reject(notOpened(`${program} ended with code ${String(code)}`));
      });
      child.unref();
    }),
});

export const systemBrowser: Browser = browserOf(url => openerCommand(process.platform, url));
