import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelResult } from '../../../contract/index.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import { generate, Station } from '../../../engine/engine.fixture.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';

/** Rows enough for more than one worker. */
const ROWS = 60_000;
const BANK_TESTS = TEST_CATALOGUE.filter(test => test.side === 'bank');
const READS_PARTY = BANK_TESTS.filter(({ needs, uses }) => [...needs, ...uses].includes('party')).map(({ id }) => id);

const station = new Station();
let caseId = '';
beforeAll(async () => {
  const path = join(station.folder, 'generated.csv');
  generate(path, ROWS, { seed: 3 });
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [path]);
}, 120_000);
afterAll(() => station.close());

type Examination = ChannelResult<'examinations.run'>;
const examine = (
  more: { tests?: string[]; fresh?: boolean; parameters?: Record<string, Record<string, string>> } = {},
) => station.done('examinations.run', { caseId, ...more });
/** Tests that were computed, and not taken over: only they were timed. */
const ran = ({ timings }: Examination): string[] =>
  Object.keys(timings).flatMap(name => (name.startsWith('test ') ? [name.slice(5)] : []));
/** What a run found, without what says when and how it came about. */
const found = (runs: readonly TestRunShape[]) =>
  runs.map(({ ranAt: _ranAt, reused: _reused, columns: _columns, ...rest }) => rest);
const exported = async () =>
  (await station.invoke('findings.export', { caseId })).findings
    .map(({ test, severity, score, reason, rows }) => ({ test, severity, score, reason, rows }))
    .map(finding => JSON.stringify(finding));
const runOf = (examination: Examination, test: string): TestRunShape =>
  examination.tests.find(run => run.test === test)!;

describe('an examination', () => {
  it('runs every test of the catalogue once, without a fault, and says how long each took', async () => {
    const first = await examine();
    expect(first.tests.map(run => run.test)).toEqual(TEST_CATALOGUE.map(test => test.id));
    expect(ran(first).sort()).toEqual(BANK_TESTS.map(({ id }) => id).sort());
    expect(first.tests.filter(run => run.notRunCode === 'fault')).toEqual([]);
    for (const run of first.tests.filter(({ notRun }) => notRun === null)) {
      expect(run.basis, run.test).toMatch(/^[0-9a-f]{64}$/);
      expect(run.columns!.length, run.test).toBeGreaterThan(0);
    }
  }, 120_000);

  it('says of a test of the ledger that there is none', async () => {
    const examination = await station.invoke('examinations.read', { caseId });
    for (const { id } of TEST_CATALOGUE.filter(test => test.side === 'ledger'))
      expect(examination!.tests.find(run => run.test === id)).toMatchObject({ notRunCode: 'no-ledger', findings: 0 });
  });

  it('run again on what has not changed computes nothing, and finds the same', async () => {
    const before = await exported();
    const again = await examine();
    // What cannot run is asked again: its columns may have come.
    const refused = again.tests.filter(run => run.notRunCode === 'column-missing').map(run => run.test);
    expect(ran(again).sort()).toEqual(refused.sort());
    expect(again.timings).not.toHaveProperty('quality');
    expect(again.timings).not.toHaveProperty('reconcile');
    expect(again.tests.filter(run => run.reused === true).length).toBe(BANK_TESTS.length - refused.length);
    expect(await exported()).toEqual(before);
    const fresh = await examine({ fresh: true });
    expect(fresh.tests.some(run => run.reused)).toBe(false);
    expect(found(fresh.tests)).toEqual(found(again.tests));
    expect([fresh.quality, fresh.duplicates, fresh.reconciliation]).toEqual([
      again.quality,
      again.duplicates,
      again.reconciliation,
    ]);
    expect(await exported()).toEqual(before);
  }, 120_000);

  it('computes after a merge of parties only what reads parties, and comes to what a fresh run comes to', async () => {
    const { facets } = await station.invoke('transactions.facets', { caseId });
    const parties = facets.find(({ name }) => name === 'party')!.values.flatMap(({ value }) => value ?? []);
    await station.invoke('parties.merge', { caseId, parties: parties.slice(0, 2), name: parties[0]! });
    const again = await examine();
    const computed = ran(again).filter(test => runOf(again, test).notRun === null);
    expect(computed.length).toBeGreaterThan(0);
    expect(computed.length).toBeLessThan(BANK_TESTS.length);
    for (const test of computed)
      expect([...READS_PARTY, ...(runOf(again, test).columns!.includes('party') ? [test] : [])]).toContain(test);
    for (const test of READS_PARTY) expect(runOf(again, test).reused, test).toBeUndefined();
    const before = await exported();
    const fresh = await examine({ fresh: true });
    expect(found(fresh.tests)).toEqual(found(again.tests));
    expect(await exported()).toEqual(before);
  }, 120_000);

  it('computes after a change of one parameter that test alone', async () => {
    const test = TEST_CATALOGUE.find(({ id }) => id === 'velocity')!;
    const name = test.parameters.find(({ kind }) => kind === 'decimal' || kind === 'integer')!.name;
    const value = String(Number(test.parameters.find(parameter => parameter.name === name)!.default) + 1);
    const again = await examine({ parameters: { velocity: { [name]: value } } });
    expect(ran(again).filter(id => runOf(again, id).notRun === null)).toEqual(['velocity']);
    expect(runOf(again, 'velocity').parameters[name]).toBe(value);
  }, 120_000);
});

