import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE, Station, WORKSPACE } from '../../../engine/engine.fixture.ts';
import type { Person } from '../../../engine/gate/people.fixture.ts';
import { register } from '../../../engine/gate/people.fixture.ts';

const station = new Station();
let bo: Person;
beforeAll(async () => {
  await station.create();
  bo = await register(station, 'Bo', 'prosecutor');
}, 60_000);
afterAll(() => station.close());

const change = { roles: ['judge' as const], supervisor: false, reason: 'Moved to the bench.' };

describe('a change of roles (R-26)', () => {
  it('is refused, with the way out, while no second supervisor could approve it', async () => {
    const refusal = await station.refusal('accounts.proposeRoles', { accountId: bo.accountId, ...change });
    expect(refusal).toMatchObject({ code: 'approval.nobody', category: 'conflict' });
    expect(refusal.remedy).toContain('Register another account');
  });

  it('holds from the next call of a window already open once a second person approves, for nobody sooner', async () => {
    const cy = await register(station, 'Cy', 'judge', { supervisor: true });
    const proposal = await station.invoke('accounts.proposeRoles', { accountId: bo.accountId, ...change });
    expect(proposal).toMatchObject({ state: 'open', proposedBy: 'Ada', before: { roles: ['prosecutor'] } });
    const { id: proposalId } = proposal;
    expect(await station.refusal('accounts.approveProposal', { proposalId })).toMatchObject({
      code: 'separation.own-proposal',
      category: 'permission',
    });
    expect(await station.refusal('accounts.approveProposal', { proposalId }, bo.session)).toMatchObject({
      code: 'permission.denied',
    });
    const role = async () => (await station.invoke('accounts.me', {}, bo.session)).account.role;
    expect(await role()).toBe('prosecutor');
    await station.invoke('accounts.approveProposal', { proposalId }, cy.session);
    expect(await role()).toBe('judge');
    expect(await station.refusal('accounts.approveProposal', { proposalId }, cy.session)).toMatchObject({
      code: 'proposal.decided',
    });
  }, 60_000);

  it('of oneself is proposed by nobody and approved by nobody', async () => {
    const { accounts } = await station.invoke('accounts.list', {});
    const [ada, cy] = ['Ada', 'Cy'].map(name => accounts.find(({ username }) => username === name)?.id ?? '');
    expect(await station.refusal('accounts.proposeRoles', { accountId: ada, ...change })).toMatchObject({
      code: 'separation.own-rights',
    });
    // Ada proposes for Cy: only a third supervisor could approve, and there is none.
    expect(await station.refusal('accounts.proposeRoles', { accountId: cy, ...change })).toMatchObject({
      code: 'approval.nobody',
    });
  });

  it('that was overtaken is not applied', async () => {
    const dee = await register(station, 'Dee', 'prosecutor');
    const { id: proposalId } = await station.invoke('accounts.proposeRoles', { accountId: dee.accountId, ...change });
    await station.invoke('accounts.revoke', { accountId: dee.accountId, reason: 'Left the office.' });
    const cy = (await station.invoke('sessions.list', {})).sessions.find(({ username }) => username === 'Cy');
    expect(cy).toBeDefined();
    expect(
      await station.refusal('accounts.approveProposal', { proposalId }, cy?.id as typeof station.session),
    ).toMatchObject({ code: 'proposal.overtaken' });
    await station.invoke('accounts.rejectProposal', { proposalId, reason: 'No longer here.' });
    expect((await station.invoke('accounts.proposals', { state: 'open' })).proposals).toEqual([]);
  }, 60_000);

  it('is in the log with both people, and its row can neither be changed nor approved by who proposed it', async () => {
    expect(await station.acts()).toEqual(
      expect.arrayContaining(['account.roles-proposed', 'account.roles-approved', 'account.roles-rejected']),
    );
    await station.inStore(db => {
      expect(() => db.exec(`UPDATE role_proposals SET state = 'approved'`)).toThrow('a proposal is decided once');
      expect(() => db.exec('DELETE FROM role_proposals')).toThrow('proposals are never deleted');
      const copied = (id: string, state: string, next: number) =>
        `INSERT OR REPLACE INTO role_proposals SELECT max(ordinal) + ${next}, '${id}', 'y', before, after, reason,
         proposed_by, proposed_at, '${state}', ${state === 'open' ? 'NULL, NULL, NULL' : "proposed_by, 'now', ''"}
         FROM role_proposals`;
      const [id = ''] = db.prepare('SELECT id FROM role_proposals').pluck().all() as string[];
      for (const statement of [copied('x', 'approved', 1), copied(id, 'open', 1), copied('x', 'open', 0)])
        expect(() => db.exec(statement), statement).toThrow('begins open');
      db.exec(copied('x', 'open', 1));
      expect(() =>
        db.exec(`UPDATE role_proposals SET state = 'approved', decided_by = proposed_by, decided_at = 'now',
                 decision_reason = '' WHERE id = 'x'`),
      ).toThrow('by a second person');
      expect(() =>
        db.exec(`UPDATE role_proposals SET state = 'rejected', decided_by = account_id, decided_at = 'now',
                 decision_reason = '' WHERE id = 'x'`),
      ).toThrow('by a second person');
    }, 'write');
  });
});

