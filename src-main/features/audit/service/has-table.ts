import type { ReadStore } from '../../../platform/store.ts';

/** False in a store that was not opened since an earlier version, which had no such table. */
export const hasTable = ({ connection }: ReadStore, table: string): boolean =>
  connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined;
