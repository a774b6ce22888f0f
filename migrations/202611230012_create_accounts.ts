/**
 * Accounts: who may sign in. A name is never used again for somebody else (no delete, no rename), because the log and
 * decisions carry names. `key_headers` keeps the digest of the header's key slots as this program last wrote them: an older
 * header put back (with the slot of a revoked account in it) is noticed at the next sign-in; digests of slots that went out of
 * force stay there as well and open nothing any more. Those digests are random and stay out of the log's text.
 */
export const createAccounts = {
  stamp: 202611230012,
  name: 'create_accounts',
  sql: `
CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  folded_name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  secondary_roles TEXT NOT NULL,
  supervisor INTEGER NOT NULL CHECK (supervisor IN (0, 1)),
  analysis_mode TEXT NOT NULL,
  ai_intervention_level TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  last_sign_in_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER accounts_name_stays BEFORE UPDATE OF id, username, folded_name, created_at, created_by ON accounts
  BEGIN SELECT RAISE(ABORT, 'an account keeps its name'); END;
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts
  BEGIN SELECT RAISE(ABORT, 'accounts are revoked, never deleted'); END;

CREATE TABLE account_events (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER account_events_no_update BEFORE UPDATE ON account_events
  BEGIN SELECT RAISE(ABORT, 'account events are append-only'); END;
CREATE TRIGGER account_events_in_sequence BEFORE INSERT ON account_events
  WHEN NEW.ordinal <> (SELECT coalesce(max(ordinal) + 1, 1) FROM account_events)
  BEGIN SELECT RAISE(ABORT, 'account events are append-only'); END;
CREATE TRIGGER account_events_no_delete BEFORE DELETE ON account_events
  BEGIN SELECT RAISE(ABORT, 'account events are append-only'); END;

CREATE TABLE key_headers (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
`,
} as const;
