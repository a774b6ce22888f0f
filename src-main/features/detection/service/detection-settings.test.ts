import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';

const station = new Station();
let caseId = '';
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  const rows = Array.from({ length: 60 }, (_, i) => {
    const day = `2024-0${1 + (i % 6)}-${String(10 + (i % 18)).padStart(2, '0')}`;
    return `${day},${(i % 7) * 100 - 300}.${i % 10}0,Payee ${i % 9}`;
  });
  await station.import(caseId, [station.file('bank.csv', `Date,Amount,Payee\n${rows.join('\n')}\n`)]);
});
afterAll(() => station.close());

const EMPTY = { values: {}, overrides: {}, off: {} };
const read = () => station.invoke('detection-settings.read', { caseId });
const change = (base: number, settings: typeof EMPTY | object) =>
  station.invoke('detection-settings.change', { caseId, base, settings: { ...EMPTY, ...settings } });

describe("a case's settings", () => {
  it('are empty at first, and tell which tests each shared value reaches', async () => {
    const { version, settings, shared, history } = await read();
    expect([version, settings, history]).toEqual([0, EMPTY, []]);
    const declared = (name: string) =>
      TEST_CATALOGUE.filter(test => test.parameters.some(own => own.name === name)).map(test => test.id);
    for (const { name, tests } of shared) expect([name, tests]).toEqual([name, declared(name)]);
  });

  it('are kept as versions, each with who changed what, and audited', async () => {
    await change(0, { values: { country: 'de' } });
    await change(1, { values: { country: 'DE' }, off: { velocity: 'The account is paid daily.' } });
    const { version, settings, history } = await read();
    expect([version, settings]).toEqual([
      2,
      { values: { country: 'DE' }, overrides: {}, off: { velocity: 'The account is paid daily.' } },
    ]);
    expect(history.map(({ version: of, actor, changes }) => [of, actor, changes])).toEqual([
      [2, 'Ada', ['velocity: switched off (The account is paid daily.)']],
      [1, 'Ada', ['country: default → DE']],
    ]);
    expect((await station.acts()).filter(act => act === 'detection-settings.changed').length).toBe(2);
  });

  it('can be changed in the store by nobody, not even one who has the key', async () => {
    for (const sql of ["UPDATE detection_settings SET settings = '{}'", 'DELETE FROM detection_settings'])
      await expect(station.inStore(connection => connection.exec(sql), 'write')).rejects.toThrow('append-only');
  });

  it('do not overwrite what somebody changed meanwhile', async () => {
    expect(await station.refusal('detection-settings.change', { caseId, base: 1, settings: EMPTY })).toMatchObject({
      code: 'settings.changed',
      category: 'conflict',
    });
  });

  it('that are refused name the place and what is allowed, and change nothing', async () => {
    const refused = { ...EMPTY, overrides: { velocity: { days: 'many' } } };
    const error = await station.refusal('detection-settings.change', { caseId, base: 2, settings: refused });
    expect(error.code).toMatch(/^settings\./);
    expect((await read()).version).toBe(2);
  });

  it('decide what an examination runs, and make an earlier one stale', async () => {
    const { tests } = await station.done('examinations.run', { caseId });
    expect(tests.find(run => run.test === 'velocity')).toMatchObject({
      notRunCode: 'switched-off',
      notRun: 'switched off in this case: The account is paid daily.',
      findings: 0,
    });
    expect((await station.invoke('examinations.read', { caseId }))!.stale).toBe(false);
    await change(2, { overrides: { 'just-below-threshold': { percent: '7' } } }).catch(() =>
      change(2, { values: { thresholds: '500' } }),
    );
    expect((await station.invoke('examinations.read', { caseId }))!.stale).toBe(true);
  });

  it('do not keep a test from being run when it is asked for by name', async () => {
    await change(3, { off: { velocity: 'Noise.' } });
    await station.done('examinations.run', { caseId });
    const { tests } = await station.done('examinations.run', { caseId, tests: ['velocity'] });
    expect(tests.find(run => run.test === 'velocity')!.notRunCode).not.toBe('switched-off');
  });
});

describe('a test of the ledger', () => {
  it('runs on the ledger alone, and the others on the bank alone', async () => {
    const ledger = station.file(
      'ledger.csv',
      `Date,Amount,Account,Text\n${Array.from({ length: 7 }, (_, i) => `2024-03-1${i},${i}.00,4000,Line ${i}`).join('\n')}\n`,
    );
    await station.import(caseId, [ledger], 'ledger');
    const { tests } = await station.done('examinations.run', { caseId, fresh: true });
    const rows = (side: 'bank' | 'ledger') =>
      new Set(tests.filter(run => run.side === side).map(run => run.population.rows));
    expect([...rows('bank')]).toEqual([60]);
    expect([...rows('ledger')]).toEqual(TEST_CATALOGUE.some(test => test.side === 'ledger') ? [7] : []);
    expect(tests.filter(run => run.notRunCode === 'no-ledger')).toEqual([]);
  });
});
