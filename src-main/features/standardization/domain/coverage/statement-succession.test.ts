import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { type SucceedingStatement, statementSuccession } from './statement-succession.ts';

const day = (text: string): number => parseIsoDate(text)!;
/** A statement that states its days, with rows within them. */
const stated = (from: string, opening: string, to: string, closing: string): SucceedingStatement => ({
  account: 'A',
  currency: 'EUR',
  from: day(from) + 1,
  to: day(to) - 1,
  opening,
  openingDay: day(from),
  closing,
  closingDay: day(to),
});
const FIRST = stated('2025-01-01', '1000.00', '2025-01-10', '900.00');
const NOTHING_BEFORE = { continues: null, gapless: null };

// docs/specs/data-quality.md: accuracy.balance-chain and accuracy.period-gaps count what is said here of each statement.
describe('statementSuccession', () => {
  it.each([
    ['the next day', stated('2025-01-11', '900.00', '2025-01-31', '880.00'), { continues: true, gapless: true }],
    ['after a weekend', stated('2025-01-13', '900.00', '2025-01-31', '880.00'), { continues: true, gapless: true }],
    [
      '40 days later with the same balance',
      stated('2025-02-20', '900.00', '2025-02-28', '880.00'),
      { continues: true, gapless: false },
    ],
    [
      '40 days later with another balance',
      stated('2025-02-20', '850.00', '2025-02-28', '880.00'),
      { continues: false, gapless: false },
    ],
    [
      'the next day with another balance',
      stated('2025-01-11', '850.00', '2025-01-31', '880.00'),
      { continues: false, gapless: true },
    ],
  ])('tells a statement that opens %s', (_, next, succession) => {
    expect(statementSuccession([FIRST, next])).toEqual([NOTHING_BEFORE, succession]);
    expect(statementSuccession([next, FIRST])).toEqual([succession, NOTHING_BEFORE]);
  });

  it('says nothing of days and balances that are not stated, nor of statements without an account', () => {
    const rows = { ...FIRST, opening: null, openingDay: UNKNOWN_DAY, closing: null, closingDay: UNKNOWN_DAY };
    const next = { ...rows, from: day('2025-02-20'), to: day('2025-02-28') };
    expect(statementSuccession([rows, next])).toEqual([NOTHING_BEFORE, NOTHING_BEFORE]);
    const nameless = { ...FIRST, account: null };
    expect(statementSuccession([nameless, nameless])).toEqual([NOTHING_BEFORE, NOTHING_BEFORE]);
  });
});
