/**
 * The custody ledger: each time a sealed original was taken in, opened, copied, exported, handed over or checked, with the
 * digest found. Append-only. What was imported before is entered as it was logged then. And how long a case must be
 * kept: its closing, and legal holds on it.
 */
export const createCustody = {
  stamp: 202611230011,
  name: 'create_custody',
  sql: `
CREATE TABLE custody_events (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
  source_id TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('ingest', 'access', 'copy', 'export', 'transfer', 'check')),
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  expected TEXT NOT NULL,
  found TEXT,
  agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
  recipient TEXT NOT NULL,
  receipt TEXT NOT NULL,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  at TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entries (seq)
) STRICT;
CREATE INDEX custody_events_case ON custody_events (case_id, seq);
CREATE INDEX custody_events_source ON custody_events (source_id, seq);

WITH imported AS MATERIALIZED (
  SELECT seq, entry FROM audit_entries WHERE CASE WHEN json_valid(entry) THEN json_extract(entry, '$.act') = 'evidence.imported' END
)
INSERT INTO custody_events
SELECT row_number() OVER (ORDER BY i.seq), s.id, s.case_id, 'ingest', s.name, 'import', s.sha256, s.sha256, 1, '', '',
  json_extract(i.entry, '$.actor'), json_extract(i.entry, '$.role'), json_extract(i.entry, '$.ts'), i.seq
FROM imported i JOIN sources s ON s.id = json_extract(i.entry, '$.obj.source')
WHERE s.state = 'complete';

CREATE TRIGGER custody_events_no_update BEFORE UPDATE ON custody_events
  BEGIN SELECT RAISE(ABORT, 'the custody ledger is append-only'); END;
CREATE TRIGGER custody_events_in_sequence BEFORE INSERT ON custody_events
  WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 1) FROM custody_events)
  BEGIN SELECT RAISE(ABORT, 'the custody ledger is append-only'); END;
CREATE TRIGGER custody_events_no_delete BEFORE DELETE ON custody_events
  BEGIN SELECT RAISE(ABORT, 'the custody ledger is append-only'); END;

CREATE TABLE case_retention_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'reopened', 'hold-placed', 'hold-released')),
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_retention_events_no_update BEFORE UPDATE ON case_retention_events
  BEGIN SELECT RAISE(ABORT, 'retention events are append-only'); END;
CREATE TRIGGER case_retention_events_in_sequence BEFORE INSERT ON case_retention_events
  WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 1) FROM case_retention_events WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'retention events are append-only'); END;
CREATE TRIGGER case_retention_events_no_delete BEFORE DELETE ON case_retention_events
  BEGIN SELECT RAISE(ABORT, 'retention events are append-only'); END;
`,
} as const;
