import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../contract/jobs.contract.ts';
import { generate, Station } from '../engine.fixture.ts';
import type { SessionId } from '../engine-client.ts';
import type { Person } from './people.fixture.ts';
import { register } from './people.fixture.ts';

const station = new Station();
let caseId = '';
let bo: Person;
const large = `${station.folder}/large.csv`;
beforeAll(async () => {
  generate(large, 100_000);
  await station.create();
  caseId = await station.createCase('Shared');
  bo = await register(station, 'Bo', 'financial_examiner', { secondaryRoles: ['judge'] });
}, 60_000);
afterAll(() => station.close());

/** Starts an import and comes back once it stores something. */
const underWay = async (person: Person): Promise<string> => {
  await station.invoke('cases.assign', { caseId, accountId: person.accountId });
  const grant = station.grant(large, person.session);
  const { jobId } = (await station.invoke('imports.start', { caseId, files: [{ grant }] }, person.session)) as {
    jobId: string;
  };
  await expect.poll(() => station.sealed().length, { interval: 5, timeout: 30_000 }).toBeGreaterThan(0);
  return jobId;
};
const finished = (jobId: string, session: SessionId): JobView[] =>
  station.events.flatMap(({ event, session: told }) =>
    event.name === 'job.finished' && event.payload.jobId === jobId && told === session ? [event.payload] : [],
  );
const nothingStays = async (jobId: string, session: SessionId) => {
  await expect.poll(() => finished(jobId, session), { interval: 20, timeout: 30_000 }).toHaveLength(1);
  expect(finished(jobId, session)[0]).toMatchObject({ state: 'cancelled', error: { code: 'job.cancelled' } });
  expect(finished(jobId, session)[0]).not.toHaveProperty('result');
  expect(station.sealed()).toEqual([]);
  expect((await station.invoke('sources.list', { caseId })).sources).toEqual([]);
};

describe('a job under way (R-27)', () => {
  it('ends when its case is taken away, keeps nothing, and is not told of afterwards', async () => {
    const jobId = await underWay(bo);
    await station.invoke('cases.unassign', { caseId, accountId: bo.accountId });
    await nothingStays(jobId, bo.session);
    expect(await station.refusal('jobs.read', { jobId }, bo.session)).toMatchObject({ code: 'job.unknown' });
    expect((await station.invoke('jobs.list', {}, bo.session)).jobs).toEqual([]);
  }, 60_000);

  it('goes on under the point of view it was begun from; its result waits for one that may see it', async () => {
    await station.invoke('cases.assign', { caseId, accountId: bo.accountId });
    const grant = station.grant(station.file('small.csv', 'date,amount,currency\n2024-01-31,10.00,EUR\n'), bo.session);
    const { jobId } = (await station.invoke('imports.start', { caseId, files: [{ grant }] }, bo.session)) as {
      jobId: string;
    };
    await station.invoke('accounts.choosePov', { pov: 'judge' }, bo.session);
    await expect.poll(() => finished(jobId, bo.session), { interval: 20, timeout: 30_000 }).toHaveLength(1);
    const [told] = finished(jobId, bo.session);
    expect(told?.state).toBe('done');
    expect(told).not.toHaveProperty('result');
    expect(await station.refusal('jobs.read', { jobId }, bo.session)).toMatchObject({ code: 'job.unknown' });
    const { entries } = await station.invoke('audits.search', { act: 'evidence.imported' });
    expect(entries[0]).toMatchObject({ actor: 'Bo', pov: 'financial_examiner' });
    await station.invoke('accounts.choosePov', { pov: 'financial_examiner' }, bo.session);
    expect(await station.invoke('jobs.read', { jobId }, bo.session)).toMatchObject({
      result: { files: [{ alreadyImported: false }] },
    });
    const [source] = (await station.invoke('sources.list', { caseId })).sources;
    expect(source?.transactions).toBe(1);
    caseId = await station.createCase('Another');
  }, 60_000);

  it('ends with the account that is revoked, whose window is locked at once', async () => {
    const sealed = station.sealed();
    const di = await register(station, 'Di', 'financial_examiner');
    await station.invoke('cases.assign', { caseId, accountId: di.accountId });
    const grant = station.grant(large, di.session);
    const { jobId } = (await station.invoke('imports.start', { caseId, files: [{ grant }] }, di.session)) as {
      jobId: string;
    };
    await expect.poll(() => station.sealed().length, { interval: 5, timeout: 30_000 }).toBeGreaterThan(sealed.length);
    await station.invoke('accounts.revoke', { accountId: di.accountId, reason: 'Left the office.' });
    expect(finished(jobId, di.session)).toMatchObject([{ state: 'cancelled' }]);
    expect(station.sealed()).toEqual(sealed);
    expect(station.events.filter(told => told.session === di.session).map(({ event }) => event)).toContainEqual({
      name: 'session.locked',
      payload: { reason: 'revoked' },
    });
    expect(await station.refusal('jobs.read', { jobId }, di.session)).toMatchObject({ code: 'job.unknown' });
  }, 60_000);
});
