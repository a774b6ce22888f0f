import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { createBeancountParser } from './beancount-parser.ts';
import { createHledgerParser } from './hledger-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { balancesOf, factOf, factsOf, legacyCodec, readLedger } from './testing/plaintext-ledger.ts';

/** Journals of ledger's own test suite; facts computed with Debian's hledger 1.25 and ledger 3.3.0. */
const data = new URL('../../../../../shared/data/', import.meta.url);
const journals = new URL('ledgers/plaintext/', data);
const files = readdirSync(journals).filter(name => /\.(?:dat|ledger)$/.test(name));

/** Why postings are fewer than a program says, by file. */
const FEWER_POSTINGS: Readonly<Record<string, { readonly less: number; readonly why: string }>> = {
  'ledger_drewr.dat': { less: 3, why: 'ledger books its automated (=) and periodic (~) entries, which are rules' },
  'ledger_drewr3.dat': { less: 2, why: 'ledger applies the automated entry to two postings' },
  'ledger_sample.dat': { less: 1, why: 'ledger applies the automated entry to one posting' },
  'ledger_divzero.dat': { less: 2, why: 'ledger rounds two value expressions that have no exact value: rejected' },
  'ledger_wow.dat': { less: 3, why: 'ledger makes four postings by lot of the one whose amount was left out' },
};
/** Accounts that ledger books by automated entries. */
const AUTOMATED = /Liabilities:(?:Tithe|Taxes)$/;

const read = (file: string) => readLedger(createHledgerParser, bytesOf(new URL(file, journals)), { size: 333 });

