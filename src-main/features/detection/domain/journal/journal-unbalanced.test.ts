import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalUnbalanced } from './journal-unbalanced.ts';

// Double entry: the debits and credits of an entry are equal. 1,000.00 against 999.00 leaves 1.00 by plain subtraction.
const off = entryOf('J1', [
  ['1200 Receivables', '1000.00'],
  ['4000 Sales', '-999.00'],
]);

describe('journal-unbalanced', () => {
  it('finds the entry that is one unit off, and none of the others', () => {
    const rows = [...sales(5), ...off];
    const { findings, statistics, population } = resultOf(journalUnbalanced, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([10, 11]);
    expect(findings[0]!.severity).toBe('high');
    expect(findings[0]!.reason).toBe(
      'Entry J1 of 2024-03-01 (2 lines, 1,000.00 EUR): its lines leave 1.00 EUR where debits and credits must make zero.',
    );
    expect(statistics).toEqual({ entries: 6, balanced: 5, unbalanced: 1, severalCurrencies: 0 });
    expect(population).toEqual({ rows: 12, used: 12, excluded: [] });
  });

  it('allows the tolerance and no more', () => {
    expect(foundEntries(journalUnbalanced, off, { tolerance: '1' })).toEqual([]);
    expect(foundEntries(journalUnbalanced, off, { tolerance: '0.99' })).toEqual(['J1']);
  });

  it('adds up exactly where doubles would not', () => {
    // 0.1 + 0.2 − 0.3 is 5.6e-17 in doubles; and 2^53 − 1 units beside one.
    const exact = entryOf('A', [
      ['1', '0.10'],
      ['2', '0.20'],
      ['3', '-0.30'],
    ]);
    expect(foundEntries(journalUnbalanced, exact)).toEqual([]);
    const large = entryOf('B', [
      ['1', '90071992547409.91'],
      ['2', '90071992547409.91'],
      ['3', '-90071992547409.91'],
      ['4', '-90071992547409.90'],
    ]);
    const { findings } = resultOf(journalUnbalanced, tableOf(large));
    expect(findings[0]!.reason).toContain('its lines leave 0.01 EUR');
  });

  it('adds up each currency by itself and says that the books may still balance', () => {
    const mixed = [
      ...entryOf('X', [['1000', '100.00']], { currency: 'EUR' }),
      ...entryOf('X', [['1001', '-110.00']], { currency: 'USD' }),
    ];
    const { findings } = resultOf(journalUnbalanced, tableOf(mixed));
    expect(findings[0]!.severity).toBe('medium');
    expect(findings[0]!.reason).toContain('-110.00 USD and 100.00 EUR');
    expect(findings[0]!.reason).toContain('may balance in that of the books');
  });

  it('does not guess: an unknown amount, a row without entry and a line with its contra account are left out and told', () => {
    const rows = [
      ...sales(3),
      ...entryOf('U', [
        ['1', ''],
        ['2', '-5.00'],
      ]),
      { amount: '7.00', date: '2024-03-01', currency: 'EUR', ledgerAccount: '1', entry: '' },
      ...entryOf('D', [['8400', '119.00']], { counterpartyAccount: '10000' }),
    ];
    const { findings, population } = resultOf(journalUnbalanced, tableOf(rows));
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([
      { reason: 'the row belongs to no entry', count: 1 },
      { reason: 'an amount of the entry is unknown', count: 2 },
      { reason: 'one line that names its contra account: balanced in itself', count: 1 },
    ]);
  });

  it('flags a single line among complete entries, not a list of single lines', () => {
    const single = entryOf('L', [['1200', '50.00']]);
    expect(foundEntries(journalUnbalanced, [...sales(3), ...single])).toEqual(['L']);
    const list = ['A', 'B', 'C'].flatMap(name => entryOf(name, [['1200', '50.00']]));
    const { findings, limits, population } = resultOf(journalUnbalanced, tableOf(list));
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([{ reason: 'entry of one line in a list of single lines', count: 3 }]);
    expect(limits[0]).toContain('shows one side only');
  });

  it('is of low severity below the materiality', () => {
    const { findings } = resultOf(journalUnbalanced, tableOf(off), { materiality: '1.01' });
    expect(findings[0]!.severity).toBe('low');
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalUnbalanced, [...sales(4), ...off, ...entryOf('L', [['9', '3.00']])]);
  });
});
