import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { fanOut } from './fan-out.ts';
import { findsTheSameShuffled, transfers, transferTable } from './transfers.fixture.ts';

const day = (n: number): string => `2024-01-${String(n).padStart(2, '0')}`;

describe('fan-out', () => {
  // docs/specs/fan-out.md: H pays six accounts within six days; nine others pay one each, so their median is 1 and the fence 1 + 3 × 1.
  const fan = Array.from({ length: 6 }, (_, i) => `H > R${i} ${day(i + 1)} 100.00`);
  const others = Array.from({ length: 9 }, (_, i) => `N${i} > S ${day(i + 1)} 50.00`);

  it('finds the worked example of the spec', () => {
    const { findings, statistics } = resultOf(fanOut, transferTable(...fan, ...others));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(findings[0]!.reason).toBe(
      'Account H paid 6 counterparties from 2024-01-01 to 2024-01-06 (R0, R1, R2, R3 and 2 more): 6 movements, 600.00; up to 4.0 would be usual for its kind and its own history.',
    );
    expect(statistics).toMatchObject({ movements: 15, direction: 'account-to-party', flagged: 1 });
  });

  it('does not report who pays the same people all the year', () => {
    const payroll = Array.from({ length: 12 }, (_, month) =>
      Array.from({ length: 30 }, (_, i) => `H > R${i} 2024-${String(month + 1).padStart(2, '0')}-25 100.00`),
    ).flat();
    expect(resultOf(fanOut, transferTable(...payroll, ...others)).findings).toEqual([]);
  });

  it('does not report a steady stream of new counterparties, but a burst in it', () => {
    // One new counterparty every third day of a year: 7 in any 21 days.
    const steady = Array.from({ length: 120 }, (_, i) => ({
      account: 'H',
      party: `C${i}`,
      amount: '10.00',
      date: new Date(Date.UTC(2024, 0, 1 + 3 * i)).toISOString().slice(0, 10),
    }));
    expect(resultOf(fanOut, tableOf(steady)).findings).toEqual([]);
    const burst = Array.from({ length: 30 }, (_, i) => ({
      account: 'H',
      party: `B${i}`,
      amount: '10.00',
      date: '2024-06-15',
    }));
    const { findings } = resultOf(fanOut, tableOf([...steady, ...burst]));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual(expect.arrayContaining(Array.from({ length: 30 }, (_, i) => 120 + i)));
  });

  it('takes money out of a signed statement only', () => {
    const rows = transfers(...fan).map((row, i) => ({ ...row, amount: i < 5 ? '-100.00' : '100.00' }));
    expect([...resultOf(fanOut, tableOf(rows)).findings[0]!.rows]).toEqual([0, 1, 2, 3, 4]);
    expect(resultOf(fanOut, tableOf(rows), { direction: 'account-to-party' }).findings[0]!.rows).toHaveLength(6);
  });

  it('finds nothing where there is no counterparty column, and says so', () => {
    const { findings, limits, population } = resultOf(
      fanOut,
      tableOf([{ account: 'A', date: '2024-01-01', amount: '1.00' }]),
    );
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([{ reason: 'counterparty is unknown', count: 1 }]);
    expect(limits).toContain('The data names no counterparty: there are no flows to examine.');
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(fanOut, { least: '2', days: '4', deviations: '0' }, (a, b) => expect(a).toEqual(b));
  });
});
