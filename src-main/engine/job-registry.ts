import type { NexusErrorData } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { JobView } from '../contract/jobs.contract.ts';
import type { Ports } from '../platform/ports.ts';
import { cancelled } from '../platform/worker-pool.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import type { SessionId } from './engine-client.ts';
import type { JobRights } from './gate/job-rights.ts';

export interface JobProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
}

interface Job {
  readonly session: SessionId;
  readonly rights: JobRights;
  readonly controller: AbortController;
  view: JobView;
  readonly startedMs: number;
  toldMs: number;
  settled: Promise<void>;
}

export interface JobRun {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
}

/** Progress events a second are enough for an eye. */
const PROGRESS_INTERVAL_MS = 100;
/** Finished jobs remembered for `jobs.read`. */
const KEPT = 100;

/** Runs long work: progress, cancel, result. A job that throws fails alone. */
export class JobRegistry {
  private readonly jobs = new Map<string, Job>();
  private readonly ports: Ports;
  private readonly publish: (event: NexusEvent, session: SessionId) => void;
  constructor(ports: Ports, publish: (event: NexusEvent, session: SessionId) => void) {
    this.ports = ports;
    this.publish = publish;
  }

  /** Starts a job and answers its id at once. */
  start(
    session: SessionId,
    rights: JobRights,
    channel: string,
    title: string,
    onCancel: string,
    run: (job: JobRun) => Promise<unknown>,
  ): string {
    const controller = new AbortController();
    const jobId = this.ports.ids.next();
    const view: JobView = {
      jobId,
      channel,
      title,
      state: 'running',
      stage: 'starting',
      share: null,
      done: 0,
      total: null,
      unit: '',
      startedAt: new Date(this.ports.clock.now()).toISOString(),
      elapsedMs: 0,
      onCancel,
    };
    const job: Job = {
      session,
      rights,
      controller,
      view,
      startedMs: performance.now(),
      toldMs: 0,
      settled: Promise.resolve(),
    };
    this.jobs.set(jobId, job);
    this.publish({ name: 'job.started', payload: view }, session);
    job.settled = Promise.resolve()
      .then(() => run({ signal: controller.signal, progress: progress => this.progress(job, progress) }))
      .then(
        result => this.finish(job, { state: 'done', result }),
        (error: unknown) => {
          const data: NexusErrorData = controller.signal.aborted ? cancelled().data : errorDataOf(error);
          this.finish(job, { state: data.category === 'cancelled' ? 'cancelled' : 'failed', error: data });
        },
      );
    return jobId;
  }

  list(session: SessionId): JobView[] {
    return [...this.jobs.values()]
      .filter(job => job.session === session && job.rights.maySee())
      .map(job => this.current(job))
      .reverse();
  }

  /** True while no job runs. */
  get isIdle(): boolean {
    return [...this.jobs.values()].every(job => job.view.state !== 'running');
  }

  /** How many jobs of a channel have not ended. */
  running(session: SessionId, channel: string): number {
    return [...this.jobs.values()].filter(
      job => job.session === session && job.view.channel === channel && job.view.state === 'running',
    ).length;
  }

  read(session: SessionId, jobId: string): JobView | null {
    const job = this.jobs.get(jobId);
    return job === undefined || job.session !== session || !job.rights.maySee() ? null : this.current(job);
  }

  /** True when the job was running and is asked to stop. */
  cancel(session: SessionId, jobId: string): boolean {
    const job = this.jobs.get(jobId);
    if (job === undefined || job.session !== session || job.view.state !== 'running') return false;
    job.controller.abort();
    return true;
  }

  /** Asks jobs to stop whose account lost the right to what they do. */
  cancelUnentitled(): void {
    for (const { view, rights, controller } of this.jobs.values())
      if (view.state === 'running' && !rights.mayRun()) controller.abort();
  }

  /** Cancels what still runs (of one session, or all) and waits for it to wind up. */
  async cancelAll(session: SessionId | null): Promise<void> {
    const jobs = [...this.jobs.values()].filter(job => session === null || job.session === session);
    for (const job of jobs) if (job.view.state === 'running') job.controller.abort();
    await Promise.all(jobs.map(job => job.settled));
    for (const job of jobs) if (session !== null) this.jobs.delete(job.view.jobId);
  }

  private current(job: Job): JobView {
    return job.view.state === 'running' ? { ...job.view, elapsedMs: performance.now() - job.startedMs } : job.view;
  }

  private progress(job: Job, { stage, done, total, unit }: JobProgress): void {
    if (job.view.state !== 'running') return;
    const now = performance.now();
    const sameStage = job.view.stage === stage;
    job.view = {
      ...job.view,
      stage,
      done,
      total,
      unit,
      share: total === null || total === 0 ? null : Math.min(1, done / total),
    };
    if (sameStage && now - job.toldMs < PROGRESS_INTERVAL_MS) return;
    job.toldMs = now;
    this.publish({ name: 'job.progressed', payload: this.current(job) }, job.session);
  }

  private finish(job: Job, ended: Pick<JobView, 'state'> & { result?: unknown; error?: unknown }): void {
    const { mayRun, maySee } = job.rights;
    const end = mayRun() ? ended : { state: 'cancelled' as const, error: cancelled().data };
    const view = { ...job.view, state: end.state, elapsedMs: performance.now() - job.startedMs };
    job.view = { ...view, ...end };
    // A window whose point of view narrowed meanwhile hears that it ended, not what came of it.
    this.publish({ name: 'job.finished', payload: maySee() || !mayRun() ? job.view : view }, job.session);
    const finished = [...this.jobs.values()].filter(other => other.view.state !== 'running');
    for (const old of finished.slice(0, Math.max(0, finished.length - KEPT))) this.jobs.delete(old.view.jobId);
  }
}
