import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was made for this host by its own page. The Host header must name the loopback address (a name that
 * was re-bound to 127.0.0.1 does not), and an Origin must be that of the same host. `originRequired` for everything that
 * does something: browsers send Origin with every POST and every WebSocket.
 */
export const comesFromOwnPage = (request: IncomingMessage, port: number, originRequired: boolean): boolean => {
  const host = request.headers.host;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.origin;
  return origin === undefined ? !originRequired : origin === `http://${host}`;
};
