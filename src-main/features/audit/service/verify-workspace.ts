import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { NexusError } from '../../../contract/errors.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { Connection } from '../../../platform/database.ts';
import { openDatabase } from '../../../platform/database.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { columnsSealOf, SealedReader, sealOf, textSealOf } from '../../../platform/sealed-file.ts';
import { ReadStore } from '../../../platform/store.ts';
import { storeDamaged } from '../../../platform/store-errors.ts';
import { damagedPages } from '../../../platform/store-pages.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { AnalysisColumns } from '../../ingestion/domain/shared-columns.ts';
import { columnsDigest, readSealedColumns } from '../../ingestion/service/sealed-columns.ts';
import { ImportTextsDigest, storedFactsDigest } from '../../ingestion/service/stored-digests.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import {
  dictionaryValues,
  filledDictionaries,
  storedSources,
  strayTransactions,
} from '../../ingestion/storage/source.repository.ts';
import type { AuditEntry, AuditValue } from '../domain/audit-log.ts';
import { MerkleAccumulator } from '../domain/audit-log.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { verifyChain } from '../domain/verify-chain.ts';
import { allEntries, allLeaves } from '../storage/audit.repository.ts';
import { recordProblems, sealedFiles, unknownFiles } from './logged-records.ts';

export interface VerifyTask {
  readonly task: 'verify';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly evidenceFolder: string;
  /** Also give the root over this many first entries. */
  readonly at?: number;
}

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly unwitnessed: number;
  readonly evidence: { readonly files: number; readonly mismatched: string[] };
  readonly problems: ChainProblem[];
  readonly rootAt?: { readonly entries: number; readonly root: string } | null;
}

interface Logged {
  readonly sha256: string;
  readonly columns: string;
  readonly texts: string;
  readonly facts: string;
  /** Of the readable text; '' where the original is read in place. */
  readonly text: string;
}

const digestOfSealed = (seal: Seal): string => {
  const reader = new SealedReader(seal.path, seal.key, seal.identity);
  try {
    const hash = createHash('sha256');
    for (const piece of reader.chunks()) hash.update(piece);
    return hash.digest('hex');
  } finally {
    reader.close();
  }
};

/** The columns of a row that are compared with the sealed ones, as their names differ in store and analysis. */
const COMPARED = [
  ['row_number', 'rowNumber'],
  ['statement', 'statement'],
  ['booking_day', 'bookingDay'],
  ['value_day', 'valueDay'],
  ['amount_units', 'amountUnits'],
  ['currency', 'currency'],
  ['counterparty', 'counterparty'],
  ['counterparty_account', 'counterpartyAccount'],
  ['type', 'type'],
  ['category', 'category'],
  ['ledger_account', 'ledgerAccount'],
  ['entry', 'entry'],
  ['poster', 'poster'],
  ['entered', 'entered'],
  ['time', 'time'],
] as const;

/** Those a store has: one that was not opened since lacks the younger ones, which are unknown in all its rows. */
const comparedIn = (store: ReadStore): (typeof COMPARED)[number][] => {
  const present = store.connection.prepare(`SELECT name FROM pragma_table_info('transactions')`).pluck().all();
  return COMPARED.filter(([name]) => present.includes(name));
};

/** Stored null is UNKNOWN_DAY or UNKNOWN_CODE in the columns. */
const UNKNOWN: Readonly<Record<string, number>> = { value_day: UNKNOWN_DAY };

/** What differs between a source's rows and what was imported; null when they tell the same. */
const rowsProblem = (
  store: ReadStore,
  source: SourceRecord,
  columns: AnalysisColumns,
  texts: string,
): Pick<ChainProblem, 'code' | 'message'> | null => {
  const differs = {
    code: 'records.differ',
    message: 'stored transactions differ from the columns that were imported',
  };
  const digest = new ImportTextsDigest();
  const compared = comparedIn(store);
  const names = compared.map(([name]) => name);
  const targets = compared.map(([, name]) => columns[name]);
  const unknown = compared.map(([name]) => UNKNOWN[name] ?? UNKNOWN_CODE);
  let i = 0;
  const stored = store.connection
    .prepare(
      `SELECT ${names.join(', ')}, reference, description FROM transactions WHERE id >= ? AND id < ? ORDER BY id`,
    )
    .raw()
    .iterate(source.first_transaction_id, source.first_transaction_id + source.transaction_count) as IterableIterator<
    (number | string | null)[]
  >;
  for (const row of stored) {
    for (let c = 0; c < targets.length; c++)
      if ((row[c] ?? unknown[c]) !== (targets[c]![i] ?? unknown[c])) return differs;
    digest.row(row[targets.length] as string, row[targets.length + 1] as string);
    i += 1;
  }
  if (i !== source.transaction_count) return differs;
  return `sha256:${digest.finish(name => dictionaryValues(store, source.ordinal, name))}` === texts
    ? null
    : { code: 'records.differ', message: 'stored texts or names differ from those that were imported' };
};

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
  unwitnessed: 0,
  evidence: { files: 0, mismatched: [] },
  problems,
});

