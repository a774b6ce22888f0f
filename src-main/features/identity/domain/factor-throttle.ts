/** Typing errors that cost nothing. */
const FREE_TRIES = 3;
const LONGEST_WAIT_SECONDS = 3_600;
/** Wrong codes in a row after which one-time codes end until a recovery code (SP 800-63B, section 3.2.2: at most 100). */
export const MAX_FACTOR_FAILURES = 100;

/** Seconds to wait before the next try after so many wrong codes in a row: none for three, then doubling from 1 s to 1 h. */
export const factorWaitSeconds = (failures: number): number =>
  failures < FREE_TRIES ? 0 : Math.min(2 ** (failures - FREE_TRIES), LONGEST_WAIT_SECONDS);
