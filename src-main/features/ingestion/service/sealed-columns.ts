import { createHash } from 'node:crypto';
import { NexusError } from '../../../contract/errors.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealedReader, SealingWriter } from '../../../platform/sealed-file.ts';
import type { AnalysisColumns } from '../domain/shared-columns.ts';
import { ANALYSIS_COLUMNS, emptyAnalysisColumns, SPARSE_COLUMNS } from '../domain/shared-columns.ts';
import type { CodedColumnName } from '../domain/transaction-columns.ts';

/** Values a dictionary has: a sparse column without any is not stored. */
export type HasValues = (column: CodedColumnName) => boolean;

const isSparse = (name: string): name is (typeof SPARSE_COLUMNS)[number] =>
  (SPARSE_COLUMNS as readonly string[]).includes(name);

const storedColumns = (hasValues: HasValues): (typeof ANALYSIS_COLUMNS)[number][] =>
  ANALYSIS_COLUMNS.filter(name => !isSparse(name) || hasValues(name));

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** SHA-256 over the columns in their fixed order: the import's audit entry states it. */
export const columnsDigest = (columns: AnalysisColumns, hasValues: HasValues): string => {
  const hash = createHash('sha256');
  for (const name of storedColumns(hasValues)) hash.update(bytesOf(columns[name]));
  return hash.digest('hex');
};

/** Seals the columns of an import, one after the other in their fixed order; durable when it returns. */
export const writeSealedColumns = (seal: Seal, columns: AnalysisColumns, hasValues: HasValues): void => {
  const writer = new SealingWriter(seal.path, seal.key, seal.identity);
  try {
    for (const name of storedColumns(hasValues)) writer.write(bytesOf(columns[name]));
  } catch (error) {
    writer.abandon();
    throw error;
  }
  writer.finish();
};

/** Reads sealed columns of `count` transactions into shared memory. Throws `evidence.damaged` when the file is not whole. */
export const readSealedColumns = (seal: Seal, count: number, hasValues: HasValues): AnalysisColumns => {
  const columns = emptyAnalysisColumns(count, hasValues);
  const stored = storedColumns(hasValues);
  for (const name of SPARSE_COLUMNS) if (!stored.includes(name)) columns[name].fill(UNKNOWN_CODE);
  const reader = new SealedReader(seal.path, seal.key, seal.identity);
  try {
    const wanted = stored.reduce((sum, name) => sum + columns[name].byteLength, 0);
    if (reader.length !== wanted)
      throw new NexusError({
        code: 'evidence.damaged',
        category: 'integrity',
        message: `The sealed columns hold ${reader.length} bytes, not ${wanted}.`,
        kept: 'The sealed original and the records are untouched.',
        remedy: 'Restore the evidence folder from a backup.',
      });
    const targets = stored.map(name => bytesOf(columns[name]));
    let target = 0;
    let filled = 0;
    for (const chunk of reader.chunks()) {
      for (let at = 0; at < chunk.length; ) {
        const into = targets[target]!;
        const take = Math.min(chunk.length - at, into.length - filled);
        into.set(chunk.subarray(at, at + take), filled);
        at += take;
        filled += take;
        if (filled === into.length) {
          target += 1;
          filled = 0;
        }
      }
    }
    return columns;
  } finally {
    reader.close();
  }
};
