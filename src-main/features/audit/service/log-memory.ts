import { z } from 'zod';
import { hex } from '../../../platform/digest.ts';
import { newSigningSeed } from '../../../platform/ed25519.ts';
import { purposeKey } from '../../../platform/key-slots.ts';
import type { StationVault } from '../../../platform/station-vault.ts';

const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What this station remembers of one log, outside the workspace: how far it had grown at the last checkpoint (the
 * high-water mark), and K as of then. Replaced only after that checkpoint is in the store.
 */
const LogRecord = z.strictObject({
  version: z.literal(1),
  /** The station's number in the log, from which on K is this station's. */
  station: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
  root: Hex32,
  at: z.string(),
  monoMs: z.number(),
  /** Digest of the store's file, where the workspace was closed in order; null while it is open, or after a crash. */
  storeSeal: Hex32.nullable(),
});
/** `key`: K at `size`. It is kept as bytes, which can be wiped; text could not be. */
export type LogRecord = z.infer<typeof LogRecord> & { readonly key: Uint8Array };

/** The log as of the newest unit of work, kept without waiting for the disk: it may be older after a power cut. */
const LatestMark = z.strictObject({ size: z.number().int().nonnegative(), root: Hex32, at: z.string() });
export type LogMark = z.infer<typeof LatestMark>;

/** All that a station knows of a log: what a verification compares it with. */
export interface LogKnowledge {
  readonly mark: LogMark | null;
  readonly record: LogRecord | null;
}

const KEY_BYTES = 32;
const SIGNING_KEY = 'log.signing-key';

const decoded = <T>(schema: z.ZodType<T>, bytes: Uint8Array | null): T | null => {
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    // Damaged: as if the station remembered nothing. The log then says that a station joined.
    return null;
  }
};

/** One log's part of the station's vault. */
export class LogMemory {
  private readonly vault: StationVault;
  private readonly name: string;
  /**
   * The name under which the log is remembered follows from the workspace's data key: it is another for every workspace,
   * the same for every copy of one, and says nothing about it.
   */
  constructor(vault: StationVault, dataKey: Uint8Array) {
    this.vault = vault;
    this.name = `log.${hex(purposeKey(dataKey, 'log-memory')).slice(0, 32)}`;
  }

  record(): LogRecord | null {
    const bytes = this.vault.read(this.name);
    const record = decoded(LogRecord, bytes?.subarray(KEY_BYTES) ?? null);
    return bytes === null || record === null ? null : { ...record, key: bytes.subarray(0, KEY_BYTES) };
  }

  /** Durable when it returns. */
  keep({ key, ...record }: LogRecord): void {
    const bytes = Buffer.concat([key, Buffer.from(JSON.stringify(record))]);
    this.vault.write(this.name, bytes);
    bytes.fill(0);
  }

  /** The store was found as it was closed here: from now on it may change. What was found otherwise stays noted. */
  unseal(storeSealOf: () => string): void {
    const record = this.record();
    // After a crash there is no seal to compare: the file need not be read.
    if (record !== null && record.storeSeal !== null && record.storeSeal === storeSealOf())
      this.keep({ ...record, storeSeal: null });
  }

  /** Forgets marks newer than the kept record: a supervisor accepted an older store. */
  forgetLatest(): void {
    this.vault.remove(`${this.name}.latest`);
  }

  noteLatest(mark: LogMark): void {
    this.vault.writeSoon(`${this.name}.latest`, Buffer.from(JSON.stringify(mark)));
  }

  /** The highest point this station knows the log to have reached; null when it knows nothing of it. */
  mark(): LogMark | null {
    const record = this.record();
    const latest = decoded(LatestMark, this.vault.read(`${this.name}.latest`));
    if (record === null) return latest;
    return latest !== null && latest.size > record.size
      ? latest
      : { size: record.size, root: record.root, at: record.at };
  }

  known(): LogKnowledge {
    return { mark: this.mark(), record: this.record() };
  }

  /** The station's private signing key, made at the first need: one for all its logs. */
  signingSeed(): Uint8Array {
    const kept = this.vault.read(SIGNING_KEY);
    if (kept?.length === 32) return kept;
    const seed = newSigningSeed();
    this.vault.write(SIGNING_KEY, seed);
    return seed;
  }
}
