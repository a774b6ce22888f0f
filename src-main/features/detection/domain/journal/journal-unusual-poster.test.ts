import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalUnusualPoster } from './journal-unusual-poster.ts';

const by = (poster: string, entry = `E-${poster}`) =>
  entryOf(
    entry,
    [
      ['1200', '90.00'],
      ['4000', '-90.00'],
    ],
    { poster },
  );
const clerks = [
  ...sales(10, { poster: 'anna' }),
  ...sales(10, { poster: 'bert' }).map(row => ({ ...row, entry: `B${row.entry}` })),
];

describe('journal-unusual-poster', () => {
  it('finds whoever entered one entry where others enter many', () => {
    // 21 entries of 3 people: 7 on average; one is at most a quarter of it.
    const { findings, statistics } = resultOf(journalUnusualPoster, tableOf([...clerks, ...by('zoe')]));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([40, 41]);
    expect(findings[0]!.severity).toBe('low');
    expect(findings[0]!.reason).toBe(
      'zoe entered 1 entry of 21: a poster of this ledger has 7.0 on average. Entry E-zoe of 2024-03-01 (2 lines, 90.00 EUR).',
    );
    expect(statistics).toEqual({ entries: 21, posters: 3, meanEntriesPerPoster: 7, unusual: 1 });
  });

  it.each(['ceo', 'SYSADMIN', 'Test_01', 'Geschäftsführer Müller', 'admin2'])('finds %s by name', name => {
    const { findings } = resultOf(journalUnusualPoster, tableOf([...clerks, ...by(name)]));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.severity).toBe('medium');
    expect(findings[0]!.reason).toContain('a name that should enter nothing');
  });

  it.each(['Ceola', 'testa rossa gmbh'])('knows whole words only: %s', name => {
    const found = resultOf(journalUnusualPoster, tableOf([...clerks, ...by(name)]), { persons: 'ceo, test' }).findings;
    expect(found.map(({ severity }) => severity)).toEqual(['low']);
  });

  it('says of a name that enters most of the ledger that it was not asked about', () => {
    const { findings, limits } = resultOf(journalUnusualPoster, tableOf(sales(10, { poster: 'admin' })));
    expect(findings).toEqual([]);
    expect(limits.join(' ')).toContain('admin entered more than a quarter of all entries');
    expect(limits.join(' ')).toContain('One poster entered everything');
  });

  it('leaves entries out that nobody is named for', () => {
    const { population } = resultOf(journalUnusualPoster, tableOf([...clerks, ...by('')]));
    expect(population.excluded).toEqual([{ reason: 'no line of the entry says who entered it', count: 2 }]);
  });

  it('takes other names and numbers', () => {
    expect(foundEntries(journalUnusualPoster, [...clerks, ...by('zoe')], { 'percent-of-mean': '10' })).toEqual([]);
    expect(
      foundEntries(journalUnusualPoster, [...clerks, ...by('zoe')], { 'percent-of-mean': '10', persons: 'zo*' }),
    ).toEqual(['E-zoe']);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalUnusualPoster, [...clerks, ...by('zoe'), ...by('ceo')]);
  });
});
