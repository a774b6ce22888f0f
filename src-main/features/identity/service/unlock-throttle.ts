import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';
import type { Clock } from '../../../platform/ports.ts';
import type { StationSecurity } from '../../../platform/station-security.ts';
import { MOST_FAILURES, waitLeftMs } from '../domain/unlock-delay.ts';

/** A shorter wait is waited out inside the call; a longer one refuses it. */
const WAITED_OUT_MS = 2_000;
/** Times of failed tries that are kept for the log. */
const TIMES_KEPT = 20;
const KEY_NAME = 'tries-key';

const AccountTries = z.strictObject({
  /** Names the secret that was guessed at: a new password begins anew. */
  secret: z.string(),
  /** Failed tries in a row. */
  failures: z.number().int().nonnegative(),
  /** Uptime of the machine at the last of them, from which the wait counts. */
  failedAtUptimeMs: z.number(),
});
type AccountTries = z.infer<typeof AccountTries>;
const TriesRecord = z.strictObject({
  accounts: z.record(z.string(), AccountTries),
  /** What counts for an account that is not among them. */
  unseen: AccountTries,
  /** Failed tries that the log was not told of yet. */
  unlogged: z.number().int().nonnegative(),
  times: z.array(z.string()),
});
type TriesRecord = z.infer<typeof TriesRecord>;
const Sealed = z.strictObject({ record: z.string(), mac: z.string() });

/** What a try guesses at: an account, by the owner of its slot, and the secret it has now. */
export interface GuessedAt {
  readonly owner: string;
  readonly secret: string;
}

/** What the log is told of failed tries. */
export interface MissedTries {
  readonly count: number;
  /** ISO 8601 instants of the last of them. */
  readonly times: readonly string[];
}

/**
 * Limits guessing. Failures are counted by account, and a success ends its own account's only; those of all accounts
 * together slow everybody down a little. The counters lie in the station's vault, outside every workspace, under a keyed
 * digest; a try is counted before it is made, so that ending the program does not undo it. Waits are measured on the
 * machine's uptime, which no clock setting moves; after a restart the wait that remained begins again.
 */
export class UnlockThrottle {
  private readonly security: StationSecurity;
  private readonly clock: Clock;
  constructor(security: StationSecurity, clock: Clock) {
    this.security = security;
    this.clock = clock;
  }

  /**
   * Makes one try at the accounts whose password it could be. Null from `work` is a failed one; one that `work` throws out of
   * was none: what it throws depends on no password. `openedBy` says whose password it was. Answers with the failures in a
   * row there were at that account before. Throws `workspace.throttled` (too soon), `workspace.recovery-only` (too many)
   * without trying.
   */
  async attempt<T>(
    workspaceId: string,
    guessedAt: readonly GuessedAt[],
    work: () => Promise<T | null>,
    openedBy: (value: T) => string,
  ): Promise<{ readonly value: T; readonly failedBefore: number } | null> {
    await this.count(workspaceId, guessedAt);
    let value: T | null;
    try {
      value = await work();
    } catch (error) {
      await this.security.exclusively(() => this.takeBack(workspaceId, guessedAt));
      throw error;
    }
    if (value === null) return null;
    const owner = openedBy(value);
    const failedBefore = await this.security.exclusively(() => this.succeeded(workspaceId, guessedAt, owner));
    return { value, failedBefore };
  }

  /** Tries that are left at these accounts before only the recovery code helps. */
  triesLeft(workspaceId: string, guessedAt: readonly GuessedAt[]): number {
    const record = this.read(workspaceId);
    return Math.max(0, MOST_FAILURES - Math.max(0, ...guessedAt.map(at => triesOf(record, at).failures)));
  }

  /** Failed tries that the log does not know of yet. */
  missed(workspaceId: string): MissedTries {
    const { unlogged, times } = this.read(workspaceId);
    return { count: unlogged, times };
  }

  /** The log knows of these failed tries now (they are in a committed entry). */
  async logged(workspaceId: string, { count }: MissedTries): Promise<void> {
    if (count === 0) return;
    await this.security.exclusively(() => {
      const record = this.read(workspaceId);
      const unlogged = Math.max(0, record.unlogged - count);
      this.write(workspaceId, { ...record, unlogged, times: unlogged === 0 ? [] : record.times.slice(-unlogged) });
    });
  }

  /** The recovery code opened the workspace: tries begin anew. */
  async forgive(workspaceId: string): Promise<void> {
    await this.security.exclusively(() =>
      this.write(workspaceId, { ...this.read(workspaceId), accounts: {}, unseen: NO_TRIES.unseen }),
    );
  }

  private async count(workspaceId: string, guessedAt: readonly GuessedAt[]): Promise<void> {
    for (;;) {
      const waitMs = await this.security.exclusively(() => this.countOrWait(workspaceId, guessedAt));
      if (waitMs === 0) return;
      if (waitMs > WAITED_OUT_MS) throw throttled(Math.ceil(waitMs / 1000), this.triesLeft(workspaceId, guessedAt));
      await this.security.sleep(waitMs);
    }
  }

