import { describe, expect, it } from 'vitest';
import { reconciliationProof } from './proof.ts';
import { reconcile } from './reconcile.ts';
import type { ReconciliationDecisions } from './reconciliation-match.ts';
import { type FixtureRow, parametersOf, sideOf } from './side.fixture.ts';

const row = (date: string, amount: string, text = '', reference = '', currency = 'EUR'): FixtureRow => ({
  date,
  amount,
  text,
  reference,
  currency,
});
const run = (
  bank: readonly FixtureRow[],
  ledger: readonly FixtureRow[],
  set: Record<string, string> = {},
  decisions?: ReconciliationDecisions,
) => {
  const sides = [sideOf(bank), sideOf(ledger)] as const;
  const result = reconcile(...sides, parametersOf(set), () => {}, decisions);
  expect(reconciliationProof(...sides, result).foots).toBe(true);
  return result;
};
const outline = (result: ReturnType<typeof run>) =>
  result.matches.map(({ kind, status, bank, ledger }) => [kind, status, bank, ledger]);

// All figures made up; expected results by hand.
describe('combinations', () => {
  const invoices = [
    row('2024-05-02', '120.10', 'Acme GmbH', 'INV-1001'),
    row('2024-05-03', '305.25', 'Acme GmbH', 'INV-1002'),
    row('2024-05-03', '88.40', 'Acme GmbH', 'INV-1003'),
  ];

  it('confirms one payment of several invoices that it names', () => {
    const result = run([row('2024-05-04', '513.75', 'ACME INV-1001 INV-1002 INV-1003')], invoices);
    expect(outline(result)).toEqual([['one-to-many', 'confirmed', [0], [0, 1, 2]]]);
    expect(result.matches[0]?.reasons).toEqual([
      'amount: bank 513.75 EUR = ledger 120.10 + 305.25 + 88.40',
      'date: ledger 2 days before bank to 1 day before bank',
      'reference: ties the rows (INV 1001, INV 1002, INV 1003)',
      'chance: fewer than 0.001 such combinations expected among the 3 rows looked at',
    ]);
  });

  it('confirms several payments of one invoice', () => {
    const parts = [row('2024-05-04', '200.00', 'Acme'), row('2024-05-05', '105.25', 'ACME')];
    expect(outline(run(parts, invoices.slice(1, 2)))).toEqual([['many-to-one', 'confirmed', [0, 1], [0]]]);
  });

  it('finds several payments of several invoices of one party', () => {
    const payments = [row('2024-05-04', '300.00', 'Acme'), row('2024-05-05', '213.75', 'ACME')];
    expect(outline(run(payments, invoices))).toEqual([['many-to-many', 'confirmed', [0, 1], [0, 1, 2]]]);
  });

  it('takes a credit note into the combination of a party', () => {
    const withCredit = [...invoices.slice(0, 2), row('2024-05-03', '-20.35', 'Acme GmbH', 'CN-0007')];
    expect(outline(run([row('2024-05-05', '405.00', 'ACME')], withCredit))).toEqual([
      ['one-to-many', 'confirmed', [0], [0, 1, 2]],
    ]);
  });

  it('only proposes where another combination adds up as well', () => {
    const twin = [...invoices, row('2024-05-03', '88.40', 'Acme GmbH', 'INV-1004')];
    const result = run([row('2024-05-04', '513.75', 'ACME')], twin);
    expect(outline(result)[0]?.[1]).toBe('proposed');
    expect(result.matches[0]?.reasons.at(-1)).toBe(
      'ambiguous: 1 other combination adds up as well, so this is only proposed',
    );
  });

  it('does not combine round amounts of strangers: chance explains them', () => {
    const strangers = [100, 200, 300, 400, 500].map((amount, at) =>
      row('2024-05-03', `${amount}.00`, `Stranger${'ABCDE'[at]}`),
    );
    expect(run([row('2024-05-04', '900.00', 'Nobody')], strangers).matches).toEqual([]);
  });

  it('matches row to row only with group-size 1 and no fees', () => {
    const off = { 'group-size': '1', 'fee-percent': '0', 'fee-amount': '0' };
    expect(run([row('2024-05-04', '513.75', 'ACME INV-1001 INV-1002 INV-1003')], invoices, off).matches).toEqual([]);
  });

  it('undoes a pair of strangers for a combination that is tied', () => {
    const bank = [
      row('2024-05-04', '513.75', 'ACME INV-1001 INV-1002 INV-1003'),
      row('2024-05-03', '88.40', 'Zeta Foods'),
    ];
    const result = run(bank, invoices);
    expect(outline(result)).toEqual([['one-to-many', 'confirmed', [0], [0, 1, 2]]]);
    expect(result.unmatchedBank.map(({ index }) => index)).toEqual([1]);
  });

  it('explains a net payment by its fee, as a proposal, and no more than the fee allowed', () => {
    const ledger = [row('2024-05-02', '100.00', 'Acme', 'INV-1001')];
    const result = run([row('2024-05-03', '97.10', 'INV-1001')], ledger);
    expect(outline(result)).toEqual([['one-to-one', 'proposed', [0], [0]]]);
    expect(result.matches[0]?.reasons[0]).toBe('amount: bank 97.10 EUR = ledger 100.00 EUR less a fee of 2.90 EUR');
    // A fee makes a payment larger.
    expect(
      outline(run([row('2024-05-03', '-102.90', 'INV-1001')], [row('2024-05-02', '-100.00', 'Acme', 'INV-1001')])),
    ).toHaveLength(1);
    expect(run([row('2024-05-03', '102.90', 'INV-1001')], ledger).matches).toEqual([]);
    expect(run([row('2024-05-03', '93.00', 'INV-1001')], ledger).matches).toEqual([]);
    expect(
      run([row('2024-05-03', '97.10', 'INV-1001')], ledger, { 'fee-percent': '2', 'fee-amount': '0.50' }).matches,
    ).toEqual([]);
  });
});

