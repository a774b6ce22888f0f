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

  it('finds consecutively numbered instruments below 3,000 and 10,000 (31 CFR 1010.415)', () => {
    const order = (number: number, amount: string): FixtureRow =>
      cash('2024-03-04', amount, { type: 'Money Order', reference: `MO-${number}` });
    const small = run([order(11, '1200.00'), order(12, '1300.00'), order(13, '900.00'), order(20, '2000.00')]);
    expect(small.statistics).toMatchObject({ instruments: 1, cashRows: 0, instrumentRows: 4 });
    expect([...small.findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(small.findings[0]!.reason).toBe(
      'Sequential instruments: DOE JOHN, in: 3 instruments numbered MO-11 to MO-13, each below 3,000.00 USD, together 3,400.00 USD.',
    );
    const large = run([order(1, '4000.00'), order(2, '4000.00'), order(3, '4000.00')]);
    expect(large.findings[0]!.reason).toContain('each below 10,000.00 USD, together 12,000.00 USD');
    expect(run([order(1, '900.00'), order(2, '900.00'), order(3, '900.00')]).findings).toEqual([]);
    expect(run([order(1, '1500.00'), order(2, '1500.00')]).findings).toEqual([]);
  });

  it('tells cash by type, else by description, else takes all for cash and says so', () => {
    const typed = run([cash('2024-03-04', '6000.00'), cash('2024-03-04', '6000.00', { type: 'TRANSFER' })]);
    expect(typed.findings).toEqual([]);
    expect(typed.population.excluded).toEqual([{ reason: 'not known to be cash or an instrument', count: 1 }]);
    const described = ['ATM cash deposit 17', 'Cashback card', 'CASH'].map(description => ({
      date: '2024-03-04',
      amount: '6000.00',
      party: 'P',
      type: 'CR',
      description,
    }));
    const byText = run(described);
    expect([...byText.findings[0]!.rows]).toEqual([0, 2]);
    expect(byText.limits).toContain(
      'No type or category says cash: rows were taken as cash by words in their description.',
    );
    const bare = run(described.map(({ date, amount }) => ({ date, amount })));
    expect([...bare.findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(bare.limits).toContain('No column type, category or description: all rows were taken as cash.');
    expect(bare.limits).toContain('Neither party nor account: all rows were taken as those of one person.');
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
