import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { ReadStore } from '../../../platform/store.ts';
import { SPARSE_COLUMNS } from '../domain/shared-columns.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';
import type { SourceRecord, StatementRecord } from '../storage/source.repository.ts';
import { rejectedOf, statementsOf, warningsOf } from '../storage/source.repository.ts';

/** Texts taken together before they are hashed. */
const BATCH = 4_096;

/**
 * SHA-256 over a list of texts: their lengths in UTF-8 bytes and their bytes, so that moving a letter from one text to the
 * next is a change too. Made of slices while a file is read, and of the stored rows when they are verified.
 */
class TextsDigest {
  private readonly lengths = createHash('sha256');
  private readonly texts = createHash('sha256');
  private batch: string[] = [];

  /** References and descriptions of a slice, in row order. */
  slice({ text, textEnds, count }: Pick<ColumnSlice, 'text' | 'textEnds' | 'count'>): void {
    const ends = textEnds.subarray(0, 2 * count);
    if (isUtf8(text)) {
      const lengths = new Uint32Array(ends.length);
      for (let i = 0, before = 0; i < ends.length; i++) {
        lengths[i] = ends[i]! - before;
        before = ends[i]!;
      }
      this.lengths.update(new Uint8Array(lengths.buffer));
      this.texts.update(text);
      return;
    }
    // Bytes that are no UTF-8 are stored as U+FFFD: what is stored is what is hashed.
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
    for (let i = 0; i < ends.length; i++) this.text(bytes.toString('utf8', i === 0 ? 0 : ends[i - 1]!, ends[i]!));
    this.flush();
  }

  text(text: string): void {
    this.batch.push(text);
    if (this.batch.length === BATCH) this.flush();
  }

  finish(): string {
    this.flush();
    return createHash('sha256').update(this.lengths.digest()).update(this.texts.digest()).digest('hex');
  }

  private flush(): void {
    if (this.batch.length === 0) return;
    this.lengths.update(new Uint8Array(Uint32Array.from(this.batch, text => Buffer.byteLength(text)).buffer));
    this.texts.update(this.batch.join(''));
    this.batch = [];
  }
}

/** Digest of what an import stores as text: each row's reference and description, then the dictionaries its codes stand for. */
export class ImportTextsDigest {
  private readonly digest = new TextsDigest();
  slice(slice: ColumnSlice): void {
    this.digest.slice(slice);
  }
  row(reference: string, description: string): void {
    this.digest.text(reference);
    this.digest.text(description);
  }
  finish(values: (name: (typeof CODED_COLUMNS)[number]) => readonly string[]): string {
    for (const name of CODED_COLUMNS) {
      const list = values(name);
      // A sparse dictionary without values is as if it were not there: imports of before it existed keep their digest.
      if (list.length === 0 && (SPARSE_COLUMNS as readonly string[]).includes(name)) continue;
      this.digest.text(name);
      for (const value of list) this.digest.text(value.toWellFormed());
    }
    return this.digest.finish();
  }
}

/** Columns younger than the first release: where they are null, a row's digest is what it was without them. */
const LATER_COLUMNS = new Set([
  'entry_count',
  'container_id',
  'text_sha256',
  'text_encoding',
  'settings',
  'profile_id',
  'profile_version',
]);
/** What may change after an import, with entries of its own in the log. */
const CHANGING_COLUMNS = new Set(['set_aside_at', 'set_aside_reason']);

/** Digest of what else an import stores of a source: how it was read, its statements, rejected records and warnings. */
export class ImportFactsDigest {
  private readonly hash = createHash('sha256');
  /** A stored row, whatever the order of its columns. */
  record(row: object): void {
    const columns = Object.entries(row)
      .filter(([name, value]) => !CHANGING_COLUMNS.has(name) && (value !== null || !LATER_COLUMNS.has(name)))
      .map(([name, value]): [string, unknown] => [name, typeof value === 'string' ? value.toWellFormed() : value])
      .sort(([a], [b]) => (a < b ? -1 : 1));
    this.hash.update(`${JSON.stringify(columns)}\n`);
  }
  finish(): string {
    return this.hash.digest('hex');
  }
}

/** A source's record as its facts digest takes it: complete. */
export const completed = (source: SourceRecord): SourceRecord => ({ ...source, state: 'complete' });

/** The facts digest of a source as it is stored now. */
export const storedFactsDigest = (store: ReadStore, source: SourceRecord): string => {
  const digest = new ImportFactsDigest();
  for (const rejected of rejectedOf(store, source.ordinal, 0, source.rejected_count + 1)) digest.record(rejected);
  for (const warning of warningsOf(store, source.ordinal)) digest.record(warning);
  for (const statement of statementsOf(store, source.ordinal) as StatementRecord[]) digest.record(statement);
  digest.record(completed(source));
  return digest.finish();
};
