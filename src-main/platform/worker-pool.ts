import { Worker } from 'node:worker_threads';
import { NexusError } from '../contract/errors.ts';
import type { FromWorker, ToWorker } from './worker-task.ts';
import { workerUrl } from './worker-url.ts';

export type PoolWorkerKind = 'parser' | 'analysis';

export interface TaskOptions {
  /** Aborting ends the worker at once: a loop that never looks up is stopped too. */
  readonly signal?: AbortSignal;
  /** Messages of the running task; `reply` sends one back. */
  readonly onMessage?: (body: unknown, reply: (body: unknown) => void) => void;
  /** End the worker after the task instead of keeping it for the next: gives back the memory of a large file. */
  readonly dispose?: boolean;
}

const MEMORY_LIMIT_MB = 4096;

export const cancelled = (): NexusError =>
  new NexusError({ code: 'job.cancelled', category: 'cancelled', message: 'Cancelled.' });

/** Worker threads by kind, started when needed and reused. A crash fails only the task that ran on that worker. */
export class WorkerPool {
  private readonly idle: Record<PoolWorkerKind, Worker[]> = { parser: [], analysis: [] };
  private readonly busy = new Set<Worker>();

  /** Starts a worker ahead of its first task. */
  warm(kind: PoolWorkerKind): void {
    this.idle[kind].push(this.start(kind));
  }

  /** Runs one task on a worker of that kind. Rejects with the task's NexusError, `job.cancelled` or `worker.crashed`. */
  run(kind: PoolWorkerKind, task: unknown, options: TaskOptions = {}): Promise<unknown> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(cancelled());
    const worker = this.idle[kind].pop() ?? this.start(kind);
    this.busy.add(worker);
    worker.ref();
    return new Promise((resolve, reject) => {
      const settle = (keep: boolean): void => {
        worker.removeAllListeners();
        signal?.removeEventListener('abort', abort);
        this.busy.delete(worker);
        if (keep && options.dispose !== true) {
          worker.unref();
          this.idle[kind].push(worker);
          worker.once('exit', () => this.forget(kind, worker));
        } else void worker.terminate();
      };
      const abort = (): void => {
        settle(false);
        reject(cancelled());
      };
      const crashed = (message: string): void => {
        settle(false);
        reject(
          new NexusError({
            code: 'worker.crashed',
            category: 'internal',
            message: `The ${kind} worker stopped: ${message}`,
            kept: 'Nothing of the unfinished work was kept.',
            remedy: 'Try again; if one file always ends so, import the others and report that file.',
          }),
        );
      };
      signal?.addEventListener('abort', abort);
      worker.removeAllListeners();
      worker.on('error', error => crashed(error instanceof Error ? error.message : String(error)));
      worker.on('exit', code => crashed(`exit code ${code}`));
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'message') {
          options.onMessage?.(message.body, body => worker.postMessage({ kind: 'message', body } satisfies ToWorker));
        } else if (message.kind === 'done') {
          settle(true);
          resolve(message.value);
        } else {
          settle(true);
          reject(new NexusError(message.error));
        }
      });
      worker.postMessage({ kind: 'task', task } satisfies ToWorker);
    });
  }

  async close(): Promise<void> {
    const all = [...this.busy, ...this.idle.parser, ...this.idle.analysis];
    await Promise.all(all.map(worker => worker.terminate()));
  }

  private start(kind: PoolWorkerKind): Worker {
    const worker = new Worker(workerUrl(kind), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB } });
    worker.unref();
    return worker;
  }

  private forget(kind: PoolWorkerKind, worker: Worker): void {
    const at = this.idle[kind].indexOf(worker);
    if (at >= 0) this.idle[kind].splice(at, 1);
  }
}