describe('tolerance in percent', () => {
  it('takes the larger of the fixed part and the share of the bank amount', () => {
    const sides = [[row('2024-05-03', '200.00', 'Acme')], [row('2024-05-03', '202.00', 'Acme')]] as const;
    expect(outline(run(...sides, { 'amount-tolerance-percent': '1' }))).toHaveLength(1);
    expect(outline(run(...sides, { 'amount-tolerance-percent': '0.99' }))).toHaveLength(0);
    expect(outline(run(...sides, { 'amount-tolerance-percent': '0.99', 'amount-tolerance': '2' }))).toHaveLength(1);
  });
});

describe('currencies', () => {
  const bank = [row('2024-05-04', '-1142.00', 'Vercel Inc', '', 'SEK')];
  const ledger = [row('2024-05-03', '-100.00', 'Vercel', '', 'EUR')];

  it('converts with the rate given, says which, and confirms only within rounding', () => {
    const exact = run(bank, ledger, { rates: 'EUR/SEK=11.42' });
    expect(outline(exact)).toEqual([['one-to-one', 'confirmed', [0], [0]]]);
    expect(exact.matches[0]?.reasons[0]).toBe(
      'amount: ledger -100.00 EUR is -1142.00 SEK at 1 EUR = 11.42 SEK; bank -1142.00 SEK, equal after rounding',
    );
    const near = run(bank, ledger, { rates: 'EUR/SEK=11.50@2024-01-01' });
    expect(outline(near)).toEqual([['one-to-one', 'proposed', [0], [0]]]);
    expect(near.matches[0]?.reasons[0]).toContain('1 EUR = 11.50 SEK (from 2024-01-01)');
    expect(run(bank, ledger, { rates: 'EUR/SEK=12' }).matches).toEqual([]);
    expect(run(bank, ledger).matches).toEqual([]);
  });

  it('finds the sign convention from conversions where no pair has one currency', () => {
    const turned = run(bank, [row('2024-05-03', '100.00', 'Vercel', '', 'EUR')], { rates: 'EUR/SEK=11.42' });
    expect(turned.sign.used).toBe('opposite');
    expect(turned.matches).toHaveLength(1);
  });
});

describe('own transfers', () => {
  const accounts = (rows: readonly (FixtureRow & { readonly account: string })[]) => {
    const values = [...new Set(rows.map(({ account }) => account))];
    const codes = Int32Array.from(rows, ({ account }) => values.indexOf(account));
    return { ...sideOf(rows), account: { codes, values } };
  };
  const legs = (text: string) =>
    accounts([
      { ...row('2024-05-03', '-700.00', text), account: 'DE001111' },
      { ...row('2024-05-04', '700.00', text), account: 'DE002222' },
    ]);
  const pairs = (side: ReturnType<typeof accounts>) => {
    const result = reconcile(side, sideOf([]), parametersOf(), () => {});
    return result.matches.map(({ kind, status, bank, ledger, reasons }) => ({ kind, status, bank, ledger, reasons }));
  };

  it('pairs two own accounts, confirmed where the rows say so', () => {
    expect(pairs(legs('Umbuchung'))).toEqual([
      {
        kind: 'own-transfer',
        status: 'confirmed',
        bank: [0, 1],
        ledger: [],
        reasons: [
          'amount: 700.00 EUR leaves account DE001111 and reaches account DE002222',
          'date: 1 day apart',
          'text: both rows say that they are a transfer',
        ],
      },
    ]);
    expect(pairs(legs('to 2222 from 1111'))[0]?.reasons[2]).toBe('text: one row names the other account');
    expect(pairs(legs(''))[0]?.status).toBe('proposed');
  });

  it('pairs nothing within one account', () => {
    const side = accounts([
      { ...row('2024-05-03', '-700.00', 'Transfer'), account: 'A' },
      { ...row('2024-05-04', '700.00', 'Transfer'), account: 'A' },
    ]);
    expect(pairs(side)).toEqual([]);
  });
});

