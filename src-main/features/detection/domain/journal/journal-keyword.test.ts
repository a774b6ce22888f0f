import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalKeyword } from './journal-keyword.ts';

const says = (entry: string, ...texts: string[]) =>
  texts.flatMap((description, i) => entryOf(entry, [[`${1000 + i}`, i === 0 ? '50.00' : '-50.00']], { description }));
const control = sales(4, { description: 'Invoice 4711 to a customer, plugs and adapters' });

describe('journal-keyword', () => {
  it('finds the entry by a word of one line, with all its lines', () => {
    const { findings, statistics } = resultOf(
      journalKeyword,
      tableOf([...control, ...says('X', 'Accrual', 'plug per CEO')]),
    );
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([8, 9]);
    expect(findings[0]!.reason).toBe('Entry X of 2024-03-01 (2 lines, 50.00 EUR) says “plug per CEO”: “plug”.');
    expect(statistics).toMatchObject({ entries: 5, found: 1 });
  });

  it.each([
    'Reclass to 4711',
    'RECLASSIFICATION',
    'per  C.E.O. wish: see per-CEO mail',
    'Adjustment Q4',
    'suspense a/c',
    'Umbuchung',
    'Régularisation TVA',
    'rättelse av 33',
    'storno 12',
    'write-off',
    "compte d'attente",
  ])('finds “%s”', text => {
    expect(foundEntries(journalKeyword, [...control, ...says('X', text)])).toEqual(['X']);
  });

  it.each(['Plugin licence', 'unadjusted', 'reversible jacket', 'Abonnement fixe', 'airfreight', 'percent of sales'])(
    'does not find “%s”: words have ends',
    text => {
      expect(foundEntries(journalKeyword, [...control, ...says('X', text)])).toEqual([]);
    },
  );

  it('takes the words given in place of its own, and its own for nothing', () => {
    const rows = [...control, ...says('X', 'Yacht, for the director'), ...says('Y', 'plug')];
    expect(foundEntries(journalKeyword, rows, { keywords: 'yacht' })).toEqual(['X']);
    expect(foundEntries(journalKeyword, rows, { keywords: '' })).toEqual(['Y']);
  });

  it('puts a usual word of the ledger together', () => {
    const rows = Array.from({ length: 101 }, (_, i) => says(`A${i}`, 'price adjustment')).flat();
    const { findings } = resultOf(journalKeyword, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.severity).toBe('info');
    expect(findings[0]!.rows).toHaveLength(101);
  });

  it('leaves entries without any description out', () => {
    const { population } = resultOf(journalKeyword, tableOf([...control, ...says('U', '', '')]));
    expect(population.excluded).toEqual([{ reason: 'no line of the entry has a description', count: 2 }]);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalKeyword, [...control, ...says('X', 'storno', 'plug'), ...says('Y', 'suspense')]);
  });
});
