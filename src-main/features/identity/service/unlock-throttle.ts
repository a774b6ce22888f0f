import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';
import type { Clock } from '../../../platform/ports.ts';
import type { StationSecurity } from '../../../platform/station-security.ts';

/** Failed tries in a row after which only the recovery code helps (SP 800-63B, section on throttling: at most 100). */
export const MOST_FAILURES = 100;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 3_600_000;
/** A shorter wait is waited out inside the call; a longer one refuses it. */
const WAITED_OUT_MS = 2_000;
/** Times of failed tries that are kept for the log. */
const TIMES_KEPT = 20;
const KEY_NAME = 'tries-key';

const TriesRecord = z.strictObject({
  failures: z.number().int().nonnegative(),
  /** Tries since the last sign-in that the log was told of. */
  unlogged: z.number().int().nonnegative(),
  times: z.array(z.string()),
  /** Uptime of the machine at the last try, from which the wait counts. */
  triedAtUptimeMs: z.number(),
});
type TriesRecord = z.infer<typeof TriesRecord>;
const Sealed = z.strictObject({ record: z.string(), mac: z.string() });

/** What the log is told of the tries before a successful sign-in. */
export interface MissedTries {
  readonly count: number;
  /** ISO 8601 instants of the last of them. */
  readonly times: readonly string[];
}

/** The wait after so many failures: doubles from 1 s to 1 h. */
export const delayAfterMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20));

/**
 * Limits guessing. The counter lies in the station's vault, outside every workspace, under a keyed digest; a try is
 * counted before it is made, so that ending the program does not undo it. Waits are measured on the machine's uptime,
 * which no clock setting moves; after a restart the wait that remained begins again.
 */
export class UnlockThrottle {
  private readonly security: StationSecurity;
  private readonly clock: Clock;
  constructor(security: StationSecurity, clock: Clock) {
    this.security = security;
    this.clock = clock;
  }

  /**
   * Makes one try. Null from `work` is a failed one; one that `work` throws out of was none: what it throws depends on no
   * password. Throws `workspace.throttled` (too soon), `workspace.recovery-only` (too many) without trying.
   */
  async attempt<T>(workspaceId: string, work: () => Promise<T | null>): Promise<T | null> {
    await this.count(workspaceId);
    let value: T | null;
    try {
      value = await work();
    } catch (error) {
      await this.security.exclusively(() => this.takeBack(workspaceId));
      throw error;
    }
    if (value !== null) await this.security.exclusively(() => this.succeeded(workspaceId));
    return value;
  }

  /** Tries that are left before only the recovery code helps. */
  triesLeft(workspaceId: string): number {
    return Math.max(0, MOST_FAILURES - this.read(workspaceId).failures);
  }

  /** Failed tries that the log does not know of yet. */
  missed(workspaceId: string): MissedTries {
    const { unlogged, times } = this.read(workspaceId);
    return { count: unlogged, times };
  }

  /** The log knows of the failed tries now (they are in a committed entry). */
  async logged(workspaceId: string): Promise<void> {
    await this.security.exclusively(() => {
      const record = this.read(workspaceId);
      if (record.unlogged > 0) this.write(workspaceId, { ...record, unlogged: 0, times: [] });
    });
  }

  /** The recovery code opened the workspace: tries begin anew. */
  async forgive(workspaceId: string): Promise<void> {
    await this.security.exclusively(() => this.write(workspaceId, { ...this.read(workspaceId), failures: 0 }));
  }

  private async count(workspaceId: string): Promise<void> {
    for (;;) {
      const waitMs = await this.security.exclusively(() => this.countOrWait(workspaceId));
      if (waitMs === 0) return;
      if (waitMs > WAITED_OUT_MS) throw throttled(Math.ceil(waitMs / 1000), this.triesLeft(workspaceId));
      await this.security.sleep(waitMs);
    }
  }

