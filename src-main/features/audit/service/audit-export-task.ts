import { createHash } from 'node:crypto';
import { openDatabase } from '../../../platform/database.ts';
import { hex } from '../../../platform/digest.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { storedSources } from '../../ingestion/storage/source.repository.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { base64 } from '../domain/base64.ts';
import { ledgerLine } from '../domain/custody-ledger.ts';
import { consistencyRanges, inclusionRanges } from '../domain/merkle-proof.ts';
import type { BundleHeader, BundlePart, BundleScope } from '../domain/proof-bundle.ts';
import { bundleLine, entryLine, LISTED_PARTS, proofText } from '../domain/proof-bundle.ts';
import { allStations } from '../storage/audit-checkpoint.repository.ts';
import { allCustodyEvents } from '../storage/custody.repository.ts';
import type { EntryFilter } from './audit-entry-filter.ts';
import { entryFilter } from './audit-entry-filter.ts';
import { FileSink, HashingSink, MemorySink } from './audit-export-sink.ts';
import { treeAt } from './log-state.ts';
import { MerkleLevels } from './merkle-levels.ts';

/** Writes an export on an analysis worker. The engine signs: it alone has the station's key. */
export interface AuditExportTask {
  readonly task: 'audit-export';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly log: string;
  readonly vkey: string;
  readonly product: string;
  readonly madeAt: string;
  /** The signed checkpoint made for this export. */
  readonly checkpoint: { readonly size: number; readonly root: string; readonly note: string };
  readonly scope: BundleScope;
  /** Null: every entry. */
  readonly filter: EntryFilter | null;
  /** Sizes from which growth is proven. */
  readonly provenFrom: readonly number[];
  readonly certificate: string;
  readonly fileName: string;
  /** Null: the content is answered. */
  readonly folder: string | null;
}

export interface WrittenExport {
  readonly entries: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: Uint8Array | null;
}

/** What the task asks for once all but the seal is written, and what it is answered. */
export interface SealRequest {
  readonly sha256: string;
}
export interface SealAnswer {
  readonly note: string;
}

interface Entry {
  readonly seq: number;
  readonly entry: string;
  readonly leaf: Uint8Array;
  readonly tag: Uint8Array | null;
}

/** The lines of each part, counted and hashed for the manifest. */
class Parts {
  private readonly sink: HashingSink;
  private readonly digests = new Map(LISTED_PARTS.map(name => [name, { lines: 0, hash: createHash('sha256') }]));
  constructor(sink: HashingSink) {
    this.sink = sink;
  }
  write(part: BundlePart, line: string): void {
    const own = this.digests.get(part);
    if (own !== undefined) {
      own.lines += 1;
      own.hash.update(line, 'utf8');
    }
    this.sink.write(line);
  }
  manifest(): object {
    return {
      parts: [...this.digests].map(([name, { lines, hash }]) => ({ name, lines, sha256: hash.copy().digest('hex') })),
    };
  }
}

const entriesOf = (store: ReadStore, size: number): IterableIterator<Entry> =>
  store.connection
    .prepare<[number], Entry>('SELECT seq, entry, leaf, tag FROM audit_entries WHERE seq < ? ORDER BY seq')
    .iterate(size);

/** Which entries are exported, and all leaves of the log. */
const chosenEntries = (store: ReadStore, { filter, checkpoint: { size } }: AuditExportTask) => {
  const fits = filter === null ? null : entryFilter(filter);
  const leaves = new Uint8Array(size * 32);
  const chosen = new Set<number>();
  for (const { seq, entry, leaf } of entriesOf(store, size)) {
    leaves.set(leaf, seq * 32);
    if (fits?.(JSON.parse(entry) as AuditEntry, entry) !== false) chosen.add(seq);
  }
  return { chosen, levels: new MerkleLevels(leaves) };
};

/** Entries tagged from the recovery kit's key on: those of the station that began the log. */
const firstSegment = (store: ReadStore, size: number): BundleHeader['firstKey'] => {
  const [first, second] = allStations(store);
  return first?.from_size === 0 ? { from: 0, to: Math.min(second?.from_size ?? size, size) } : {};
};

const writeBody = (store: ReadStore, task: AuditExportTask, sink: HashingSink): number => {
  const { checkpoint, scope, log } = task;
  const { chosen, levels } = chosenEntries(store, task);
  const parts = new Parts(sink);
  const put = (part: Exclude<BundlePart, 'entry'>, value: object | string): void =>
    parts.write(part, bundleLine(part, value));
  put('header', {
    format: 'nexus-audit-export',
    version: 1,
    product: task.product,
    madeAt: task.madeAt,
    log,
    size: checkpoint.size,
    root: checkpoint.root,
    scope,
    entries: chosen.size,
    vkey: task.vkey,
    firstKey: firstSegment(store, checkpoint.size),
  });
  put('checkpoint', checkpoint.note);
  for (const from of task.provenFrom)
    put('consistency', {
      from,
      root: hex(treeAt(store, from).root()),
      hashes: consistencyRanges(from, checkpoint.size).map(range => base64(levels.hash(range))),
    });
  const imports = new Map<string, number>();
  for (const { seq, entry, tag } of entriesOf(store, checkpoint.size)) {
    if (!chosen.has(seq)) continue;
    const hashes = scope.kind === 'all' ? null : inclusionRanges(seq, checkpoint.size).map(range => levels.hash(range));
    const proof = hashes === null ? null : proofText({ index: seq, hashes, checkpoint: checkpoint.note });
    parts.write('entry', entryLine(entry, proof, tag === null ? null : hex(tag)));
    if (!entry.startsWith('{"act":"evidence.imported"')) continue;
    const { obj } = JSON.parse(entry) as AuditEntry;
    if (typeof obj.source === 'string') imports.set(obj.source, seq);
  }
  for (const source of storedSources(store)) {
    const entry = imports.get(source.id);
    if (entry === undefined) continue;
    const { id, case_id: caseId, name, bytes, sha256 } = source;
    put('evidence', { source: id, case: caseId, name, bytes, sha256, entry });
  }
  for (const event of allCustodyEvents(store))
    if (chosen.has(event.entry)) put('custody', { ...ledgerLine(event), entry: event.entry });
  put('certificate', task.certificate);
  put('manifest', parts.manifest());
  return chosen.size;
};

/** Writes the export whole, or leaves nothing of it. */
export const writeAuditExport = async (task: AuditExportTask, channel: TaskChannel): Promise<WrittenExport> => {
  const target = task.folder === null ? new MemorySink() : new FileSink(task.folder, task.fileName);
  const sink = new HashingSink(target);
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const entries = writeBody(new ReadStore(connection), task, sink);
    const { note } = await new Promise<SealAnswer>(resolve => {
      channel.onMessage(body => resolve(body as SealAnswer));
      channel.send({ sha256: sink.digest() } satisfies SealRequest);
    });
    sink.write(bundleLine('seal', note));
    const content = sink.finish();
    return { entries, bytes: sink.bytes, sha256: sink.digest(), content };
  } catch (error) {
    sink.abandon();
    throw error;
  } finally {
    connection.close();
  }
};

/** A small file as an export lists it. */
export const smallFile = (name: string, mediaType: string, bytes: Uint8Array, isWritten: boolean) => ({
  fileName: name,
  mediaType,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  content: isWritten ? null : Buffer.from(bytes).toString('base64'),
});
