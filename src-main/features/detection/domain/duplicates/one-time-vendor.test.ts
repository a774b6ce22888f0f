import { describe, expect, it } from 'vitest';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { oneTimeVendor } from './one-time-vendor.ts';

const keysOf = (rows: readonly FixtureRow[], parameters: Readonly<Record<string, string>> = {}): string[] =>
  resultOf(oneTimeVendor, tableOf(rows), parameters).findings.map(({ key }) => key);

/** An account that mostly receives: 120 donors once each, 20 rents, one large payment to a party never seen again. */
const charity: readonly FixtureRow[] = [
  ...Array.from({ length: 120 }, (_, i) => ({ account: '', party: `DONOR ${i}`, amount: `${20 + i}.00` })),
  ...Array.from({ length: 20 }, () => ({ account: '', party: 'LANDLORD', amount: '-500.00' })),
  { account: '', party: 'SHELL GMBH', amount: '-45000.00' },
];

describe('one-time-vendor', () => {
  it('reports the large payment of a party seen once; receipts make a party known, not reported', () => {
    const table = tableOf([
      ...Array.from({ length: 40 }, () => ({ party: 'REGULAR', amount: '-10.00' })),
      { party: 'ONCE', amount: '-5000.00' },
      { party: 'SMALL', amount: '-1.00' },
      { party: 'CUSTOMER', amount: '9000.00' },
      { party: 'BOTH', amount: '-6000.00' },
      { party: 'BOTH', amount: '1.00' },
    ]);
    const { findings, statistics } = resultOf(oneTimeVendor, table, { minimum: '100' });
    expect(findings.map(({ key }) => key)).toEqual(['ONCE']);
    expect(statistics).toMatchObject({ oneTimeParties: 2, large: 1 });
  });

  // docs/specs/one-time-vendor.md: rows of an account are signed, money out negative, whatever most rows are.
  it('reports the payment, and no donor, of an account that mostly receives', () => {
    const { findings, population, limits } = resultOf(oneTimeVendor, tableOf(charity));
    expect(findings.map(({ key }) => key)).toEqual(['SHELL GMBH']);
    expect(population).toEqual({ rows: 141, used: 21, excluded: [{ reason: 'money received, or zero', count: 120 }] });
    expect(limits).toContain(
      'Payments are the negative amounts, as on a statement: money out. In a list of payments with credits they are not: state sign.',
    );
  });

  it('takes the sign of most amounts where nothing says which are payments, and says so', () => {
    const listed: readonly FixtureRow[] = [
      ...Array.from({ length: 40 }, () => ({ party: 'REGULAR', amount: '10.00' })),
      { party: 'ONCE', amount: '5000.00' },
      { party: 'CREDIT NOTE', amount: '-9000.00' },
    ];
    expect(keysOf(listed)).toEqual(['ONCE']);
    expect(resultOf(oneTimeVendor, tableOf(listed)).limits).toContain(
      'Payments are the positive amounts, for most are: nothing in the table says which they are. If they are not, state sign.',
    );
    expect(keysOf(listed, { sign: 'negative' })).toEqual(['CREDIT NOTE']);
  });

  it('takes a list of an account’s payments without a sign for payments', () => {
    const listed = Array.from({ length: 41 }, (_, i) => ({ account: 'A', party: 'REGULAR', amount: `${10 + i}.00` }));
    expect(keysOf([...listed, { account: 'A', party: 'ONCE', amount: '5000.00' }])).toEqual(['ONCE']);
  });

  it('does what sign says', () => {
    expect(keysOf(charity, { sign: 'positive', minimum: '139' })).toEqual(['DONOR 119']);
    expect(keysOf(charity, { sign: 'negative' })).toEqual(['SHELL GMBH']);
    // As an examination asks, also of rows that state no account.
    const nameless = charity.map(({ party, amount }) => ({ party: party!, amount: amount! }));
    expect(keysOf(nameless, { sign: 'signed' })).toEqual(['SHELL GMBH']);
    expect(
      keysOf(
        nameless.filter(({ amount }) => !amount.startsWith('-')),
        { sign: 'signed' },
      ),
    ).toContain('DONOR 119');
  });

  // EUR: the amount of rank ⌊0.95 × 40⌋ = 38 of 41 (from 0, ascending) is 400.00. JPY: that of rank ⌊0.95 × 41⌋ = 38 of 42 is 1,000.
  it('takes the large ones of each currency by themselves', () => {
    const currency = (code: string, usual: string, large: string): FixtureRow[] => [
      ...Array.from({ length: 38 }, () => ({ party: `REGULAR ${code}`, amount: `-${usual}`, currency: code })),
      ...Array.from({ length: 2 }, () => ({ party: `SEEN ${code}`, amount: `-${large}`, currency: code })),
      { party: `ONCE ${code}`, amount: `-${large}`, currency: code },
    ];
    const rows = [
      ...currency('EUR', '10.00', '400.00'),
      ...currency('JPY', '1000.00', '40000.00'),
      { party: 'SMALL JPY', amount: '-900.00', currency: 'JPY' },
    ];
    const { findings } = resultOf(oneTimeVendor, tableOf(rows));
    expect(findings.map(({ key }) => key).sort()).toEqual(['ONCE EUR', 'ONCE JPY']);
    expect(findings.map(({ score }) => score)).toEqual([1, 1]);
    expect(findings.find(({ key }) => key === 'ONCE EUR')?.reason).toContain('at least 400.00 EUR');
  });
});
