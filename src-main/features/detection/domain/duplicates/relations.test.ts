import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../../kernel/decimal.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { foldAttribute } from './attribute-values.ts';
import { dormantAccountReactivated } from './dormant-account-reactivated.ts';
import { duplicateFuzzy } from './duplicate-fuzzy.ts';
import { DUPLICATE_TESTS } from './duplicate-tests.ts';
import { sameSameSame } from './same-same-same.ts';
import { sameSameSimilar } from './same-same-similar.ts';
import { sharedAttribute } from './shared-attribute.ts';
import { foldReference, referenceLikeness } from './similar-references.ts';

const DATA = new URL('../../../../../../shared/data/benford/', import.meta.url);
const corporate: { VendorNum: string; Date: string; InvNum: string; Amount: string }[] = parse(
  gunzipSync(readFileSync(new URL('corporate.payment.csv.gz', DATA))),
  { columns: true },
);
const expected = (
  JSON.parse(readFileSync(new URL('corporate.payment.csv.gz.expected.json', DATA), 'utf8')) as {
    facts: { how: string; expected: Record<string, { groups: number; rows: number; extra_rows: number }> }[];
  }
).facts.find(({ how }) => how.startsWith('pandas'))!.expected;

const found = (findings: readonly { readonly rows: Uint32Array }[]): number[][] =>
  findings.map(({ rows }) => [...rows]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);

describe('same-same-same', () => {
  // pandas 1.5.3 (expected.json), exact equality; zero amounts are no payments and are counted apart here.
  it('agrees with pandas on the corporate payments, with and without the invoice number', () => {
    const paid = corporate.filter(({ Amount }) => Number(Amount) !== 0);
    const zeros = corporate.filter(({ Amount }) => Number(Amount) === 0);
    const groupsOf = (rows: typeof corporate, key: (row: (typeof corporate)[number]) => string) => {
      const counts = new Map<string, number>();
      for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
      const groups = [...counts.values()].filter(count => count > 1);
      return { groups: groups.length, rows: groups.reduce((sum, count) => sum + count, 0) };
    };
    const withInvoice = tableOf(
      paid.map(row => ({ party: row.VendorNum, date: row.Date, amount: row.Amount, reference: row.InvNum })),
    );
    const zeroInvoices = groupsOf(zeros, row => `${row.VendorNum} ${row.Date} ${row.InvNum}`);
    expect(resultOf(sameSameSame, withInvoice).statistics).toMatchObject({
      groups: expected.same_vendor_date_invoice_amount!.groups - zeroInvoices.groups,
      rows: expected.same_vendor_date_invoice_amount!.rows - zeroInvoices.rows,
    });
    const without = tableOf(paid.map(row => ({ party: row.VendorNum, date: row.Date, amount: row.Amount })));
    const zeroDates = groupsOf(zeros, row => `${row.VendorNum} ${row.Date}`);
    expect(resultOf(sameSameSame, without).statistics).toMatchObject({
      groups: expected.same_vendor_amount_date!.groups - zeroDates.groups,
      rows: expected.same_vendor_amount_date!.rows - zeroDates.rows,
    });
  });

  it('keeps rows under different references apart', () => {
    const row = { party: 'ACME', amount: '-10.00', date: '2024-03-01' };
    const table = tableOf([
      { ...row, reference: 'A1' },
      { ...row, reference: 'A2' },
      { ...row, reference: 'A1' },
      { ...row, date: '2024-03-02', reference: 'A1' },
      { ...row, reference: '' },
    ]);
    expect(found(resultOf(sameSameSame, table).findings)).toEqual([[0, 2]]);
  });
});

describe('same-same-similar', () => {
  // requirements/forensic-tests.md: 102 / 102a / I02.
  it('takes 102, 102a and I02 for nearly the same, and consecutive numbers not', () => {
    expect(foldReference('I02')).toBe('102');
    expect(referenceLikeness('102', 'I02')).toBe('written alike');
    expect(referenceLikeness('102', '102a')).toBe('one has a character more');
    expect(referenceLikeness('INV-1234', 'INV-1324')).toBe('two characters are swapped');
    expect(referenceLikeness('INV-1934', 'INV-1234')).toBe('one character differs');
    expect(referenceLikeness('INV-1234', 'INV-1235')).toBeNull();
    expect(referenceLikeness('INV-0041', 'INV-41')).toBe('written alike');
    expect(referenceLikeness('A1', 'A7')).toBeNull();
  });

  it('compares only rows of one party and amount', () => {
    const table = tableOf([
      { party: 'ACME', amount: '-10.00', reference: '102' },
      { party: 'ACME', amount: '-10.00', reference: '102a' },
      { party: 'BETA', amount: '-10.00', reference: 'I02' },
      { party: 'ACME', amount: '-11.00', reference: 'I02' },
      { party: 'ACME', amount: '-10.00', reference: '' },
    ]);
    expect(found(resultOf(sameSameSimilar, table).findings)).toEqual([[0, 1]]);
  });
});

