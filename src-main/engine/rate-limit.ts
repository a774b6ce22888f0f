/** A token bucket: so many calls at once after a pause, so many a second for ever. */
export class RateLimit {
  private readonly burst: number;
  private readonly perSecond: number;
  private readonly monotonic: () => number;
  private tokens: number;
  private filledAtMs: number;

  /** `monotonic` is a clock that never goes back, in milliseconds. */
  constructor(burst: number, perSecond: number, monotonic: () => number) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.monotonic = monotonic;
    this.tokens = burst;
    this.filledAtMs = monotonic();
  }

  /** Takes `cost` calls' worth; false, and nothing taken, when that is more than is left. */
  allow(cost = 1): boolean {
    const now = this.monotonic();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAtMs) * this.perSecond) / 1000);
    this.filledAtMs = now;
    if (this.tokens < cost) return false;
    this.tokens -= cost;
    return true;
  }
}
