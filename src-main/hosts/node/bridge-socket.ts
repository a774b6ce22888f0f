import type { WebSocket } from 'ws';
import type { EngineClient } from '../../engine/engine-client.ts';
import { parseJsonText, passRequest, refusedRequest } from '../window/window-request.ts';
import { isSecret } from './launch-token.ts';
import type { Connection, WindowSession, WindowSessions } from './window-sessions.ts';

/** Close code of a connection that did not prove the launch token, or not in time. */
export const NOT_AUTHENTICATED = 4401;
/** Close code of a connection that does not speak the protocol. */
export const MALFORMED = 4400;
const INTERNAL_FAULT = 1011;

export interface BridgeOptions {
  readonly engine: EngineClient;
  readonly sessions: WindowSessions;
  readonly token: string;
  /** How long a connection may stay without its token, in milliseconds. */
  readonly tokenWithinMs: number;
  readonly fault: (error: unknown) => void;
}

/**
 * Speaks the bridge on one socket. The first message is `{token, session?}`, answered by `{session}`; then every
 * `{id, channel, input}` is answered by `{id, result}` in the order results come, and engine events come as `{event}`.
 * Requests sent right behind the token wait until the session is open.
 */
export const serveBridge = (socket: WebSocket, options: BridgeOptions): void => {
  const connection: Connection = {
    send: message => socket.send(JSON.stringify(message)),
    close: (code, reason) => socket.close(code, reason),
  };
  const late = setTimeout(() => connection.close(NOT_AUTHENTICATED, 'no token'), options.tokenWithinMs);
  let joining: Promise<WindowSession | null> | null = null;

  const join = (text: string): void => {
    const hello = parseJsonText(text);
    const given = hello === 'malformed' ? null : fieldsOf(hello.value);
    if (given !== null && isSecret(options.token, given.token)) {
      clearTimeout(late);
      joining = openSession(given.session);
    } else connection.close(NOT_AUTHENTICATED, 'wrong token');
  };
  const openSession = async (key: unknown): Promise<WindowSession | null> => {
    try {
      const session = await options.sessions.join(connection, key);
      if (socket.readyState === socket.OPEN) connection.send({ session: session.key });
      else options.sessions.leave(connection);
      return session;
    } catch (error) {
      options.fault(error);
      connection.close(INTERNAL_FAULT, 'no session');
      return null;
    }
  };
  const answer = async (text: string, session: WindowSession): Promise<void> => {
    const message = parseJsonText(text);
    const request = message === 'malformed' ? null : fieldsOf(message.value);
    const id = request?.id;
    if (request === null || typeof id !== 'number') return connection.close(MALFORMED, 'not a request');
    const target = { engine: options.engine, session: session.session, quota: session.quota };
    const result = Object.hasOwn(request, 'input')
      ? await passRequest(target, request.channel, request.input, text.length)
      : refusedRequest('The request has no input');
    if (socket.readyState === socket.OPEN) connection.send({ id, result });
  };

  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      connection.close(MALFORMED, 'text only');
      return;
    }
    // The socket's binaryType is the default, so every message is one Buffer.
    const text = (data as Buffer).toString();
    if (joining === null) join(text);
    else joining.then(session => (session === null ? undefined : answer(text, session))).catch(options.fault);
  });
  socket.on('close', () => {
    clearTimeout(late);
    options.sessions.leave(connection);
  });
  // A broken frame or a payload over the cap: ws closes the socket by itself; there is nothing to answer.
  socket.on('error', () => undefined);
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
