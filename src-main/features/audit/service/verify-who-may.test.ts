import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, PASSPHRASE, Station, WORKSPACE } from '../../../engine/engine.fixture.ts';
import { passphraseOf, register } from '../../../engine/gate/people.fixture.ts';

/**
 * R-34 against an examiner who holds the store's key and drops its triggers: custody, legal holds, accounts, proposals and
 * assignments must be those that the log records. What is expected is that nothing is found of honest work, and that each
 * edit is found under the name of the thing it changed.
 */
const OTHER_PASSPHRASE = 'another passphrase of fifteen and more';
const station = new Station();
const original = new Map<string, Buffer>();
beforeAll(async () => {
  const location = { name: WORKSPACE };
  const { kit } = await station.invoke('workspaces.create', { location, passphrase: PASSPHRASE, actor: 'Ada' });
  const caseId = await station.createCase('Inquiry');
  const text = 'date,amount,currency,counterparty,reference,description\n2024-01-31,10.00,EUR,Acme,R-1,one\n';
  const [first] = await station.import(caseId, [station.file('one.csv', text)]);
  await station.done('custody.openOriginal', { sourceId: first!.sourceId!, purpose: 'Comparison' });
  await station.import(caseId, [station.file('two.csv', text.replace('10.00', '11.00'))]);
  const bob = await register(station, 'Bob', 'judge', { secondaryRoles: ['prosecutor'] });
  const cy = await register(station, 'Cy', 'judge', { supervisor: true });
  await station.invoke('cases.assign', { caseId, accountId: bob.accountId });
  await station.invoke('cases.unassign', { caseId, accountId: bob.accountId });
  for (const [roles, decision] of [
    ['financial_examiner', 'approve'],
    ['prosecutor', 'reject'],
    ['judge', 'leave open'],
  ] as const) {
    const change = { roles: [roles], supervisor: false, reason: `To be a ${roles}.` };
    const { id: proposalId } = await station.invoke('accounts.proposeRoles', { accountId: bob.accountId, ...change });
    if (decision === 'approve') await station.invoke('accounts.approveProposal', { proposalId }, cy.session);
    if (decision === 'reject')
      await station.invoke('accounts.rejectProposal', { proposalId, reason: 'Not yet.' }, cy.session);
  }
  const passphrase = passphraseOf('Bob');
  await station.invoke('accounts.changePassword', { passphrase, newPassphrase: OTHER_PASSPHRASE }, bob.session);
  await station.invoke('accounts.resetPassword', { accountId: bob.accountId, reason: 'Forgotten.' });
  await station.invoke('accounts.revoke', { accountId: cy.accountId, reason: 'On leave.' });
  await station.invoke('accounts.reinstate', { accountId: cy.accountId, reason: 'Back.' });
  await station.invoke('cases.hold', { caseId, reason: 'Litigation' });
  await station.invoke('cases.close', { caseId, reason: 'Concluded' });
  await station.invoke('cases.reopen', { caseId, reason: 'New evidence' });
  await station.closeWorkspace();
  // The store's key is taken while the first password still opens it.
  await station.inStore(() => undefined);
  const { recoveryCode } = kit!;
  await station.invoke('workspaces.recover', { location, recoveryCode, actor: 'Ada', passphrase: OTHER_PASSPHRASE });
  await station.closeWorkspace();
  for (const file of filesBelow(station.workspaceFolder)) original.set(file, readFileSync(file));
}, 120_000);
afterAll(() => station.close());

const restore = (): void => {
  for (const file of filesBelow(station.workspaceFolder)) if (!original.has(file)) rmSync(file);
  for (const [file, bytes] of original) writeFileSync(file, bytes);
};
const verification = (of: Station, folder: string, passphrase: string) => {
  const { grant } = of.engine.grantPath(of.session, folder, 'folder');
  return of.done('workspaces.verify', { grant, passphrase, actor: 'Ada' });
};
/** What verification finds, but for the closed store's file being another: that only this station's memory notices. */
const found = async (edit: string): Promise<string[]> => {
  try {
    if (edit !== '')
      await station.inStore(db => {
        db.pragma('foreign_keys=OFF');
        const triggers = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[];
        for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
        const changes = db.prepare('SELECT total_changes()').pluck();
        const made = changes.get() as number;
        db.exec(edit);
        expect(changes.get() as number, 'the edit was made').toBeGreaterThan(made);
        db.pragma('wal_checkpoint(TRUNCATE)');
      }, 'write');
    const { problems } = await verification(station, station.workspaceFolder, OTHER_PASSPHRASE);
    return problems.filter(({ code }) => code !== 'store.changed').map(({ code, where }) => `${code} at ${where}`);
  } finally {
    restore();
  }
};

