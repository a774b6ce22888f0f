/** What people decide of matches, the runs of the matching on sides they chose, and proposals on what is left over. */
export const createReconciliationDecisions = {
  stamp: 202611230006,
  name: 'create_reconciliation_decisions',
  sql: `
CREATE TABLE reconciliation_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  title TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reconciliation_events_no_update BEFORE UPDATE ON reconciliation_events
  BEGIN SELECT RAISE(ABORT, 'reconciliation events are append-only'); END;
CREATE TRIGGER reconciliation_events_in_sequence BEFORE INSERT ON reconciliation_events
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM reconciliation_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'reconciliation events are append-only'); END;
CREATE TRIGGER reconciliation_events_no_delete BEFORE DELETE ON reconciliation_events
  BEGIN SELECT RAISE(ABORT, 'reconciliation events are append-only'); END;

-- Runs of the matching on chosen sides. Details of run n stand in reconciliation_matches and _orphans under -n: the
-- positive numbers are those of examinations. Only the latest run of a case keeps its details.
CREATE TABLE reconciliation_runs (
  ordinal INTEGER NOT NULL PRIMARY KEY CHECK (ordinal > 0),
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  ran_at TEXT NOT NULL,
  -- The examination that was the latest then; 0 for none.
  examination INTEGER NOT NULL,
  sides TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;

-- What a row without a partner probably is, as JSON: proposals only.
ALTER TABLE reconciliation_orphans ADD COLUMN proposals TEXT NOT NULL DEFAULT '[]';
`,
} as const;
