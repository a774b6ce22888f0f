import type { ChannelEntry } from '../contract/channel.ts';
import { NexusError } from '../contract/errors.ts';
import type { FloodSummary } from './quota-flood.ts';
import { FloodCounter } from './quota-flood.ts';
import type { ChannelLimits } from './quota-limits.ts';
import { limitsOf } from './quota-limits.ts';
import { RateLimit } from './rate-limit.ts';

/** Calls of all channels together. */
const SESSION_BURST = 600;
const SESSION_PER_SECOND = 300;
/** What a denied call counts for: its entry waits for the disk, while everyone else waits. */
const DENIAL_COST = 20;
/** Denied calls with an entry each: what a session may leave at once after a pause, and for ever. */
const DENIAL_BURST = 200;
const DENIALS_PER_SECOND = 2;

interface ChannelUse {
  readonly limits: ChannelLimits;
  readonly rate: RateLimit;
  underWay: number;
}

/**
 * One session's quotas at the gateway: calls of all channels, and rate, concurrency and payload of each. A call over
 * quota is refused as `rate.exceeded` before its input is looked at, and counted: `told` hears of each flood once.
 */
export class CallQuota {
  private readonly monotonic: () => number;
  private readonly session: RateLimit;
  private readonly denials: RateLimit;
  private readonly flood: FloodCounter;
  private readonly uses = new Map<string, ChannelUse>();

  /** `monotonic` is a clock that never goes back, in milliseconds. */
  constructor(monotonic: () => number, told: (flood: FloodSummary) => void) {
    this.monotonic = monotonic;
    this.session = new RateLimit(SESSION_BURST, SESSION_PER_SECOND, monotonic);
    this.denials = new RateLimit(DENIAL_BURST, DENIALS_PER_SECOND, monotonic);
    this.flood = new FloodCounter(monotonic, told);
  }

  /**
   * Takes a denied call's place in the log. Throws `rate.exceeded` for one too many: those are counted and told together,
   * so that every denial is in the log and no denied caller can fill it.
   */
  deny(channel: string): void {
    if (!this.session.allow(DENIAL_COST) || !this.denials.allow())
      throw this.refused(channel, 'Too many refused calls.', true);
  }

  /** Takes `cost` calls' worth of the session's rate. Throws `rate.exceeded`. */
  charge(channel: string, cost: number): void {
    if (!this.session.allow(cost)) throw this.refused(channel, 'Too many calls at once.');
  }

  /**
   * Takes a place for one call; the function it answers gives the place back. `running` are the channel's jobs of this
   * session that have not ended. Throws `rate.exceeded`.
   */
  enter(channel: string, kind: ChannelEntry['kind'], running: number): () => void {
    const use = this.use(channel, kind);
    this.charge(channel, 1);
    if (!use.rate.allow()) throw this.refused(channel, `Too many calls of ${channel} at once.`);
    if (use.underWay + running >= use.limits.concurrent)
      throw this.refused(channel, `Too many calls of ${channel} are under way.`);
    use.underWay += 1;
    return () => {
      use.underWay -= 1;
    };
  }

  /** Throws `input.too-large` for an input of more JSON text than the channel takes. */
  assertPayload(channel: string, kind: ChannelEntry['kind'], characters: number): void {
    const { inputCharacters } = this.use(channel, kind).limits;
    if (characters > inputCharacters)
      throw new NexusError({
        code: 'input.too-large',
        category: 'usage',
        message: `The input of ${channel} may hold ${inputCharacters} characters.`,
      });
  }

  /** Tells of a flood under way: the session is about to lose its log. */
  end(): void {
    this.flood.end();
  }

  private use(channel: string, kind: ChannelEntry['kind']): ChannelUse {
    let use = this.uses.get(channel);
    if (use === undefined) {
      const limits = limitsOf(channel, kind);
      use = { limits, rate: new RateLimit(limits.burst, limits.perSecond, this.monotonic), underWay: 0 };
      this.uses.set(channel, use);
    }
    return use;
  }

  private refused(channel: string, message: string, denied = false): NexusError {
    this.flood.refused(channel, denied);
    return new NexusError({
      code: 'rate.exceeded',
      category: 'permission',
      message,
      kept: 'Nothing was changed.',
      remedy: 'Wait a second and repeat.',
    });
  }
}