describe('a run of some tests', () => {
  it('runs those and takes everything else over', async () => {
    const whole = await examine({ fresh: true });
    const before = await exported();
    const part = await examine({ tests: ['benford-first-two'], fresh: true });
    expect(ran(part)).toEqual(['benford-first-two']);
    expect(found(part.tests)).toEqual(found(whole.tests));
    expect(part.quality).toEqual(whole.quality);
    expect(await exported()).toEqual(before);
  }, 120_000);

  it('refuses a test that does not exist', async () => {
    const { error } = await station.run('examinations.run', { caseId, tests: ['benfrod'] });
    expect(error).toMatchObject({ code: 'test.unknown', category: 'usage' });
  });

  it('keeps what was finished when it is cancelled, and the earlier results of the rest', async () => {
    const before = await station.invoke('examinations.read', { caseId });
    const { jobId } = await station.invoke('examinations.run', {
      caseId,
      tests: BANK_TESTS.map(({ id }) => id),
      fresh: true,
    });
    const stop = station.engine.subscribe(event => {
      if (event.name === 'job.progressed' && event.payload.jobId === jobId && event.payload.done > 0)
        void station.invoke('jobs.cancel', { jobId });
    });
    const { view, result } = await station.ended<'examinations.run'>(jobId);
    stop();
    expect(view.state).toBe('done');
    expect(result.unfinished!.length).toBeGreaterThan(0);
    expect(ran(result).length).toBe(BANK_TESTS.length - result.unfinished!.length);
    expect(found(result.tests)).toEqual(found(before!.tests));
    expect((await station.invoke('examinations.read', { caseId }))!.runId).toBe(result.runId);
  }, 120_000);

  it('cancelled as a whole examination leaves nothing behind', async () => {
    const before = (await station.invoke('examinations.read', { caseId }))!.runId;
    const { jobId } = await station.invoke('examinations.run', { caseId, fresh: true });
    const stop = station.engine.subscribe(event => {
      if (event.name === 'job.progressed' && event.payload.jobId === jobId)
        void station.invoke('jobs.cancel', { jobId });
    });
    const { view } = await station.ended(jobId);
    stop();
    expect(view.state).toBe('cancelled');
    expect((await station.invoke('examinations.read', { caseId }))!.runId).toBe(before);
  }, 120_000);
});

describe('a class of a test', () => {
  it('opens exactly the rows that were counted in it', async () => {
    const examination = await examine();
    const withBins = TEST_CATALOGUE.filter(test => test.rowsOfBin !== undefined && test.side === 'bank');
    expect(withBins.length).toBeGreaterThan(0);
    for (const { id, group } of withBins) {
      const { bins } = runOf(examination, id);
      expect([id, group, bins.length > 0]).toEqual([id, group, true]);
      const bin = bins.reduce((most, next) => (next.count > most.count ? next : most));
      const { total } = await station.invoke('transactions.page', {
        caseId,
        filter: { testBin: `${id}:${bin.key}` },
        limit: 1,
      });
      expect([id, total]).toEqual([id, bin.rows ?? bin.count]);
    }
  }, 120_000);

  it('is refused where there is none of that name, and where its rows have changed since', async () => {
    const filter = { testBin: 'benford-first-two:no' };
    expect(await station.refusal('transactions.page', { caseId, filter })).toMatchObject({ code: 'filter.bin' });
    const path = station.file('more.csv', 'Date,Amount,Payee\n2024-01-02,-12.50,New Payee\n2024-01-03,14.50,Other\n');
    await station.import(caseId, [path]);
    const known = { testBin: 'benford-first-two:12' };
    expect(await station.refusal('transactions.page', { caseId, filter: known })).toMatchObject({ code: 'test.stale' });
  }, 60_000);
});

describe('the catalogue of a case', () => {
  it('says of each test what it needs, what it would run with, and that its last run is of other data', async () => {
    const { tests, statedIn, rows } = await station.invoke('tests.catalogue', { caseId });
    expect(tests.map(test => test.id)).toEqual(TEST_CATALOGUE.map(test => test.id));
    expect(statedIn.bank.amount!.length).toBe(2);
    expect(rows).toEqual({ bank: rows.bank, ledger: 0 });
    const benford = tests.find(test => test.id === 'benford-first-two')!;
    expect(benford).toMatchObject({ missing: [], stale: true, off: null });
    expect(benford.parameters.find(({ name }) => name === 'sign')).toMatchObject({
      default: 'positive',
      value: 'both',
      origin: 'examination',
    });
    await examine();
    const after = await station.invoke('tests.catalogue', { caseId });
    expect(after.tests.filter(test => test.stale)).toEqual([]);
  }, 60_000);
});
