import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the browser brings the provider's answer: one answer, on this machine, then it is gone. */
export interface LoopbackRedirect {
  readonly redirectUri: string;
  /** The address the browser was sent to, once it carries the awaited state. */
  readonly answer: Promise<URL>;
  close(): void;
}

const MAX_TARGET_LENGTH = 16_384;

/**
 * Listens on a free port of 127.0.0.1 (RFC 8252, section 7.3). Only a GET of the exact path, for this host, with the
 * awaited state is taken, and only the first: another page or program can neither end the wait nor answer in its place.
 */
export const listenForRedirect = async (path: string, state: string): Promise<LoopbackRedirect> => {
  const awaited = Promise.withResolvers<URL>();
  let taken = false;
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: MAX_TARGET_LENGTH }, (request, response) => {
    const url = answerOf(request, port, path, state);
    if (url === null || taken) {
      page(response, url === null ? 400 : 410, 'This is not the answer that NEXUS waits for.');
      return;
    }
    taken = true;
    page(response, 200, 'NEXUS has the answer. Close this page and go back to NEXUS.');
    awaited.resolve(url);
  });
  server.maxConnections = 16;
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://127.0.0.1:${port}${path}`,
    answer: awaited.promise,
    close: () => {
      server.close();
      // The page just sent is let out; whatever else is open ends.
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1_000).unref();
    },
  };
};

const answerOf = (request: IncomingMessage, port: number, path: string, state: string): URL | null => {
  const host = `127.0.0.1:${port}`;
  if (request.method !== 'GET' || request.headers.host !== host || !request.url?.startsWith('/')) return null;
  const url = new URL(`http://${host}${request.url}`);
  const states = url.searchParams.getAll('state');
  return url.pathname === path && states.length === 1 && sameText(states[0]!, state) ? url : null;
};

const sameText = (a: string, b: string): boolean =>
  a.length === b.length &&
  Buffer.byteLength(a) === Buffer.byteLength(b) &&
  timingSafeEqual(Buffer.from(a), Buffer.from(b));

const page = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(text);
};
