import type { ReadStore } from '../../../platform/store.ts';
import { foldedName } from '../../identity/domain/username.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { firstDifference } from '../domain/first-difference.ts';
import type { LoggedAccess } from '../domain/logged-access.ts';
import { ACCOUNT_STEPS, loggedAccess } from '../domain/logged-access.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { hasTable } from './has-table.ts';

interface StoredAccount {
  readonly id: string;
  readonly username: string;
  readonly folded_name: string;
  readonly role: string;
  readonly secondary_roles: string;
  readonly supervisor: number;
  readonly state: string;
  readonly created_by: string;
}

interface StoredProposal {
  readonly id: string;
  readonly account_id: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly proposed_by: string;
  readonly state: string;
  readonly decided_by: string | null;
  readonly decision_reason: string | null;
}

/** Rows of a table; none in a store that was not opened since an earlier version, which had no such table. */
const rowsSince = <T>(store: ReadStore, table: string, text: string): T[] =>
  hasTable(store, table) ? (store.connection.prepare(text).all() as T[]) : [];

const accountsProblem = (where: string, message: string): ChainProblem => ({
  code: 'records.accounts',
  where,
  message,
});

const accountProblems = (stored: readonly StoredAccount[], { accounts }: LoggedAccess): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  for (const row of stored) {
    const where = `account “${row.username}”`;
    const logged = accounts.get(row.id);
    if (logged === undefined)
      problems.push(accountsProblem(where, 'the store holds an account that the log does not record'));
    else if (
      row.username !== logged.username ||
      row.folded_name !== foldedName(logged.username) ||
      row.created_by !== logged.createdBy ||
      row.role !== (logged.roles[0] ?? '') ||
      row.secondary_roles !== JSON.stringify(logged.roles.slice(1)) ||
      row.supervisor !== (logged.supervisor ? 1 : 0) ||
      row.state !== logged.state
    )
      problems.push(accountsProblem(where, 'the stored account is not the one the log records'));
  }
  const ids = new Set(stored.map(({ id }) => id));
  for (const { id, username } of accounts.values())
    if (!ids.has(id))
      problems.push(
        accountsProblem(`account “${username}”`, 'the log records an account that the store no longer holds'),
      );
  return problems;
};

const stepProblem = (store: ReadStore, { steps }: LoggedAccess): ChainProblem[] => {
  const stored = rowsSince<{ account_id: string; act: string; actor: string }>(
    store,
    'account_events',
    'SELECT account_id, act, actor FROM account_events ORDER BY ordinal',
  )
    .map(step => ({ ...step, act: step.act.replace(/^account\./, '') }))
    .filter(({ act }) => ACCOUNT_STEPS.has(act));
  const step = firstDifference(
    steps,
    stored,
    (logged, row) => logged.account === row.account_id && logged.act === row.act && logged.actor === row.actor,
  );
  return step === null
    ? []
    : [accountsProblem(`history of the accounts, step ${step}`, 'the stored history is not the one the log records')];
};

const proposalProblems = (store: ReadStore, { proposals }: LoggedAccess): ChainProblem[] => {
  const stored = rowsSince<StoredProposal>(
    store,
    'role_proposals',
    'SELECT id, account_id, before, after, reason, proposed_by, state, decided_by, decision_reason FROM role_proposals ORDER BY ordinal',
  );
  const problems: ChainProblem[] = [];
  for (const row of stored) {
    const logged = proposals.get(row.id);
    if (
      logged === undefined ||
      row.account_id !== logged.account ||
      row.before !== logged.before ||
      row.after !== logged.after ||
      row.reason !== logged.reason ||
      row.proposed_by !== logged.proposedBy ||
      row.state !== logged.state ||
      row.decided_by !== logged.decidedBy ||
      row.decision_reason !== logged.decisionReason
    )
      problems.push(accountsProblem(`proposal ${row.id}`, 'the stored proposal is not one that the log records so'));
  }
  const ids = new Set(stored.map(({ id }) => id));
  for (const id of proposals.keys())
    if (!ids.has(id))
      problems.push(accountsProblem(`proposal ${id}`, 'the log records a proposal that the store no longer holds'));
  return problems;
};

const assignmentProblem = (store: ReadStore, { assignments }: LoggedAccess): ChainProblem[] => {
  const stored = rowsSince<{ case_id: string; account_id: string; assigned: number; actor: string }>(
    store,
    'case_assignment_events',
    'SELECT case_id, account_id, assigned, actor FROM case_assignment_events ORDER BY ordinal',
  );
  const step = firstDifference(
    assignments,
    stored,
    (logged, row) =>
      logged.case === row.case_id &&
      logged.account === row.account_id &&
      logged.assigned === (row.assigned === 1) &&
      logged.actor === row.actor,
  );
  return step === null
    ? []
    : [
        {
          code: 'records.assignments',
          where: `assignments, step ${step}`,
          message: 'who is stored to work on which case is not what the log records',
        },
      ];
};

/**
 * Accounts, their history, proposals of other rights and assignments to cases, against what the log makes of them. Not
 * compared: the names that accounts show, how they look at things, and the times of rows, which their entries state.
 */
export const accessProblems = (store: ReadStore, logged: readonly AuditEntry[]): ChainProblem[] => {
  const accounts = rowsSince<StoredAccount>(
    store,
    'accounts',
    'SELECT id, username, folded_name, role, secondary_roles, supervisor, state, created_by FROM accounts ORDER BY folded_name',
  );
  // A workspace that nobody signed in to since accounts came has none; with any, the first one must be there.
  const access = loggedAccess(logged, username =>
    accounts.length === 0 ? null : (accounts.find(row => row.username === username)?.id ?? `of ${username}`),
  );
  return [
    ...accountProblems(accounts, access),
    ...stepProblem(store, access),
    ...proposalProblems(store, access),
    ...assignmentProblem(store, access),
  ];
};
