import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { structuring } from './structuring.ts';

// 2024-03-04 is a Monday.
const cash = (date: string, amount: string, more: FixtureRow = {}): FixtureRow => ({
  date,
  amount,
  party: 'DOE JOHN',
  account: 'A1',
  type: 'CASH DEPOSIT',
  currency: 'USD',
  ...more,
});
const DESCRIBED = ['ATM cash deposit 17', 'Cashback card', 'CASH'].map(description => ({
  date: '2024-03-04',
  amount: '6000.00',
  party: 'P',
  type: 'CR',
  description,
}));
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(structuring, tableOf(rows), parameters);

describe('structuring', () => {
  it('calls 9,900 on Monday and 9,900 on Wednesday a review (FFIEC BSA/AML manual, appendix G)', () => {
    const { findings, statistics } = run([cash('2024-03-04', '9900.00'), cash('2024-03-06', '9900.00')]);
    expect(statistics).toMatchObject({ review: 1, structuring: 0, businessDaysOver: 0 });
    expect(findings.map(({ severity, reason }) => [severity, reason])).toEqual([
      [
        'low',
        "Review: DOE JOHN, cash in: 2 parts at or below 10,000.00 USD from 2024-03-04 to 2024-03-06, together 19,800.00 USD; 2 of them from 8,000.00 USD. Two amounts alone prove no intent: look at the account's history.",
      ],
    ]);
  });

  it('calls three parts over several days that sum over the limit structuring (31 CFR 1010.314, 1010.100(xx))', () => {
    const { findings, statistics } = run([
      cash('2024-03-04', '9500.00'),
      cash('2024-03-05', '9000.00', { account: 'A2' }),
      cash('2024-03-07', '9700.00'),
    ]);
    expect(statistics).toMatchObject({ structuring: 1, review: 0 });
    expect(findings[0]).toMatchObject({ severity: 'high' });
    expect([...findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(findings[0]!.reason).toBe(
      'Structuring: DOE JOHN, cash in: 3 parts at or below 10,000.00 USD at 2 accounts from 2024-03-04 to 2024-03-07, together 28,200.00 USD; 3 of them from 8,000.00 USD.',
    );
    const small = run([cash('2024-03-04', '4000.00'), cash('2024-03-05', '4000.00'), cash('2024-03-06', '4000.00')]);
    expect(small.statistics).toMatchObject({ structuring: 1 });
    expect(small.findings[0]).toMatchObject({ severity: 'medium' });
  });

  it('calls two parts at two places on two days structuring, not a review', () => {
    const { statistics } = run([cash('2024-03-04', '6000.00'), cash('2024-03-05', '6000.00', { account: 'A2' })]);
    expect(statistics).toMatchObject({ structuring: 1, review: 0 });
  });

  it('adds up one business day across accounts (31 CFR 1010.313)', () => {
    const { findings, statistics } = run([
      cash('2024-03-04', '6000.00'),
      cash('2024-03-04', '4000.01', { account: 'A2' }),
    ]);
    expect(statistics).toMatchObject({ businessDaysOver: 1, structuring: 0, review: 0 });
    expect(findings[0]!.reason).toBe(
      'DOE JOHN, cash in: 10,000.01 USD in 2 parts at 2 accounts on 2024-03-04 (business day): together over 10,000.00 USD, each part at or below it.',
    );
    // 10,000 exactly is not more than 10,000 (1010.311); one of 12,000 reports itself.
    expect(run([cash('2024-03-04', '6000.00'), cash('2024-03-04', '4000.00')]).findings).toEqual([]);
    const single = run([cash('2024-03-04', '12000.00')]);
    expect(single.findings).toEqual([]);
    expect(single.statistics.transactionsOverLimit).toBe(1);
  });

  it('counts night, weekend and holiday cash on the next business day', () => {
    const over = (rows: FixtureRow[], parameters = {}) => run(rows, parameters).statistics.businessDaysOver;
    // Saturday and Monday; Friday after closing and Monday; Independence Day (a Thursday) and the Friday after it.
    expect(over([cash('2024-03-02', '6000.00'), cash('2024-03-04', '5000.00')])).toBe(1);
    expect(over([cash('2024-03-02', '6000.00'), cash('2024-03-04', '5000.00')], { weekend: 'none' })).toBe(0);
    const night = [cash('2024-03-01', '6000.00', { time: '22:15' }), cash('2024-03-04', '5000.00', { time: '10:00' })];
    expect(over(night)).toBe(1);
    expect(over(night, { 'hours-to': '23:00' })).toBe(0);
    const holiday = [cash('2024-07-04', '6000.00'), cash('2024-07-05', '5000.00')];
    expect(over(holiday, { country: 'US' })).toBe(1);
    expect(over(holiday)).toBe(0);
  });

  it('keeps cash in, cash out, currencies and persons apart', () => {
    const first = cash('2024-03-04', '6000.00');
    expect(run([first, cash('2024-03-04', '-6000.00')]).findings).toEqual([]);
    expect(run([first, cash('2024-03-04', '6000.00', { currency: 'EUR' })]).findings).toEqual([]);
    expect(run([first, cash('2024-03-04', '6000.00', { party: 'ROE JANE' })]).findings).toEqual([]);
    // The account as the person: both parties deposit into A1.
    const byAccount = run([first, cash('2024-03-04', '6000.00', { party: 'ROE JANE' })], { person: 'account' });
    expect(byAccount.statistics.businessDaysOver).toBe(1);
  });

  it('takes the takings of a cash business for a review', () => {
    const takings = Array.from({ length: 90 }, (_, i) => {
      const date = new Date(Date.UTC(2024, 2, 4 + i)).toISOString().slice(0, 10);
      return cash(date, '2100.00');
    });
    const { statistics, findings } = run(takings, { weekend: 'none' });
    expect(statistics).toMatchObject({ structuring: 0, review: 1 });
    expect(findings[0]!.reason).toContain('takings of a cash business');
    // The same rhythm close below the limit stays structuring.
    const close = run(
      takings.map(row => ({ ...row, amount: '9700.00' })),
      { weekend: 'none' },
    );
    expect(close.statistics).toMatchObject({ structuring: 1, review: 0 });
  });

  it('tells cash by type, else by description', () => {
    const typed = run([cash('2024-03-04', '6000.00'), cash('2024-03-04', '6000.00', { type: 'TRANSFER' })]);
    expect(typed.findings).toEqual([]);
    expect(typed.population.excluded).toEqual([{ reason: 'not known to be cash or an instrument', count: 1 }]);
    const byText = run(DESCRIBED);
    expect([...byText.findings[0]!.rows]).toEqual([0, 2]);
    expect(byText.limits).toContain(
      'No type or category says cash: rows were taken as cash by words in their description.',
    );
  });

  // 31 CFR 1010.311 and 1010.314 speak of transactions in currency: payments that nothing calls currency are none.
  it('tests nothing where nothing says cash, and says what would let it run', () => {
    const payments = [4, 5, 6, 7].map(day => ({
      date: `2024-03-0${day}`,
      amount: '-9500.00',
      party: 'ACME',
      reference: `INV-${day}`,
    }));
    const bare = run(payments);
    expect(bare.findings).toEqual([]);
    expect(bare.population).toEqual({
      rows: 4,
      used: 0,
      excluded: [{ reason: 'not known to be cash or an instrument', count: 4 }],
    });
    expect(bare.limits).toContain(
      'No column type, category or description: nothing says which rows are cash, and nothing was tested. Name the column that says it; where every row is cash, set all-cash=yes.',
    );
    const other = run(payments.map(row => ({ ...row, type: 'TRANSFER' })));
    expect(other.findings).toEqual([]);
    expect(other.limits).toContain(
      'No row with a known amount, date and person says that it is cash or an instrument: nothing was tested. The words of this file can be given as cash-words; where every row is cash, set all-cash=yes.',
    );
  });

  it('takes every row as cash where the examiner says so, and each finding repeats it', () => {
    const declared = run(
      DESCRIBED.map(({ date, amount }) => ({ date, amount })),
      { 'all-cash': 'yes' },
    );
    expect([...declared.findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(declared.findings[0]!.reason).toBe(
      'All rows, cash in (all-cash=yes): 18,000.00 in 3 parts on 2024-03-04 (business day): together over 10,000.00, each part at or below it.',
    );
    expect(declared.limits).toContain(
      'all-cash=yes: every row that no type or category calls an instrument was taken as cash, whether or not the records say so.',
    );
    expect(declared.limits).toContain('Neither party nor account: all rows were taken as those of one person.');
    // A cash book with a column that names instruments keeps them apart.
    const book = run([cash('2024-03-04', '6000.00', { type: 'X' }), cash('2024-03-04', '6000.00', { type: 'draft' })], {
      'all-cash': 'yes',
      'instrument-words': 'draft',
    });
    expect(book.statistics).toMatchObject({ cashRows: 1, instrumentRows: 1, businessDaysOver: 0 });
  });

  it.each(['0.00', '20.00', '499.99'])(
    'leaves 9,900 and 9,900 a review beside %s between them (FFIEC, appendix G)',
    more => {
      const { findings, statistics, population } = run([
        cash('2024-03-04', '9900.00'),
        cash('2024-03-05', more, { account: 'A2' }),
        cash('2024-03-06', '9900.00'),
      ]);
      expect(statistics).toMatchObject({ review: 1, structuring: 0 });
      expect(findings.map(({ severity, score }) => [severity, score])).toEqual([['low', 0.2475]]);
      expect(findings[0]!.reason).toMatch(
        /^Review: DOE JOHN, cash in: 2 parts at or below 10,000.00 USD from 2024-03-04/,
      );
      if (more === '0.00') expect(population.excluded).toEqual([{ reason: 'amount is zero', count: 1 }]);
      else
        expect(findings[0]!.reason).toContain(
          `; not counted: 1 amount below 500.00 USD (${more} USD). Two amounts alone`,
        );
      expect([...findings[0]!.rows]).toEqual(more === '0.00' ? [0, 2] : [0, 1, 2]);
    },
  );

  it('counts a part from 5 percent of the limit, and calls it high only where three are close below it', () => {
    const third = (amount: string, parameters = {}) =>
      run([cash('2024-03-04', '9900.00'), cash('2024-03-05', amount), cash('2024-03-06', '9900.00')], parameters);
    expect(third('500.00').findings[0]!.severity).toBe('medium');
    expect(third('7999.99').findings[0]!.severity).toBe('medium');
    expect(third('8000.00').findings[0]!.severity).toBe('high');
    expect(third('500.00', { 'least-part': '10' }).statistics).toMatchObject({ structuring: 0, review: 1 });
    expect(third('20.00', { 'least-part': '0' }).statistics).toMatchObject({ structuring: 1, review: 0 });
  });

  it('reviews what comes to more than the limit only with small amounts', () => {
    const week = [4, 5, 6, 7, 8].map(day => cash(`2024-03-0${day}`, '400.00'));
    const { findings, statistics } = run([...week, cash('2024-03-04', '9000.00')]);
    expect(statistics).toMatchObject({ review: 1, structuring: 0, businessDaysOver: 0 });
    expect(findings[0]!.severity).toBe('low');
    expect(findings[0]!.reason).toBe(
      'Review: DOE JOHN, cash in: 6 parts at or below 10,000.00 USD from 2024-03-04 to 2024-03-08, together 11,000.00 USD; 1 of them from 8,000.00 USD. Only with amounts below 500.00 USD do they come to more than the limit on several days.',
    );
    // Twelve of 900 count each: parts may be of any amount (31 CFR 1010.100(xx)).
    const nines = Array.from({ length: 12 }, (_, i) => cash(`2024-03-${i < 6 ? '04' : '05'}`, '900.00'));
    expect(run(nines).statistics).toMatchObject({ structuring: 1, review: 0 });
  });

  it('reports a day over the limit with its small amounts, but small amounts make none high (31 CFR 1010.313)', () => {
    const day = (date: string): FixtureRow[] => [cash(date, '9990.00'), cash(date, '20.00', { account: 'A2' })];
    const { findings, statistics } = run([...day('2024-03-04'), ...day('2024-04-04')]);
    expect(statistics).toMatchObject({ businessDaysOver: 2, structuring: 0, review: 0 });
    expect(findings.map(({ severity }) => severity)).toEqual(['medium']);
    expect([...findings[0]!.rows]).toEqual([0, 1, 2, 3]);
    // One day over the limit and small change on the next is that day's finding, nothing over several days.
    const next = run([
      cash('2024-03-04', '6000.00'),
      cash('2024-03-04', '6000.00', { account: 'A2' }),
      cash('2024-03-05', '20.00'),
    ]);
    expect(next.statistics).toMatchObject({ businessDaysOver: 1, structuring: 0, review: 0 });
  });

  it('is not raised by amounts below the least part, whatever they are (property)', () => {
    const dated = fc
      .integer({ min: 0, max: 30 })
      .map(day => new Date(Date.UTC(2024, 2, 4 + day)).toISOString().slice(0, 10));
    const rowsOf = (least: number, most: number, length: number) =>
      fc.array(
        fc
          .tuple(dated, fc.integer({ min: least, max: most }), fc.constantFrom('A1', 'A2'))
          .map(([date, cents, account]) => cash(date, (cents / 100).toFixed(2), { account })),
        { minLength: 1, maxLength: length },
      );
    let structured = 0;
    fc.assert(
      fc.property(rowsOf(50_000, 1_000_000, 8), rowsOf(0, 49_999, 20), (parts, small) => {
        const [without, beside] = [run(parts), run([...parts, ...small])];
        structured += Number(without.statistics.structuring);
        expect(beside.statistics.structuring).toBe(without.statistics.structuring);
        const high = ({ findings }: typeof without) =>
          findings.flatMap(({ key, severity }) => (severity === 'high' ? [key] : [])).sort();
        expect(high(beside)).toEqual(high(without));
      }),
    );
    expect(structured).toBeGreaterThan(0);
  });

  it('leaves out what is unknown', () => {
    const { population } = run([
      cash('', '1.00'),
      cash('2024-03-04', ''),
      cash('2024-03-04', '1.00', { party: '', account: '' }),
      cash('2024-03-04', '5.00'),
    ]);
    expect(population).toEqual({
      rows: 4,
      used: 1,
      excluded: [
        { reason: 'amount is unknown', count: 1 },
        { reason: 'date is unknown', count: 1 },
        { reason: 'party and account are unknown', count: 1 },
      ],
    });
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(structuring);
  });
});
