import { uptime } from 'node:os';
import type { ChannelEntry } from '../contract/channel.ts';
import type { ChannelName } from '../contract/index.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { Clock } from '../platform/ports.ts';
import type { OpenedSession } from './session.ts';

/** A signed-in session lives this long at most, however busy it is (R-19; SP 800-63B, AAL3). */
const LONGEST_SESSION_MS = 12 * 3_600_000;
/** The machine's time grew by so much more than the program's: it slept. */
const SLEPT_MS = 30_000;
const LOOK_EVERY_MS = 5_000;

/** By which a window says that somebody touched it. */
const TOUCH: ChannelName = 'sessions.touch';

export interface SessionWatchOptions<S extends { readonly opened: OpenedSession }> {
  readonly clock: Clock;
  readonly sessions: () => readonly S[];
  /** Idle milliseconds after which a session locks. */
  readonly idleLimitMs: (session: S) => number;
  readonly lock: (session: S, reason: LockReason) => Promise<void>;
  /** Told of a lock that failed while nobody waited for it. */
  readonly fault: (error: unknown) => void;
  /** Milliseconds that the machine slept, counted from any beginning. */
  readonly asleepMs?: () => number;
}

/**
 * Locks sessions that were left alone, grew too old or slept. All on clocks that no setting of the wall clock moves:
 * the monotonic one, and the machine's uptime, which goes on while it sleeps.
 */
export class SessionWatch<S extends { readonly opened: OpenedSession }> {
  private readonly options: SessionWatchOptions<S>;
  private readonly asleepNowMs: () => number;
  private readonly timer: NodeJS.Timeout;
  private asleepMs: number;
  constructor(options: SessionWatchOptions<S>) {
    this.options = options;
    // The machine's uptime goes on while it sleeps, this program's clock does not.
    this.asleepNowMs = options.asleepMs ?? (() => uptime() * 1000 - performance.now());
    this.asleepMs = this.asleepNowMs();
    this.timer = setInterval(() => void this.look()?.catch(options.fault), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /**
   * A call of a session. A command is a sign of a person, and so is what the window says of input. A query or a job is none:
   * windows ask again by themselves whenever records change, in any window.
   */
  noteCall(opened: OpenedSession, channel: ChannelName, kind: ChannelEntry['kind']): void {
    if (kind === 'command' || channel === TOUCH) opened.lastCallMs = this.options.clock.monotonic();
  }

  /**
   * Locks what must be locked now; null when nothing is. Also asked, and waited for, before each call: none slips through
   * between two looks.
   */
  look(): Promise<unknown> | null {
    const { clock, sessions, idleLimitMs, lock } = this.options;
    const nowMs = clock.monotonic();
    const asleepMs = this.asleepNowMs();
    const slept = asleepMs - this.asleepMs > SLEPT_MS;
    this.asleepMs = asleepMs;
    const locks: Promise<void>[] = [];
    for (const session of sessions()) {
      const { lastCallMs, sinceMs } = session.opened;
      if (slept) locks.push(lock(session, 'suspended'));
      else if (nowMs - lastCallMs >= idleLimitMs(session)) locks.push(lock(session, 'idle'));
      else if (nowMs - sinceMs >= LONGEST_SESSION_MS) locks.push(lock(session, 'too-long'));
    }
    return locks.length === 0 ? null : Promise.all(locks);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
