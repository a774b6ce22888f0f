import type { WorkerPool } from '../../../platform/worker-pool.ts';
import type { SharedColumns } from '../domain/shared-columns.ts';

/** Sources kept in memory at once, in rows: older ones are loaded again when needed. */
const KEPT_ROWS = 12_000_000;

/**
 * Columns of sources in shared memory, so that a test or a page does not read the store again. Filled by an import
 * (its columns are already there) or by an analysis worker from its sealed file.
 */
export class ColumnCache {
  private readonly sources = new Map<number, SharedColumns>();
  private readonly loading = new Map<number, Promise<SharedColumns>>();
  private readonly storePath: string;
  private readonly evidenceFolder: string;
  private readonly key: Uint8Array;
  constructor(storePath: string, evidenceFolder: string, key: Uint8Array) {
    this.storePath = storePath;
    this.evidenceFolder = evidenceFolder;
    this.key = key;
  }

  put(columns: SharedColumns): void {
    this.sources.delete(columns.source);
    this.sources.set(columns.source, columns);
    let rows = [...this.sources.values()].reduce((sum, kept) => sum + kept.count, 0);
    for (const [source, kept] of this.sources) {
      if (rows <= KEPT_ROWS || source === columns.source) break;
      this.sources.delete(source);
      rows -= kept.count;
    }
  }

  /** Columns of the given sources, loaded by an analysis worker where they are not in memory. */
  async get(pool: WorkerPool, sources: readonly number[]): Promise<SharedColumns[]> {
    return Promise.all(sources.map(async source => this.sources.get(source) ?? this.load(pool, source)));
  }

  private load(pool: WorkerPool, source: number): Promise<SharedColumns> {
    const started = this.loading.get(source);
    if (started !== undefined) return started;
    const loading = pool
      .run('analysis', {
        task: 'load-columns',
        storePath: this.storePath,
        evidenceFolder: this.evidenceFolder,
        key: this.key,
        source,
      })
      .then(value => {
        const columns = value as SharedColumns;
        this.put(columns);
        return columns;
      })
      .finally(() => this.loading.delete(source));
    this.loading.set(source, loading);
    return loading;
  }
}