  /** Counts the try, or answers how long it must still wait. */
  private countOrWait(workspaceId: string): number {
    const kept = this.kept(workspaceId);
    const uptimeMs = this.security.uptimeMs();
    const record = kept === 'changed' ? changedRecord(uptimeMs) : (kept ?? NO_TRIES);
    if (record.failures >= MOST_FAILURES) throw recoveryOnly();
    // Written, so that its wait comes to an end.
    const restarted = uptimeMs < record.triedAtUptimeMs;
    if (restarted || kept === 'changed') this.write(workspaceId, { ...record, triedAtUptimeMs: uptimeMs });
    const waitedMs = restarted ? 0 : uptimeMs - record.triedAtUptimeMs;
    const waitMs = Math.max(0, Math.ceil(delayAfterMs(record.failures) - waitedMs));
    if (waitMs > 0) return waitMs;
    this.write(workspaceId, {
      failures: record.failures + 1,
      unlogged: record.unlogged + 1,
      times: [...record.times, new Date(this.clock.now()).toISOString()].slice(-TIMES_KEPT),
      triedAtUptimeMs: uptimeMs,
    });
    return 0;
  }

  private succeeded(workspaceId: string): void {
    const record = this.read(workspaceId);
    this.write(workspaceId, { ...withoutLast(record), failures: 0 });
  }

  private takeBack(workspaceId: string): void {
    const record = this.read(workspaceId);
    this.write(workspaceId, { ...withoutLast(record), failures: Math.max(0, record.failures - 1) });
  }

  private read(workspaceId: string): TriesRecord {
    const kept = this.kept(workspaceId);
    return kept === 'changed' ? changedRecord(this.security.uptimeMs()) : (kept ?? NO_TRIES);
  }

  private kept(workspaceId: string): TriesRecord | 'changed' | null {
    const bytes = this.security.vault.read(nameOf(workspaceId));
    if (bytes === null) return null;
    const key = this.security.vault.read(KEY_NAME);
    if (key === null) return 'changed';
    try {
      const sealed = Sealed.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      const mac = Buffer.from(sealed.mac, 'hex');
      const expected = macOf(key, workspaceId, sealed.record);
      if (mac.length === expected.length && timingSafeEqual(mac, expected))
        return TriesRecord.parse(JSON.parse(sealed.record));
    } catch {
      // Falls through: a counter that cannot be read is a changed one.
    }
    return 'changed';
  }

  private write(workspaceId: string, record: TriesRecord): void {
    const text = JSON.stringify(record);
    const sealed = { record: text, mac: macOf(this.key(), workspaceId, text).toString('hex') };
    this.security.vault.write(nameOf(workspaceId), Buffer.from(JSON.stringify(sealed)));
  }

  private key(): Uint8Array {
    const kept = this.security.vault.read(KEY_NAME);
    if (kept !== null) return kept;
    const key = new Uint8Array(randomBytes(32));
    this.security.vault.write(KEY_NAME, key);
    return key;
  }
}

const macOf = (key: Uint8Array, workspaceId: string, text: string): Buffer =>
  createHmac('sha256', key).update(`nexus/tries\0${workspaceId}\0${text}`).digest();

const nameOf = (workspaceId: string): string => `tries.${workspaceId}`;

const NO_TRIES: TriesRecord = { failures: 0, unlogged: 0, times: [], triedAtUptimeMs: 0 };
/** Somebody changed the counter: it counts as one that has just reached the longest wait. */
const changedRecord = (uptimeMs: number): TriesRecord => ({
  failures: 13,
  unlogged: 13,
  times: [],
  triedAtUptimeMs: uptimeMs,
});

const withoutLast = (record: TriesRecord): TriesRecord => ({
  ...record,
  unlogged: Math.max(0, record.unlogged - 1),
  times: record.times.slice(0, -1),
});

const throttled = (seconds: number, triesLeft: number): NexusError =>
  new NexusError({
    code: 'workspace.throttled',
    category: 'permission',
    message: `Too many failed tries: wait ${seconds} s before the next one.`,
    kept: 'Nothing was changed.',
    remedy: `Wait ${seconds} s. Tries left before only the recovery code helps: ${triesLeft}.`,
  });

const recoveryOnly = (): NexusError =>
  new NexusError({
    code: 'workspace.recovery-only',
    category: 'permission',
    message: `${MOST_FAILURES} failed tries in a row: this station takes no password for this workspace any more.`,
    kept: 'Nothing was changed.',
    remedy: 'Open it with the recovery code of the printed kit.',
  });