/** `$ -1,000.00` or `82.591 CCCCC` or `"Orb of Deception" 1` as commodity and plain number. */
const amountOf = (text: string): { readonly commodity: string; readonly number: string } => {
  const number = /-?[\d,]*\.?\d+/.exec(text.replace(/"[^"]*"/, ''))?.[0] ?? expect.fail(text);
  const commodity = text.replace(number, '').replaceAll('"', '').trim();
  return { commodity, number: number.replaceAll(',', '') };
};

/** The lines of `ledger balance --flat` by account: an amount, or several lines of which the last names the account. */
const ledgerBalances = (lines: readonly string[]): Map<string, string[]> => {
  const balances = new Map<string, string[]>();
  let held: string[] = [];
  for (const line of lines) {
    const parts = /^(.*?) {2}(\S.*)$/.exec(line);
    held.push(parts ? parts[1]! : line);
    if (!parts) continue;
    balances.set(parts[2]!, held);
    held = [];
  }
  return balances;
};

const bytesOf = (url: URL): Uint8Array => new Uint8Array(readFileSync(url));
const factsBeside = (url: URL) => factsOf(readFileSync(new URL(`${url.href}.expected.json`), 'utf8'));

describe('real journals of hledger and ledger', () => {
  it('are all there', () => {
    expect(files.length).toBe(9);
  });

  it.each(files)('%s is recognized, and told apart from beancount and from tables', file => {
    expect(sniffFormat(bytesOf(new URL(file, journals)).subarray(0, 65_536), legacyCodec).format).toBe('hledger');
  });

  it.each(files)('%s has the entries, accounts, dates and balances that hledger finds', file => {
    const expected = factsBeside(new URL(file, journals)).find(each => each.how.startsWith('Debian hledger'))!.expected;
    if (expected.refused !== undefined) {
      // hledger 1.25 stops at ledger's own "apply tag" and value expressions, which are read here.
      expect(['ledger_divzero.dat', 'ledger_drewr3.dat', 'ledger_sample.dat', 'ledger_wow.dat']).toContain(file);
      return;
    }
    const { sink, parser } = read(file);
    const stats = expected.stats as Record<string, string>;
    expect(sink.counts[0]).toBe(Number(stats.Transactions!.split(' ')[0]));
    expect(new Set(sink.transactions.map(each => each.ledgerAccount)).size).toBe(Number(stats.Accounts!.split(' ')[0]));
    const days = sink.transactions.map(each => each.bookingDate).sort((a, b) => a - b);
    expect(isoDate(days[0]!)).toBe(stats['Transactions span']!.split(' ')[0]);
    expect(isoDate(days.at(-1)!)).toBe(stats['Last transaction']);
    expect(new Set(sink.transactions.map(each => each.counterparty)).size).toBe(Number(stats['Payees/descriptions']));
    const commodities = parser.dialect().commodities as string[];
    expect(`${commodities.length} (${commodities.sort().join(', ')})`).toBe(stats.Commodities);
    // hledger's CSV of this file has a comment of two lines, which the count took for a posting.
    const postings = file === 'ledger_non-profit.ledger' ? 10 : expected.postings;
    expect(parser.dialect().postings).toBe(postings);
    const balances = balancesOf(sink.transactions);
    for (const line of expected.balance_depth1 as string[]) {
      const [, account, text] = /^"(.*)","(.*)"$/.exec(line)!;
      const { commodity, number } = amountOf(text!);
      expect([account, balances.get(account!)?.get(commodity)]).toEqual([account, String(Number(number))]);
    }
  });

  it.each(files)('%s has the postings and balances that ledger finds', file => {
    const expected = factOf(factsBeside(new URL(file, journals)), 'Debian ledger');
    const { sink, parser } = read(file);
    const stats = (expected.stats as string[]).join('\n');
    const postings = Number(/Number of postings: (\d+)/.exec(stats)![1]);
    expect(parser.dialect().postings).toBe(postings - (FEWER_POSTINGS[file]?.less ?? 0));
    // C directives of the game's money: 1G = 100s, 1s = 100c; ledger prints balances in the largest unit.
    const units: Readonly<Record<string, bigint>> = file.includes('wow') ? { G: 10_000n, s: 100n } : {};
    const balances = balancesOf(sink.transactions, currency => ({
      currency: currency in units ? 'c' : currency,
      factor: units[currency] ?? 1n,
    }));
    const stated = ledgerBalances(expected.balance_flat as string[]);
    expect(stated.size).toBeGreaterThan(1);
    for (const [account, lines] of stated) {
      if (AUTOMATED.test(account) || file === 'ledger_divzero.dat') continue;
      const own = balances.get(account) ?? expect.fail(`no account ${account}`);
      const zero = lines.length === 1 && lines[0] === '0';
      expect([account, own.size]).toEqual([account, zero ? 0 : lines.length]);
      for (const line of zero ? [] : lines) {
        const { commodity, number } = amountOf(line);
        const unit = units[commodity];
        const value = own.get(unit === undefined ? commodity : 'c');
        // Units of the game are printed rounded to two decimals: 1478220c is 147.82G.
        const [shown, printed] = [Number(value), Number(number) * Number(unit ?? 1n)];
        const allowed = unit === undefined ? 0 : Number(unit) / 200;
        expect([account, Math.abs(shown - printed) <= allowed, shown]).toEqual([account, true, shown]);
      }
    }
  });

  it('rejects the value expressions of ledger_divzero.dat, which have no exact value, and says so', () => {
    const { sink, lines } = read('ledger_divzero.dat');
    expect(sink.rejected.map(each => each.place.row)).toEqual([9, 10]);
    expect(lines).toEqual(['2011-04-05 Income:Exempt:Dividends -0.11 $']);
    expect(sink.codes).toEqual(['ledger.entry-incomplete']);
  });

  it.each(files.filter(file => file !== 'ledger_divzero.dat'))('%s is read whole and balances', file => {
    const { sink, told } = read(file);
    expect(sink.rejected).toEqual([]);
    expect(told.filter(code => code.startsWith('ledger.'))).toEqual([]);
  });

  it('reads the small journal among the bank files', () => {
    const url = new URL('statements/csv/reckon_73-transactions.ledger', data);
    const { sink, lines } = readLedger(createHledgerParser, bytesOf(url));
    expect(sniffFormat(bytesOf(url), legacyCodec).format).toBe('hledger');
    expect(sink.counts).toEqual([2]);
    expect(lines).toEqual([
      '2004-05-14 Expenses:Automotive:Car Wash -10.00 $',
      '2004-05-14 Assets:Bank:Checking 10.00 $',
      '2004-05-27 Expenses:Automotive:Maintenance 86.56 $',
      '2004-05-27 Liabilities:CreditCard -86.56 $',
    ]);
    expect(sink.transactions[2]!.counterparty).toBe('AUTOZONE #2228');
  });
});

describe('real files of beancount', () => {
  const folders = [
    'bcimport_match_many',
    'bcimport_test_ofx_basic',
    'bcimport_test_ofx_cleared',
    'bcimport_test_ofx_matching',
  ];
  const all = folders.flatMap(folder =>
    readdirSync(new URL(`reconcile/${folder}/`, data))
      .filter(name => name.endsWith('.beancount'))
      .map(name => `reconcile/${folder}/${name}`),
  );

  it.each(all)('%s is recognized and read whole', file => {
    const bytes = bytesOf(new URL(file, data));
    expect(sniffFormat(bytes, legacyCodec).format).toBe('beancount');
    const { sink } = readLedger(createBeancountParser, bytes, { size: 64 });
    expect(sink.rejected).toEqual([]);
    expect(sink.codes.filter(code => /^ledger\.entry/.test(code))).toEqual([]);
  });

  it('finds the transactions that a regular expression counts', () => {
    const url = new URL('reconcile/bcimport_match_many/matches.beancount', data);
    const { sink } = readLedger(createBeancountParser, bytesOf(url));
    expect(sink.counts).toEqual([factOf(factsBeside(url), 'regular expression').transactions]);
  });

  it('weighs a holding by its cost and infers the other side of it exactly', () => {
    const url = new URL('reconcile/bcimport_test_ofx_cleared/journal.beancount', data);
    const { lines } = readLedger(createBeancountParser, bytesOf(url));
    // 10.168 × 79.22 and 5.000 × 79.30, computed by hand.
    expect(lines).toEqual([
      '2017-12-31 Assets:Retirement:Vanguard:Roth-IRA:TYCDT 10.168 TYCDT',
      '2017-12-31 Equity:Opening-Balances -805.50896 USD',
      '2018-01-01 Assets:Retirement:Vanguard:Roth-IRA:TYCDT 5.000 TYCDT',
      '2018-01-01 Equity:Opening-Balances -396.5 USD',
    ]);
  });
});