describe('duplicate-fuzzy', () => {
  it('finds one amount with nearly the same name near in time, and not a different name with a word in common', () => {
    const table = tableOf([
      { party: 'MUELLER BAU GMBH', amount: '-990.00', date: '2024-03-01' },
      { party: 'MUELER BAU GMBH', amount: '-990.00', date: '2024-03-04' },
      { party: 'HUBER BAU GMBH', amount: '-990.00', date: '2024-03-04' },
      { party: 'SKY NET LTD', amount: '-70.00', date: '2024-03-01' },
      { party: 'SKYNET', amount: '-70.00', date: '2024-03-01' },
      { party: 'MUELLER BAU KG', amount: '-990.00', date: '2024-03-30' },
      { party: 'SMITH JOHN', amount: '-5.00', date: '2024-03-01', currency: 'EUR' },
      { party: 'JOHN SMITH', amount: '-5.00', date: '2024-03-02', currency: 'USD' },
    ]);
    expect(found(resultOf(duplicateFuzzy, table).findings)).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });
});

describe('shared-attribute', () => {
  it('finds one account with two parties, however it is spelled, and not two spellings of one party', () => {
    const table = tableOf([
      { party: 'ACME LTD', counterpartyAccount: 'DE12 3456 7890' },
      { party: 'ZENITH GMBH', counterpartyAccount: 'de1234567890' },
      { party: 'BETA SERVICES', counterpartyAccount: 'GB99 0001' },
      { party: 'BETA SERVICES.', counterpartyAccount: 'GB990001' },
      { party: 'NOBODY', counterpartyAccount: '' },
    ]);
    const { findings, statistics, population } = resultOf(sharedAttribute, table);
    expect(found(findings)).toEqual([[0, 1]]);
    expect(statistics).toMatchObject({ sharedValues: 1, spellingsOnly: 1 });
    expect(population.used).toBe(4);
  });

  it('compares the columns that are named, telephone numbers by their last nine digits', () => {
    expect(foldAttribute('+49 (0)30 1234567')).toBe(foldAttribute('030-123 45 67'.padStart(9)));
    const table = tableOf([
      { party: 'ACME', named: { phone: '+44 20 7946 0123', town: 'X' } },
      { party: 'OTHER', named: { phone: '020 7946 0123', town: 'X' } },
    ]);
    expect(found(resultOf(sharedAttribute, table, { attributes: 'phone' }).findings)).toEqual([[0, 1]]);
    expect(resultOf(sharedAttribute, table).limits[0]).toContain('nothing could be compared');
  });
});

describe('dormant-account-reactivated', () => {
  it('finds the account that moves again, with its last row before and those after, and no yearly payment', () => {
    const table = tableOf([
      { account: 'OLD', amount: '-1.00', date: '2022-01-03' },
      { account: 'OLD', amount: '-1.00', date: '2022-02-03' },
      { account: 'OLD', amount: '-1.00', date: '2022-03-03' },
      { account: 'OLD', amount: '-900.00', date: '2023-01-10' },
      { account: 'OLD', amount: '-800.00', date: '2023-01-12' },
      { account: 'OLD', amount: '-1.00', date: '2023-06-12' },
      ...[2019, 2020, 2021, 2022, 2023].map(year => ({ account: 'YEARLY', amount: '-50.00', date: `${year}-05-01` })),
    ]);
    const { findings } = resultOf(dormantAccountReactivated, table);
    expect(found(findings)).toEqual([[2, 3, 4]]);
    expect(findings[0]?.reason).toContain('nothing for 313 days after 2022-03-03');
    expect(findings[0]?.reason).toContain('1,700.00 in all');
  });
});

describe.each(DUPLICATE_TESTS.map(test => [test.id, test] as const))('%s', (_, test) => {
  const rows = fc.array(
    fc.record({
      amount: fc.integer({ min: -3, max: 3 }).map(units => formatUnits(units * 4200, 2)),
      party: fc.constantFrom('ACME LTD', 'ACME LIMITED', 'ZENITH', 'JANE DOE', ''),
      date: fc.integer({ min: 1, max: 28 }).map(day => `2024-02-${String(day).padStart(2, '0')}`),
      reference: fc.constantFrom('102', '102A', 'I02', '777', ''),
      account: fc.constantFrom('A', 'B'),
      counterpartyAccount: fc.constantFrom('GB1122', 'GB3344', ''),
      category: fc.constantFrom('Salary', 'Materials'),
      record: fc.constantFrom('x', 'y', 'z'),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const rowSetsOf = (given: readonly FixtureRow[]): string[] =>
    resultOf(test, tableOf(given)).findings.map(finding =>
      JSON.stringify([...finding.rows].map(row => JSON.stringify(given[row])).sort()),
    );

  it('finds the same facts in any order of the rows, and accounts for every row (property)', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 97 }), (given, step) => {
        const shuffled = given
          .map((row, i) => ({ row, at: (i * step) % 101 }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        expect(rowSetsOf(shuffled).sort()).toEqual(rowSetsOf(given).sort());
        const { population } = resultOf(test, tableOf(given));
        const left = population.excluded.reduce((sum, { count }) => sum + count, 0);
        expect(population.used + left).toBe(population.rows);
      }),
      { numRuns: 60 },
    );
  });
});
