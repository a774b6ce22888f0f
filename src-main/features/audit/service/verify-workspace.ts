import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { NexusError } from '../../../contract/errors.ts';
import type { Connection } from '../../../platform/database.ts';
import { openDatabase } from '../../../platform/database.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { ReadStore } from '../../../platform/store.ts';
import { storeDamaged } from '../../../platform/store-errors.ts';
import { damagedPages } from '../../../platform/store-pages.ts';
import { storeSealOf } from '../../../platform/store-seal.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import { storedSources, strayTransactions } from '../../ingestion/storage/source.repository.ts';
import type { AuditEntry, AuditValue } from '../domain/audit-log.ts';
import { MerkleAccumulator } from '../domain/audit-log.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { verifyChain } from '../domain/verify-chain.ts';
import { allEntries, leavesFrom } from '../storage/audit.repository.ts';
import type { LogKnowledge } from './log-memory.ts';
import { recordProblems, saysOfRecords, sealedFiles, unknownFiles } from './logged-records.ts';
import { headerProblems } from './verify-header.ts';
import type { LogVerification } from './verify-log.ts';
import { LogVerifier } from './verify-log.ts';
import type { LoggedImport } from './verify-source.ts';
import { sourceProblem } from './verify-source.ts';

export interface VerifyTask {
  readonly task: 'verify';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly evidenceFolder: string;
  /** What this station remembers of the log; null where it remembers nothing. */
  readonly known: LogKnowledge | null;
  /** K_0 in hex: every tag of the first station is then checked. */
  readonly firstKey?: string;
  /** Also give the root over this many first entries. */
  readonly at?: number;
}

export interface Verification extends LogVerification {
  readonly ok: boolean;
  readonly entries: number;
  readonly root: string;
  readonly unwitnessed: number;
  readonly evidence: { readonly files: number; readonly mismatched: string[] };
  readonly rootAt?: { readonly entries: number; readonly root: string } | null;
}

/** Opens the store with the key its header gave: a store that does not fit that key is damaged, not locked. */
const openUnlocked = ({ storePath, key }: VerifyTask): Connection => {
  try {
    return openDatabase(storePath, key, { mode: 'read' });
  } catch (error) {
    if (error instanceof NexusError && error.data.code === 'workspace.locked') throw storeDamaged(storePath);
    throw error;
  }
};

/**
 * Re-computes everything that can be: each page of the store; each audit entry, link, digest and the root; each sealed
 * original's SHA-256; each import's rows. A chain problem names the first break. What an attacker with the key could have
 * rewritten as a whole is counted as unwitnessed: only a mark outside the workspace notices that. A store too damaged to be
 * read through is an answer too: `ok` false, with what stopped it.
 */
export const verifyWorkspace = (task: VerifyTask): Verification => {
  if (!existsSync(task.storePath))
    return unreadable([{ code: 'store.missing', where: task.storePath, message: 'the store is missing' }]);
  const pages = damagedPages(task.storePath, task.key, NAMED_PAGES).map(
    (page): ChainProblem => ({
      code: 'store.page',
      where: `store.db, page ${page}`,
      message: 'its bytes are not those that were written',
    }),
  );
  try {
    const read = verifyRecords(task);
    return { ...read, ok: read.ok && pages.length === 0, problems: [...pages, ...read.problems] };
  } catch (error) {
    const { code, category, message } = errorDataOf(error);
    if (category !== 'integrity') throw error;
    return unreadable([...pages, { code, where: task.storePath, message }]);
  }
};

/** Damaged pages named one by one. */
const NAMED_PAGES = 20;

const unreadable = (problems: ChainProblem[]): Verification => ({
  ok: false,
  entries: 0,
  root: '',
  checkpoints: 0,
  checkpointsVerified: 0,
  stationCheckpoint: null,
  highWater: null,
  tags: { checked: 0, with: 'none' },
  unwitnessed: 0,
  evidence: { files: 0, mismatched: [] },
  problems,
});

/** The root over the first entries of the log; null when it has fewer. */
const rootAt = (store: ReadStore, entries: number): { readonly entries: number; readonly root: string } | null => {
  const tree = new MerkleAccumulator(sha256);
  for (const { leaf } of leavesFrom(store, 0)) {
    if (tree.size === entries) break;
    tree.append(leaf);
  }
  return tree.size === entries ? { entries, root: hex(tree.root()) } : null;
};

