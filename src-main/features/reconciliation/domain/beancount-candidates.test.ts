import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reconcile } from './reconcile.ts';
import { type FixtureRow, parametersOf, sideOf } from './side.fixture.ts';

// jbms/beancount-import testdata/reconcile/test_match_many: four card payments awaiting a ledger order with six charges.
const read = (name: string): string =>
  readFileSync(new URL(`../../../../../shared/data/reconcile/bcimport_match_many/${name}`, import.meta.url), 'utf8');

/** Postings of one account with the metadata date that follows each, and the payee line above it. */
const postings = (source: string, account: string, dateName: string): FixtureRow[] => {
  const rows: FixtureRow[] = [];
  let text = '';
  let amount: string | null = null;
  for (const line of source.split('\n')) {
    const head = /^\d{4}-\d{2}-\d{2} \* (.*)$/.exec(line);
    if (head) text = (head[1] ?? '').replaceAll('"', '');
    const posting = /^ {2}(\S+)\s+(-?[\d.]+) USD$/.exec(line);
    if (posting) amount = posting[1] === account ? (posting[2] ?? null) : null;
    const date = new RegExp(`^ {4}${dateName}: (\\S+)$`).exec(line);
    if (date && amount !== null) rows.push({ date: date[1] ?? '', amount, currency: 'USD', text });
  }
  return rows;
};

it('pairs the three card payments that are one charge each, and finds the three charges of the fourth', () => {
  const bank = postings(read('pending.beancount'), 'Liabilities:Amazon-Store-Card', 'date');
  const ledger = postings(read('pending_candidate.beancount'), 'Expenses:FIXME', 'transaction_date');
  expect(bank.map(({ amount }) => amount)).toEqual(['-58.93', '-16.21', '-71.06', '-7.99']);
  expect(ledger.map(({ amount }) => amount)).toEqual(['-71.06', '-16.21', '-12.60', '-34.33', '-12.00', '-7.99']);

  const result = reconcile(sideOf(bank), sideOf(ledger), parametersOf(), () => {});

  // The peer's matches.beancount replaces exactly these postings; 58.93 = 12.60 + 34.33 + 12.00.
  expect(
    result.matches.map(match => [
      match.kind,
      match.bank.map(index => bank[index]?.amount),
      match.ledger.map(index => ledger[index]?.amount),
    ]),
  ).toEqual([
    ['one-to-many', ['-58.93'], ['-12.60', '-34.33', '-12.00']],
    ['one-to-one', ['-16.21'], ['-16.21']],
    ['one-to-one', ['-71.06'], ['-71.06']],
    ['one-to-one', ['-7.99'], ['-7.99']],
  ]);
  expect(result.matches[0]?.reasons[0]).toBe('amount: bank -58.93 USD = ledger -12.60 - 34.33 - 12.00');
  expect([...result.unmatchedBank, ...result.unmatchedLedger]).toEqual([]);
});
