import type { NexusErrorData } from '../../contract/errors.ts';

/** Limits of one session's requests. */
export interface QuotaLimits {
  /** Requests that may be under way at once. */
  readonly concurrent: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
  /** Requests a second that may go on for ever. */
  readonly perSecond: number;
}

/**
 * Above the engine's own quotas (engine/quota.ts): a flood meets those first, which log it. These only keep it from
 * filling the way to the engine.
 */
export const SESSION_LIMITS: QuotaLimits = { concurrent: 1_024, burst: 2_000, perSecond: 1_000 };

/** Longest request a window may send, in UTF-16 units of its JSON text: a mapping of 500 files is far smaller. */
export const MAX_REQUEST_LENGTH = 1_048_576;

/** Counts one session's requests: a token bucket for the rate, a counter for those under way. */
export class SessionQuota {
  private readonly limits: QuotaLimits;
  private readonly nowMs: () => number;
  private underWay = 0;
  private tokens: number;
  private refilledAtMs: number;

  /** `nowMs` is a clock that never goes back, in milliseconds. */
  constructor(limits: QuotaLimits, nowMs: () => number) {
    this.limits = limits;
    this.nowMs = nowMs;
    this.tokens = limits.burst;
    this.refilledAtMs = nowMs();
  }

  /** Takes a place for one request; null when granted (then `leave` must follow), otherwise why not. */
  enter(): NexusErrorData | null {
    const nowMs = this.nowMs();
    const refill = ((nowMs - this.refilledAtMs) / 1000) * this.limits.perSecond;
    this.tokens = Math.min(this.limits.burst, this.tokens + refill);
    this.refilledAtMs = nowMs;
    if (this.tokens < 1) return refusal('host.too-many-requests', 'Too many requests in a short time');
    if (this.underWay >= this.limits.concurrent)
      return refusal('host.too-many-under-way', 'Too many requests are under way');
    this.tokens -= 1;
    this.underWay += 1;
    return null;
  }

  leave(): void {
    this.underWay -= 1;
  }
}

const refusal = (code: string, message: string): NexusErrorData => ({
  code,
  category: 'usage',
  message,
  remedy: 'Wait a moment and try again.',
});
