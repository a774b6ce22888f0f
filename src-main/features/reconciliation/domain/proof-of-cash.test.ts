import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import { knownTruth, USD_EUR } from './known-truth.fixture.ts';
import { proofOfCash } from './proof-of-cash.ts';
import { reconcile } from './reconcile.ts';
import { type FixtureRow, parametersOf, sideOf } from './side.fixture.ts';

const row = (date: string, amount: string, text: string, reference = ''): FixtureRow => ({
  date,
  amount,
  text,
  reference,
  currency: 'PHP',
});

const build = (
  bank: readonly FixtureRow[],
  ledger: readonly FixtureRow[],
  opening: { readonly bank: bigint | null; readonly books: bigint | null },
  closing: { readonly bank: bigint | null; readonly books: bigint | null } = { bank: null, books: null },
  set: Record<string, string> = {},
) => {
  const [ofBank, ofLedger] = [sideOf(bank), sideOf(ledger)];
  const result = reconcile(ofBank, ofLedger, parametersOf(set), () => {});
  return proofOfCash(ofBank, ofLedger, result, {
    bank: [{ currency: 'PHP', scale: 2, opening: opening.bank, closing: closing.bank }],
    books: [{ currency: 'PHP', scale: 2, opening: opening.books, closing: closing.books }],
  });
};

type Proof = ReturnType<typeof proofOfCash>;
const line = (proof: Proof, month: number, kind: string): (bigint | null)[] | null => {
  const found = proof.months[month]?.lines.find(each => each.kind === kind);
  return found === undefined
    ? null
    : [found.opening, found.receipts, found.disbursements, found.closing].map(({ units }) =>
        units === null ? null : units / 100n,
      );
};

// Published: "Sample Problems: Proof of Cash" (scribd 542617318), February with adjusted 59,000 + 205,000 - 184,000 = 80,000.
// Only monthly totals are published; the rows below are chosen so that they give these totals.
const PUBLISHED_BANK = [
  row('2024-01-31', '-5000.00', 'NSF cheque Reyes', 'M-1001'),
  row('2024-01-31', '-1000.00', 'Service charge', 'M-1002'),
  row('2024-01-31', '15000.00', 'Note collected Cruz', 'M-1003'),
  row('2024-02-02', '40000.00', 'Deposit', 'D-2001'),
  row('2024-02-03', '-65000.00', 'Cheque', 'C-3001'),
  row('2024-02-14', '110000.00', 'Deposit', 'D-2002'),
  row('2024-02-15', '-55000.00', 'Cheque', 'C-3002'),
  row('2024-02-20', '20000.00', 'Note collected Santos', 'M-1004'),
  row('2024-02-21', '-10000.00', 'NSF cheque Garcia', 'M-1005'),
];
const PUBLISHED_LEDGER = [
  row('2024-01-31', '40000.00', 'Receipts', 'D-2001'),
  row('2024-01-31', '-65000.00', 'Supplier', 'C-3001'),
  row('2024-02-02', '-5000.00', 'NSF', 'M-1001'),
  row('2024-02-02', '-1000.00', 'Charge', 'M-1002'),
  row('2024-02-02', '15000.00', 'Note', 'M-1003'),
  row('2024-02-14', '110000.00', 'Receipts', 'D-2002'),
  row('2024-02-15', '-55000.00', 'Supplier', 'C-3002'),
  row('2024-02-29', '75000.00', 'Receipts', 'D-2003'),
  row('2024-02-29', '-119000.00', 'Supplier', 'C-3003'),
];

