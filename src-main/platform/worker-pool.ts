import { Worker } from 'node:worker_threads';
import { NexusError } from '../contract/errors.ts';
import type { Exceeded, WorkerLimits } from './worker-limits.ts';
import { PARSER_LIMITS, WorkerWatch } from './worker-limits.ts';
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

/** How the workers that read strangers' files are run. */
export interface ParserWorkers extends WorkerLimits {
  readonly url: URL;
}

const MEMORY_LIMIT_MB = 4096;
/**
 * Room for young objects, in MiB. Workers work in typed arrays and make few objects: with the usual three times as much,
 * each keeps a hundred MiB of garbage arrays and free pages; measured, less costs no time.
 */
const YOUNG_MB = 12;

export const cancelled = (): NexusError =>
  new NexusError({ code: 'job.cancelled', category: 'cancelled', message: 'Cancelled.' });

/** Worker threads by kind, started when needed and reused. A crash fails only the task that ran on that worker. */
export class WorkerPool {
  private readonly idle: Record<PoolWorkerKind, Worker[]> = { parser: [], analysis: [] };
  private readonly busy = new Set<Worker>();
  private readonly parsers: ParserWorkers;
  private closing = false;
  constructor(parsers: Partial<ParserWorkers> = {}) {
    this.parsers = { url: workerUrl('parser'), ...PARSER_LIMITS, ...parsers };
  }

  /** Starts a worker ahead of its first task. */
  warm(kind: PoolWorkerKind): void {
    this.rest(kind, this.start(kind));
  }

  /**
   * Runs one task on a worker of that kind. Rejects with the task's NexusError, `job.cancelled` or `worker.crashed`; where
   * the file it read ended the worker, with `parser.crashed`, `parser.timeout` or `parser.out-of-memory`.
   */
  run(kind: PoolWorkerKind, task: unknown, options: TaskOptions = {}): Promise<unknown> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(cancelled());
    const worker = this.idle[kind].pop() ?? this.start(kind);
    this.busy.add(worker);
    worker.ref();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        signal?.removeEventListener('abort', abort);
        watch?.stop();
        this.busy.delete(worker);
      };
      const done = (): void => {
        settle();
        if (options.dispose === true) void end(worker);
        else this.rest(kind, worker);
      };
      // Only once the thread has ended can nothing of its work still be written.
      const endedBy = (error: NexusError): void => {
        settle();
        void end(worker).then(() => reject(error));
      };
      const abort = (): void => endedBy(cancelled());
      const crashed = (how: string, message: string): void =>
        endedBy(kind === 'parser' && !this.closing ? parserFailure(how, message) : workerCrash(kind, message));
      const exceeded = (what: Exceeded): void => endedBy(parserFailure(what, this.limitText(what)));
      const watch = kind === 'parser' ? new WorkerWatch(worker, this.parsers, exceeded) : null;
      signal?.addEventListener('abort', abort);
      worker.removeAllListeners();
      worker.on('error', (error: unknown) => {
        const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        if (isMemory) crashed('out-of-memory', this.limitText('out-of-memory'));
        else crashed('crashed', error instanceof Error ? error.message : String(error));
      });
      worker.on('exit', code => crashed('crashed', `exit code ${code}`));
      worker.on('message', (message: FromWorker) => {
        watch?.alive();
        // The watch counts from here.
        if (message.kind === 'begun') return;
        if (message.kind === 'message') {
          options.onMessage?.(message.body, body => {
            watch?.alive();
            worker.postMessage({ kind: 'message', body } satisfies ToWorker);
          });
        } else if (message.kind === 'done') {
          done();
          resolve(message.value);
        } else {
          done();
          reject(new NexusError(message.error));
        }
      });
      worker.postMessage({ kind: 'task', task } satisfies ToWorker);
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    const all = [...this.busy, ...this.idle.parser, ...this.idle.analysis];
    await Promise.all(all.map(worker => worker.terminate()));
  }

  private start(kind: PoolWorkerKind): Worker {
    const worker =
      kind === 'parser'
        ? new Worker(this.parsers.url, {
            resourceLimits: { maxOldGenerationSizeMb: this.parsers.heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
            // What stands in the environment (a passphrase, it may be) is nothing a file's reader needs.
            env: {},
          })
        : new Worker(workerUrl(kind), {
            resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB, maxYoungGenerationSizeMb: YOUNG_MB },
          });
    worker.unref();
    return worker;
  }

  /** Keeps a worker for the next task. One that dies meanwhile is forgotten, not waited for. */
  private rest(kind: PoolWorkerKind, worker: Worker): void {
    const forget = (): void => {
      const at = this.idle[kind].indexOf(worker);
      if (at >= 0) this.idle[kind].splice(at, 1);
      void end(worker);
    };
    worker.unref();
    worker.removeAllListeners();
    worker.on('error', forget);
    worker.on('exit', forget);
    this.idle[kind].push(worker);
  }

  private limitText(what: Exceeded): string {
    const { stallMs, heapMb, memoryMb } = this.parsers;
    return what === 'timeout'
      ? `it made no progress for ${stallMs / 1000} s`
      : `it took more memory than a reader may have (${heapMb} MiB of its own, ${memoryMb} MiB in all)`;
  }
}

const workerCrash = (kind: PoolWorkerKind, message: string): NexusError =>
  new NexusError({
    code: 'worker.crashed',
    category: 'internal',
    message: `The ${kind} worker stopped: ${message}`,
    kept: 'Nothing of the unfinished work was kept.',
    remedy: 'Try again; if it always ends so, report it with this message.',
  });

const parserFailure = (how: string, message: string): NexusError =>
  new NexusError({
    code: `parser.${how}`,
    category: 'input',
    message: `The reader of this file was ended: ${message}.`,
    kept: 'Nothing of this file was stored.',
    remedy: 'Try again; if this file always ends so, import the others and report it.',
  });

/** Ends a worker whose task is settled: what its thread still says concerns nobody. */
const end = async (worker: Worker): Promise<void> => {
  worker.removeAllListeners();
  worker.on('error', () => undefined);
  await worker.terminate();
};