const BOB = `(SELECT id FROM accounts WHERE username = 'Bob')`;
const ADA = `(SELECT id FROM accounts WHERE username = 'Ada')`;
const ACCOUNT_COLUMNS =
  'role, secondary_roles, 1, analysis_mode, ai_intervention_level, state, created_at, created_by, NULL';

describe('who may do what, and what must be kept', () => {
  it('verifies after honest work: registering, assigning, proposing, approving, revoking, holding, closing', async () => {
    expect(await found('')).toEqual([]);
  });

  const EDITS: readonly (readonly [what: string, sql: string, expected: RegExp])[] = [
    ['a legal hold deleted', `DELETE FROM case_retention_events WHERE kind = 'hold-placed'`, /^records\.retention at /],
    [
      'a legal hold put in another’s name',
      `UPDATE case_retention_events SET actor = 'Bob' WHERE kind = 'hold-placed'`,
      /^records\.retention at .*, step 1$/,
    ],
    [
      'a closing moved back by ten years',
      `UPDATE case_retention_events SET at = '2016-01-02T03:04:05.000Z' WHERE kind = 'closed'`,
      /^records\.retention at .*, step 2$/,
    ],
    [
      'a release of the hold invented',
      `INSERT INTO case_retention_events SELECT case_id, 4, 'hold-released', 'Settled', actor, at FROM case_retention_events WHERE seq = 1`,
      /^records\.retention at .*, step 4$/,
    ],
    [
      'a supervisor made by hand',
      `UPDATE accounts SET supervisor = 1 WHERE username = 'Bob'`,
      /^records\.accounts at account “Bob”$/,
    ],
    [
      'a role changed',
      `UPDATE accounts SET role = 'judge' WHERE username = 'Bob'`,
      /^records\.accounts at account “Bob”$/,
    ],
    [
      'roles beside it that cannot be read',
      `UPDATE accounts SET secondary_roles = '[' WHERE username = 'Bob'`,
      /^records\.accounts at account “Bob”$/,
    ],
    [
      'the first account’s roles',
      `UPDATE accounts SET secondary_roles = '["judge"]' WHERE username = 'Ada'`,
      /^records\.accounts at account “Ada”$/,
    ],
    [
      'an account revoked',
      `UPDATE accounts SET state = 'revoked' WHERE username = 'Cy'`,
      /^records\.accounts at account “Cy”$/,
    ],
    [
      'an account under another’s name at sign-in',
      `UPDATE accounts SET folded_name = 'eve' WHERE username = 'Bob'`,
      /^records\.accounts at account “Bob”$/,
    ],
    [
      'an account invented',
      `INSERT INTO accounts SELECT 'x', 'Eve', 'eve', 'Eve', ${ACCOUNT_COLUMNS} FROM accounts WHERE username = 'Bob'`,
      /^records\.accounts at account “Eve”$/,
    ],
    ['an account removed', `DELETE FROM accounts WHERE username = 'Bob'`, /^records\.accounts at account “Bob”$/],
    [
      'the first account removed',
      `DELETE FROM accounts WHERE username = 'Ada'`,
      /^records\.accounts at account “Ada”$/,
    ],
    [
      'who gave a password',
      `UPDATE account_events SET actor = 'Cy' WHERE act = 'password-replaced'`,
      /^records\.accounts at history of the accounts, step \d+$/,
    ],
    [
      'a revocation out of the history',
      `DELETE FROM account_events WHERE act = 'revoked'`,
      /^records\.accounts at history of the accounts, step \d+$/,
    ],
    [
      'a proposal in another supervisor’s name',
      `UPDATE role_proposals SET proposed_by = (SELECT id FROM accounts WHERE username = 'Cy') WHERE state = 'open'`,
      /^records\.accounts at proposal /,
    ],
    [
      'a proposal of more',
      `UPDATE role_proposals SET after = replace(after, 'false', 'true') WHERE state = 'open'`,
      /^records\.accounts at proposal /,
    ],
    [
      'a proposal approved by hand',
      `UPDATE role_proposals SET state = 'approved', decided_by = ${ADA}, decided_at = '', decision_reason = '' WHERE state = 'open'`,
      /^records\.accounts at proposal /,
    ],
    ['a proposal removed', `DELETE FROM role_proposals WHERE state = 'rejected'`, /^records\.accounts at proposal /],
    [
      'an assignment invented',
      `INSERT INTO case_assignment_events SELECT max(ordinal) + 1, case_id, ${BOB}, 1, 'Ada', at FROM case_assignment_events`,
      /^records\.assignments at assignments, step 4$/,
    ],
    [
      'an assignment to somebody else',
      `UPDATE case_assignment_events SET account_id = ${BOB} WHERE ordinal = 1`,
      /^records\.assignments at assignments, step 1$/,
    ],
    [
      'an end of an assignment deleted',
      'DELETE FROM case_assignment_events WHERE assigned = 0',
      /^records\.assignments at assignments, step 3$/,
    ],
    // Without any, the next to sign in would be taken for the first and be given every case.
    ['every assignment deleted', 'DELETE FROM case_assignment_events', /^records\.assignments at assignments, step 1$/],
  ];
  it.each(EDITS)('%s', async (_what, sql, expected) => {
    const problems = await found(sql);
    expect(problems).not.toEqual([]);
    for (const problem of problems.slice(0, 1)) expect(problem).toMatch(expected);
  });
});

