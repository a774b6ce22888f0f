import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { exactDecimal, fractionOf } from './gnucash-book.ts';
import { dayOfUtc } from './gnucash-day.ts';
import { createGnucashXmlParser } from './gnucash-xml.ts';
import { sniffFormat } from './sniff-format.ts';
import { hostCodec, readDocument, refusalOf, utf8 } from './testing/xml-document.ts';
import { WarningTally } from './warning-tally.ts';

const account = (id: string, name: string, parent = 'root', code = ''): string =>
  `<gnc:account version="2.0.0"><act:name>${name}</act:name><act:id type="guid">${id}</act:id><act:type>BANK</act:type>${code === '' ? '' : `<act:code>${code}</act:code>`}<act:parent type="guid">${parent}</act:parent></gnc:account>`;
const split = (accountId: string, value: string, more = ''): string =>
  `<trn:split><split:id type="guid">s</split:id>${more}<split:reconciled-state>n</split:reconciled-state><split:value>${value}</split:value><split:quantity>${value}</split:quantity><split:account type="guid">${accountId}</split:account></trn:split>`;
const transaction = (
  splits: string,
  currency = 'EUR',
  posted = '<ts:date>2024-03-31 10:59:00 +0000</ts:date>',
  id = 't1',
): string =>
  `<gnc:transaction version="2.0.0"><trn:id type="guid">${id}</trn:id><trn:currency><cmdty:space>CURRENCY</cmdty:space><cmdty:id>${currency}</cmdty:id></trn:currency><trn:num>17</trn:num><trn:date-posted>${posted}</trn:date-posted><trn:date-entered><ts:date>2024-04-01 08:00:00 +0000</ts:date></trn:date-entered><trn:description>Rent</trn:description><trn:splits>${splits}</trn:splits></gnc:transaction>`;
const ROOT =
  '<gnc:account version="2.0.0"><act:name>Root Account</act:name><act:id type="guid">root</act:id><act:type>ROOT</act:type></gnc:account>';
const ACCOUNTS = ROOT + account('a', 'Assets') + account('b', 'Cash', 'a', '1010');
const book = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8" ?>\n<gnc-v2 xmlns:gnc="http://www.gnucash.org/XML/gnc" xmlns:act="http://www.gnucash.org/XML/act" xmlns:cd="http://www.gnucash.org/XML/cd"><gnc:count-data cd:type="book">1</gnc:count-data><gnc:book version="2.0.0"><book:id type="guid">book1</book:id><book:slots><slot><slot:key>options</slot:key><slot:value type="frame"><slot><slot:key>Business</slot:key><slot:value type="frame"><slot><slot:key>Company Name</slot:key><slot:value type="string">Firm Ltd</slot:value></slot></slot:value></slot></slot:value></slot></book:slots>${body}</gnc:book></gnc-v2>`;
const read = (text: string, size?: number) => readDocument(createGnucashXmlParser, text, size);

