import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { EngineClient } from '../../engine/engine-client.ts';
import { readRendererFile } from '../window/renderer-file.ts';
import { SECURITY_HEADERS } from '../window/security-headers.ts';
import { MAX_REQUEST_LENGTH } from '../window/session-quota.ts';
import { serveBridge } from './bridge-socket.ts';
import { answerFileRequest } from './file-requests.ts';
import { newSecret } from './launch-token.ts';
import { comesFromOwnUser } from './peer-user.ts';
import { comesFromOwnPage } from './request-guard.ts';
import { UploadFolder } from './upload-folder.ts';
import { WindowSessions } from './window-sessions.ts';

export interface NodeHostOptions {
  readonly engine: EngineClient;
  readonly rendererFolder: string;
  readonly sampleFolder: string;
  /** The user's NEXUS folder: what is written out lies in a new folder there. */
  readonly homeFolder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** How long a session outlives its connection, in milliseconds. */
  readonly graceMs: number;
  /** How long a connection may stay without its token, in milliseconds. */
  readonly tokenWithinMs: number;
  /** Told of faults that no window can be told of. */
  readonly fault: (error: unknown) => void;
}

export interface NodeHost {
  /** The address of the window, with the launch token in its fragment: a fragment is never sent over HTTP. */
  readonly url: string;
  /** Settles when the last session has ended. */
  readonly lastSessionEnded: Promise<void>;
  close(): Promise<void>;
}

/** What a page may ask for over HTTP besides its own files. */
const FILE_REQUESTS: readonly string[] = ['/files', '/sample-files', '/folders'];
/** Connections at once: a browser opens a handful a window. */
const MAX_CONNECTIONS = 64;
/** Above this a message ends its connection; above MAX_REQUEST_LENGTH it is answered with a refusal. */
const MAX_MESSAGE_BYTES = 8 * MAX_REQUEST_LENGTH;

/** Serves the window on 127.0.0.1. The engine is the caller's: closing the host ends the sessions, not the engine. */
export const startNodeHost = async (options: NodeHostOptions): Promise<NodeHost> => {
  const token = newSecret();
  const uploads = await UploadFolder.create();
  const last = Promise.withResolvers<void>();
  const sessions = new WindowSessions({
    engine: options.engine,
    graceMs: options.graceMs,
    ended: key => uploads.forgetSession(key),
    allEnded: last.resolve,
    fault: options.fault,
  });
  const stopEvents = options.engine.subscribe((event, session) => {
    sessions.publish(event, session);
    // A locked window starts anew: what it had chosen goes, and does not lie about in plain text while nobody is there.
    if (event.name === 'session.locked')
      for (const key of sessions.keysOf(session)) uploads.forgetSession(key).catch(options.fault);
  });

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    answerRequest(request, response).catch(error => {
      options.fault(error);
      if (!response.headersSent) sendText(response, 500, 'The window could not be served.');
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', socket => {
    if (!comesFromOwnUser(socket)) socket.destroy();
  });
  server.listen(options.port, '127.0.0.1');
  await listening(server);
  const port = (server.address() as AddressInfo).port;

  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = URL.parse(request.url ?? '/', 'http://host.invalid');
    if (url === null) return sendText(response, 400, 'Not an address.');
    const isFileRequest = request.method === 'POST' && FILE_REQUESTS.includes(url.pathname);
    if (!comesFromOwnPage(request, port, isFileRequest)) return sendText(response, 403, 'Not the page of this host.');
    if (isFileRequest)
      return answerFileRequest(request, response, url, {
        engine: options.engine,
        sessions,
        uploads,
        sampleFolder: options.sampleFolder,
        homeFolder: options.homeFolder,
        token,
      });
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Not allowed.');
    const file = await readRendererFile(options.rendererFolder, url.pathname);
    if (file === null) return sendText(response, 404, 'Not found.');
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': file.mediaType,
      'content-length': file.bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const isBridge = request.url === '/bridge' && comesFromOwnPage(request, port, true);
    if (!isBridge) return void socket.end(REFUSED_UPGRADE);
    sockets.handleUpgrade(request, socket, head, webSocket =>
      serveBridge(webSocket, {
        engine: options.engine,
        sessions,
        token,
        tokenWithinMs: options.tokenWithinMs,
        fault: options.fault,
      }),
    );
  });

  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    lastSessionEnded: last.promise,
    close: async () => {
      stopEvents();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await sessions.endAll();
      await uploads.remove();
    },
  };
};

const REFUSED_UPGRADE = [
  'HTTP/1.1 403 Forbidden',
  ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
  'content-length: 0',
  'connection: close',
  '\r\n',
].join('\r\n');

const listening = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });

const sendText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(text);
};
