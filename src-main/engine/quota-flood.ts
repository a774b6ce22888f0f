/** What was refused in one flood: the whole, and by channel. */
export interface FloodSummary {
  readonly refused: number;
  readonly channels: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
}

/** A flood is over when so long nothing was refused. */
const QUIET_MS = 1_000;
/** One that does not end is told at least so often. */
const LONGEST_MS = 60_000;
/**
 * Fewer refusals are no flood but a caller that waits for its turn and asks again, as the command line does with ten
 * thousand files: its entries would depend on the machine's speed, and a run could not be repeated byte for byte.
 */
const FLOOD_REFUSED = 100;
const FLOOD_PER_SECOND = 20;

/**
 * Counts a session's refused calls and tells them once a flood: an entry a call would hand the flood to the log.
 * What cannot be told (the disk takes nothing) is kept and told with the next try.
 */
export class FloodCounter {
  private readonly monotonic: () => number;
  private readonly tell: (flood: FloodSummary) => void;
  private readonly channels = new Map<string, number>();
  private beganAtMs = 0;
  private lastAtMs = 0;
  private timer: NodeJS.Timeout | null = null;
  /** True where a call was denied for want of a right: that is told however few they are. */
  private holdsDenials = false;

  constructor(monotonic: () => number, tell: (flood: FloodSummary) => void) {
    this.monotonic = monotonic;
    this.tell = tell;
  }

  refused(channel: string, denied: boolean): void {
    this.holdsDenials ||= denied;
    this.lastAtMs = this.monotonic();
    if (this.channels.size === 0) this.beganAtMs = this.lastAtMs;
    this.channels.set(channel, (this.channels.get(channel) ?? 0) + 1);
    if (this.timer === null) this.wait();
  }

  /** Tells what is counted so far: the session is about to lose its log. */
  end(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const refused = [...this.channels.values()].reduce((sum, count) => sum + count, 0);
    const elapsedMs = Math.round(this.lastAtMs - this.beganAtMs);
    const isFlood = refused >= FLOOD_REFUSED && refused * 1_000 >= FLOOD_PER_SECOND * elapsedMs;
    if (isFlood || (this.holdsDenials && refused > 0))
      this.tell({
        refused,
        channels: Object.fromEntries([...this.channels].sort(([a], [b]) => (a < b ? -1 : 1))),
        elapsedMs,
      });
    this.channels.clear();
    this.holdsDenials = false;
  }

  private wait(): void {
    this.timer = setTimeout(() => this.look(), QUIET_MS).unref();
  }

  private look(): void {
    const nowMs = this.monotonic();
    if (nowMs - this.lastAtMs < QUIET_MS && nowMs - this.beganAtMs < LONGEST_MS) {
      this.wait();
      return;
    }
    try {
      this.end();
    } catch {
      // Not told, not forgotten: the counts stay, and the calls that meet the same disk say what is wrong with it.
      this.wait();
    }
  }
}
