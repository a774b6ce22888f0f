/** Typologies that examiners add to a case, version by version, and calibrations of the tests (docs/adr/0035). */
export const createTypologies = {
  stamp: 202611230007,
  name: 'create_typologies',
  sql: `
CREATE TABLE typology_versions (
  case_id TEXT NOT NULL REFERENCES cases (id),
  typology TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  saved_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, typology, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER typology_versions_no_update BEFORE UPDATE ON typology_versions
  BEGIN SELECT RAISE(ABORT, 'typology versions are append-only'); END;
CREATE TRIGGER typology_versions_no_delete BEFORE DELETE ON typology_versions
  BEGIN SELECT RAISE(ABORT, 'typology versions are append-only'); END;

CREATE TABLE calibrations (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  ran_at TEXT NOT NULL,
  basis TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;
`,
} as const;
