import type { WorkspaceSettings } from '../../../contract/settings.contract.ts';
import { DEFAULT_WORKSPACE_SETTINGS } from '../../../contract/settings.contract.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

/** Settings with the version that brought them; version 0 are those a workspace begins with. */
export interface VersionedSettings {
  readonly version: number;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  readonly settings: WorkspaceSettings;
}

/** What holds now. */
export const workspaceSettings = (store: ReadStore): VersionedSettings => {
  const row = store.first(sql.selectFrom('workspace_settings').selectAll().orderBy('version', 'desc').limit(1));
  return row === undefined
    ? { version: 0, changedBy: null, changedAt: null, settings: DEFAULT_WORKSPACE_SETTINGS }
    : {
        version: row.version,
        changedBy: row.actor,
        changedAt: row.at,
        settings: JSON.parse(row.settings) as WorkspaceSettings,
      };
};

export const insertWorkspaceSettings = (
  store: WriteStore,
  row: { readonly version: number; readonly at: string; readonly actor: string; readonly settings: WorkspaceSettings },
): void => {
  store.run(sql.insertInto('workspace_settings').values({ ...row, settings: JSON.stringify(row.settings) }));
};
