/**
 * What proves a person beyond the password: one-time codes (RFC 6238), recovery codes, identities at OpenID providers.
 * `account_factors.last_step` only ever grows (trigger): an accepted code is never accepted again.
 */
export const createFactors = {
  stamp: 202611230013,
  name: 'create_factors',
  sql: `
CREATE TABLE account_factors (
  account_id TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL,
  enrolled_at TEXT NOT NULL,
  confirmed_at TEXT,
  last_step INTEGER,
  spent_steps TEXT NOT NULL,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER account_factors_step_grows BEFORE UPDATE OF last_step ON account_factors
WHEN OLD.last_step IS NOT NULL AND (NEW.last_step IS NULL OR NEW.last_step < OLD.last_step)
BEGIN SELECT RAISE(ABORT, 'the last accepted step of a one-time code only grows'); END;

CREATE TABLE recovery_codes (
  account_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL,
  spent_at TEXT,
  PRIMARY KEY (account_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recovery_codes_spent_once BEFORE UPDATE ON recovery_codes
WHEN OLD.spent_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a recovery code is spent once'); END;

CREATE TABLE oauth_providers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE oauth_accounts (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL,
  provider_id TEXT NOT NULL REFERENCES oauth_providers (id),
  subject TEXT NOT NULL,
  email TEXT,
  name TEXT,
  linked_at TEXT NOT NULL,
  last_used_at TEXT,
  UNIQUE (provider_id, subject),
  UNIQUE (account_id, provider_id)
) STRICT, WITHOUT ROWID;
`,
} as const;
