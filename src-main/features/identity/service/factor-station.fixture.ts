import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import type { NexusErrorData, WireResult } from '../../../contract/errors.ts';
import type { ChannelAnswer, ChannelInput, ChannelName, ChannelResult } from '../../../contract/index.ts';
import type { JobView } from '../../../contract/jobs.contract.ts';
import { Engine } from '../../../engine/engine.ts';
import type { SessionId } from '../../../engine/engine-client.ts';
import { ScriptedBrowser } from '../../../platform/oidc-provider.fixture.ts';
import { systemPorts } from '../../../platform/system-ports.ts';

export const PASSPHRASE = 'correct horse battery staple';
export const ACTOR = 'Ada';
const WORKSPACE = 'Inquiry';
const MINUTE_MS = 60_000;
const WORK_STEP_MS = 5 * MINUTE_MS;

/** A real engine whose two clocks stand until a test moves them, with a browser that follows a script. */
export class FactorStation {
  readonly folder = mkdtempSync(join(tmpdir(), 'nexus-factors-'));
  /** In the middle of a time step: a test moves by whole steps. */
  readonly clock = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 15), monotonicMs: 1_000 };
  readonly browser = new ScriptedBrowser();
  readonly engine: Engine;
  session: SessionId;
  private readonly ended = new Map<string, (view: JobView) => void>();

  constructor() {
    const { ids } = systemPorts();
    const clock = { now: () => this.clock.nowMs, monotonic: () => this.clock.monotonicMs };
    this.engine = new Engine({ homeFolder: join(this.folder, 'home'), ports: { clock, ids, browser: this.browser } });
    this.engine.subscribe(event => {
      if (event.name === 'job.finished') this.ended.get(event.payload.jobId)?.(event.payload);
    });
    this.session = this.engine.openSession();
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Both clocks go on, as time does. */
  wait(ms: number): void {
    this.clock.nowMs += ms;
    this.clock.monotonicMs += ms;
  }

  /** Time goes on while the person keeps working, so that no idle lock ends the session; a full day's does. */
  async work(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= WORK_STEP_MS) {
      this.wait(Math.min(left, WORK_STEP_MS));
      await this.call('sessions.touch', {});
      const answer = await this.call('factors.read', {});
      if (answer.ok) continue;
      if (answer.error.code !== 'workspace.closed') throw new Error(JSON.stringify(answer.error));
      await this.signIn();
    }
  }

  async create(): Promise<void> {
    await this.invoke('workspaces.create', { location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: ACTOR });
  }

  async signIn(): Promise<void> {
    await this.invoke('workspaces.open', { location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: ACTOR });
  }

  /** Registers a second account and opens a window of its own for it; `session` is still the first one's. */
  async secondPerson(username: string): Promise<{ readonly accountId: string; readonly session: SessionId }> {
    const { account, initialPassword } = await this.invoke('accounts.register', { username, role: 'judge' });
    const session = this.engine.openSession();
    const answer = await this.engine.invoke(session, 'workspaces.open', {
      location: { name: WORKSPACE },
      passphrase: initialPassword,
      newPassphrase: `${PASSPHRASE} of ${username}`,
      actor: username,
    });
    if (!answer.ok) throw new Error(`${username} cannot sign in: ${JSON.stringify(answer.error)}`);
    return { accountId: account.id, session };
  }

  /** Does something in another window. */
  async as<T>(session: SessionId, work: () => Promise<T>): Promise<T> {
    const own = this.session;
    this.session = session;
    try {
      return await work();
    } finally {
      this.session = own;
    }
  }

  async signOut(): Promise<void> {
    await this.invoke('workspaces.close', {});
  }

  /** Quotas run on the machine's own clock: days of work in a second exceed them, and have to wait in earnest. */
  private async call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<WireResult<unknown>> {
    for (;;) {
      const answer = await this.engine.invoke(this.session, channel, input);
      if (answer.ok || answer.error.code !== 'rate.exceeded') return answer;
      await setTimeout(50);
    }
  }

  async invoke<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelAnswer<C>> {
    const answer = await this.call(channel, input);
    if (!answer.ok) throw new Error(`${channel} was refused: ${JSON.stringify(answer.error)}`);
    return answer.value as ChannelAnswer<C>;
  }

  async refusal<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<NexusErrorData> {
    const answer = await this.call(channel, input);
    if (answer.ok) throw new Error(`${channel} was not refused`);
    return answer.error;
  }

  /** Starts a job; the answer settles with how it ended. */
  async start<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
  ): Promise<{ readonly jobId: string; readonly view: Promise<JobView> }> {
    const { jobId } = (await this.invoke(channel, input)) as { jobId: string };
    const view = new Promise<JobView>(resolve => {
      this.ended.set(jobId, resolve);
      void this.invoke('jobs.read', { jobId }).then(known => {
        if (known.state !== 'running') resolve(known);
      });
    });
    return { jobId, view };
  }

  async done<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelResult<C>> {
    const view = await (await this.start(channel, input)).view;
    if (view.state !== 'done') throw new Error(`${channel} ended ${view.state}: ${JSON.stringify(view.error)}`);
    return view.result as ChannelResult<C>;
  }

  async failed<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<NexusErrorData> {
    const view = await (await this.start(channel, input)).view;
    if (view.state === 'done') throw new Error(`${channel} was done`);
    return view.error as NexusErrorData;
  }

  /** Entries of the log, newest first, of acts that begin so. */
  async logged(...prefixes: string[]): Promise<{ readonly act: string; readonly object: string }[]> {
    const { entries } = await this.invoke('audits.list', { limit: 1000 });
    return entries.filter(({ act }) => prefixes.some(prefix => act.startsWith(prefix)));
  }
}

/** An authenticator: it has the secret and a clock of its own. */
export class Authenticator {
  private readonly totp: TOTP;
  constructor(secret: string) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 });
  }

  code(nowMs: number, aheadMinutes = 0): string {
    return this.totp.generate({ timestamp: nowMs + aheadMinutes * MINUTE_MS });
  }

  /** A code that fits no step within two hours. */
  wrongCode(nowMs: number): string {
    const near = new Set(
      Array.from({ length: 481 }, (_, i) => this.totp.generate({ timestamp: nowMs + (i - 240) * 30_000 })),
    );
    for (let guess = 0; ; guess++) {
      const code = String(guess).padStart(6, '0');
      if (!near.has(code)) return code;
    }
  }
}

/** Sets one-time codes up for the session's account and leaves the step in which it was confirmed. */
export const enrol = async (
  station: FactorStation,
): Promise<{ readonly authenticator: Authenticator; readonly secret: string; readonly recoveryCodes: string[] }> => {
  const { secret } = await station.invoke('factors.enrol', {});
  const authenticator = new Authenticator(secret);
  const { recoveryCodes } = await station.invoke('factors.confirm', { code: authenticator.code(station.clock.nowMs) });
  station.wait(MINUTE_MS);
  return { authenticator, secret, recoveryCodes };
};