describe('what people decided', () => {
  const bank = [row('2024-05-03', '50.00', 'Acme'), row('2024-05-03', '70.00', 'Beta')];
  const ledger = [row('2024-05-03', '50.00', 'Acme'), row('2024-05-03', '70.00', 'Beta')];

  it('stands: rows matched by the examiner stay matched, whatever their amounts', () => {
    const result = run(bank, ledger, {}, { settled: [{ bank: [0], ledger: [1] }], rejected: [] });
    expect(result.matches).toEqual([
      {
        bank: [0],
        ledger: [1],
        kind: 'one-to-one',
        score: 1,
        status: 'confirmed',
        reasons: ['matched by the examiner'],
      },
    ]);
    expect(() =>
      run(
        bank,
        ledger,
        {},
        {
          settled: [
            { bank: [0], ledger: [1] },
            { bank: [0], ledger: [0] },
          ],
          rejected: [],
        },
      ),
    ).toThrow('row 0 is matched twice');
  });

  it('is not proposed again once refused, as a pair or within a combination', () => {
    const result = run(bank, ledger, {}, { settled: [], rejected: [{ bank: [0], ledger: [0] }] });
    expect(outline(result)).toEqual([['one-to-one', 'confirmed', [1], [1]]]);
    expect(result.unmatchedBank[0]?.candidates[0]?.refusedBecause).toEqual(['the examiner refused this pair']);
    const batch = [row('2024-05-03', '120.00', 'Acme Beta')];
    const invoices = [row('2024-05-03', '50.00', 'Acme Beta'), row('2024-05-03', '70.00', 'Acme Beta')];
    expect(run(batch, invoices).matches).toHaveLength(1);
    expect(run(batch, invoices, {}, { settled: [], rejected: [{ bank: [0], ledger: [0, 1] }] }).matches).toEqual([]);
  });
});

describe('what an orphan probably is', () => {
  const other = row('2024-05-10', '1.11', 'Anchor', 'A-9001');
  const early = row('2024-04-01', '2.22', 'First', 'A-9000');
  const late = row('2024-06-20', '3.33', 'Last', 'A-9002');
  const proposalsOf = (bank: readonly FixtureRow[], ledger: readonly FixtureRow[], side: 'bank' | 'ledger') => {
    const result = run([early, other, late, ...bank], [early, other, late, ...ledger]);
    const rows = side === 'bank' ? result.unmatchedBank : result.unmatchedLedger;
    return rows[0]?.proposals.map(({ kind }) => kind);
  };

  it.each([
    [
      'a row that stands twice',
      [row('2024-05-03', '50.00', 'Acme', 'R-1001')],
      [row('2024-05-03', '50.00', 'Acme', 'R-1001'), row('2024-05-03', '50.00', 'Acme', 'R-1001')],
      'ledger',
      'duplicate',
    ],
    [
      'the other sign',
      [row('2024-05-03', '50.00', 'Acme')],
      [row('2024-05-03', '-50.00', 'Acme')],
      'bank',
      'reversed-sign',
    ],
    [
      'exchanged digits',
      [row('2024-05-03', '54.00', 'Acme')],
      [row('2024-05-03', '45.00', 'Acme')],
      'bank',
      'transposed-digits',
    ],
    [
      'another amount',
      [row('2024-05-03', '54.00', 'Acme')],
      [row('2024-05-03', '39.50', 'Acme')],
      'bank',
      'wrong-amount',
    ],
    ['a charge', [row('2024-05-03', '-5.00', 'Monthly fee')], [], 'bank', 'bank-fee'],
    ['interest', [row('2024-05-03', '5.00', 'Zinsen')], [], 'bank', 'bank-interest'],
    [
      'a late booking',
      [row('2024-05-03', '54.00', 'Acme')],
      [row('2024-05-23', '54.00', 'Acme')],
      'bank',
      'timing-difference',
    ],
    ['a receipt at the end', [], [row('2024-06-19', '54.00', 'Acme')], 'ledger', 'deposit-in-transit'],
    ['a payment', [], [row('2024-05-03', '-54.00', 'Acme')], 'ledger', 'outstanding-payment'],
    ['nothing known', [row('2024-05-03', '54.00', 'Acme')], [], 'bank', 'not-booked'],
  ] as const)('%s', (_, bank, ledger, side, kind) => {
    expect(proposalsOf(bank, ledger, side)?.[0]).toBe(kind);
  });

  it('names the row that it repeats', () => {
    const twice = [row('2024-05-03', '50.00', 'Acme', 'R-1001'), row('2024-05-03', '50.00', 'Acme', 'R-1001')];
    const result = run([row('2024-05-03', '50.00', 'Acme', 'R-1001')], twice);
    expect(result.matches).toHaveLength(1);
    expect(result.unmatchedLedger[0]?.proposals[0]).toEqual({
      kind: 'duplicate',
      bank: [],
      ledger: [0],
      text: 'looks like a duplicate of ledger row 2',
    });
  });
});
