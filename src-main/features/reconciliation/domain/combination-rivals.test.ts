import { describe, expect, it } from 'vitest';
import { reconcile } from './reconcile.ts';
import type { ReconciliationDecisions } from './reconciliation-match.ts';
import { type FixtureRow, parametersOf, sideOf } from './side.fixture.ts';

const row = (date: string, amount: string, text = '', reference = ''): FixtureRow => ({
  date,
  amount,
  text,
  reference,
  currency: 'EUR',
});
const run = (
  bank: readonly FixtureRow[],
  ledger: readonly FixtureRow[],
  set: Record<string, string> = {},
  decisions?: ReconciliationDecisions,
) => reconcile(sideOf(bank), sideOf(ledger), parametersOf(set), () => {}, decisions);
const outline = ({ matches }: ReturnType<typeof run>) =>
  matches.map(({ kind, status, bank, ledger }) => [kind, status, bank, ledger]);

// All figures made up; expected results by hand. Row numbers count a header line: index 0 is row 2.
describe('a confirmed pair of which a row is also made up by tied rows', () => {
  const payment = row('2024-01-16', '437.50', 'Cedar Print');
  // 425.00 + 12.50 = 437.50, both of the payment's party and day.
  const parts = [row('2024-01-16', '425.00', 'Cedar Print'), row('2024-01-16', '12.50', 'Cedar Print')];
  const whole = row('2024-01-20', '437.50', 'Cedar Print');

  it('is only proposed, and names the rows', () => {
    const result = run([payment], [...parts, whole]);
    expect(outline(result)).toEqual([['one-to-one', 'proposed', [0], [2]]]);
    expect(result.matches[0]?.reasons.at(-1)).toBe(
      'ambiguous: ledger rows 2, 3, tied by the party, add up as well (bank 437.50 EUR = ledger 425.00 + 12.50), so this is only proposed',
    );
    // Without the parts nothing else is meant: 0.6 + 0.12 + 0.2 = 0.92.
    expect(outline(run([payment], [whole]))).toEqual([['one-to-one', 'confirmed', [0], [0]]]);
  });

  it('is only proposed where several rows of the bank make up the row of the ledger', () => {
    const result = run([...parts, whole], [payment]);
    expect(outline(result)).toEqual([['one-to-one', 'proposed', [2], [0]]]);
    expect(result.matches[0]?.reasons.at(-1)).toContain('bank rows 2, 3, tied by the party');
  });

  it('is only proposed where a reference ties the parts, and the pair has none', () => {
    const named = row('2024-05-04', '305.35', 'INV-1001 INV-1002');
    const invoices = [row('2024-05-03', '120.10', 'Acme', 'INV-1001'), row('2024-05-03', '185.25', 'Acme', 'INV-1002')];
    const result = run([named], [row('2024-05-04', '305.35'), ...invoices]);
    expect(outline(result)).toEqual([['one-to-one', 'proposed', [0], [0]]]);
    expect(result.matches[0]?.reasons.at(-1)).toContain('ledger rows 3, 4, tied by a reference');
  });

  it('stays confirmed where a reference ties the pair and only the party ties the parts', () => {
    const named = row('2024-01-16', '437.50', 'Cedar Print INV-2001');
    const invoice = row('2024-01-18', '437.50', 'Cedar Print', 'INV-2001');
    expect(outline(run([named], [...parts, invoice]))).toEqual([['one-to-one', 'confirmed', [0], [2]]]);
  });

  it('stays confirmed where a part is held by a confirmed pair of its own, or refused by a person, or does not add up', () => {
    const bank = [payment, row('2024-01-16', '425.00', 'Cedar Print')];
    expect(outline(run(bank, [...parts, whole]))).toEqual([
      ['one-to-one', 'confirmed', [0], [2]],
      ['one-to-one', 'confirmed', [1], [0]],
    ]);
    const refused = { settled: [], rejected: [{ bank: [0], ledger: [1] }] };
    expect(outline(run([payment], [...parts, whole], {}, refused))).toEqual([['one-to-one', 'confirmed', [0], [2]]]);
    const other = [parts[0]!, row('2024-01-16', '12.49', 'Cedar Print'), whole];
    expect(outline(run([payment], other))).toEqual([['one-to-one', 'confirmed', [0], [2]]]);
  });

  it('is doubted among many rows of the party as well, by two that make its amount', () => {
    // Thirty invoices of the party, none of which add up to 1437.51 in twos but 1000.01 + 437.50.
    const many = Array.from({ length: 30 }, (_, i) => row('2024-01-17', `${3000 + 10 * i}.00`, 'Cedar Print'));
    const two = [row('2024-01-16', '1000.01', 'Cedar Print'), row('2024-01-16', '437.50', 'Cedar Print')];
    const found = run(
      [row('2024-01-16', '1437.51', 'Cedar Print')],
      [...many, ...two, row('2024-01-20', '1437.51', 'Cedar Print')],
    );
    expect(outline(found)).toEqual([['one-to-one', 'proposed', [0], [32]]]);
    expect(found.matches[0]?.reasons.at(-1)).toContain('ledger rows 32, 33, tied by the party');
  });

  it('is only proposed where the steps do not suffice to look, and the rows are counted in the notes', () => {
    // Three parts of the party: looking for two of them takes more than the one step that is given.
    const three = [row('2024-01-16', '425.01', 'Cedar Print'), row('2024-01-16', '12.02', 'Cedar Print')];
    const result = run([payment], [...three, row('2024-01-16', '9.03', 'Cedar Print'), whole], { 'search-steps': '1' });
    expect(outline(result)).toEqual([['one-to-one', 'proposed', [0], [3]]]);
    expect(result.matches[0]?.reasons.at(-1)).toMatch(/^the limit of 1 steps \(search-steps\) was reached/);
    expect(result.notes.join()).toContain('1 bank rows');
  });
});
