/** What people decide of a case's records, the runs of the pipeline over them, and proposals (docs/adr/0032). */
export const createRecipe = {
  stamp: 202611230004,
  name: 'create_recipe',
  sql: `
CREATE TABLE recipe_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  title TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recipe_events_no_update BEFORE UPDATE ON recipe_events
  BEGIN SELECT RAISE(ABORT, 'recipe events are append-only'); END;
CREATE TRIGGER recipe_events_in_sequence BEFORE INSERT ON recipe_events
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM recipe_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'recipe events are append-only'); END;
CREATE TRIGGER recipe_events_no_delete BEFORE DELETE ON recipe_events
  BEGIN SELECT RAISE(ABORT, 'recipe events are append-only'); END;

CREATE TABLE standardization_runs (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  ran_at TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  recipe_seq INTEGER NOT NULL,
  output_digest TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;

-- Rows behind a figure of a case's latest run, by the figure's name: 64-bit floats of transaction ids.
CREATE TABLE standardization_sets (
  run INTEGER NOT NULL,
  name TEXT NOT NULL,
  rows BLOB NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE party_proposals (
  case_id TEXT NOT NULL REFERENCES cases (id),
  ordinal INTEGER NOT NULL,
  cluster TEXT NOT NULL,
  PRIMARY KEY (case_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE party_proposal_runs (
  case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
  proposed_at TEXT NOT NULL,
  threshold REAL NOT NULL,
  input_digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE near_duplicates ADD COLUMN kind TEXT NOT NULL DEFAULT 'near' CHECK (kind IN ('overlap', 'exact', 'near'));
`,
} as const;