  /** Counts the try, or answers how long it must still wait. */
  private countOrWait(workspaceId: string, guessedAt: readonly GuessedAt[]): number {
    const kept = this.kept(workspaceId);
    const uptimeMs = this.security.uptimeMs();
    const found = kept === 'changed' ? changedRecord(uptimeMs) : (kept ?? NO_TRIES);
    const record = notAfter(found, uptimeMs);
    const own = guessedAt.map(at => triesOf(record, at));
    if (own.some(({ failures }) => failures >= MOST_FAILURES)) throw recoveryOnly();
    // Written, so that its wait comes to an end.
    if (record !== found || kept === 'changed') this.write(workspaceId, record);
    const waitMs = waitLeftMs(own, Object.values(record.accounts), uptimeMs);
    if (waitMs > 0) return waitMs;
    this.write(workspaceId, {
      ...withTries(record, guessedAt, ({ failures }) => ({ failures: failures + 1, failedAtUptimeMs: uptimeMs })),
      unlogged: record.unlogged + 1,
      times: [...record.times, new Date(this.clock.now()).toISOString()].slice(-TIMES_KEPT),
    });
    return 0;
  }

  /** The try opened `owner`’s slot; it says nothing against the others it could have opened. */
  private succeeded(workspaceId: string, guessedAt: readonly GuessedAt[], owner: string): number {
    const record = withoutLast(this.read(workspaceId), guessedAt);
    const own = guessedAt.filter(at => at.owner === owner);
    const failedBefore = Math.max(0, ...own.map(at => triesOf(record, at).failures));
    this.write(
      workspaceId,
      withTries(record, own, tries => ({ ...tries, failures: 0 })),
    );
    return failedBefore;
  }

  private takeBack(workspaceId: string, guessedAt: readonly GuessedAt[]): void {
    this.write(workspaceId, withoutLast(this.read(workspaceId), guessedAt));
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

const NO_TRIES: TriesRecord = {
  accounts: {},
  unseen: { secret: '', failures: 0, failedAtUptimeMs: 0 },
  unlogged: 0,
  times: [],
};
/** Somebody changed the counters: each counts as one that has just reached the longest wait. */
const changedRecord = (uptimeMs: number): TriesRecord => ({
  ...NO_TRIES,
  unseen: { secret: '', failures: 13, failedAtUptimeMs: uptimeMs },
  unlogged: 13,
});

/** The count of an account. One of a password that was replaced since is over; one that was never made is what is said of all. */
const triesOf = ({ accounts, unseen }: TriesRecord, { owner, secret }: GuessedAt): AccountTries => {
  const tries = accounts[owner];
  if (tries === undefined) return { ...unseen, secret };
  return tries.secret === secret ? tries : { secret, failures: 0, failedAtUptimeMs: 0 };
};

/** Counts of these accounts, changed; one that says what is said of all is not kept. */
const withTries = (
  record: TriesRecord,
  guessedAt: readonly GuessedAt[],
  change: (tries: AccountTries) => Pick<AccountTries, 'failures' | 'failedAtUptimeMs'>,
): TriesRecord => {
  const accounts = { ...record.accounts };
  for (const at of guessedAt) {
    const next = change(triesOf(record, at));
    if (next.failures === 0 && record.unseen.failures === 0) delete accounts[at.owner];
    else accounts[at.owner] = { secret: at.secret, ...next };
  }
  return { ...record, accounts };
};

const withoutLast = (record: TriesRecord, guessedAt: readonly GuessedAt[]): TriesRecord => ({
  ...withTries(record, guessedAt, tries => ({ ...tries, failures: Math.max(0, tries.failures - 1) })),
  unlogged: Math.max(0, record.unlogged - 1),
  times: record.times.slice(0, -1),
});

/** After a restart of the machine its uptime is less than it was at the last failure: waits begin from now. */
const notAfter = (record: TriesRecord, uptimeMs: number): TriesRecord => {
  const all = [...Object.values(record.accounts), record.unseen];
  if (all.every(tries => tries.failedAtUptimeMs <= uptimeMs)) return record;
  const begun = (tries: AccountTries): AccountTries => ({
    ...tries,
    failedAtUptimeMs: Math.min(tries.failedAtUptimeMs, uptimeMs),
  });
  return {
    ...record,
    accounts: Object.fromEntries(Object.entries(record.accounts).map(([owner, tries]) => [owner, begun(tries)])),
    unseen: begun(record.unseen),
  };
};

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
    message: `${MOST_FAILURES} failed tries in a row: this station takes no password under this name any more.`,
    kept: 'Nothing was changed.',
    remedy:
      'Check the user name. Ask a supervisor for a new initial password, or open the workspace with the recovery code of the printed kit.',
  });