describe('the supervisor’s duty, once there are two', () => {
  const two = new Station();
  let cy: Person;
  beforeAll(async () => {
    await two.create();
    cy = await register(two, 'Cy', 'judge', { supervisor: true });
  }, 60_000);
  afterAll(() => two.close());
  const rights = { roles: ['judge' as const], supervisor: true, reason: 'A third to approve.' };
  const idOf = async (name: string) =>
    (await two.invoke('accounts.list', {})).accounts.find(({ username }) => username === name)?.id ?? '';

  it('is given by nobody alone: not to a new account, not to one that comes back', async () => {
    expect(
      await two.refusal('accounts.register', { username: 'Puppet', role: 'judge', supervisor: true }),
    ).toMatchObject({ code: 'approval.needed', category: 'permission' });
    const dee = await register(two, 'Dee', 'prosecutor');
    const { id: proposalId } = await two.invoke('accounts.proposeRoles', { accountId: dee.accountId, ...rights });
    await two.invoke('accounts.approveProposal', { proposalId }, cy.session);
    await two.invoke('accounts.revoke', { accountId: dee.accountId, reason: 'Left the office.' });
    const { account } = await two.invoke('accounts.reinstate', { accountId: dee.accountId, reason: 'Came back.' });
    expect(account).toMatchObject({ role: 'judge', supervisor: false, state: 'active' });
  }, 60_000);

  it('is not kept by rejecting its end: whom a proposal concerns does not decide on it, who proposed it withdraws it', async () => {
    const ed = await register(two, 'Ed', 'prosecutor');
    const { id: raised } = await two.invoke('accounts.proposeRoles', { accountId: ed.accountId, ...rights });
    await two.invoke('accounts.approveProposal', { proposalId: raised }, cy.session);
    const { id: proposalId } = await two.invoke('accounts.proposeRoles', {
      accountId: cy.accountId,
      roles: ['judge'],
      supervisor: false,
      reason: 'Duties moved.',
    });
    expect(await two.refusal('accounts.rejectProposal', { proposalId, reason: 'I stay.' }, cy.session)).toMatchObject({
      code: 'separation.own-rights',
    });
    await two.invoke('accounts.rejectProposal', { proposalId, reason: 'Withdrawn.' });
    await two.invoke('accounts.revoke', { accountId: ed.accountId, reason: 'Left the office.' });
  }, 60_000);

  it('approves nothing for who gave the approver a password, and nothing that a former supervisor proposed', async () => {
    const bo = await register(two, 'Bo', 'prosecutor');
    const { initialPassword } = await two.invoke('accounts.resetPassword', {
      accountId: cy.accountId,
      reason: 'Forgotten, it is said.',
    });
    const taken = two.engine.openSession();
    await two.invoke(
      'workspaces.open',
      {
        location: { name: WORKSPACE },
        passphrase: initialPassword,
        newPassphrase: `${PASSPHRASE} of somebody`,
        actor: 'Cy',
      },
      taken,
    );
    const { id: proposalId } = await two.invoke('accounts.proposeRoles', { accountId: bo.accountId, ...change });
    expect(await two.refusal('accounts.approveProposal', { proposalId }, taken)).toMatchObject({
      code: 'separation.same-hand',
    });
    await two.invoke('accounts.revoke', { accountId: await idOf('Ada'), reason: 'Under inquiry.' }, taken);
    expect(await two.refusal('accounts.approveProposal', { proposalId }, taken)).toMatchObject({
      code: 'proposal.overtaken',
    });
  }, 60_000);

  it('names nobody like the program', async () => {
    const fresh = new Station();
    for (const actor of ['system', 'SYSTEM', 'ｓystem'])
      expect(
        await fresh.refusal('workspaces.create', { location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor }),
      ).toMatchObject({ code: 'account.name-reserved' });
    await fresh.create();
    expect(await fresh.refusal('accounts.register', { username: 'System', role: 'judge' })).toMatchObject({
      code: 'account.name-reserved',
    });
    await fresh.close();
  }, 60_000);
});
