import type { Worker } from 'node:worker_threads';

/** What a worker that reads a stranger's file may take before it is ended. */
export interface WorkerLimits {
  /** Objects and texts of the worker's own heap. */
  readonly heapMb: number;
  /** Heap and buffers together. */
  readonly memoryMb: number;
  /** Time without any sign of life: a message from the worker or to it. */
  readonly stallMs: number;
}

export const PARSER_LIMITS: WorkerLimits = { heapMb: 4096, memoryMb: 6144, stallMs: 60_000 };

const TICK_MS = 1000;
const MIB = 1 << 20;

export type Exceeded = 'timeout' | 'out-of-memory';

/**
 * Watches a busy worker from outside: a loop that never looks up is seen too. Time counts in ticks, so that neither a
 * machine that slept nor a busy engine is taken for a stalled worker. `exceeded` is called once at most.
 */
export class WorkerWatch {
  private readonly timer: NodeJS.Timeout;
  /** Null until the worker has taken up its task. */
  private quietMs: number | null = null;
  private over = false;
  private asking = false;
  constructor(worker: Worker, limits: WorkerLimits, exceeded: (what: Exceeded) => void) {
    const tickMs = Math.min(TICK_MS, limits.stallMs / 4);
    this.timer = setInterval(() => {
      if (this.quietMs !== null) this.quietMs += tickMs;
      const stalled = (): boolean => (this.quietMs ?? 0) >= limits.stallMs;
      if (stalled()) {
        // A message that waits behind this timer is a sign of life.
        setImmediate(() => stalled() && this.report('timeout', exceeded));
        return;
      }
      if (this.asking) return;
      this.asking = true;
      worker.getHeapStatistics().then(
        ({ total_heap_size, external_memory }) => {
          this.asking = false;
          if (total_heap_size + external_memory > limits.memoryMb * MIB) this.report('out-of-memory', exceeded);
        },
        () => {
          // It has ended meanwhile: its own event says how.
          this.asking = false;
        },
      );
    }, tickMs);
    this.timer.unref();
  }
  /** The worker took up its task, gave another sign of life, or was given something to go on with. */
  alive(): void {
    this.quietMs = 0;
  }
  stop(): void {
    this.over = true;
    clearInterval(this.timer);
  }
  private report(what: Exceeded, exceeded: (what: Exceeded) => void): void {
    if (this.over) return;
    this.stop();
    exceeded(what);
  }
}