const verifyRecords = (task: VerifyTask): Verification => {
  const logAtHand = existsSync(logOf(task.storePath));
  const files = sealedFiles(task.evidenceFolder);
  const sealed = task.known?.record?.storeSeal ?? null;
  const storeSeal = sealed === null ? null : storeSealOf(task.storePath);
  const connection = openUnlocked(task);
  try {
    const store = new ReadStore(connection);
    const verifier = new LogVerifier(store, { known: task.known, firstKey: task.firstKey ?? null, storeSeal });
    const chain = verifyChain(allEntries(store), sha256, utf8, (entry, tree) => verifier.visit(entry, tree));
    const log = verifier.finish(chain);
    const problems: ChainProblem[] = [...chain.problems, ...log.problems];
    const logged = new Map<string, LoggedImport>();
    const setAside = new Map<string, string>();
    for (const { entry } of allEntries(store)) {
      // Canonical text begins with its act: what is not about a source need not be read.
      if (!OF_SOURCES.some(start => entry.startsWith(start))) continue;
      const read = parsed(entry);
      if (read === null) continue;
      const { act, obj } = read;
      if (act === 'evidence.imported')
        logged.set(textOf(obj.source), {
          sha256: textOf(obj.sha256),
          columns: textOf(obj.columns),
          texts: textOf(obj.texts),
          facts: textOf(obj.facts),
          text: textOf(obj.text),
        });
      else if (act === 'source.archived') setAside.set(textOf(obj.source), textOf(obj.reason));
      else if (act === 'source.restored') setAside.delete(textOf(obj.source));
    }
    const mismatched: string[] = [];
    const sources = storedSources(store);
    for (const source of sources) {
      const problem = sourceProblem(store, task, source, logged.get(source.id), setAside.get(source.id) ?? null);
      if (problem === null) continue;
      mismatched.push(source.name);
      problems.push(problem);
    }
    for (const id of logged.keys())
      if (!sources.some(source => source.id === id))
        problems.push({
          code: 'evidence.removed',
          where: `source ${id}`,
          message: 'the log records an import that the store no longer holds',
        });
    const stray = strayTransactions(store);
    if (stray > 0)
      problems.push({
        code: 'records.stray',
        where: 'transactions',
        message: `the store holds ${stray} transactions of no import that the log records`,
      });
    problems.push(...recordProblems(store, parsedEntries(store)), ...unknownFiles(store, files));
    problems.push(...headerProblems(store, dirname(task.storePath)));
    return {
      ...log,
      ok: problems.length === 0,
      entries: chain.entries,
      root: hex(chain.root),
      unwitnessed: chain.entries,
      evidence: { files: sources.length, mismatched },
      problems,
      ...(task.at === undefined ? {} : { rootAt: rootAt(store, task.at) }),
    };
  } finally {
    connection.close();
    if (!logAtHand) removeEmptyLog(task);
  }
};

/** How entries begin that say what became of a source. */
const OF_SOURCES = ['{"act":"evidence.imported"', '{"act":"source.archived"', '{"act":"source.restored"'];

const logOf = (storePath: string): string => `${storePath}-wal`;

/**
 * A reading connection leaves an empty write-ahead log and its index behind. The last writing connection to close removes
 * them, and with an empty log it writes nothing: the folder is as it was found.
 */
const removeEmptyLog = ({ storePath, key }: VerifyTask): void => {
  if (existsSync(logOf(storePath)) && statSync(logOf(storePath)).size === 0)
    openDatabase(storePath, key, { mode: 'write' }).close();
};

function* parsedEntries(store: ReadStore): Generator<AuditEntry> {
  for (const { entry } of allEntries(store)) {
    const read = saysOfRecords(entry) ? parsed(entry) : null;
    if (read !== null) yield read;
  }
}

/** A logged value as text; '' for anything that is no text: it then matches nothing. */
const textOf = (value: AuditValue | undefined): string => (typeof value === 'string' ? value : '');

/** An entry as stored; null for a text that is none. */
const parsed = (entry: string): AuditEntry | null => {
  try {
    const read = JSON.parse(entry) as AuditEntry;
    return typeof read.obj === 'object' && read.obj !== null ? read : null;
  } catch {
    // The chain check has named this entry already.
    return null;
  }
};
