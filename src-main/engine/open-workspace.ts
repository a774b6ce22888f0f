import { existsSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../migrations/index.ts';
import { NexusError } from '../contract/errors.ts';
import { AuditTrail } from '../features/audit/service/audit-trail.ts';
import { LogMemory } from '../features/audit/service/log-memory.ts';
import { countEntries, importsBegun } from '../features/audit/storage/audit.repository.ts';
import { ColumnCache } from '../features/ingestion/service/column-cache.ts';
import { discardUnfinishedImports } from '../features/ingestion/service/discard-import.ts';
import { storedSources } from '../features/ingestion/storage/source.repository.ts';
import type { Connection } from '../platform/database.ts';
import { openDatabase } from '../platform/database.ts';
import type { WorkspaceHeader } from '../platform/key-slots.ts';
import { migrate } from '../platform/migrate.ts';
import type { Ports } from '../platform/ports.ts';
import type { Seal } from '../platform/sealed-file.ts';
import { columnsSealOf, sealedSource, sealOf } from '../platform/sealed-file.ts';
import type { StationVault } from '../platform/station-vault.ts';
import { ReadStore, sql, WriteStore } from '../platform/store.ts';
import { storeDamaged } from '../platform/store-errors.ts';
import { storeSealOf } from '../platform/store-seal.ts';
import { cancelled } from '../platform/worker-pool.ts';
import { createWorkspaceFolder, isWorkspace, workspacePaths, writeHeader } from '../platform/workspace-files.ts';
import type { WorkspaceLock } from '../platform/workspace-lock.ts';
import { lockWorkspace } from '../platform/workspace-lock.ts';

/** Page cache of the writing connection: bulk rows append, so little is enough. */
const WRITE_CACHE_KIB = 16_384;

/** Where a workspace lies, and how it is called. */
export interface WorkspacePlace {
  readonly folder: string;
  readonly name: string;
}

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
    { folder, name }: WorkspacePlace,
    workspaceId: string,
    dataKey: Uint8Array,
    writer: Connection,
    lock: WorkspaceLock,
    makeTrail: (store: WriteStore) => AuditTrail,
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
    try {
      this.trail = makeTrail(this.write);
    } catch (error) {
      for (const connection of this.connections) connection.close();
      throw error;
    }
    this.columns = new ColumnCache(this.storePath, this.evidenceFolder, dataKey);
    // Checkpoints are made by a second connection, so that no write waits for one.
    writer.pragma('wal_autocheckpoint=0');
  }

  /**
   * Makes a new encrypted workspace in an empty or missing folder. `enrol` adds what it begins with, in one unit of work;
   * the header is written last: without it there is no workspace. `vault` null: the station remembers nothing of it.
   * `firstKey`: the log's K_0 in hex, told this once.
   */
  static create(
    place: WorkspacePlace,
    header: WorkspaceHeader,
    dataKey: Uint8Array,
    ports: Ports,
    vault: StationVault | null,
    enrol: (workspace: OpenWorkspace) => void,
  ): { readonly workspace: OpenWorkspace; readonly firstKey: string } {
    createWorkspaceFolder(place.folder);
    const { workspaceId } = header;
    const paths = workspacePaths(place.folder);
    const memory = vault === null ? null : new LogMemory(vault, dataKey);
    let firstKey = '';
    const workspace = OpenWorkspace.underLock(
      place,
      workspaceId,
      dataKey,
      () => {
        const writer = openDatabase(paths.store, dataKey, { mode: 'create', cacheKiB: WRITE_CACHE_KIB });
        migrate(writer, migrations);
        return writer;
      },
      store => {
        const begun = AuditTrail.begin(workspaceId, store, ports, memory);
        firstKey = begun.firstKey;
        return begun.trail;
      },
    );
    workspace.write.transaction(() => {
      workspace.write.run(sql.insertInto('workspace_facts').values({ name: 'workspace-id', value: workspaceId }));
      enrol(workspace);
      workspace.trail.checkpoint(workspace.write, 'unlock');
    });
    writeHeader(place.folder, header);
    return { workspace, firstKey };
  }

  /**
   * Opens the store of a workspace with its data key. Whoever opens it for somebody records the sign-in, except in a store
   * that is held (`trail.isHeld`): one that is not the newest this station knows is left as it is until somebody decides.
   */
  static open(
    place: WorkspacePlace,
    workspaceId: string,
    dataKey: Uint8Array,
    ports: Ports,
    vault: StationVault,
  ): OpenWorkspace {
    const paths = workspacePaths(place.folder);
    if (!existsSync(paths.store))
      throw new NexusError({
        code: 'workspace.store-missing',
        category: 'integrity',
        message: `${paths.store} is missing.`,
        kept: 'Nothing was changed.',
        remedy: 'Restore the workspace folder from a backup.',
      });
    const memory = new LogMemory(vault, dataKey);
    const workspace = OpenWorkspace.underLock(
      place,
      workspaceId,
      dataKey,
      () => {
        // Before the first write: afterwards the file is another.
        memory.unseal(() => storeSealOf(paths.store));
        const writer = openUnlocked(paths.store, dataKey);
        try {
          migrate(writer, migrations);
          ports.ids.continueAfter(countEntries(new ReadStore(writer)));
          return writer;
        } catch (error) {
          writer.close();
          throw error;
        }
      },
      store => AuditTrail.resume(workspaceId, store, ports, memory),
    );
    if (workspace.trail.isHeld) return workspace;
    discardUnfinishedImports(workspace);
    workspace.removeStrayEvidence();
    return workspace;
  }

  /** Opens the writing connection under the workspace's lock, which is given back when that fails. */
  private static underLock(
    place: WorkspacePlace,
    workspaceId: string,
    dataKey: Uint8Array,
    openWriter: () => Connection,
    makeTrail: (store: WriteStore) => AuditTrail,
  ): OpenWorkspace {
    const lock = lockWorkspace(workspacePaths(place.folder).lock);
    try {
      return new OpenWorkspace(place, workspaceId, dataKey, openWriter(), lock, makeTrail);
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
    if (this.trail.isHeld) {
      // Its files stay as they were found: a reading connection that closes last moves nothing from the log file.
      this.write.connection.close();
      this.read.connection.close();
    } else {
      // The last checkpoint: nothing is left in the log file for the next open to find.
      this.write.connection.pragma('wal_checkpoint(TRUNCATE)');
      for (const connection of this.connections) connection.close();
      this.trail.sealStore(storeSealOf(this.storePath));
    }
    this.trail.forget();
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
