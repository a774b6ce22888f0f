import { NexusError } from '../../../contract/errors.ts';
import { hex, hmacSha256, sha256 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { entryTag, evolvedKey } from '../domain/entry-tag.ts';
import { countEntries, tagsBetween } from '../storage/audit.repository.ts';
import type { StoredStation } from '../storage/audit-checkpoint.repository.ts';
import type { LogMark, LogMemory, LogRecord } from './log-memory.ts';
import { treeAt } from './log-state.ts';

/** What speaks against a store being the newest that this station knows of. */
export interface AnchorProblem {
  readonly code: 'store.older-than-anchor' | 'store.forked' | 'store.changed' | 'store.tag' | 'anchor.not-kept';
  readonly message: string;
  readonly markSize: number;
  readonly storeSize: number;
  readonly markedAt: string;
}

/** The mark against the log: shorter, or another log under the same number of entries; null when the log grew from it. */
export const markProblem = (store: ReadStore, mark: LogMark): AnchorProblem | null => {
  const storeSize = countEntries(store);
  const told = { markSize: mark.size, storeSize, markedAt: mark.at };
  if (storeSize < mark.size)
    return {
      code: 'store.older-than-anchor',
      message: `The store holds ${storeSize} log entries; this station saw ${mark.size} at ${mark.at}.`,
      ...told,
    };
  return hex(treeAt(store, mark.size).root()) === mark.root
    ? null
    : {
        code: 'store.forked',
        message: `The first ${mark.size} log entries are not those that this station saw at ${mark.at}.`,
        ...told,
      };
};

/**
 * K evolved from the record over the entries up to `end`, whose tags must fit on the way: only this station could have
 * made them. Null at the first that does not fit.
 */
export const keyAt = (store: ReadStore, record: Pick<LogRecord, 'size' | 'key'>, end: number): Uint8Array | null => {
  let key = Uint8Array.from(record.key);
  for (const { leaf, tag } of tagsBetween(store, record.size, end)) {
    if (tag === null || hex(entryTag(hmacSha256, key, leaf)) !== hex(tag)) return null;
    const next = evolvedKey(sha256, key);
    key.fill(0);
    key = Uint8Array.from(next);
  }
  return key;
};

/** What an opened store's log is found to be, against what the station remembers. */
export interface AnchoredLog {
  readonly problem: AnchorProblem | null;
  /** K of the next entry; null where this station must begin a key of its own. */
  readonly key: Uint8Array | null;
}

/** Compares a store with the station's memory of its log. A seal that is still there did not fit the file as it was found. */
export const anchoredLog = (
  store: ReadStore,
  memory: LogMemory,
  stations: readonly StoredStation[],
  vkey: string,
): AnchoredLog => {
  const record = memory.record();
  const mark = memory.mark();
  const problem = mark === null ? null : markProblem(store, mark);
  if (problem !== null || record === null) return { problem, key: null };
  const storeSize = countEntries(store);
  const told = { markSize: record.size, storeSize, markedAt: record.at };
  if (record.storeSeal !== null && isStillOurs(record, stations))
    return {
      problem: {
        code: 'store.changed',
        message: `The store’s file is not the one that was closed here at ${record.at}: a page of it was replaced, or it was written elsewhere.`,
        ...told,
      },
      key: null,
    };
  // Another station may have gone on with the log since: then this one's key ends where that one's begins.
  const end = stations.find(({ station }) => station > record.station)?.from_size ?? storeSize;
  const key = keyAt(store, record, end);
  if (key === null)
    return {
      problem: {
        code: 'store.tag',
        message: `Log entries after the ${record.size} that this station saw at ${record.at} were not written with its key.`,
        ...told,
      },
      key: null,
    };
  return { problem: null, key: isStillOurs(record, stations) && stations.at(-1)?.vkey === vkey ? key : null };
};

const isStillOurs = (record: LogRecord, stations: readonly StoredStation[]): boolean =>
  stations.at(-1)?.station === record.station;

/** Why nothing may be written to a held store. */
export const rolledBack = ({ message, markSize, storeSize, markedAt }: AnchorProblem): NexusError =>
  new NexusError({
    code: 'workspace.rolled-back',
    category: 'integrity',
    message: `The workspace is read-only: ${message} (Store: ${storeSize} entries; remembered: ${markSize} at ${markedAt}.)`,
    kept: 'Nothing was changed.',
    remedy: 'Put the newest copy back, or let a supervisor accept this one with a reason.',
  });
