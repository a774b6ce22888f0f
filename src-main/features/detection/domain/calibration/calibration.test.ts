import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import { duplicateExact } from '../duplicates/duplicate-exact.ts';
import { TEST_CATALOGUE } from '../test-catalogue.ts';
import type { FixtureRow } from '../transaction-table.fixture.ts';
import { tableOf, UNCANCELLED } from '../transaction-table.fixture.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { shareInterval } from './binomial-interval.ts';
import { calibrateTest } from './calibrate-test.ts';
import { PlantedRows } from './planted-table.ts';
import { PLANTERS, planterOf } from './planters.ts';
import { seededRandom } from './seeded-random.ts';

const FIRST = parseIsoDate('2024-01-02')!;

/** Two thousand plain payments of 60 parties over forty accounts and a year, each row different. */
const plainCase = (seed: number): TransactionTable => {
  const random = seededRandom(seed);
  return tableOf(
    Array.from({ length: 2000 }, (_, i): FixtureRow => {
      const party = `PARTY ${String.fromCharCode(65 + random.below(20))}${String.fromCharCode(65 + random.below(3))} LTD`;
      return {
        amount: `-${50 + random.below(900)}.${String(random.below(100)).padStart(2, '0')}`,
        date: isoDate(FIRST + random.below(360))!,
        account: `ACC-${random.below(40)}`,
        party,
        currency: 'EUR',
        reference: `R${random.below(4)}-${10_000 + i}`,
        record: `row ${i}`,
      };
    }),
  );
};

describe('planted rows', () => {
  const table = tableOf([
    { amount: '-10.00', date: '2024-05-06', party: 'ALPHA', reference: 'INV-7', record: 'a' },
    { amount: '20.00', date: '2024-05-07', party: 'BETA', reference: 'INV-8', record: 'b' },
  ]);
  it('are copies at the end, changed where asked; the table itself stays', () => {
    const rows = new PlantedRows(table);
    expect(rows.add(0, { party: 'NEW', amountUnits: -500, reference: 'ZZ-12' })).toBe(2);
    expect(rows.add(1, { sameRecord: true })).toBe(3);
    const planted = rows.build();
    expect(planted.rowCount).toBe(4);
    expect([...planted.amountUnits!]).toEqual([-1000, 2000, -500, 2000]);
    expect(planted.party!.values).toEqual(['ALPHA', 'BETA', 'NEW']);
    expect([...planted.party!.codes]).toEqual([0, 1, 2, 1]);
    expect(planted.series!.values[planted.series!.codes[2]!]).toBe('ZZ-');
    expect(planted.seriesNumber![2]).toBe(12);
    expect(planted.recordHashLow![3]).toBe(table.recordHashLow![1]);
    expect(planted.recordHashLow![2]).not.toBe(table.recordHashLow![0]);
    expect(planted.referenceText!.at(2)).toBe('ZZ-12');
    expect(planted.valueDay).toBeNull();
    expect([table.rowCount, table.amountUnits!.length]).toEqual([2, 2]);
  });
});

describe('the interval of a share', () => {
  // Clopper and Pearson: 20 of 20 gives a lower limit of (0.025)^(1/20) = 0.83157; 0 of 20 an upper one of 0.16843;
  // 8 of 10: 0.44390 and 0.97479 (scipy 1.16 binomtest(8, 10).proportion_ci()).
  it.each([
    [20, 20, 0.83157, 1],
    [0, 20, 0, 0.16843],
    [8, 10, 0.4439, 0.97479],
  ])('%i of %i', (found, of, low, high) => {
    const [from, to] = shareInterval(found, of);
    expect(from).toBeCloseTo(low, 4);
    expect(to).toBeCloseTo(high, 4);
  });
});

describe('calibration', () => {
  const size = { seed: 7, motifs: 10 };
  const table = plainCase(3);

  it('finds every exact copy, counts the alarms from before, and gives the same again', () => {
    const run = () => calibrateTest(duplicateExact, planterOf('duplicate-exact'), table, {}, size, UNCANCELLED);
    expect(run()).toEqual({
      notCalibrated: null,
      motif: planterOf('duplicate-exact')!.motif,
      planted: 10,
      found: 10,
      alarms: 0,
      medianRank: 5.5,
      ranked: 10,
    });
    expect(run()).toEqual(run());
  });

  it('says why a test has no figures', () => {
    expect(calibrateTest(duplicateExact, null, table, {}, size, UNCANCELLED).notCalibrated).toMatch(/no motif/);
    const noAmounts = { ...table, amountUnits: null };
    expect(
      calibrateTest(duplicateExact, planterOf('duplicate-exact'), noAmounts, {}, size, UNCANCELLED).notCalibrated,
    ).toMatch(/amount|no row/);
  });

  it('knows each planter by a test of the catalogue, once', () => {
    const ids = TEST_CATALOGUE.map(({ id }) => id);
    expect(new Set(PLANTERS.map(({ test }) => test)).size).toBe(PLANTERS.length);
    expect(PLANTERS.map(({ test }) => test).filter(test => !ids.includes(test))).toEqual([]);
  });

  // Motifs that a test could not find at all would measure the planter, not the test.
  it.each(PLANTERS.map(({ test }) => test))('%s finds most of its motifs on plain data, or says why it cannot', id => {
    const test = TEST_CATALOGUE.find(known => known.id === id)!;
    const outcome = calibrateTest(test, planterOf(id), table, {}, size, UNCANCELLED);
    if (outcome.notCalibrated === null) expect(outcome.found / outcome.planted, id).toBeGreaterThanOrEqual(0.5);
    else expect(outcome.notCalibrated).toMatch(/needs|no row/);
  });
});
