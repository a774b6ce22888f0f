/**
 * Whether the wall clock can be believed. Within one boot it must keep pace with the monotonic clock; from boot to
 * boot it may not fall behind what was believed last. Nothing is ever refused for it: entries are ordered by number.
 */
export interface ClockWatch {
  /** Wall and monotonic milliseconds of this boot's first believed moment; null before it. */
  readonly baseline: { readonly wallMs: number; readonly monoMs: number } | null;
  /** The latest believed wall time; null in an empty log. */
  readonly believedWallMs: number | null;
  /** Where the clock stood when it was last found unbelievable; null while it is believed. */
  readonly strayWallMs: number | null;
}

export type ClockEvent = 'backwards' | 'drift' | 'consistent';

/** A leap second, and the step a time server may take, set a clock back by as much. */
const BACKWARDS_TOLERANCE_MS = 1_000;
const DRIFT_TOLERANCE_MS = 120_000;

/** Looks at the clocks once: what to believe from now on, and what is to be logged about it. */
export const observeClock = (
  watch: ClockWatch,
  wallMs: number,
  monoMs: number,
): { readonly watch: ClockWatch; readonly event: ClockEvent | null } => {
  const { baseline, believedWallMs, strayWallMs } = watch;
  const drifts =
    baseline !== null && Math.abs(wallMs - (baseline.wallMs + (monoMs - baseline.monoMs))) > DRIFT_TOLERANCE_MS;
  const isBack = believedWallMs !== null && wallMs < believedWallMs - BACKWARDS_TOLERANCE_MS;
  if (strayWallMs === null && !drifts && !isBack)
    return {
      watch: {
        baseline: baseline ?? { wallMs, monoMs },
        believedWallMs: Math.max(wallMs, believedWallMs ?? wallMs),
        strayWallMs,
      },
      event: null,
    };
  if (strayWallMs === null) return { watch: { ...watch, strayWallMs: wallMs }, event: isBack ? 'backwards' : 'drift' };
  // Without a believed moment in this boot, a clock that had run ahead must have been set back to be believed again.
  const wasAhead = believedWallMs !== null && strayWallMs > believedWallMs;
  const isMended =
    !isBack && !drifts && (baseline !== null || !wasAhead || wallMs < strayWallMs - BACKWARDS_TOLERANCE_MS);
  return isMended
    ? { watch: { baseline: { wallMs, monoMs }, believedWallMs: wallMs, strayWallMs: null }, event: 'consistent' }
    : { watch: { ...watch, strayWallMs: wallMs }, event: null };
};
