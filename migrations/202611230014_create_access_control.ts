/**
 * Who works on which case, what two people decide together, what the threat rules saw, and what holds for everybody.
 * Assignments are events: who was assigned, and who ended it, stays to be read. Proposals keep what they changed from.
 */
export const createAccessControl = {
  stamp: 202611230014,
  name: 'create_access_control',
  sql: `
CREATE TABLE case_assignment_events (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  account_id TEXT NOT NULL,
  assigned INTEGER NOT NULL CHECK (assigned IN (0, 1)),
  actor TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX case_assignment_events_account ON case_assignment_events (account_id, case_id, ordinal);
CREATE INDEX case_assignment_events_case ON case_assignment_events (case_id, account_id, ordinal);
CREATE TRIGGER case_assignment_events_no_update BEFORE UPDATE ON case_assignment_events
  BEGIN SELECT RAISE(ABORT, 'assignments are append-only'); END;
CREATE TRIGGER case_assignment_events_in_sequence BEFORE INSERT ON case_assignment_events
  WHEN NEW.ordinal <> (SELECT coalesce(max(ordinal) + 1, 1) FROM case_assignment_events)
  BEGIN SELECT RAISE(ABORT, 'assignments are append-only'); END;
CREATE TRIGGER case_assignment_events_no_delete BEFORE DELETE ON case_assignment_events
  BEGIN SELECT RAISE(ABORT, 'assignments are append-only'); END;

CREATE TABLE role_proposals (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
  decided_by TEXT,
  decided_at TEXT,
  decision_reason TEXT,
  CHECK ((state = 'open') = (decided_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX role_proposals_one_open ON role_proposals (account_id) WHERE state = 'open';
CREATE TRIGGER role_proposals_begin_open BEFORE INSERT ON role_proposals
  WHEN NEW.ordinal <> (SELECT coalesce(max(ordinal) + 1, 1) FROM role_proposals) OR NEW.state <> 'open'
    OR NEW.proposed_by = NEW.account_id OR EXISTS (SELECT 1 FROM role_proposals WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM role_proposals WHERE account_id = NEW.account_id AND state = 'open')
  BEGIN SELECT RAISE(ABORT, 'a proposal begins open, by another person, and replaces none'); END;
CREATE TRIGGER role_proposals_decided_once BEFORE UPDATE ON role_proposals
  WHEN OLD.state <> 'open' OR NEW.state = 'open' OR NEW.decided_by IS NULL
    OR NEW.ordinal <> OLD.ordinal OR NEW.id <> OLD.id OR NEW.account_id <> OLD.account_id OR NEW.before <> OLD.before OR NEW.after <> OLD.after
    OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_at <> OLD.proposed_at OR NEW.reason <> OLD.reason
    OR NEW.decided_by = OLD.account_id OR (NEW.state = 'approved' AND NEW.decided_by = OLD.proposed_by)
  BEGIN SELECT RAISE(ABORT, 'a proposal is decided once, by a second person'); END;
CREATE TRIGGER role_proposals_no_delete BEFORE DELETE ON role_proposals
  BEGIN SELECT RAISE(ABORT, 'proposals are never deleted'); END;

CREATE TABLE security_alerts (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('high', 'medium')),
  raised_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  words TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  events INTEGER NOT NULL,
  acknowledged_by TEXT,
  acknowledged_at TEXT,
  note TEXT,
  UNIQUE (rule, actor, last_seq)
) STRICT;
-- What replaces a row deletes it without asking the trigger below.
CREATE TRIGGER security_alerts_in_sequence BEFORE INSERT ON security_alerts
  WHEN NEW.ordinal <> (SELECT coalesce(max(ordinal) + 1, 1) FROM security_alerts)
    OR EXISTS (SELECT 1 FROM security_alerts WHERE id = NEW.id
      OR (rule = NEW.rule AND actor = NEW.actor AND last_seq = NEW.last_seq))
  BEGIN SELECT RAISE(ABORT, 'alerts are added, never replaced'); END;
CREATE TRIGGER security_alerts_stay BEFORE UPDATE ON security_alerts
  WHEN OLD.acknowledged_by IS NOT NULL OR NEW.acknowledged_by = OLD.actor
    OR NEW.ordinal <> OLD.ordinal OR NEW.id <> OLD.id OR NEW.rule <> OLD.rule OR NEW.words <> OLD.words
    OR NEW.actor <> OLD.actor OR NEW.raised_at <> OLD.raised_at OR NEW.severity <> OLD.severity
    OR NEW.first_seq <> OLD.first_seq OR NEW.last_seq <> OLD.last_seq OR NEW.events <> OLD.events
  BEGIN SELECT RAISE(ABORT, 'an alert stays as it was raised'); END;
CREATE TRIGGER security_alerts_no_delete BEFORE DELETE ON security_alerts
  BEGIN SELECT RAISE(ABORT, 'alerts are never deleted'); END;

-- Both came without a guard against INSERT OR REPLACE, which deletes without asking their triggers.
CREATE TRIGGER accounts_no_replace BEFORE INSERT ON accounts
  WHEN EXISTS (SELECT 1 FROM accounts
    WHERE id = NEW.id OR username = NEW.username OR folded_name = NEW.folded_name)
  BEGIN SELECT RAISE(ABORT, 'accounts are never replaced'); END;
CREATE TRIGGER typology_versions_no_replace BEFORE INSERT ON typology_versions
  WHEN EXISTS (SELECT 1 FROM typology_versions
    WHERE case_id = NEW.case_id AND typology = NEW.typology AND version = NEW.version)
  BEGIN SELECT RAISE(ABORT, 'typology versions are append-only'); END;

CREATE TABLE workspace_settings (
  version INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  settings TEXT NOT NULL
) STRICT;
CREATE TRIGGER workspace_settings_no_update BEFORE UPDATE ON workspace_settings
  BEGIN SELECT RAISE(ABORT, 'settings are kept by version'); END;
CREATE TRIGGER workspace_settings_in_sequence BEFORE INSERT ON workspace_settings
  WHEN NEW.version <> (SELECT coalesce(max(version) + 1, 1) FROM workspace_settings)
  BEGIN SELECT RAISE(ABORT, 'settings are kept by version'); END;
CREATE TRIGGER workspace_settings_no_delete BEFORE DELETE ON workspace_settings
  BEGIN SELECT RAISE(ABORT, 'settings are kept by version'); END;
`,
} as const;
