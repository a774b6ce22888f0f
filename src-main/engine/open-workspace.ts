import { existsSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../migrations/index.ts';
import { NexusError } from '../contract/errors.ts';
import type { Actor } from '../features/audit/service/audit-trail.ts';
import { AuditTrail, SYSTEM_ACTOR } from '../features/audit/service/audit-trail.ts';
import { countEntries, importsBegun } from '../features/audit/storage/audit.repository.ts';
import { ColumnCache } from '../features/ingestion/service/column-cache.ts';
import { discardUnfinishedImports } from '../features/ingestion/service/discard-import.ts';
import { storedSources } from '../features/ingestion/storage/source.repository.ts';
import type { Connection } from '../platform/database.ts';
import { openDatabase } from '../platform/database.ts';
import { createPassphraseSlot, unlockHeader } from '../platform/key-slots.ts';
import { migrate } from '../platform/migrate.ts';
import type { Ports } from '../platform/ports.ts';
import type { Seal } from '../platform/sealed-file.ts';
import { columnsSealOf, sealedSource, sealOf } from '../platform/sealed-file.ts';
import { ReadStore, sql, WriteStore } from '../platform/store.ts';
import { storeDamaged } from '../platform/store-errors.ts';
import { cancelled } from '../platform/worker-pool.ts';
import {
  createWorkspaceFolder,
  isWorkspace,
  readHeader,
  workspacePaths,
  writeDurably,
} from '../platform/workspace-files.ts';
import type { WorkspaceLock } from '../platform/workspace-lock.ts';
import { lockWorkspace } from '../platform/workspace-lock.ts';

/** Page cache of the writing connection: bulk rows append, so little is enough. */
const WRITE_CACHE_KIB = 16_384;

/** A workspace whose store is open: one writing connection, one reading connection, its keys, its audit trail. */
export class OpenWorkspace {
  readonly folder: string;
  readonly name: string;
  readonly workspaceId: string;
  readonly dataKey: Uint8Array;
  readonly storePath: string;
  readonly write: WriteStore;
  readonly read: ReadStore;
  readonly trail: AuditTrail;
  readonly columns: ColumnCache;
  /** Sessions that use it; closed with the last. */
  users = 0;
  private readonly connections: readonly Connection[];
  private readonly lock: WorkspaceLock;
  private turns: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    name: string,
    workspaceId: string,
    dataKey: Uint8Array,
    ports: Ports,
    writer: Connection,
    lock: WorkspaceLock,
  ) {
    this.folder = folder;
    this.name = name;
    this.workspaceId = workspaceId;
    this.dataKey = dataKey;
    this.storePath = workspacePaths(folder).store;
    this.lock = lock;
    const reader = openDatabase(this.storePath, dataKey, { mode: 'read' });
    this.connections = [reader, writer];
    this.write = new WriteStore(writer);
    this.read = new ReadStore(reader);
    this.trail = new AuditTrail(`nexus/workspace/${workspaceId}`, ports);
    this.columns = new ColumnCache(this.storePath, this.evidenceFolder, dataKey);
    // Checkpoints are made by a second connection, so that no write waits for one.
    writer.pragma('wal_autocheckpoint=0');
  }

  /** Makes a new encrypted workspace in an empty or missing folder. The header is written last: without it there is no workspace. */
  static async create(
    folder: string,
    name: string,
    passphrase: string,
    who: Actor,
    ports: Ports,
  ): Promise<OpenWorkspace> {
    createWorkspaceFolder(folder);
    const workspaceId = ports.ids.next();
    const createdAt = new Date(ports.clock.now()).toISOString();
    const { dataKey, slot } = await createPassphraseSlot(workspaceId, passphrase);
    const paths = workspacePaths(folder);
    const workspace = OpenWorkspace.underLock(folder, name, workspaceId, dataKey, ports, () => {
      const writer = openDatabase(paths.store, dataKey, { mode: 'create', cacheKiB: WRITE_CACHE_KIB });
      migrate(writer, migrations);
      return writer;
    });
    workspace.write.transaction(() => {
      workspace.write.run(sql.insertInto('workspace_facts').values({ name: 'workspace-id', value: workspaceId }));
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'log.genesis', { workspace: workspaceId });
      workspace.trail.append(workspace.write, who, 'workspace.created', { workspace: workspaceId });
    });
    const header = {
      format: 'nexus-workspace',
      version: 1,
      workspaceId,
      createdAt,
      cipher: 'sqlcipher-4',
      slots: [slot],
    };
    writeDurably(paths.header, `${JSON.stringify(header, null, 2)}\n`);
    return workspace;
  }

  /** Opens a workspace. A wrong passphrase throws `workspace.locked` before any file of it is opened for writing. */
  static async open(
    folder: string,
    name: string,
    passphrase: string,
    who: Actor,
    ports: Ports,
  ): Promise<OpenWorkspace> {
    const header = readHeader(folder);
    const dataKey = await unlockHeader(header, passphrase);
    const paths = workspacePaths(folder);
    if (!existsSync(paths.store))
      throw new NexusError({
        code: 'workspace.store-missing',
        category: 'integrity',
        message: `${paths.store} is missing.`,
        kept: 'Nothing was changed.',
        remedy: 'Restore the workspace folder from a backup.',
      });
    const workspace = OpenWorkspace.underLock(folder, name, header.workspaceId, dataKey, ports, () => {
      const writer = openUnlocked(paths.store, dataKey);
      try {
        migrate(writer, migrations);
        ports.ids.continueAfter(countEntries(new ReadStore(writer)));
        return writer;
      } catch (error) {
        writer.close();
        throw error;
      }
    });
    discardUnfinishedImports(workspace);
    workspace.removeStrayEvidence();
    workspace.write.transaction(() =>
      workspace.trail.append(workspace.write, who, 'workspace.opened', { workspace: header.workspaceId }),
    );
    return workspace;
  }

  /** Opens the writing connection under the workspace's lock, which is given back when that fails. */
  private static underLock(
    folder: string,
    name: string,
    workspaceId: string,
    dataKey: Uint8Array,
    ports: Ports,
    openWriter: () => Connection,
  ): OpenWorkspace {
    const lock = lockWorkspace(workspacePaths(folder).lock);
    try {
      return new OpenWorkspace(folder, name, workspaceId, dataKey, ports, openWriter(), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  static exists(folder: string): boolean {
    return isWorkspace(folder);
  }

  /** Where a source's sealed original lies, its key and the identity its pieces are bound to. */
  seal(caseId: string, sourceId: string): Seal {
    return sealOf(this.evidenceFolder, this.dataKey, caseId, sourceId);
  }

  /** The same for a source's columns. */
  columnsSeal(caseId: string, sourceId: string): Seal {
    return columnsSealOf(this.evidenceFolder, this.dataKey, caseId, sourceId);
  }

  get evidenceFolder(): string {
    return workspacePaths(this.folder).evidence;
  }

  /**
   * Runs work that takes the next free numbers (an import, the storing of a run) one at a time, in the order asked for.
   * A cancel while waiting gives the turn up at once.
   */
  exclusive<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    let begun = false;
    const turn = this.turns.then(() => {
      if (signal.aborted) throw cancelled();
      begun = true;
      return work();
    });
    this.turns = turn.then(
      () => undefined,
      () => undefined, // who asked hears of the failure; the next one's turn comes all the same
    );
    return new Promise((resolve, reject) => {
      turn.then(resolve, reject);
      signal.addEventListener('abort', () => {
        if (!begun) reject(cancelled());
      });
    });
  }

  close(): void {
    // The last checkpoint: nothing is left in the log file for the next open to find.
    this.write.connection.pragma('wal_checkpoint(TRUNCATE)');
    for (const connection of this.connections) connection.close();
    this.lock.release();
    this.dataKey.fill(0);
  }

  /**
   * Removes sealed files of imports that never completed (a kill while importing). A file that the log knows nothing of
   * stays: the store may be older than the folder, and the file the only copy of evidence. Verification names it.
   */
  private removeStrayEvidence(): void {
    const known = new Set(storedSources(this.read).map(source => source.id));
    const strays = readdirSync(this.evidenceFolder).filter(file => !known.has(sealedSource(file) ?? ''));
    if (strays.length === 0) return;
    const begun = importsBegun(this.read);
    for (const file of strays) if (begun.has(sealedSource(file) ?? '')) unlinkSync(join(this.evidenceFolder, file));
  }
}

/** Opens the store with the key its header gave: if that key does not fit, the store is damaged, not locked. */
const openUnlocked = (path: string, dataKey: Uint8Array): Connection => {
  // SQLite takes an empty file for a new store.
  if (statSync(path).size === 0) throw storeDamaged(path);
  try {
    return openDatabase(path, dataKey, { mode: 'write', cacheKiB: WRITE_CACHE_KIB });
  } catch (error) {
    if (error instanceof NexusError && error.data.code === 'workspace.locked') throw storeDamaged(path);
    throw error;
  }
};
