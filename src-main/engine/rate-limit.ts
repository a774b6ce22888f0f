/** Calls a session may make at once, and how many a second come back: far above a person, far below a flood. */
const BURST = 600;
const PER_SECOND = 300;

/** A token bucket a session. */
export class RateLimit {
  private tokens = BURST;
  private filledAtMs: number;
  private readonly monotonic: () => number;
  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
    this.filledAtMs = monotonic();
  }
  /** Takes `cost` calls' worth; false when that is more than is left. */
  allow(cost = 1): boolean {
    const now = this.monotonic();
    this.tokens = Math.min(BURST, this.tokens + ((now - this.filledAtMs) * PER_SECOND) / 1000);
    this.filledAtMs = now;
    if (this.tokens < cost) return false;
    this.tokens -= cost;
    return true;
  }
}
