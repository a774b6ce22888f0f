/**
 * Mapping profiles by institution; what a source was read with; sources set aside; the encoding of a readable text.
 * `settings` is a JSON object of the examiner's answers and control totals; null where there were none.
 */
export const profilesAndSetAside = {
  stamp: 202611230003,
  name: 'profiles_and_set_aside',
  sql: `
ALTER TABLE sources ADD COLUMN text_encoding TEXT;
ALTER TABLE sources ADD COLUMN settings TEXT;
ALTER TABLE sources ADD COLUMN profile_id TEXT;
ALTER TABLE sources ADD COLUMN profile_version INTEGER;
ALTER TABLE sources ADD COLUMN set_aside_at TEXT;
ALTER TABLE sources ADD COLUMN set_aside_reason TEXT;

CREATE TABLE mapping_profiles (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  institution TEXT NOT NULL,
  format TEXT NOT NULL,
  header TEXT NOT NULL,
  overrides TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const;
