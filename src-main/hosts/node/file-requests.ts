import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GrantedFolder } from '../../contract/bridge.ts';
import type { NexusErrorData, WireResult } from '../../contract/errors.ts';
import type { EngineClient } from '../../engine/engine-client.ts';
import { grantSampleFiles } from '../window/sample-files.ts';
import { SECURITY_HEADERS } from '../window/security-headers.ts';
import { withinQuota } from '../window/window-request.ts';
import { makeExportFolder } from './export-folder.ts';
import { isSecret } from './launch-token.ts';
import type { UploadFolder } from './upload-folder.ts';
import type { WindowSession, WindowSessions } from './window-sessions.ts';

export interface FileRequestOptions {
  readonly engine: EngineClient;
  readonly sessions: WindowSessions;
  readonly uploads: UploadFolder;
  readonly sampleFolder: string;
  /** The user's NEXUS folder. */
  readonly homeFolder: string;
  readonly token: string;
}

/**
 * `POST /files?name=…` (body: the file) answers a GrantedFile; `POST /sample-files` the sample's; `POST /folders` a new
 * folder to write into. Each proves
 * the launch token in `x-nexus-token`, and names its session in `x-nexus-session`; without it the only session is
 * meant. A refusal has an HTTP status and the error's data as its body.
 */
export const answerFileRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: FileRequestOptions,
): Promise<void> => {
  if (!isSecret(options.token, request.headers['x-nexus-token'])) return sendRefusal(response, 401, WRONG_TOKEN);
  const key = request.headers['x-nexus-session'];
  const session = typeof key === 'string' ? options.sessions.find(key) : options.sessions.only();
  if (session === undefined) return sendRefusal(response, 409, NO_SESSION);
  const result = await withinQuota(session.quota, () => answer(request, url, session, options));
  if (result.ok) sendJson(response, 200, result.value);
  else sendRefusal(response, STATUS[result.error.category] ?? 500, result.error);
};

const answer = async (
  request: IncomingMessage,
  url: URL,
  session: WindowSession,
  options: FileRequestOptions,
): Promise<WireResult<unknown>> => {
  if (url.pathname === '/sample-files')
    return { ok: true, value: await grantSampleFiles(options.engine, session.session, options.sampleFolder) };
  if (url.pathname === '/folders') return { ok: true, value: await grantNewFolder(session, options) };
  const path = await options.uploads.receive(session.key, url.searchParams.get('name') ?? '', request);
  return { ok: true, value: await options.engine.grantPath(session.session, path, 'file') };
};

const grantNewFolder = async (
  { session }: WindowSession,
  { engine, homeFolder }: FileRequestOptions,
): Promise<GrantedFolder> => {
  const { path, name } = await makeExportFolder(homeFolder);
  const { grant } = await engine.grantPath(session, path, 'folder');
  return { grant, name };
};

const STATUS: Partial<Record<NexusErrorData['category'], number>> = { usage: 429, input: 422, 'not-found': 404 };

const WRONG_TOKEN: NexusErrorData = {
  code: 'host.wrong-token',
  category: 'permission',
  message: 'This window was not opened by this NEXUS',
  remedy: 'Start NEXUS again and use the window it opens.',
};
const NO_SESSION: NexusErrorData = {
  code: 'host.no-session',
  category: 'conflict',
  message: 'The window’s session has ended',
  remedy: 'Reload the window.',
};

const sendRefusal = (response: ServerResponse, status: number, error: NexusErrorData): void => {
  // The rest of a refused body is not read: the connection ends with the answer.
  response.setHeader('connection', 'close');
  sendJson(response, status, error);
};

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};
