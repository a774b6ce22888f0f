/**
 * The first schema. Days are days since 1970-01-01; instants are ISO 8601 text; amounts are integer units of
 * 10^-amount_scale of the source. `transactions` has no secondary index on purpose: orders and filters are built from
 * the sealed columns (docs/adr/0003).
 */
export const createFoundation = {
  stamp: 202611230001,
  name: 'create_foundation',
  sql: `
CREATE TABLE workspace_facts (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entries (
  seq INTEGER NOT NULL PRIMARY KEY,
  entry TEXT NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
-- Also stops INSERT OR REPLACE, which deletes without asking the trigger below.
CREATE TRIGGER audit_entries_in_sequence BEFORE INSERT ON audit_entries
  WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM audit_entries)
  BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;

CREATE TABLE cases (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  name TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('bank', 'ledger')),
  state TEXT NOT NULL CHECK (state IN ('importing', 'complete')),
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  compression TEXT CHECK (compression IN ('gzip')),
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  dialect TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  amount_scale INTEGER NOT NULL,
  first_transaction_id INTEGER NOT NULL,
  transaction_count INTEGER NOT NULL,
  rejected_count INTEGER NOT NULL,
  warning_count INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sources_case_digest ON sources (case_id, sha256) WHERE state = 'complete';

CREATE TABLE statements (
  source INTEGER NOT NULL REFERENCES sources (ordinal) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  account_id TEXT,
  currency TEXT,
  institution TEXT,
  owner TEXT,
  statement_id TEXT,
  opening_amount TEXT,
  opening_day INTEGER,
  closing_amount TEXT,
  closing_day INTEGER,
  from_day INTEGER,
  to_day INTEGER,
  transaction_count INTEGER NOT NULL,
  credits TEXT NOT NULL,
  debits TEXT NOT NULL,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE transactions (
  id INTEGER NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL,
  row_number INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  booking_day INTEGER NOT NULL,
  value_day INTEGER,
  amount_units INTEGER NOT NULL,
  currency INTEGER,
  counterparty INTEGER,
  counterparty_account INTEGER,
  type INTEGER,
  reference TEXT NOT NULL,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE dictionary_values (
  source INTEGER NOT NULL,
  dictionary TEXT NOT NULL,
  code INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (source, dictionary, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_records (
  source INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  row_number INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_warnings (
  source INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  row_number INTEGER,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE examination_runs (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  ran_at TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE quality_failures (
  run INTEGER NOT NULL,
  rule TEXT NOT NULL,
  rows BLOB NOT NULL,
  PRIMARY KEY (run, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE near_duplicates (
  run INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  first_transaction INTEGER NOT NULL,
  second_transaction INTEGER NOT NULL,
  score REAL NOT NULL,
  agree TEXT NOT NULL,
  differ TEXT NOT NULL,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE reconciliation_matches (
  run INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('confirmed', 'proposed')),
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  bank_transactions TEXT NOT NULL,
  ledger_transactions TEXT NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (run, status, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE reconciliation_orphans (
  run INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('bank', 'ledger')),
  ordinal INTEGER NOT NULL,
  transaction_id INTEGER NOT NULL,
  candidates TEXT NOT NULL,
  PRIMARY KEY (run, side, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run INTEGER NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  test TEXT NOT NULL,
  version TEXT NOT NULL,
  finding_key TEXT NOT NULL,
  severity TEXT NOT NULL,
  severity_rank INTEGER NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  rows BLOB NOT NULL,
  rows_digest TEXT NOT NULL
) STRICT;
CREATE INDEX findings_run ON findings (run, severity_rank, test);

CREATE TABLE finding_decisions (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  test TEXT NOT NULL,
  finding_key TEXT NOT NULL,
  rows_digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'explained', 'confirmed', 'dismissed')),
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX finding_decisions_key ON finding_decisions (case_id, test, finding_key);

CREATE TABLE reports (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id),
  run INTEGER NOT NULL,
  built_at TEXT NOT NULL,
  pages INTEGER NOT NULL,
  audit_root TEXT NOT NULL,
  pdf_sha256 TEXT NOT NULL,
  html_sha256 TEXT NOT NULL,
  pdf BLOB NOT NULL,
  html TEXT NOT NULL
) STRICT;
`,
};
