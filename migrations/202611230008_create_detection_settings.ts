/** What a case sets for its tests, as versions that are only ever added to (docs/adr/0034). */
export const createDetectionSettings = {
  stamp: 202611230008,
  name: 'create_detection_settings',
  sql: `
CREATE TABLE detection_settings (
  case_id TEXT NOT NULL REFERENCES cases (id),
  version INTEGER NOT NULL CHECK (version > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (case_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER detection_settings_no_update BEFORE UPDATE ON detection_settings
  BEGIN SELECT RAISE(ABORT, 'detection settings are append-only'); END;
CREATE TRIGGER detection_settings_in_sequence BEFORE INSERT ON detection_settings
  WHEN NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM detection_settings WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'detection settings are append-only'); END;
CREATE TRIGGER detection_settings_no_delete BEFORE DELETE ON detection_settings
  BEGIN SELECT RAISE(ABORT, 'detection settings are append-only'); END;
`,
} as const;
