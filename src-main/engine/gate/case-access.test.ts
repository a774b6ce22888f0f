import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows, Station } from '../engine.fixture.ts';
import type { Person } from './people.fixture.ts';
import { register } from './people.fixture.ts';

const station = new Station();
let bo: Person;
beforeAll(async () => {
  await station.create();
  bo = await register(station, 'Bo', 'financial_examiner');
}, 60_000);
afterAll(() => station.close());

const casesOf = async (person?: Person) =>
  (await station.invoke('cases.list', {}, person?.session)).cases.map(({ name }) => name);

describe('a case', () => {
  it('is its maker’s, and nobody else’s', async () => {
    await station.createCase('Made by Ada');
    await station.invoke('cases.create', { name: 'Made by Bo' }, bo.session);
    expect(await casesOf()).toEqual(['Made by Ada']);
    expect(await casesOf(bo)).toEqual(['Made by Bo']);
  });

  it('is named to a supervisor with who works on it, without being opened', async () => {
    const { cases } = await station.invoke('cases.assignments', {});
    const made = cases.find(({ name }) => name === 'Made by Bo');
    expect(made?.accounts.map(({ username }) => username)).toEqual(['Bo']);
    expect(await station.refusal('cases.read', { caseId: made?.id ?? '' })).toMatchObject({ code: 'case.unknown' });
    expect(await station.refusal('cases.assignments', {}, bo.session)).toMatchObject({ code: 'permission.denied' });
  });

  it('that is not one’s own leaves a denial with each try, the same as for none, and probing raises an alert (R-39)', async () => {
    // Ten refused calls within five minutes are probing (THREAT_PARAMETERS).
    const { cases } = await station.invoke('cases.assignments', {});
    const foreign = cases.find(({ name }) => name === 'Made by Ada')?.id ?? '';
    const denials = async (person?: Person) =>
      (await station.invoke('audits.search', { act: 'access.denied' }, person?.session)).entries.filter(
        ({ actor, object }) => actor === 'Bo' && object.includes('cases.read'),
      );
    const before = (await denials()).length;
    const answers = [];
    for (const caseId of [foreign, randomUUID(), ...Array.from({ length: 9 }, () => foreign)])
      answers.push(JSON.stringify(await station.call('cases.read', { caseId }, bo.session)).replace(caseId, 'ID'));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('case.unknown');
    expect((await denials()).length - before).toBe(11);
    // Neither who tried nor who works on the case reads in the log whether there is one.
    for (const person of [undefined, bo])
      expect(new Set((await denials(person)).map(({ object }) => object))).toEqual(
        new Set([JSON.stringify({ channel: 'cases.read', permission: 'case.read', reason: 'out-of-scope' })]),
      );
    const { alerts } = await station.invoke('alerts.list', {});
    expect(alerts).toContainEqual(expect.objectContaining({ rule: 'permission-probing', actor: 'Bo' }));
  });

  it('of before assignments goes to the account that opens the workspace first, and only then', async () => {
    await station.engine.closeSession(bo.session);
    // While it is open: a store written by something else while it was closed is held.
    await station.inStore(db => {
      db.exec('DROP TRIGGER case_assignment_events_no_delete');
      db.exec('DELETE FROM case_assignment_events');
      expect(countRows(db, 'case_assignment_events')).toBe(0);
    }, 'write');
    await station.closeWorkspace();
    await station.open();
    expect((await casesOf()).sort()).toEqual(['Made by Ada', 'Made by Bo']);
    const granted = (await station.acts()).filter(act => act === 'assignment.granted').length;
    expect(granted).toBe(2);
    await station.closeWorkspace();
    await station.open();
    expect((await station.acts()).filter(act => act === 'assignment.granted').length).toBe(granted);
  });

  it('left by everybody stays left', async () => {
    const { cases } = await station.invoke('cases.assignments', {});
    for (const { id, accounts } of cases)
      for (const { accountId } of accounts) await station.invoke('cases.unassign', { caseId: id, accountId });
    await station.closeWorkspace();
    await station.open();
    expect(await casesOf()).toEqual([]);
  });
});
