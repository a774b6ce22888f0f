import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { GrantedFile, GrantedFolder, NexusBridge } from '../src-main/contract/bridge.ts';
import type { WireResult } from '../src-main/contract/errors.ts';
import type { NexusEvent } from '../src-main/contract/events.ts';
import { IPC_CHANNELS } from './ipc-channels.ts';

type SampleFiles = Awaited<ReturnType<NexusBridge['sampleFiles']>>;

/** Input crosses as JSON text: plain data by construction, and its size is known before it is parsed. */
const invoke: NexusBridge['invoke'] = async (channel, input) =>
  ipcRenderer.invoke(IPC_CHANNELS.invoke, String(channel), JSON.stringify(input)) as Promise<WireResult<unknown>>;

const subscribe: NexusBridge['subscribe'] = listener => {
  const pass = (_event: unknown, event: NexusEvent): void => listener(event);
  ipcRenderer.on(IPC_CHANNELS.event, pass);
  return () => {
    ipcRenderer.removeListener(IPC_CHANNELS.event, pass);
  };
};

/** The value of a host's answer. A refusal is thrown as the error's data: what crosses to the page keeps its fields. */
const unwrap = <T>(result: WireResult<T>): T => {
  if (result.ok) return result.value;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- an Error loses its fields on the way to the page
  throw result.error;
};

const chooseFiles = async (): Promise<readonly GrantedFile[]> =>
  unwrap((await ipcRenderer.invoke(IPC_CHANNELS.chooseFiles)) as WireResult<readonly GrantedFile[]>);

const chooseFolder = async (): Promise<GrantedFolder | null> =>
  unwrap((await ipcRenderer.invoke(IPC_CHANNELS.chooseFolder)) as WireResult<GrantedFolder | null>);

/** Only a File that the system dropped has a path; one that the page made has none and is left out. */
const grantDroppedFiles = async (files: readonly File[]): Promise<readonly GrantedFile[]> => {
  const paths = [...files].map(file => webUtils.getPathForFile(file)).filter(path => path !== '');
  return unwrap((await ipcRenderer.invoke(IPC_CHANNELS.grantDropped, paths)) as WireResult<readonly GrantedFile[]>);
};

const sampleFiles = async (): Promise<SampleFiles> =>
  unwrap((await ipcRenderer.invoke(IPC_CHANNELS.sampleFiles)) as WireResult<SampleFiles>);

const bridge: NexusBridge<File> = {
  host: 'electron',
  invoke,
  subscribe,
  chooseFiles,
  chooseFolder,
  grantDroppedFiles,
  sampleFiles,
};
contextBridge.exposeInMainWorld('nexus', bridge);
