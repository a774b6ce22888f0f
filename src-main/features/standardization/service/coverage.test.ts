import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

const station = new Station();
let caseId: string;
const month = (name: string, days: readonly string[]): string =>
  station.file(name, `Date,Amount,Currency,Description\n${days.map(day => `${day},-1.00,EUR,=SUM(1)`).join('\n')}\n`);
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [
    month('january.csv', ['2025-01-02', '2025-01-31']),
    month('march.csv', ['2025-03-01', '2025-03-31']),
    month('late-march.csv', ['2025-03-15', '2025-04-02']),
  ]);
});
afterAll(() => station.close());

describe('coverage of a case', () => {
  it('shows what is there, what is missing and what is there twice', async () => {
    const { months, accounts } = await station.invoke('coverage.read', { caseId });
    expect(months).toEqual(['2025-01', '2025-02', '2025-03', '2025-04']);
    expect(accounts[0]!.cells.map(({ state, transactions, sources }) => [state, transactions, sources.length])).toEqual(
      [
        ['present', 2, 1],
        ['missing', 0, 0],
        ['overlapping', 3, 2],
        ['present', 1, 1],
      ],
    );
    expect(accounts[0]!.breaks.map(({ kind }) => kind)).toEqual(['gap', 'overlap']);
  });

  it('says of each test where it ran, where it cannot, and what the missing month could change', async () => {
    const before = await station.invoke('coverage.tests', { caseId });
    expect(before.current).toBeNull();
    expect(new Set(before.tests.map(({ state }) => state))).toEqual(new Set(['not-run']));
    await station.done('examinations.run', { caseId });
    const { current, tests, missing } = await station.invoke('coverage.tests', { caseId });
    expect(current).toBe(true);
    const stateOf = (test: string) => tests.find(each => each.test === test)!;
    // January, March and April have rows; February has none. No row has a reference or a party.
    expect(stateOf('duplicate-exact')).toMatchObject({ state: 'run', cells: { tested: 3, empty: 1 } });
    const { accounts } = await station.invoke('coverage.test', { caseId, test: 'duplicate-exact' });
    expect(accounts[0]!.map(({ state, rows, usable }) => [state, rows, usable])).toEqual([
      ['tested', 2, 2],
      ['empty', 0, 0],
      ['tested', 3, 3],
      ['tested', 1, 1],
    ]);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatchObject({ from: '2025-02-01', to: '2025-02-28', days: 28, difference: null });
    expect(missing[0]!.tests.map(({ test }) => test)).toContain('duplicate-exact');
    for (const { set, rows } of missing[0]!.tests.slice(0, 4)) {
      const { windowFrom: from, windowTo: to } = missing[0]!;
      const page = await station.invoke('transactions.page', { caseId, filter: { set, account: '', from, to } });
      expect(page.total).toBe(rows);
    }
    expect(await station.refusal('coverage.test', { caseId, test: 'none' })).toMatchObject({ code: 'test.unknown' });
  });

  it('tells the days between two statements that no file covers, though the balance carries over them', async () => {
    const mt940 = (from: string, opening: string, booked: string, to: string, closing: string): string =>
      [
        ':20:A',
        ':25:DE89370400440532013000',
        ':28C:1/1',
        `:60F:C${from}EUR${opening}`,
        `:61:${booked}${booked.slice(2)}D100,00NMSCNONREF`,
        `:62F:C${to}EUR${closing}`,
        '-',
        '',
      ].join('\r\n');
    const between = await station.createCase('Between');
    await station.import(between, [
      station.file('first.sta', mt940('250101', '1000,00', '250105', '250110', '900,00')),
      station.file('second.sta', mt940('250220', '900,00', '250225', '250228', '800,00')),
    ]);
    const { accounts } = await station.invoke('coverage.read', { caseId: between });
    // 21 days of January and 19 of February.
    expect(accounts[0]!.breaks).toMatchObject([
      { kind: 'gap', from: '2025-01-11', to: '2025-02-19', difference: '0.00' },
    ]);
    expect(accounts[0]!.cells.map(({ state }) => state)).toEqual(['partial', 'partial']);
    const { missing } = await station.invoke('coverage.tests', { caseId: between });
    expect(missing).toMatchObject([{ days: 40, difference: '0.00' }]);
    await station.done('examinations.run', { caseId: between });
    const examination = await station.invoke('examinations.read', { caseId: between });
    const rule = (id: string) => examination!.quality.rules.find(found => found.id === id);
    // One statement follows another: it opens with the balance before it, and 40 days lie between.
    expect(rule('accuracy.period-gaps')).toMatchObject({ tested: 1, passed: 0 });
    expect(rule('accuracy.balance-chain')).toMatchObject({ tested: 1, passed: 1 });
  });

  it('is exported as CSV in which nothing is a formula', async () => {
    const { csv } = await station.invoke('coverage.export', { caseId });
    expect(csv.split('\r\n')).toHaveLength(6);
    expect(csv).toContain(',2025-02,missing,0,');
    expect(csv).not.toMatch(/(?:^|,|")=/m);
  });

  it('finds no break in a real bank’s 37 daily statements, and one when a day is left out', async () => {
    const zip = new URL(
      '../../../../../shared/data/statements/camt/subite_LT6258_camt053_2024-03_04.zip',
      import.meta.url,
    );
    const days = Object.entries(unzipSync(readFileSync(zip))).sort(([a], [b]) => (a < b ? -1 : 1));
    expect(days).toHaveLength(37);
    const files = days.map(([name, bytes]) => station.file(name.replaceAll('/', '-'), bytes));
    const whole = await station.createCase('Chain');
    await station.import(whole, files);
    const chained = await station.invoke('coverage.read', { caseId: whole });
    expect(chained.accounts.flatMap(({ breaks }) => breaks)).toEqual([]);
    expect(chained.accounts.flatMap(({ cells }) => cells.map(({ state }) => state))).not.toContain('missing');
    const cut = await station.createCase('Cut');
    await station.import(
      cut,
      files.filter((_, i) => i !== 20),
    );
    const broken = await station.invoke('coverage.read', { caseId: cut });
    expect(broken.accounts.flatMap(({ breaks }) => breaks.map(({ kind }) => kind))).not.toEqual([]);
  });
});
