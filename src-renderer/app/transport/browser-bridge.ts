import type { GrantedFile, GrantedFolder } from '../../../src-main/contract/bridge.ts';
import {
  NexusError,
  type NexusErrorData,
  NexusErrorShape,
  type WireResult,
} from '../../../src-main/contract/errors.ts';
import type { NexusEvent } from '../../../src-main/contract/events.ts';
import { t } from '../../i18n/i18n.ts';
import type { Bridge, ConnectionState } from './bridge.ts';
import { pickFiles } from './pick-files.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const SESSION_KEY = 'nexus.session';
/** Close codes after which trying again is of no use: hosts/node, bridge-socket.ts and window-sessions.ts. */
const FINAL_STATES: Readonly<Record<number, ConnectionState>> = { 4401: 'refused', 4409: 'taken-over' };

type SocketMessage =
  | { readonly id: number; readonly result: WireResult<unknown> }
  | { readonly event: NexusEvent }
  | { readonly session: string };
interface Request {
  readonly id: number;
  readonly channel: string;
  readonly input: unknown;
  readonly answer: (result: WireResult<unknown>) => void;
}

export const connectionLostError = (): NexusErrorData => ({
  code: 'connection.lost',
  category: 'internal',
  message: t('errors.connectionLost.message'),
  kept: t('errors.connectionLost.kept'),
  remedy: t('errors.connectionLost.remedy'),
});

/**
 * The bridge of a window without Electron: one WebSocket to the host that served the page, and HTTP for file bodies.
 * The session's key is kept in `storage`, which lives as long as the tab: after a reload or a short break the window
 * finds its workspace still open.
 */
export const createBrowserBridge = (
  origin: string,
  token: string,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): Bridge => {
  const eventListeners = new Set<(event: NexusEvent) => void>();
  const connectionListeners = new Set<(state: ConnectionState) => void>();
  const waiting = new Map<number, Request>();
  let queue: Request[] = [];
  let state: ConnectionState = 'connecting';
  let socket: WebSocket | null = null;
  let retryMs = FIRST_RETRY_MS;
  let lastId = 0;

  const changeState = (next: ConnectionState): void => {
    state = next;
    for (const listener of connectionListeners) listener(next);
  };
  const send = (request: Request): void => {
    waiting.set(request.id, request);
    socket?.send(JSON.stringify({ id: request.id, channel: request.channel, input: request.input }));
  };
  const receive = (message: SocketMessage): void => {
    if ('session' in message) {
      storage.setItem(SESSION_KEY, message.session);
      return;
    }
    if ('event' in message) {
      for (const listener of eventListeners) listener(message.event);
      return;
    }
    waiting.get(message.id)?.answer(message.result);
    waiting.delete(message.id);
  };
  const fail = (): void => {
    const refused = [...waiting.values(), ...queue];
    waiting.clear();
    queue = [];
    for (const request of refused) request.answer({ ok: false, error: connectionLostError() });
  };
  const connect = (): void => {
    const next = new WebSocket(`${origin.replace(/^http/, 'ws')}/bridge`);
    socket = next;
    next.addEventListener('open', () => {
      const session = storage.getItem(SESSION_KEY);
      next.send(JSON.stringify(session === null ? { token } : { token, session }));
      retryMs = FIRST_RETRY_MS;
      changeState('connected');
      const held = queue;
      queue = [];
      held.forEach(send);
    });
    next.addEventListener('message', message => receive(JSON.parse(String(message.data)) as SocketMessage));
    next.addEventListener('close', ({ code }) => {
      const final = FINAL_STATES[code];
      changeState(final ?? 'lost');
      fail();
      if (final !== undefined) return;
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    });
  };
  connect();

  const post = async (path: string, body: File | null): Promise<unknown> => {
    const session = storage.getItem(SESSION_KEY);
    const headers = { 'x-nexus-token': token, ...(session === null ? {} : { 'x-nexus-session': session }) };
    const response = await fetch(path, { method: 'POST', headers, body });
    if (response.ok) return response.json();
    const refusal = NexusErrorShape.safeParse(await response.json().catch(() => null));
    throw new NexusError(
      refusal.data ?? {
        code: 'file.refused',
        category: 'input',
        message: t('errors.fileRefused.message', { status: response.status }),
        ...(body === null ? {} : { file: body.name }),
        kept: t('errors.fileRefused.kept'),
        remedy: t('errors.fileRefused.remedy'),
      },
    );
  };
  const grantFiles = async (files: readonly File[]): Promise<readonly GrantedFile[]> => {
    const granted: GrantedFile[] = [];
    for (const file of files)
      granted.push((await post(`/files?name=${encodeURIComponent(file.name)}`, file)) as GrantedFile);
    return granted;
  };

  return {
    host: 'browser',
    invoke: (channel, input) =>
      new Promise(answer => {
        lastId += 1;
        const request: Request = { id: lastId, channel, input, answer };
        if (state === 'connected') send(request);
        else if (state === 'connecting') queue.push(request);
        else answer({ ok: false, error: connectionLostError() });
      }),
    subscribe: listener => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    chooseFiles: async () => grantFiles(await pickFiles()),
    chooseFolder: async () => (await post('/folders', null)) as GrantedFolder,
    grantDroppedFiles: grantFiles,
    sampleFiles: async () => (await post('/sample-files', null)) as Awaited<ReturnType<Bridge['sampleFiles']>>,
    watchConnection: listener => {
      connectionListeners.add(listener);
      listener(state);
      return () => connectionListeners.delete(listener);
    },
  };
};
