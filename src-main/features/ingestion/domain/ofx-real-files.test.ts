import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { createOfxParser } from './ofx-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import type { Dialect, RecordPlace } from './statement-sink.ts';
import { codecOf, feed, RecordingSink, shortest, sumOf } from './testing/recording-sink.ts';

/** Real files of many banks and brokers; each has an expected.json, counted and asserted by others (see its `how`). */
const folder = new URL('../../../../../shared/data/statements/ofx/', import.meta.url);
const codecFor: CodecFor = encoding =>
  codecOf(encoding, bytes => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));

interface Counted {
  readonly stmttrn_count: number;
  readonly sum_trnamt: string | null;
  readonly first_dtposted: string | null;
  readonly last_dtposted: string | null;
  readonly distinct_fitid: number;
  readonly ledger_balances: readonly string[];
  readonly curdef: readonly string[];
  readonly accounts: readonly string[];
}
interface Fact {
  readonly how: string;
  readonly expected: Record<string, unknown>;
}

const read = (file: string): { sink: RecordingSink; dialect: Dialect; notRead: number; bytes: Uint8Array } => {
  const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
  const sink = new RecordingSink();
  const parser = createOfxParser(sink, codecFor);
  feed(parser, bytes, 1000);
  const notRead = Object.values(parser.dialect().notRead ?? {}).reduce((sum: number, count: number) => sum + count, 0);
  return { sink, dialect: parser.dialect(), notRead, bytes };
};
/** A transaction of a bank or card statement, or of the cash of an investment account: the counts know of no others. */
const isBankTransaction = (each: { readonly place: RecordPlace }, bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(each.place.byteOffset, each.place.byteOffset + 9)) === '<STMTTRN>';

const factsOf = (file: string): readonly Fact[] =>
  (JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as { facts: Fact[] }).facts;
const fact = (file: string, how: string): Record<string, unknown> =>
  factsOf(file).find(each => each.how.startsWith(how))?.expected ?? expect.fail(`no fact "${how}" for ${file}`);

const files = readdirSync(folder).filter(name => name.endsWith('.ofx'));
const withRejected = new Set(['ofxparse_date_missing.ofx', 'ofxparse_decimal_error.ofx']);
const listOnly = new Set(['ofxparse_account_listing_aggregation.ofx']);

