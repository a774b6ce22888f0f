/**
 * NEXUS-AL/1 whole: a forward-secure tag an entry, the keys of the stations that wrote here, signed checkpoints with the
 * peaks of the tree at them. All append-only, like the entries. The partial index finds the clock's events among
 * millions of entries: an entry is canonical text, so its act stands first.
 */
export const sealAuditLog = {
  stamp: 202611230010,
  name: 'seal_audit_log',
  sql: `
ALTER TABLE audit_entries ADD COLUMN tag BLOB CHECK (tag IS NULL OR length(tag) = 32);
CREATE INDEX audit_entries_clock ON audit_entries (seq) WHERE substr(entry, 1, 14) = '{"act":"clock.';

CREATE TABLE audit_stations (
  station INTEGER NOT NULL PRIMARY KEY CHECK (station >= 0),
  vkey TEXT NOT NULL,
  from_size INTEGER NOT NULL CHECK (from_size >= 0),
  at TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_stations_no_update BEFORE UPDATE ON audit_stations
  BEGIN SELECT RAISE(ABORT, 'stations of the log are append-only'); END;
CREATE TRIGGER audit_stations_in_sequence BEFORE INSERT ON audit_stations
  WHEN NEW.station <> (SELECT coalesce(max(station) + 1, 0) FROM audit_stations)
  BEGIN SELECT RAISE(ABORT, 'stations of the log are append-only'); END;
CREATE TRIGGER audit_stations_no_delete BEFORE DELETE ON audit_stations
  BEGIN SELECT RAISE(ABORT, 'stations of the log are append-only'); END;

CREATE TABLE audit_checkpoints (
  size INTEGER NOT NULL PRIMARY KEY CHECK (size > 0),
  root BLOB NOT NULL CHECK (length(root) = 32),
  peaks BLOB NOT NULL CHECK (length(peaks) > 0 AND length(peaks) % 32 = 0),
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  station INTEGER NOT NULL REFERENCES audit_stations (station)
) STRICT;
CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints
  BEGIN SELECT RAISE(ABORT, 'checkpoints of the log are append-only'); END;
CREATE TRIGGER audit_checkpoints_in_sequence BEFORE INSERT ON audit_checkpoints
  WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM audit_checkpoints)
  BEGIN SELECT RAISE(ABORT, 'checkpoints of the log are append-only'); END;
CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints
  BEGIN SELECT RAISE(ABORT, 'checkpoints of the log are append-only'); END;
`,
} as const;
