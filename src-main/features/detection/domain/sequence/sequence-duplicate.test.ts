import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { sequenceDuplicate } from './sequence-duplicate.ts';

const paid = (reference: string, more: FixtureRow = {}): FixtureRow => ({
  reference,
  amount: '-100.00',
  date: '2024-03-01',
  party: 'ACME',
  currency: 'EUR',
  ...more,
});
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(sequenceDuplicate, tableOf(rows), parameters);

describe('sequence-duplicate', () => {
  it('finds a number used twice with different content, and not one whose rows are equal (worked example)', () => {
    const { findings, statistics } = run([
      paid('INV-001'),
      paid('INV-002'),
      paid('INV-0002', { amount: '-250.00', date: '2024-03-09' }),
      paid('INV-003'),
      paid('INV-003'),
    ]);
    expect(findings.map(({ rows, severity }) => [[...rows], severity])).toEqual([[[1, 2], 'medium']]);
    expect(findings[0]!.score).toBeCloseTo(0.4, 12);
    expect(findings[0]!.reason).toBe(
      'Series "INV-": number 2 is used 2 times with different amount and date: -100.00 EUR, 2024-03-01, ACME; -250.00 EUR, 2024-03-09, ACME.',
    );
    expect(statistics).toEqual({
      series: 1,
      repeatedNumbers: 2,
      differingNumbers: 1,
      seriesByDesign: 0,
      issuer: 'one',
    });
  });

  it('ranks another party highest, a cancellation lowest, and an unknown value as no difference', () => {
    const severity = (row: FixtureRow) => run([paid('C7'), row]).findings.map(finding => finding.severity);
    expect(severity(paid('C7', { party: 'BETA' }))).toEqual(['high']);
    expect(severity(paid('C7', { date: '2024-03-02' }))).toEqual(['low']);
    expect(severity(paid('C7', { amount: '100.00' }))).toEqual(['info']);
    expect(severity(paid('C7', { party: '', amount: '', date: '' }))).toEqual([]);
  });

  it('takes one number in two accounts for two documents, and the lines of one entry for one', () => {
    const account = (name: string): FixtureRow => paid('1001', { account: name, amount: `${name.length}.00` });
    expect(run([account('A'), account('BB')]).findings).toEqual([]);
    const line = (entry: string, amount: string): FixtureRow => paid('V9', { entry, amount });
    expect(run([line('E1', '5.00'), line('E1', '-6.00')]).findings).toEqual([]);
    expect(run([line('E1', '5.00'), line('E2', '-6.00')]).findings).toHaveLength(1);
  });

  it('sees that suppliers number their own invoices where they share many numbers', () => {
    const invoices = ['ACME', 'BETA'].flatMap(party =>
      Array.from({ length: 30 }, (_, i) => paid(String(i + 1), { party, amount: `-${i + 5}.00` })),
    );
    const twice = paid('7', { amount: '-77.00' });
    const auto = run([...invoices, twice]);
    expect(auto.statistics.issuer).toBe('party');
    expect(auto.findings.map(({ rows }) => [...rows])).toEqual([[6, 60]]);
    expect(run([...invoices, twice], { issuer: 'one' }).findings).toHaveLength(1);
    expect(run([...invoices, twice], { issuer: 'one' }).findings[0]!.reason).toContain(
      'does not stand for one document',
    );
  });

  it('leaves out numbers that a spreadsheet turned into powers of ten', () => {
    const { findings, population } = run([paid('2.10835E+13'), paid('2.10835E+13', { amount: '-5.00' }), paid('')]);
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([
      { reason: 'reference does not end in a number of at most 15 digits', count: 1 },
      { reason: 'reference is a number in scientific notation, its digits lost in a spreadsheet', count: 2 },
    ]);
  });

  it('counts sparse numbers as it counts dense ones', () => {
    const sparse = (number: number, amount: string): FixtureRow => paid(`S${number}`, { amount });
    const { findings } = run([
      sparse(5, '1.00'),
      sparse(9_000_000, '2.00'),
      sparse(5, '3.00'),
      sparse(9_000_000, '2.00'),
    ]);
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 2]]);
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(sequenceDuplicate);
  });
});