describe('real OFX files', () => {
  it('are all there', () => {
    expect(files.length).toBe(33);
  });

  it.each(files)('%s is recognized and agrees with a plain count of its text', file => {
    const { sink, bytes } = read(file);
    expect(sniffFormat(bytes, codecFor).format).toBe('ofx');
    const counted = fact(file, 'counted by us') as unknown as Counted;
    const transactions = sink.transactions.filter(each => isBankTransaction(each, bytes));
    const rejected = sink.rejected.filter(each => isBankTransaction(each, bytes));
    expect(transactions.length + rejected.length).toBe(counted.stmttrn_count);
    if (!listOnly.has(file))
      expect(sink.headers.map(each => each.accountId).sort()).toEqual([...counted.accounts].sort());
    const closings = sink.stated.flatMap(({ closing }) =>
      closing ? [formatUnits(closing.amount.units, closing.amount.scale)] : [],
    );
    expect(closings.sort()).toEqual(counted.ledger_balances.filter(text => text.trim() !== '').sort());
    const currencies = new Set(sink.headers.flatMap(each => each.currency ?? []));
    expect([...currencies].sort()).toEqual(counted.curdef.filter(text => text !== '').sort());
    if (withRejected.has(file)) return;
    expect(rejected).toEqual([]);
    expect(new Set(transactions.map(each => each.reference)).size).toBe(counted.distinct_fitid);
    if (counted.sum_trnamt === null) expect(transactions).toEqual([]);
    else expect(sumOf(transactions)).toBe(shortest(counted.sum_trnamt));
    const days = transactions.map(each => isoDate(each.bookingDate)?.replaceAll('-', '')).sort();
    expect([days[0] ?? null, days.at(-1) ?? null]).toEqual([counted.first_dtposted, counted.last_dtposted]);
  });

  it.each(files)('%s: transactions and what is told as not read make up all that libofx sees', file => {
    const { sink, notRead } = read(file);
    const seen = fact(file, 'libofx').transactions_seen;
    expect(sink.transactions.length + sink.rejected.length + notRead).toBe(seen);
    const told = sink.warnings
      .filter(each => each.code === 'ofx.not-read')
      .reduce((sum, each) => sum + Number.parseInt(each.message, 10), 0);
    expect(told).toBe(notRead);
  });

  it.each(files)('%s: each record lies where its place says', file => {
    const { sink, bytes } = read(file);
    for (const { place } of [...sink.transactions, ...sink.rejected]) {
      const raw = new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength));
      expect(raw).toMatch(/^<([A-Z]+)>[\s\S]*<\/\1>$/);
      expect(raw.match(/<(?:STMTTRN|INVTRAN)>/g)?.length).toBe(1);
    }
  });

  it('discards what ofxparse discards: missing, empty and impossible dates, an amount that is none', () => {
    const dates = read('ofxparse_date_missing.ofx').sink;
    expect(fact('ofxparse_date_missing.ofx', 'asserted').discarded).toBe(dates.rejected.length);
    expect(dates.rejected.map(each => each.reason)).toEqual([
      'there is no posting date (DTPOSTED)',
      'there is no posting date (DTPOSTED)',
      'the posting date "20120231" is not a day of the calendar',
    ]);
    expect(dates.rejected[2]?.raw).toContain('<DTPOSTED>20120231</DTPOSTED>');
    expect(dates.rejected.map(each => each.place.row)).toEqual([1, 2, 3]);
    expect(read('ofxparse_decimal_error.ofx').sink.rejected.length).toBe(
      fact('ofxparse_decimal_error.ofx', 'asserted').discarded,
    );
  });

  it('agrees with what ofxparse asserts of single transactions', () => {
    const medium = read('ofxparse_bank_medium.ofx').sink;
    expect(medium.transactions[0]).toMatchObject({
      counterparty: "MCDONALD'S #112",
      type: 'POS',
      amount: { units: -660, scale: 2 },
    });
    expect(isoDate(medium.stated[0]?.closing?.date ?? 0)).toBe('2009-05-23');
    const savings = read('ofxparse_fidelity-savings.ofx').sink;
    expect(savings.transactions[1]).toMatchObject({
      reference: 'X0000000000000000000002',
      amount: { units: 1158331, scale: 4 },
    });
    const suncorp = read('ofxparse_suncorp.ofx').sink;
    expect(suncorp.transactions[0]).toMatchObject({
      counterparty: 'EFTPOS WDL HANDYWAY ALDI STORE',
      amount: { units: -1685, scale: 2 },
    });
  });

  it('reads investment statements as ofxparse and libofx do: transactions, positions, securities, balances', () => {
    const vanguard = read('ofxparse_vanguard.ofx');
    expect(fact('ofxparse_vanguard.ofx', 'asserted')).toEqual({
      transactions: vanguard.sink.transactions.length,
      positions: vanguard.dialect.positions,
      securities: vanguard.dialect.securities,
    });
    expect(vanguard.sink.transactions[0]).toMatchObject({
      type: 'SELLMF',
      amount: { units: 42123, scale: 1 },
      currency: 'USD',
      reference: '01234567890.0123.07152011.0',
      description: 'THIS IS A MEMO -42.123 of Name of the security (CUSIP 012345678) at 100',
    });
    expect(isoDate(vanguard.sink.transactions[0]?.bookingDate ?? 0)).toBe('2011-07-15');
    const fidelity = read('ofxparse_fidelity.ofx');
    const asserted = fact('ofxparse_fidelity.ofx', 'asserted');
    const balances = fidelity.dialect.otherBalances as readonly string[];
    expect([fidelity.dialect.positions, fidelity.dialect.securities]).toEqual([
      asserted.positions,
      asserted.securities,
    ]);
    // Four of INVBAL itself, the others of its list.
    expect(balances.length - 4).toBe(asserted.balances);
    expect(balances[4]).toBe((asserted.first_balance as readonly string[]).join(' '));
    expect(balances[0]).toBe(`AVAILCASH ${String(asserted.available_cash)}`);
    // 14 purchases of securities and 3 movements of cash: what libofx and ofxparse see.
    expect(fidelity.sink.transactions.length).toBe(fact('ofxparse_fidelity.ofx', 'libofx').transactions_seen);
    for (const file of ['ofxparse_investment_401k.ofx', 'ofxparse_vanguard401k.ofx'])
      expect(read(file).sink.rejected.map(each => each.reason)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^TRANSFER of \d{8} moves securities and no cash: /)]),
      );
  });

  it('shows accounts and sign-on as the file states them, as ofxparse asserts', () => {
    const listed = fact('ofxparse_account_listing_aggregation.ofx', 'asserted');
    const { dialect } = read('ofxparse_account_listing_aggregation.ofx');
    const accounts = dialect.accounts as readonly string[];
    expect(accounts.length).toBe(listed.accounts);
    (listed.numbers as readonly string[]).forEach((number, i) => {
      expect(accounts[i]).toContain(number);
      expect(accounts[i]).toContain((listed.types as readonly string[])[i]);
    });
    const medium = fact('ofxparse_bank_medium.ofx', 'asserted');
    expect(read('ofxparse_bank_medium.ofx').dialect.accounts).toEqual([
      [
        `BANKID ${String(medium.routing)}`,
        `BRANCHID ${String(medium.branch)}`,
        String(medium.account),
        `ACCTTYPE ${String(medium.type)}`,
      ].join(', '),
    ]);
    const signOn = fact('ofxparse_signon_success.ofx', 'asserted');
    expect(read('ofxparse_signon_success.ofx').dialect.signOn).toBe(
      `${String(signOn.code)} INFO ${String(signOn.message)}`,
    );
    const two = fact('ofxparse_multiple_accounts2.ofx', 'asserted');
    expect(read('ofxparse_multiple_accounts2.ofx').sink.headers.map(each => each.accountId)).toEqual(two.accounts);
    expect(read('ofxparse_empty_balance.ofx').sink.stated).toEqual([{ opening: null, closing: null }]);
  });

  it('tells of a failed sign-on and a server error, with their messages', () => {
    expect(read('ofxparse_signon_fail.ofx').sink.warnings[0]).toMatchObject({
      code: 'ofx.sign-on',
      message: expect.stringContaining('password was incorrect'),
    });
    expect(read('ofxparse_error_message.ofx').sink.warnings[0]).toMatchObject({
      code: 'ofx.status',
      message: expect.stringContaining('General Server Error'),
    });
    expect(read('ofxparse_signon_success.ofx').sink.codes).toEqual(['ofx.no-statement']);
  });

  it('reads a memo with ampersands, UTF-8 under a header that says 1252, and a currency of the transaction', () => {
    expect(read('asgrim_ofxdata-memoWithAmpersand.ofx').sink.transactions[0]?.description).toBe(
      'Amazon.Com.Br Amazon & Cloud 3/3',
    );
    const brasil = read('asgrim_ofxdata-bb.ofx').sink;
    expect(brasil.transactions[0]?.description).toBe('DOC CRÉDITO EM CONTA');
    expect(brasil.codes).toEqual(['ofx.encoding']);
    expect(read('ofxparse_ofx-v102-empty-tags.ofx').sink.transactions[0]).toMatchObject({
      currency: 'AUD',
      description: 'CBA:Transfer',
      reference: '',
    });
  });

  it.each(files)('%s cut off anywhere before its end is refused', file => {
    const { bytes } = read(file);
    const text = new TextDecoder('latin1').decode(bytes);
    const start = text.indexOf('<OFX>');
    const last = text.lastIndexOf('</OFX>') + '</OFX>'.length - 1;
    const step = Math.max(1, Math.floor((last - start) / 150));
    for (let cut = last; cut > start; cut -= step) {
      const parser = createOfxParser(new RecordingSink(), codecFor);
      expect(() => feed(parser, bytes.subarray(0, cut)), `cut at ${cut}`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^ofx\.(truncated|no-root)$/) }),
      );
    }
  });
});