describe('createGnucashXmlParser', () => {
  it('makes each split a transaction of its account, by its full name', () => {
    const text = book(
      `<gnc:count-data cd:type="account">3</gnc:count-data><gnc:count-data cd:type="transaction">1</gnc:count-data>${ACCOUNTS}${transaction(split('b', '12345/100', '<split:memo>March</split:memo><split:action>Rent</split:action>') + split('a', '-12345/100'))}`,
    );
    expect(sniffFormat(utf8(text), hostCodec).format).toBe('gnucash');
    const { sink, parser } = read(text);
    expect(sink.headers).toEqual([
      { accountId: 'book1', currency: 'EUR', institution: null, owner: 'Firm Ltd', statementId: null },
    ]);
    expect(sink.counts).toEqual([1]);
    expect(
      sink.transactions.map(each => ({ ...each, place: each.place.row, bookingDate: isoDate(each.bookingDate) })),
    ).toMatchObject([
      {
        place: 1,
        bookingDate: '2024-03-31',
        amount: { units: 12345, scale: 2 },
        currency: 'EUR',
        ledgerAccount: '1010 Assets:Cash',
        entry: 't1',
        description: 'Rent; March',
        type: 'Rent',
        reference: '17',
      },
      { place: 2, amount: { units: -12345, scale: 2 }, ledgerAccount: 'Assets', description: 'Rent' },
    ]);
    expect(sink.warnings).toEqual([]);
    expect(parser.dialect()).toMatchObject({ storage: 'xml', accounts: 3, transactions: 1, splits: 2 });
  });

  it('keeps currencies apart, templates out, and tells counts and entries that do not add up', () => {
    const template = `<gnc:template-transactions>${account('x', 'T')}${transaction(split('x', '0/1'))}</gnc:template-transactions>`;
    const { sink } = read(
      book(
        `<gnc:count-data cd:type="transaction">5</gnc:count-data>${ACCOUNTS}${transaction(split('a', '1/1'))}${transaction(split('a', '1/1') + split('q', '-1/1'), 'USD', undefined, 't2')}${template}`,
      ),
    );
    expect(sink.headers.map(each => each.currency)).toEqual(['EUR', 'USD']);
    expect(sink.transactions.map(each => each.statement)).toEqual([0, 1, 1]);
    expect(sink.counts).toEqual([1, 1]);
    expect(sink.warnings.map(each => [each.code, each.message])).toEqual([
      ['ledger.entry-unbalanced', expect.stringContaining('17 Rent by 1.00')],
      ['gnucash.unknown-account', expect.stringContaining('(1): q')],
      ['control.count', 'The book states 5 transactions (count-data) and holds 2'],
      ['gnucash.templates', expect.stringContaining('1 templates')],
    ]);
  });

  it('rejects splits whose value is no exact decimal, and those of a transaction without a day', () => {
    const { sink } = read(
      book(
        ACCOUNTS +
          transaction(
            split('a', '1/3') +
              split('a', '1/0') +
              split('a', 'x') +
              split('a', '9007199254740993/1') +
              split('a', '7/8'),
          ) +
          transaction(split('a', '1/1'), 'EUR', '<ts:date>2024-02-30 10:59:00 +0000</ts:date>', 't2'),
      ),
    );
    expect(sink.transactions.map(each => each.amount)).toEqual([{ units: 875, scale: 3 }]);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'its value 1/3 is no decimal that can be held exactly',
      'its value 1/0 is no decimal that can be held exactly',
      'its value cannot be read',
      'its value 9007199254740993/1 is no decimal that can be held exactly',
      'the posting date "2024-02-30 10:59:00 +0000" of its transaction is not a day of the calendar',
    ]);
    expect(sink.codes).toEqual([]);
  });

  it('takes local midnight of older books as the day that is written', () => {
    const { sink } = read(
      book(ACCOUNTS + transaction(split('a', '0/1'), 'EUR', '<ts:date>2009-11-22 00:00:00 +0100</ts:date>')),
    );
    expect(isoDate(sink.transactions[0]?.bookingDate ?? 0)).toBe('2009-11-22');
  });

  it.each([
    ['nothing', '', 'xml.truncated'],
    ['other XML', '<?xml version="1.0"?><a/>', 'gnucash.no-book'],
    ['a DOCTYPE', '<!DOCTYPE gnc-v2><gnc-v2/>', 'xml.doctype'],
    ['a cut', book(ACCOUNTS).slice(0, -20), 'xml.truncated'],
  ])('refuses %s', (_, text, code) => {
    expect(refusalOf(createGnucashXmlParser, text).code).toBe(code);
  });

  it('gives the same records however the bytes are cut, each lying where its place says', () => {
    const text = book(ACCOUNTS + transaction(split('a', '1/1') + split('ü', '-1/3')));
    const whole = read(text).sink;
    const bytes = utf8(text);
    for (const { place } of [...whole.transactions, ...whole.rejected])
      expect(new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength))).toMatch(
        /^<trn:split>[\s\S]*<\/trn:split>$/,
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), size => {
        const { sink } = read(text, size);
        expect([sink.transactions, sink.rejected]).toEqual([whole.transactions, whole.rejected]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('fractions of GnuCash', () => {
  it('are exact decimals or none', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
        fc.integer({ min: 1, max: 4000 }),
        (numerator, denominator) => {
          const value = exactDecimal([numerator, BigInt(denominator)]);
          if (value !== null)
            expect(BigInt(value.units) * BigInt(denominator)).toBe(numerator * 10n ** BigInt(value.scale));
          else expect((numerator * 10n ** 9n) % BigInt(denominator)).not.toBe(0n);
        },
      ),
    );
    expect(fractionOf('-12/100')).toEqual([-12n, 100n]);
    expect(fractionOf('12')).toBeNull();
  });
});

describe('dayOfUtc', () => {
  const day = (text: string, slot = ''): readonly (string | null)[] => {
    const tally = new WarningTally();
    const codes: string[] = [];
    const found = dayOfUtc(text, slot, tally);
    const sink = { warn: ({ code }: { code: string }) => codes.push(code) };
    tally.send(sink as never);
    return [typeof found === 'number' ? isoDate(found) : found.reason, ...codes];
  };
  it('reads neutral time as the day, midnight of a zone as the nearest day, the slot before that', () => {
    expect(day('2014-12-24 10:59:00')).toEqual(['2014-12-24']);
    expect(day('20141224105900')).toEqual(['2014-12-24']);
    expect(day('2014-12-24 10:59:00', '20141225')).toEqual(['2014-12-24', 'gnucash.posting-day']);
    expect(day('2014-12-23 23:00:00')).toEqual(['2014-12-24', 'gnucash.posting-time']);
    expect(day('2014-12-24 05:00:00')).toEqual(['2014-12-24', 'gnucash.posting-time']);
    expect(day('2014-12-23 23:00:00', '20141224')).toEqual(['2014-12-24']);
    expect(day('')[0]).toMatch(/not a day/);
  });
});
