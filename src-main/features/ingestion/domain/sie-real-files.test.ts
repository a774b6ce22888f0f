import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSieParser } from './sie-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { factOf, factsOf, legacyCodec, readLedger } from './testing/plaintext-ledger.ts';
import { shortest } from './testing/recording-sink.ts';

/** Files of ten programs, published by SIE-gruppen and used by idstam/jsisie; counts taken record by record. */
const folder = new URL('../../../../../shared/data/ledgers/sie/', import.meta.url);
const files = readdirSync(folder).filter(name => /\.s[ei]$/i.test(name));
const urlOf = (file: string): URL => new URL(encodeURIComponent(file), folder);

const bytesOf = (url: URL): Uint8Array => new Uint8Array(readFileSync(url));
const factsBeside = (url: URL) => factsOf(readFileSync(new URL(`${url.href}.expected.json`), 'utf8'));

describe('real SIE files', () => {
  it('are all there', () => {
    expect(files.length).toBe(25);
  });

  it.each(files)('%s agrees with a count record by record', file => {
    const bytes = bytesOf(urlOf(file));
    expect(sniffFormat(bytes.subarray(0, 65_536), legacyCodec).format).toBe('sie');
    const { sink, parser } = readLedger(createSieParser, bytes, { size: 511 });
    const counted = factOf(factsBeside(urlOf(file)), 'counted by us');
    const dialect = parser.dialect();
    expect(sink.rejected).toEqual([]);
    expect(sink.headers.length).toBe(1);
    expect(sink.transactions.length).toBe(counted.transactions);
    expect(sink.counts).toEqual([counted.vouchers]);
    expect(new Set(sink.transactions.map(each => each.entry)).size).toBe(counted.vouchers);
    expect(sink.warnings.filter(each => each.code === 'ledger.entry-unbalanced').length).toBe(
      counted.vouchers_out_of_balance,
    );
    expect(dialect).toMatchObject({
      sieType: counted.sietyp,
      // The count kept the quotes that the field has in some files.
      format: (counted.format as string).replaceAll('"', ''),
      accounts: counted.accounts,
      hasChecksum: counted.has_checksum,
    });
    // Where a file states no balance the count has 0 and the parser null: not stated.
    expect(shortest((dialect.closingBalanceSum as string | null) ?? '0')).toBe(
      shortest(counted.current_year_UB_sum as string),
    );
    expect(shortest((dialect.resultSum as string | null) ?? '0')).toBe(
      shortest(counted.current_year_RES_sum as string),
    );
    expect(parser.encoding()).toBe('cp437');
  });

  it('the vouchers of type 4 files lead to the stated balances, but for two files that contradict themselves', () => {
    const told = files.flatMap(file =>
      readLedger(createSieParser, bytesOf(urlOf(file)))
        .sink.warnings.filter(each => each.code === 'control.balance')
        .map(each => [file, each.message] as const),
    );
    expect(told.map(([file]) => file)).toEqual(['Sie4.se', 'Sie4.si']);
    // A purchase (48,000 and 12,000 VAT against 60,000) is in the balances of Sie4.se and among none of its vouchers.
    expect(told[0]![1]).toContain(
      '3 of 42 accounts (2440: -488115.32 instead of -548115.32; 2640: 1125249.27 instead of 1137249.27; 4010: 19034.40 instead of 67034.40)',
    );
    // Sie4.si repeats its opening balances as closing ones.
    const { parser } = readLedger(createSieParser, bytesOf(urlOf('Sie4.si')));
    expect(parser.dialect().openingBalanceSum).toBe(parser.dialect().closingBalanceSum);
  });

  it('reads texts of Sie4.se that lack their closing quote, and says so', () => {
    const { sink } = readLedger(createSieParser, bytesOf(urlOf('Sie4.se')));
    expect(sink.warnings.find(each => each.code === 'sie.unclosed-quote')).toMatchObject({
      row: 1041,
      message: expect.stringContaining('3 times') as string,
    });
    expect(sink.transactions.filter(each => each.entry === '2 24').length).toBe(5);
  });

  it('the check sum of Sie1.se is the one it states, and a changed byte breaks it', () => {
    const bytes = bytesOf(urlOf('Sie1.se'));
    expect(readLedger(createSieParser, bytes).sink.codes).toEqual(['ledger.balances-only']);
    const changed = bytes.slice();
    changed[changed.indexOf(0x31, 5000)] = 0x32;
    expect(readLedger(createSieParser, changed).sink.codes).toContain('control.hash');
  });

  it('texts, accounts and objects come through', () => {
    const { sink } = readLedger(createSieParser, bytesOf(urlOf('MAMUT_SIE4_EXPORT.SE')));
    expect(sink.headers[0]).toMatchObject({ accountId: '555555-5555', owner: 'Mamut_SIE', currency: 'SEK' });
    expect(sink.transactions.find(each => each.counterpartyAccount === '30083')).toMatchObject({
      description: '30083 Svenska Mässan i Göteborg, 12',
      ledgerAccount: '1510 Kundfordringar',
      amount: { units: 37_631_300, scale: 2 },
      reference: '12',
      category: 'Department 2 Försäljningsavdelning',
      entry: '1 1',
    });
  });

  it('removed rows of BL0001_typ4.SE are told and not booked; added rows are booked once', () => {
    const { sink, parser } = readLedger(createSieParser, bytesOf(urlOf('BL0001_typ4.SE')));
    expect(parser.dialect()).toMatchObject({ addedLines: 6, removedLines: 3, transactions: 405 });
    expect(sink.codes).toEqual(['sie.removed-line', 'sie.voucher-number']);
  });
});