describe('proofOfCash', () => {
  const proof = build(
    PUBLISHED_BANK,
    PUBLISHED_LEDGER,
    { bank: 7_500_000n, books: 7_500_000n },
    { bank: 12_400_000n, books: 7_000_000n },
  );

  it('gives the published four columns of February', () => {
    expect(proof.months).toHaveLength(2);
    expect(line(proof, 1, 'per-bank')).toEqual([84_000n, 170_000n, 130_000n, 124_000n]);
    expect(line(proof, 1, 'in-transit-begin')).toEqual([40_000n, -40_000n, 0n, 0n]);
    expect(line(proof, 1, 'in-transit-end')).toEqual([0n, 75_000n, 0n, 75_000n]);
    expect(line(proof, 1, 'outstanding-begin')).toEqual([-65_000n, 0n, -65_000n, 0n]);
    expect(line(proof, 1, 'outstanding-end')).toEqual([0n, 0n, 119_000n, -119_000n]);
    expect(line(proof, 1, 'adjusted-bank')).toEqual([59_000n, 205_000n, 184_000n, 80_000n]);
    expect(line(proof, 1, 'per-books')).toEqual([50_000n, 200_000n, 180_000n, 70_000n]);
    // Published as notes +15,000 less NSF 5,000 and charge 1,000 at the start; at the end notes 20,000 less NSF 10,000.
    expect(line(proof, 1, 'other-not-booked-begin')).toEqual([9000n, -15_000n, -6000n, 0n]);
    expect(line(proof, 1, 'other-not-booked-end')).toEqual([0n, 20_000n, 10_000n, 10_000n]);
    expect(line(proof, 1, 'adjusted-books')).toEqual([59_000n, 205_000n, 184_000n, 80_000n]);
    expect(line(proof, 1, 'difference')).toEqual([0n, 0n, 0n, 0n]);
    expect(proof.months[1]).toMatchObject({
      footsAcross: true,
      crossFoots: true,
      balancesAgree: true,
      proposedRows: 0,
    });
  });

  it('has the rows behind every figure', () => {
    const february = proof.months[1]?.lines ?? [];
    const rowsOf = (kind: string, column: 'receipts' | 'disbursements') => {
      const figure = february.find(each => each.kind === kind)?.[column];
      return [figure?.bank, figure?.ledger];
    };
    expect(rowsOf('per-bank', 'receipts')).toEqual([[3, 5, 7], []]);
    expect(rowsOf('in-transit-end', 'receipts')).toEqual([[], [7]]);
    expect(rowsOf('outstanding-begin', 'disbursements')).toEqual([[], [1]]);
  });

  it('says so where a closing balance does not follow from the rows', () => {
    const short = build(
      PUBLISHED_BANK,
      PUBLISHED_LEDGER,
      { bank: 7_500_000n, books: 7_500_000n },
      { bank: 12_400_100n, books: null },
    );
    expect(short.months[1]).toMatchObject({ footsAcross: false, crossFoots: true, balancesAgree: false });
    expect(short.months[0]).toMatchObject({ footsAcross: true, balancesAgree: true });
  });

  it('leaves a balance unknown that is not stated, and still proves receipts and disbursements', () => {
    const unknown = build(PUBLISHED_BANK, PUBLISHED_LEDGER, { bank: 7_500_000n, books: null });
    expect(line(unknown, 1, 'per-books')).toEqual([null, 200_000n, 180_000n, null]);
    expect(line(unknown, 1, 'adjusted-bank')).toEqual([59_000n, 205_000n, 184_000n, 80_000n]);
    expect(unknown.months[1]).toMatchObject({ footsAcross: null, crossFoots: true, balancesAgree: null });
  });

  // The published problem with every figure of the books, rows and balances, in the other sign.
  it('turns the balances of books that sign a movement oppositely as it turns their rows', () => {
    const opposite = PUBLISHED_LEDGER.map(line => ({
      ...line,
      amount: line.amount.startsWith('-') ? line.amount.slice(1) : `-${line.amount}`,
    }));
    const made = build(
      PUBLISHED_BANK,
      opposite,
      { bank: 7_500_000n, books: -7_500_000n },
      { bank: 12_400_000n, books: -7_000_000n },
    );
    expect(line(made, 1, 'per-books')).toEqual([50_000n, 200_000n, 180_000n, 70_000n]);
    expect(line(made, 1, 'difference')).toEqual([0n, 0n, 0n, 0n]);
    expect(made.months[1]).toMatchObject({ footsAcross: true, crossFoots: true, balancesAgree: true });
  });

  it('lists charges and interest by themselves, a fee within a match, and rows that stand nowhere', () => {
    const bank = [
      row('2024-03-01', '97.00', 'Acme INV-0001', ''),
      row('2024-03-28', '-4.50', 'Monthly account fee'),
      row('2024-03-29', '1.25', 'Credit interest'),
      row('', '7.00', 'Undated'),
    ];
    const fee = build(bank, [row('2024-03-01', '100.00', 'Acme', 'INV-0001')], { bank: 0n, books: 0n });
    const units = (kind: string) =>
      fee.months[0]?.lines
        .filter(each => each.kind === kind)
        .map(({ receipts, disbursements }) => [receipts.units, disbursements.units])[0];
    expect(units('charges-not-booked-end')).toEqual([0n, 450n]);
    expect(units('interest-not-booked-end')).toEqual([125n, 0n]);
    expect(units('within-matches')).toEqual([-300n, 0n]);
    expect(fee.months[0]).toMatchObject({ footsAcross: true, crossFoots: true, balancesAgree: true, proposedRows: 2 });
    expect(fee.unplacedBank).toEqual([3]);
  });

  it('cross-foots for any generated year, in every month and currency', () => {
    for (const seed of [1, 2]) {
      const { bank, ledger } = knownTruth(seed, 1200);
      const [ofBank, ofLedger] = [sideOf(bank), sideOf(ledger)];
      const result = reconcile(ofBank, ofLedger, parametersOf({ rates: `USD/EUR=${USD_EUR}` }), () => {});
      const stated = ['EUR', 'USD'].map(currency => ({ currency, scale: 2, opening: 0n, closing: null }));
      const made = proofOfCash(ofBank, ofLedger, result, { bank: stated, books: stated });
      expect(made.months.length).toBeGreaterThan(12);
      for (const month of made.months)
        expect(month).toMatchObject({ footsAcross: true, crossFoots: true, balancesAgree: true });
    }
  });

  it('cross-foots whatever the rows', () => {
    const start = parseIsoDate('2024-01-20') ?? 0;
    const anyRow = fc.record({
      date: fc.integer({ min: 0, max: 60 }).map(days => isoDate(start + days) ?? ''),
      amount: fc.constantFrom('10.00', '-10.00', '25.00', '-35.00', '0.00', '9.70'),
      currency: fc.constant('PHP'),
      text: fc.constantFrom('Acme', 'Zeta', 'Account fee', ''),
      reference: fc.constantFrom('', 'INV-0041', 'INV-0042'),
    });
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 14 }),
        fc.array(anyRow, { maxLength: 14 }),
        fc.constantFrom('same', 'opposite'),
        (bank, ledger, sign) => {
          const opening = { bank: 500n, books: sign === 'same' ? 500n : -500n };
          const made = build(bank, ledger, opening, undefined, { 'amount-tolerance': '0.30', sign });
          for (const month of made.months)
            expect(month).toMatchObject({ footsAcross: true, crossFoots: true, balancesAgree: true });
        },
      ),
      { numRuns: 200 },
    );
  });
});
