/** What people decide on findings, as events that are only ever appended (docs/adr/0033), and an index that groups hits. */
export const createFindingEvents = {
  stamp: 202611230005,
  name: 'create_finding_events',
  sql: `
CREATE TABLE finding_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER finding_events_no_update BEFORE UPDATE ON finding_events
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_events_in_sequence BEFORE INSERT ON finding_events
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM finding_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_events_no_delete BEFORE DELETE ON finding_events
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;

-- The facts an event is about; hits: JSON [[test, finding key], …] of the findings that made up the fact then.
CREATE TABLE finding_event_facts (
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  fact TEXT NOT NULL,
  hits TEXT NOT NULL,
  PRIMARY KEY (case_id, seq, fact)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER finding_event_facts_no_update BEFORE UPDATE ON finding_event_facts
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_event_facts_of_last BEFORE INSERT ON finding_event_facts
  WHEN NEW.seq <> (SELECT max(seq) FROM finding_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_event_facts_no_delete BEFORE DELETE ON finding_event_facts
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;

-- Rows that a tried explanation rests on: 64-bit floats of transaction ids, ascending.
CREATE TABLE finding_event_rows (
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  explanation TEXT NOT NULL,
  rows BLOB NOT NULL,
  PRIMARY KEY (case_id, seq, explanation)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER finding_event_rows_no_update BEFORE UPDATE ON finding_event_rows
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_event_rows_of_last BEFORE INSERT ON finding_event_rows
  WHEN NEW.seq <> (SELECT max(seq) FROM finding_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;
CREATE TRIGGER finding_event_rows_no_delete BEFORE DELETE ON finding_event_rows
  BEGIN SELECT RAISE(ABORT, 'finding events are append-only'); END;

-- Everything the grouping of a run reads: the digest lies behind the rows in the table, which can be large.
CREATE INDEX findings_facts
  ON findings (run, severity_rank, test, score DESC, ordinal, rows_digest, row_count, finding_key);
`,
} as const;