describe('the custody ledger', () => {
  const ingest = (change: string): string => `UPDATE custody_events SET ${change} WHERE kind = 'ingest' AND seq = 3`;
  const EDITS: readonly (readonly [what: string, sql: string, expected: readonly string[]])[] = [
    ['actor of an import', ingest(`actor = 'Zed'`), ['custody.unlogged at custody 3']],
    ['role of an import', ingest(`role = 'judge'`), ['custody.unlogged at custody 3']],
    ['time of an import', ingest(`at = '2020-01-01T00:00:00.000Z'`), ['custody.unlogged at custody 3']],
    ['purpose of an import', ingest(`purpose = 'planted by the defence'`), ['custody.unlogged at custody 3']],
    ['recipient of an import', ingest(`recipient = 'Mr X'`), ['custody.unlogged at custody 3']],
    ['receipt of an import', ingest(`receipt = 'R-1'`), ['custody.unlogged at custody 3']],
    ['case of an import', ingest(`case_id = 'x'`), ['custody.unlogged at custody 3']],
  ];
  it.each(EDITS)('%s', async (_what, sql, expected) => {
    expect(await found(sql)).toEqual(expected);
  });

  it('holds the line of each import once, and no other’s', async () => {
    const at = /^custody\.unlogged at entry \d+$/;
    const [deleted, ...more] = await found('DELETE FROM custody_events WHERE seq = 1');
    expect([deleted, more]).toEqual([expect.stringMatching(at), []]);
    const copy = `INSERT INTO custody_events SELECT 4, source_id, case_id, kind, name, purpose, expected, found, agrees, recipient, receipt, actor, role, at, entry FROM custody_events WHERE seq = 3`;
    expect(await found(copy)).toEqual(['custody.unlogged at custody 4']);
    const [line, entry, ...rest] = await found(
      'UPDATE custody_events SET entry = (SELECT entry FROM custody_events WHERE seq = 1) WHERE seq = 3',
    );
    expect([line, entry, rest]).toEqual(['custody.unlogged at custody 3', expect.stringMatching(at), []]);
  });

  it('names the entry that records an opening', async () => {
    const moved = 'UPDATE custody_events SET entry = entry - 1 WHERE seq = 2';
    expect(await found(moved)).toEqual(['custody.unlogged at custody 2']);
  });
});

describe('a workspace that is older than accounts', () => {
  it('verifies before its first sign-in, after it, and with what is done since; an account of before is none', async () => {
    // A workspace that the first version of NEXUS made.
    const older = new Station();
    try {
      const folder = join(older.home, 'Older');
      const made = fileURLToPath(new URL('../../../../migrations/tests/foundation-workspace', import.meta.url));
      cpSync(made, folder, { recursive: true });
      const found = async () => (await verification(older, folder, PASSPHRASE)).problems.map(({ code }) => code);
      expect(await found()).toEqual([]);
      await older.invoke('workspaces.open', { location: { name: 'Older' }, passphrase: PASSPHRASE, actor: 'Ada' });
      const { cases } = await older.invoke('cases.list', {});
      expect(cases.length).toBeGreaterThan(0);
      await older.createCase('Since');
      await older.closeWorkspace();
      expect(await found()).toEqual([]);
    } finally {
      await older.close();
    }
  }, 60_000);
});
