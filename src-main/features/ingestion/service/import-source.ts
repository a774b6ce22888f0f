import type { JobContext } from '../../../engine/handler.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import { insertSource, nextPlace, sourceByDigest, sourcesOfCase } from '../storage/source.repository.ts';
import { discardImport } from './discard-import.ts';
import type { ImportSettings } from './mapping-profile.ts';
import type { ParsedSource } from './parsed-source.ts';
import { runParser } from './run-parser.ts';
import type { SourceOrigin } from './source-origin.ts';
import type { Commit, StoredImport } from './store-import.ts';
import { parseAndStore } from './store-import.ts';

/** A file that is to become a source of a case. */
export interface IncomingFile {
  readonly caseId: string;
  readonly name: string;
  readonly bytes: number;
  readonly settings: ImportSettings;
  /** The source of the archive it came out of. */
  readonly containerId: string | null;
  /** What it may unpack to, where it is packed once more inside an archive. */
  readonly unpackedLimit?: number;
}

/** Readers that had to be ended: the failure has an entry of its own in the log. */
const ENDED_READER = /^parser\./;

/** Stores a source as being imported, with the entry that its import was begun. */
export const beginImport = (context: JobContext, incoming: IncomingFile): SourceRecord => {
  const { ordinal, transactionId } = nextPlace(context.workspace().write);
  const { caseId, name, bytes, settings } = incoming;
  const { side } = settings;
  const source: SourceRecord = {
    ordinal,
    id: context.ports.ids.next(),
    case_id: caseId,
    name,
    side: side ?? 'bank',
    state: 'importing',
    sha256: '',
    bytes,
    compression: null,
    format: '',
    encoding: '',
    dialect: '{}',
    imported_at: new Date(context.ports.clock.now()).toISOString(),
    amount_scale: 2,
    first_transaction_id: transactionId,
    transaction_count: 0,
    rejected_count: 0,
    warning_count: 0,
    container_id: incoming.containerId,
    text_sha256: null,
    text_encoding: null,
    settings: null,
    profile_id: null,
    profile_version: null,
    set_aside_at: null,
    set_aside_reason: null,
  };
  context.write((store, audit) => {
    insertSource(store, source);
    audit('evidence.import-started', {
      case: caseId,
      source: source.id,
      name,
      bytes,
      ...(side === null ? {} : { side }),
    });
  });
  return source;
};

/** Removes what there is of an import that failed, in short units of work. */
export const abandonImport = async (context: JobContext, source: SourceRecord, error: unknown): Promise<void> => {
  const { code, message } = errorDataOf(error);
  if (ENDED_READER.test(code))
    context.write((_store, audit) =>
      audit('evidence.import-failed', { case: source.case_id, source: source.id, name: source.name, code, message }),
    );
  for (const _step of discardImport(context.workspace(), source, code))
    await new Promise(resolve => setImmediate(resolve));
};

/** Imports the records of one file: all of it or nothing of it. `before` is made visible in the same unit of work. */
export const importSource = async (
  context: JobContext,
  incoming: IncomingFile,
  origin: SourceOrigin,
  before: Commit | null,
): Promise<{ readonly source: SourceRecord; readonly parsed: ParsedSource }> => {
  const source = beginImport(context, incoming);
  let stored: StoredImport;
  try {
    stored = await parseAndStore(context, source, origin, incoming.settings, incoming.unpackedLimit);
    context.write((store, audit) => {
      before?.(store, audit);
      stored.commit(store, audit);
    });
  } catch (error) {
    await abandonImport(context, source, error);
    throw error;
  }
  const { parsed } = stored;
  context.workspace().columns.put(parsed.columns);
  return { source, parsed };
};

/** The source of this case that holds the same bytes. Only a file of equal size is worth hashing beforehand. */
export const recognize = async (
  context: JobContext,
  caseId: string,
  origin: SourceOrigin,
  name: string,
  bytes: number,
): Promise<SourceRecord | null> => {
  const { read } = context.workspace();
  if (!sourcesOfCase(read, caseId).some(source => source.bytes === bytes)) return null;
  const sha256 = (await runParser(
    context.pool,
    { task: 'digest', origin, name },
    { signal: context.signal },
  )) as string;
  return sourceByDigest(read, caseId, sha256) ?? null;
};
