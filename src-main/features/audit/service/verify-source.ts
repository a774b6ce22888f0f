import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { NexusError } from '../../../contract/errors.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { columnsSealOf, SealedReader, sealOf, textSealOf } from '../../../platform/sealed-file.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AnalysisColumns } from '../../ingestion/domain/shared-columns.ts';
import { columnsDigest, readSealedColumns } from '../../ingestion/service/sealed-columns.ts';
import { ImportTextsDigest, storedFactsDigest } from '../../ingestion/service/stored-digests.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { dictionaryValues, filledDictionaries } from '../../ingestion/storage/source.repository.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';

/** Where sealed files lie, and the key they are sealed with. */
export interface SealedPlace {
  readonly key: Uint8Array;
  readonly evidenceFolder: string;
}

/** What the log records of an import. */
export interface LoggedImport {
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
      // eslint-disable-next-line no-restricted-syntax -- names of our own schema
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

/** What is wrong with the sealed text that places of records refer to; null when nothing is. */
const textProblem = (
  place: SealedPlace,
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
  const seal = textSealOf(place.evidenceFolder, place.key, source.case_id, source.id);
  if (!existsSync(seal.path)) return { code: 'text.missing', message: 'the sealed readable text is missing' };
  return `sha256:${digestOfSealed(seal)}` === logged
    ? null
    : { code: 'text.digest', message: 'the sealed readable text is not the one that was imported' };
};

/**
 * What is wrong with one source: its sealed original, its readable text, its columns and its rows against the import that the
 * log records; null when nothing is.
 */
export const sourceProblem = (
  store: ReadStore,
  place: SealedPlace,
  source: SourceRecord,
  logged: LoggedImport | undefined,
  setAside: string | null,
): ChainProblem | null => {
  const seal = sealOf(place.evidenceFolder, place.key, source.case_id, source.id);
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
    const text = textProblem(place, source, logged.text);
    if (text !== null) return { ...text, where };
    // In a store of before the column was there it is nothing at all.
    if ((source.set_aside_at ?? null) === null ? setAside !== null : setAside !== source.set_aside_reason)
      return {
        code: 'records.set-aside',
        where,
        message: 'the store and the log disagree on whether the source is set aside',
      };
    const columnsSeal = columnsSealOf(place.evidenceFolder, place.key, source.case_id, source.id);
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
