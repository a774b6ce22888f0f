import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { NexusError } from '../../../contract/errors.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { openDatabase } from '../../../platform/database.ts';
import { sealOf, SealedReader } from '../../../platform/sealed-file.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { ReadStore, sql } from '../../../platform/store.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import type { AuditEntry, AuditValue } from '../domain/audit-log.ts';
import { verifyChain } from '../domain/verify-chain.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { allEntries } from '../storage/audit.repository.ts';

export interface VerifyTask {
  readonly task: 'verify';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly evidenceFolder: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly unwitnessed: number;
  readonly evidence: { readonly files: number; readonly mismatched: string[] };
  readonly problems: ChainProblem[];
}

interface Logged {
  readonly sha256: string;
  readonly rows: string;
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

/** SHA-256 over a source's column segments in the order stored: what its import's audit entry states as `rows`. */
const digestOfRows = (store: ReadStore, source: number): string => {
  const hash = createHash('sha256');
  for (const { bytes } of store.iterate(sql.selectFrom('column_segments').select('bytes').where('source', '=', source).orderBy('id'))) hash.update(bytes);
  return `sha256:${hash.digest('hex')}`;
};

/** True when rows and column segments of a source tell the same amounts, days and places. */
const rowsAgree = (store: ReadStore, source: SourceRecord): boolean => {
  const segments = store.all(
    sql.selectFrom('column_segments').select(['column_name', 'first_index', 'scale', 'bytes']).where('source', '=', source.ordinal).where('column_name', 'in', ['amountUnits', 'bookingDay', 'rowNumber']).orderBy('id'),
  );
  const amounts = new Float64Array(source.transaction_count);
  const days = new Int32Array(source.transaction_count);
  const rows = new Uint32Array(source.transaction_count);
  for (const { column_name, first_index, scale, bytes } of segments) {
    const buffer = bytes.slice().buffer;
    if (column_name === 'bookingDay') days.set(new Int32Array(buffer), first_index);
    else if (column_name === 'rowNumber') rows.set(new Uint32Array(buffer), first_index);
    else amounts.set(new Float64Array(buffer).map(units => units * 10 ** (source.amount_scale - scale)), first_index);
  }
  let i = 0;
  const stored = store.connection
    .prepare('SELECT amount_units, booking_day, row_number FROM transactions WHERE id >= ? AND id < ? ORDER BY id')
    .raw()
    .iterate(source.first_transaction_id, source.first_transaction_id + source.transaction_count) as IterableIterator<[number, number, number]>;
  for (const [units, day, row] of stored) {
    if (units !== amounts[i] || day !== days[i] || row !== rows[i]) return false;
    i += 1;
  }
  return i === source.transaction_count;
};

/**
 * Re-computes everything that can be: each audit entry, link, digest and the root; each sealed original's SHA-256; each
 * import's rows. A chain problem names the first break. What an attacker with the key could have rewritten as a whole is
 * counted as unwitnessed: only a mark outside the workspace notices that.
 */
export const verifyWorkspace = (task: VerifyTask): Verification => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const chain = verifyChain(allEntries(store), sha256, utf8);
    const problems: ChainProblem[] = [...chain.problems];
    const logged = new Map<string, Logged>();
    for (const { entry } of allEntries(store)) {
      const { act, obj } = parsed(entry);
      if (act === 'evidence.imported') logged.set(textOf(obj.source), { sha256: textOf(obj.sha256), rows: textOf(obj.rows) });
    }
    const mismatched: string[] = [];
    const sources = completeSources(store, null);
    for (const source of sources) {
      const problem = sourceProblem(store, source, logged.get(source.id), sealOf(task.evidenceFolder, task.key, source.case_id, source.id));
      if (problem === null) continue;
      mismatched.push(source.name);
      problems.push(problem);
    }
    for (const id of logged.keys())
      if (!sources.some(source => source.id === id))
        problems.push({ code: 'evidence.removed', where: `source ${id}`, message: 'the log records an import that the store no longer holds' });
    return {
      ok: problems.length === 0,
      entries: chain.entries,
      root: hex(chain.root),
      checkpoints: 0,
      unwitnessed: chain.entries,
      evidence: { files: sources.length, mismatched },
      problems,
    };
  } finally {
    connection.close();
  }
};

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

const sourceProblem = (store: ReadStore, source: SourceRecord, logged: Logged | undefined, seal: Seal): ChainProblem | null => {
  const where = `source “${source.name}” (${source.id})`;
  if (logged === undefined) return { code: 'evidence.unlogged', where, message: 'the store holds a source whose import the log does not record' };
  if (!existsSync(seal.path)) return { code: 'evidence.missing', where, message: 'the sealed original is missing' };
  try {
    if (digestOfSealed(seal) !== logged.sha256) return { code: 'evidence.digest', where, message: 'the sealed original is not the file that was imported' };
  } catch (error) {
    if (!(error instanceof NexusError)) throw error;
    return { code: error.data.code, where, message: error.data.message };
  }
  if (source.sha256 !== logged.sha256) return { code: 'evidence.record', where, message: 'the stored digest is not the one the log records' };
  if (digestOfRows(store, source.ordinal) !== logged.rows) return { code: 'records.digest', where, message: 'the stored columns are not those that were imported' };
  if (!rowsAgree(store, source)) return { code: 'records.differ', where, message: 'stored transactions differ from the columns that were imported' };
  return null;
};
