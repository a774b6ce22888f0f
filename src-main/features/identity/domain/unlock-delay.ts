/** Failed tries in a row at one account after which only the recovery code helps (SP 800-63B, section 3.2.2: at most 100). */
export const MOST_FAILURES = 100;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 3_600_000;
/** What tries at other accounts make somebody wait at most: a spray is slowed, nobody is kept out for long by others. */
const LONGEST_SHARED_DELAY_MS = 60_000;
/** Failures at other accounts count for so long. */
const SHARED_FOR_MS = 3_600_000;

/** Failed tries in a row at one account, and the machine's uptime at the last of them. */
export interface AccountTries {
  readonly failures: number;
  readonly failedAtUptimeMs: number;
}

/** The wait after so many failures at one account: doubles from 1 s to 1 h. */
export const delayAfterMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20));

const leftMs = (delayMs: number, sinceUptimeMs: number, uptimeMs: number): number =>
  Math.max(0, Math.ceil(delayMs - (uptimeMs - sinceUptimeMs)));

/**
 * Milliseconds that a try at `own` accounts must still wait: the longest wait of any of them, and that of the failures of
 * the last hour at `all` accounts together, which ends after a minute. The latter holds against one password tried
 * at many names; the former against many passwords tried at one.
 */
export const waitLeftMs = (own: readonly AccountTries[], all: readonly AccountTries[], uptimeMs: number): number => {
  const recent = all.filter(({ failedAtUptimeMs }) => uptimeMs - failedAtUptimeMs < SHARED_FOR_MS);
  const failures = recent.reduce((sum, tries) => sum + tries.failures, 0);
  const lastUptimeMs = Math.max(0, ...recent.map(tries => tries.failedAtUptimeMs));
  const sharedMs = leftMs(Math.min(LONGEST_SHARED_DELAY_MS, delayAfterMs(failures)), lastUptimeMs, uptimeMs);
  return Math.max(
    sharedMs,
    ...own.map(tries => leftMs(delayAfterMs(tries.failures), tries.failedAtUptimeMs, uptimeMs)),
  );
};