/** The root over the first entries of the log; null when it has fewer. */
const rootAt = (store: ReadStore, entries: number): { readonly entries: number; readonly root: string } | null => {
  const tree = new MerkleAccumulator(sha256);
  for (const { leaf } of allLeaves(store)) {
    if (tree.size === entries) break;
    tree.append(leaf);
  }
  return tree.size === entries ? { entries, root: hex(tree.root()) } : null;
};

const verifyRecords = (task: VerifyTask): Verification => {
  const logAtHand = existsSync(logOf(task.storePath));
  const files = sealedFiles(task.evidenceFolder);
  const connection = openUnlocked(task);
  try {
    const store = new ReadStore(connection);
    const chain = verifyChain(allEntries(store), sha256, utf8);
    const problems: ChainProblem[] = [...chain.problems];
    const logged = new Map<string, Logged>();
    const setAside = new Map<string, string>();
    for (const { entry } of allEntries(store)) {
      const { act, obj } = parsed(entry);
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
    return {
      ok: problems.length === 0,
      entries: chain.entries,
      root: hex(chain.root),
      checkpoints: 0,
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

const logOf = (storePath: string): string => `${storePath}-wal`;

/**
 * A reading connection leaves an empty write-ahead log and its index behind. The last writing connection to close removes
 * them, and with an empty log it writes nothing: the folder is as it was found.
 */
const removeEmptyLog = ({ storePath, key }: VerifyTask): void => {
  if (existsSync(logOf(storePath)) && statSync(logOf(storePath)).size === 0)
    openDatabase(storePath, key, { mode: 'write' }).close();
};

function* parsedEntries(store: ReadStore): Generator<Pick<AuditEntry, 'act' | 'obj'>> {
  for (const { entry } of allEntries(store)) yield parsed(entry);
}

/** A logged value as text; '' for anything that is no text: it then matches nothing. */
const textOf = (value: AuditValue | undefined): string => (typeof value === 'string' ? value : '');

const parsed = (entry: string): Pick<AuditEntry, 'act' | 'obj'> => {
  try {
    return JSON.parse(entry) as Pick<AuditEntry, 'act' | 'obj'>;
  } catch {
    // The chain check has named this entry already.
    return { act: '', obj: {} };
  }
};

/** What is wrong with the sealed text that places of records refer to; null when nothing is. */
const textProblem = (
  task: VerifyTask,
  source: SourceRecord,
  logged: string,
): Pick<ChainProblem, 'code' | 'message'> | null => {
  const stored = typeof source.text_sha256 === 'string' ? `sha256:${source.text_sha256}` : '';
  if (stored !== logged)
    return {
      code: 'evidence.record',
      message: 'the stored digest of its readable text is not the one the log records',
    };
  if (logged === '') return null;
  const seal = textSealOf(task.evidenceFolder, task.key, source.case_id, source.id);
  if (!existsSync(seal.path)) return { code: 'text.missing', message: 'the sealed readable text is missing' };
  return `sha256:${digestOfSealed(seal)}` === logged
    ? null
    : { code: 'text.digest', message: 'the sealed readable text is not the one that was imported' };
};

const sourceProblem = (
  store: ReadStore,
  task: VerifyTask,
  source: SourceRecord,
  logged: Logged | undefined,
  setAside: string | null,
): ChainProblem | null => {
  const seal = sealOf(task.evidenceFolder, task.key, source.case_id, source.id);
  const where = `source “${source.name}” (${source.id})`;
  if (logged === undefined)
    return {
      code: 'evidence.unlogged',
      where,
      message: 'the store holds a source whose import the log does not record',
    };
  if (!existsSync(seal.path)) return { code: 'evidence.missing', where, message: 'the sealed original is missing' };
  try {
    if (digestOfSealed(seal) !== logged.sha256)
      return { code: 'evidence.digest', where, message: 'the sealed original is not the file that was imported' };
    if (source.sha256 !== logged.sha256)
      return { code: 'evidence.record', where, message: 'the stored digest is not the one the log records' };
    const text = textProblem(task, source, logged.text);
    if (text !== null) return { ...text, where };
    // In a store of before the column was there it is nothing at all.
    if ((source.set_aside_at ?? null) === null ? setAside !== null : setAside !== source.set_aside_reason)
      return {
        code: 'records.set-aside',
        where,
        message: 'the store and the log disagree on whether the source is set aside',
      };
    const columnsSeal = columnsSealOf(task.evidenceFolder, task.key, source.case_id, source.id);
    if (!existsSync(columnsSeal.path))
      return { code: 'columns.missing', where, message: 'the sealed columns are missing' };
    const filled = filledDictionaries(store, source.ordinal);
    const hasValues = (name: string): boolean => filled.has(name);
    const columns = readSealedColumns(columnsSeal, source.transaction_count, hasValues);
    if (`sha256:${columnsDigest(columns, hasValues)}` !== logged.columns)
      return { code: 'columns.digest', where, message: 'the sealed columns are not those that were imported' };
    const rows = rowsProblem(store, source, columns, logged.texts);
    if (rows !== null) return { ...rows, where };
    if (`sha256:${storedFactsDigest(store, source)}` !== logged.facts)
      return {
        code: 'records.differ',
        where,
        message: 'stored statements, rejected records or warnings differ from those that were imported',
      };
    return null;
  } catch (error) {
    if (error instanceof NexusError) return { code: error.data.code, where, message: error.data.message };
    throw error;
  }
};
