import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalManual } from './journal-manual.ts';

const typed = (entry: string, type: string, poster = 'zoe') =>
  entryOf(
    entry,
    [
      ['1200', '60.00'],
      ['4000', '-60.00'],
    ],
    { type, poster },
  );
const control = sales(9, { type: 'VE Ventes', poster: 'anna' });

describe('journal-manual', () => {
  it('finds the manual entry and not those of the sales journal', () => {
    const { findings, statistics } = resultOf(journalManual, tableOf([...control, ...typed('M', 'Manual journal')]));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([18, 19]);
    expect(findings[0]!.reason).toBe(
      'Entry M of 2024-03-01 (2 lines, 60.00 EUR) was made by hand by zoe: “Manual journal” (“manual*”), one of 1 such.',
    );
    expect(statistics).toEqual({ entries: 10, manual: 1, share: 0.1 });
  });

  it.each([
    'OD OPERATIONS DIVERSES',
    'OD Opérations diverses',
    'manuelle Buchung',
    'Umbuchungen',
    'GJ',
    'Prima nota',
    'Memoriaal',
    'MAN-2024',
  ])('knows %s', type => {
    expect(foundEntries(journalManual, [...control, ...typed('M', type)])).toEqual(['M']);
  });

  it.each(['Manhattan branch', 'ODE', 'Sales', 'Bank', 'JET fuel'])('does not take %s for manual', type => {
    expect(foundEntries(journalManual, [...control, ...typed('M', type)])).toEqual([]);
  });

  it('puts together what is how the ledger is kept', () => {
    const rows = Array.from({ length: 51 }, (_, i) => typed(`M${i}`, 'Manual')).flat();
    const { findings, limits } = resultOf(journalManual, tableOf([...control, ...rows]));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.rows).toHaveLength(102);
    expect(findings[0]!.severity).toBe('info');
    expect(limits[0]).toContain('51 manual entries');
  });

  it('leaves entries without a type out, and takes other words', () => {
    const { population } = resultOf(journalManual, tableOf([...control, ...typed('U', '')]));
    expect(population.excluded).toEqual([{ reason: 'neither journal nor source of the entry is stated', count: 2 }]);
    expect(foundEntries(journalManual, [...control, ...typed('M', 'Manual')], { words: 'vent*' })).toHaveLength(9);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalManual, [...control, ...typed('M', 'Manual'), ...typed('N', 'Adjusting entries')]);
  });
});
