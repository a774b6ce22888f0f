import { basename } from 'node:path';
import { NexusError } from '../../contract/errors.ts';
import type { ChannelInput, ChannelName, ChannelResult } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import type { JobView } from '../../contract/jobs.contract.ts';
import type { SessionId } from '../../engine/engine-client.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { cancelled } from '../../platform/worker-pool.ts';
import { homeFolder } from '../window/folders.ts';
import { printable, type Terminal } from './terminal.ts';

type ResultOf<C extends ChannelName> = ChannelResult<C>;

/** A standing clock for repeatable runs: NEXUS_CLOCK as an ISO 8601 instant. */
const fixedClock = (): { readonly fixedClock: number } | Record<string, never> => {
  const text = process.env.NEXUS_CLOCK;
  if (text === undefined || text === '') return {};
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new NexusError({
      code: 'usage.clock',
      category: 'usage',
      message: `NEXUS_CLOCK=${text} is not an ISO 8601 instant.`,
    });
  return { fixedClock: instant };
};

/** What a call waits that came too soon after the others. */
const RATE_WAIT_MS = 200;

/** Ctrl+C, and what a system sends that shuts down. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The engine and one session of it, for one command. The first interrupt cancels the running job and lets nothing new
 * begin, so that the command still tidies up; a second one ends the process as the system would.
 */
export class Station {
  private readonly engine: ReturnType<typeof startEngine>;
  private readonly session: SessionId;
  private readonly terminal: Terminal;
  private jobId: string | null = null;
  private interrupted = false;
  private ended = false;
  private constructor(engine: ReturnType<typeof startEngine>, session: SessionId, terminal: Terminal) {
    this.engine = engine;
    this.session = session;
    this.terminal = terminal;
  }

  static async start(terminal: Terminal): Promise<Station> {
    const engine = startEngine({ homeFolder: homeFolder(process.env), ...fixedClock() });
    const station = new Station(engine, await engine.openSession(), terminal);
    for (const signal of INTERRUPTS) process.once(signal, () => station.interrupt());
    return station;
  }

  /** Starts pool workers ahead of their work. */
  warm(): void {
    this.engine.warm();
  }

  /** Grants a path the user named. Throws NexusError when it is not there. */
  async grant(path: string, kind: 'file' | 'folder' = 'file'): Promise<string> {
    return (await this.engine.grantPath(this.session, path, kind)).grant;
  }

  /** Calls a query or command channel. Throws NexusError for a refusal. */
  async call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ResultOf<C>> {
    return (await this.invoke(channel, input)) as ResultOf<C>;
  }

  /** Calls any channel by name and answers its result: a job is waited for. */
  async any(channel: string, input: unknown): Promise<unknown> {
    const isJob = Object.hasOwn(contract, channel) && contract[channel as ChannelName].kind === 'job';
    return isJob ? this.awaitJob(channel, input) : this.invoke(channel, input);
  }

  /** Runs a job channel to its end, drawing progress for a watching person. Ctrl+C cancels it. */
  async run<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ResultOf<C>> {
    return (await this.awaitJob(channel, input)) as ResultOf<C>;
  }

  /** Ends the session, which closes its workspace durably. The engine's threads hold nothing then and end with the process. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await this.engine.closeSession(this.session);
  }

  /** Leaves the session to the end of the process: for a workspace that is removed, closing would only cost time. */
  abandon(): void {
    this.ended = true;
  }

  private interrupt(): void {
    this.interrupted = true;
    if (this.jobId !== null) void this.engine.invoke(this.session, 'jobs.cancel', { jobId: this.jobId });
  }

  private async invoke(channel: string, input: unknown): Promise<unknown> {
    for (;;) {
      if (this.interrupted) throw cancelled();
      const result = await this.engine.invoke(this.session, channel, input);
      if (result.ok) return result.value;
      // Ten thousand small files are more calls a second than a window makes: a command waits for its turn.
      if (result.error.code !== 'rate.exceeded') throw new NexusError(result.error);
      await new Promise(resolve => setTimeout(resolve, RATE_WAIT_MS));
    }
  }

  private async awaitJob(channel: string, input: unknown): Promise<unknown> {
    const views: JobView[] = [];
    let wake: () => void = () => undefined;
    const unsubscribe = this.engine.subscribe(event => {
      if (event.name === 'job.progressed') this.draw(event.payload);
      if (event.name !== 'job.finished') return;
      views.push(event.payload);
      wake();
    });
    try {
      const { jobId } = (await this.invoke(channel, input)) as { jobId: string };
      this.jobId = jobId;
      // The interrupt came while the job was being started.
      if (this.interrupted) this.interrupt();
      for (;;) {
        const view = views.find(finished => finished.jobId === jobId);
        if (view !== undefined) return this.resultOf(view);
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    } finally {
      this.jobId = null;
      unsubscribe();
      this.clear();
    }
  }

  private resultOf(view: JobView): unknown {
    if (view.state === 'done') return view.result;
    throw new NexusError(view.error as ConstructorParameters<typeof NexusError>[0]);
  }

  private draw(view: JobView): void {
    if (!this.terminal.watched) return;
    const share = view.share === null ? '' : ` ${Math.floor(view.share * 100)} %`;
    this.terminal.err(`\r\u001b[2K${printable(`${view.title}: ${view.stage}${share}`)}`);
  }

  private clear(): void {
    if (this.terminal.watched) this.terminal.err('\r\u001b[2K');
  }
}

/** A file's name for people. */
export const nameOf = (path: string): string => basename(path);
