import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { DetectionSettings } from '../domain/detection-settings.ts';
import { NO_SETTINGS } from '../domain/detection-settings.ts';

export interface SettingsVersion {
  /** 0 is before the first change. */
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly settings: DetectionSettings;
}

/** All versions of a case's settings, oldest first. */
export const settingsVersions = (store: ReadStore, caseId: string): SettingsVersion[] =>
  store
    .all(sql.selectFrom('detection_settings').selectAll().where('case_id', '=', caseId).orderBy('version'))
    .map(({ version, at, actor, settings }) => ({
      version,
      at,
      actor,
      settings: JSON.parse(settings) as DetectionSettings,
    }));

/** The settings in force. */
export const currentSettings = (
  store: ReadStore,
  caseId: string,
): { readonly version: number; readonly settings: DetectionSettings } =>
  settingsVersions(store, caseId).at(-1) ?? { version: 0, settings: NO_SETTINGS };

export const insertSettings = (store: WriteStore, caseId: string, version: SettingsVersion): void => {
  store.run(
    sql
      .insertInto('detection_settings')
      .values({ ...version, case_id: caseId, settings: JSON.stringify(version.settings) }),
  );
};
