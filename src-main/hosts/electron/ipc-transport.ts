import { performance } from 'node:perf_hooks';
import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { IPC_CHANNELS } from '../../../src-preload/ipc-channels.ts';
import type { GrantedFile, GrantedFolder } from '../../contract/bridge.ts';
import type { WireResult } from '../../contract/errors.ts';
import type { EngineClient, SessionId } from '../../engine/engine-client.ts';
import { MAX_CHOSEN_FILES, resolveChosenFile, resolveChosenFolder } from '../window/chosen-path.ts';
import { grantSampleFiles } from '../window/sample-files.ts';
import { MAX_REQUEST_LENGTH, SESSION_LIMITS, SessionQuota } from '../window/session-quota.ts';
import { parseJsonText, passRequest, refusedRequest, withinQuota } from '../window/window-request.ts';
import { isOwnPage } from './sender.ts';

export interface IpcTransportOptions {
  readonly engine: EngineClient;
  readonly session: SessionId;
  readonly window: BrowserWindow;
  readonly sampleFolder: string;
}

type Handler = (...args: readonly unknown[]) => Promise<WireResult<unknown>>;

/**
 * Connects one window to its engine session until the returned function is called. Every message is checked for its
 * sender, counted against the session's quota and answered by a WireResult; nothing is thrown across.
 */
export const connectWindow = (options: IpcTransportOptions): (() => void) => {
  const { engine, session, window } = options;
  const quota = new SessionQuota(SESSION_LIMITS, () => performance.now());

  const handlers: Readonly<Record<string, Handler>> = {
    [IPC_CHANNELS.invoke]: async (channel, text) => {
      if (typeof text !== 'string' || text.length > MAX_REQUEST_LENGTH)
        return refusedRequest('The input is missing or too large');
      const input = parseJsonText(text);
      if (input === 'malformed') return refusedRequest('The input is not JSON');
      return passRequest({ engine, session, quota }, channel, input.value, text.length);
    },
    [IPC_CHANNELS.chooseFiles]: () =>
      withinQuota(quota, async () => {
        const choice = await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'] });
        return { ok: true, value: await grantFiles(options, choice.canceled ? [] : choice.filePaths) };
      }),
    [IPC_CHANNELS.chooseFolder]: () =>
      withinQuota(quota, async () => {
        const choice = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
        const [path] = choice.canceled ? [] : choice.filePaths;
        return { ok: true, value: path === undefined ? null : await grantFolder(options, path) };
      }),
    [IPC_CHANNELS.grantDropped]: async paths =>
      isPathList(paths)
        ? withinQuota(quota, async () => ({ ok: true, value: await grantFiles(options, paths) }))
        : refusedRequest(`At most ${MAX_CHOSEN_FILES} files can be dropped at once`),
    [IPC_CHANNELS.sampleFiles]: () =>
      withinQuota(quota, async () => ({
        ok: true,
        value: await grantSampleFiles(engine, session, options.sampleFolder),
      })),
  };
  for (const [channel, handler] of Object.entries(handlers))
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...args: unknown[]) =>
      isOwnPage(event, window.webContents) ? handler(...args) : FOREIGN_SENDER,
    );

  const stopEvents = engine.subscribe((event, concerned) => {
    if ((concerned === null || concerned === session) && !window.isDestroyed())
      window.webContents.send(IPC_CHANNELS.event, event);
  });
  return () => {
    stopEvents();
    for (const channel of Object.keys(handlers)) ipcMain.removeHandler(channel);
  };
};

const grantFiles = async (
  { engine, session }: IpcTransportOptions,
  paths: readonly string[],
): Promise<readonly GrantedFile[]> => {
  const granted: GrantedFile[] = [];
  for (const path of paths) granted.push(await engine.grantPath(session, await resolveChosenFile(path), 'file'));
  return granted;
};

const grantFolder = async ({ engine, session }: IpcTransportOptions, path: string): Promise<GrantedFolder> => {
  const { grant, name } = await engine.grantPath(session, await resolveChosenFolder(path), 'folder');
  return { grant, name };
};

const isPathList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= MAX_CHOSEN_FILES && value.every(path => typeof path === 'string');

/** The same answer whatever was asked: a foreign page learns nothing of what exists. */
const FOREIGN_SENDER: WireResult<never> = {
  ok: false,
  error: { code: 'host.foreign-sender', category: 'permission', message: 'This page may not speak to NEXUS' },
};
