import { parentPort } from 'node:worker_threads';
import type { NexusErrorData } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import { systemRefusal } from './store-errors.ts';

/** What a pool worker is told and what it answers. One task at a time a worker. */
export type ToWorker =
  | { readonly kind: 'task'; readonly task: unknown }
  | { readonly kind: 'message'; readonly body: unknown };
export type FromWorker =
  /** The task was taken up: what a thread needs to start is not the file's doing. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'message'; readonly body: unknown }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: NexusErrorData };

export type Transferable = ArrayBuffer;

/** The worker's side of a task: sends messages to the engine and receives its messages. */
export interface TaskChannel {
  send(body: unknown, transfer?: readonly Transferable[]): void;
  /** Messages from the engine, in order; replaces the earlier listener. */
  onMessage(listener: (body: unknown) => void): void;
}

/** Any thrown value as error data: refusals keep their code, faults become `internal.fault` without a stack. */
export const errorDataOf = (error: unknown): NexusErrorData =>
  error instanceof NexusError
    ? error.data
    : (systemRefusal(error) ?? {
        code: 'internal.fault',
        category: 'internal',
        message: `An internal fault: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'Repeat the command; if it fails again, report it with this message.',
      });

/** Serves tasks on this worker thread's port, one at a time. */
export const serveTasks = (run: (task: unknown, channel: TaskChannel) => Promise<unknown>): void => {
  const port = parentPort;
  if (port === null) throw new Error('a pool worker must be started as a worker thread');
  let listener: (body: unknown) => void = () => undefined;
  const post = (message: FromWorker, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, transfer);
  const channel: TaskChannel = {
    send: (body, transfer) => post({ kind: 'message', body }, transfer),
    onMessage: next => {
      listener = next;
    },
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'message') {
      listener(message.body);
      return;
    }
    post({ kind: 'begun' });
    run(message.task, channel).then(
      value => post({ kind: 'done', value }),
      (error: unknown) => post({ kind: 'failed', error: errorDataOf(error) }),
    );
  });
};
