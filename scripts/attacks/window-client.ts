import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { GrantedFile } from '../../src-main/contract/bridge.ts';
import type { WireResult } from '../../src-main/contract/errors.ts';
import type { NexusEvent } from '../../src-main/contract/events.ts';
import type { ChannelAnswer, ChannelInput, ChannelName } from '../../src-main/contract/index.ts';
import { endWithTests } from './end-with-tests.ts';

const HOST = fileURLToPath(new URL('../../src-main/hosts/node/main.ts', import.meta.url));

export interface RunningHost {
  readonly pid: number;
  /** The address of its window, with the launch token. */
  readonly url: string;
  /** Asks it to stop, as a terminal does; its exit code and what it wrote to its error output. */
  stop(): Promise<{ readonly code: number | null; readonly err: string }>;
}

/** Starts the product's browser host as `npm start` does, without a browser. */
export const startHost = async (folder: string, home: string): Promise<RunningHost> => {
  const child = spawn(process.execPath, [HOST, '--no-open', '--stay'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', HOME: folder, NEXUS_HOME: home, TMPDIR: folder },
  });
  endWithTests(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, err }));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
    if (url !== undefined)
      return {
        pid: child.pid!,
        url,
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      };
  }
  throw new Error(`The host did not start: ${JSON.stringify(await ended)}`);
};

export interface WindowClient {
  call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelAnswer<C>>;
  /** Starts a job and waits for its end. */
  run<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<void>;
  /** Resolves at the next event of this name. */
  event(name: NexusEvent['name']): Promise<void>;
  upload(name: string, bytes: Buffer<ArrayBuffer>): Promise<GrantedFile>;
  close(): void;
}

type Message =
  | { readonly session: string }
  | { readonly id: number; readonly result: WireResult<unknown> }
  | { readonly event: NexusEvent };

/** Speaks to a browser host as its page does: one WebSocket, and HTTP for files. */
export const joinHost = async (url: string): Promise<WindowClient> => {
  const { host, origin, hash } = new URL(url);
  const token = hash.slice('#token='.length);
  const socket = new WebSocket(`ws://${host}/bridge`, { headers: { origin } });
  const waiting = new Map<number, (result: WireResult<unknown>) => void>();
  const listeners = new Set<(event: NexusEvent) => void>();
  const session = await new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ token })));
    socket.on('message', data => {
      const message = JSON.parse((data as Buffer).toString()) as Message;
      if ('session' in message) resolve(message.session);
      else if ('event' in message) for (const listener of listeners) listener(message.event);
      else waiting.get(message.id)?.(message.result);
    });
  });
  let lastId = 0;
  const call: WindowClient['call'] = async (channel, input) => {
    const id = ++lastId;
    const result = await new Promise<WireResult<unknown>>(resolve => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, channel, input }));
    });
    waiting.delete(id);
    if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
    return result.value as ChannelAnswer<typeof channel>;
  };
  const happens = (wanted: (event: NexusEvent) => boolean): Promise<void> =>
    new Promise(resolve => {
      const listener = (event: NexusEvent): void => {
        if (!wanted(event)) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
    });
  return {
    call,
    run: async (channel, input) => {
      const finished = happens(event => event.name === 'job.finished' && event.payload.channel === channel);
      await call(channel, input);
      await finished;
    },
    event: name => happens(event => event.name === name),
    upload: async (name, bytes) => {
      const response = await fetch(`${origin}/files?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { origin, 'x-nexus-token': token, 'x-nexus-session': session },
        body: bytes,
      });
      if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`);
      return (await response.json()) as GrantedFile;
    },
    close: () => socket.close(),
  };
};
