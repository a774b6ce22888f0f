import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { sniffFormat } from './sniff-format.ts';
import { shortest, sumOf } from './testing/recording-sink.ts';
import { hostCodec, readDocument, refusalOf, utf8 } from './testing/xml-document.ts';
import { createXbrlGlParser } from './xbrl-gl-parser.ts';

/** Sample instances of the XBRL GL working group (by way of pontsoleil/EIPA). */
const folder = new URL('../../../../../shared/data/ledgers/xbrl-gl/', import.meta.url);

interface Facts {
  readonly entry_headers: number;
  readonly entry_details: number;
  readonly sum_of_amounts: string;
  readonly debit_credit_codes: Readonly<Record<string, number>>;
  readonly sum_debit: string;
  readonly sum_credit: string;
}
const factsOf = (file: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
    facts: { expected: Facts }[];
  };
  return facts[0]?.expected ?? expect.fail(`no facts for ${file}`);
};
const files = readdirSync(folder).filter(name => name.endsWith('.xml'));
/** Postings among the details of each sample; the others are balances or budgets and are told as such. */
const POSTINGS: Readonly<Record<string, number>> = {
  'BP_TrialBalance.xml': 0,
  'Job-budget-v-actual.xml': 18,
  'JournalEntry_Annotated_Instance.xml': 23,
  'Vendor_Invoices.xml': 5,
};
const read = (text: string | Uint8Array, size?: number) => readDocument(createXbrlGlParser, text, size);

describe('real XBRL GL files', () => {
  it('are all there', () => {
    expect(files).toEqual(Object.keys(POSTINGS));
  });

  it.each(files)('%s is recognized, and its postings and what is none agree with a count of its XML', file => {
    const facts = factsOf(file);
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    expect(sniffFormat(bytes.subarray(0, 65_536), hostCodec).format).toBe('xbrl-gl');
    const { sink, parser } = read(bytes, 1000);
    expect(parser.dialect()).toMatchObject({
      entryHeaders: facts.entry_headers,
      entryDetails: facts.entry_details,
      taxonomy: 'http://www.xbrl.org/int/gl/cor/2015-03-25',
    });
    expect(sink.counts).toEqual([facts.entry_headers]);
    expect(sink.transactions.length).toBe(POSTINGS[file]);
    expect(sink.transactions.length + sink.rejected.length).toBe(facts.entry_details);
    // What was not read as a posting is told with its sums: with those of the postings they make the file's sums.
    const told = sink.warnings.filter(each => each.code === 'xbrl-gl.not-postings').map(each => each.message);
    const sums = (word: string): readonly string[] =>
      told.flatMap(message =>
        [...message.matchAll(new RegExp(`${word} (\\d+\\.\\d+)`, 'g'))].map(match => match[1] ?? ''),
      );
    const total = (texts: readonly string[]): string =>
      shortest(String(texts.reduce((sum, text) => sum + Math.round(Number(text) * 100), 0) / 100));
    const withSide = facts.debit_credit_codes.None === undefined;
    const posted = (sign: 1 | -1): string =>
      sumOf(sink.transactions.filter(each => Math.sign(each.amount.units) === sign)).replace('-', '');
    if (withSide) {
      expect(total([posted(1), ...sums('debits')])).toBe(shortest(facts.sum_debit));
      expect(total([posted(-1), ...sums('credits')])).toBe(shortest(facts.sum_credit));
    } else expect(total([posted(1), ...sums('without a side')])).toBe(shortest(facts.sum_of_amounts));
    expect(sink.codes.includes('xbrl-gl.no-side')).toBe(!withSide);
  });

  it('reads what a journal entry says', () => {
    const { sink } = read(new Uint8Array(readFileSync(new URL('JournalEntry_Annotated_Instance.xml', folder))));
    expect(sink.headers).toEqual([
      { accountId: null, currency: 'USD', institution: null, owner: 'ABC Company', statementId: '001' },
    ]);
    expect({
      ...sink.transactions[1],
      place: undefined,
      bookingDate: isoDate(sink.transactions[1]?.bookingDate ?? 0),
    }).toMatchObject({
      bookingDate: '2005-06-30',
      amount: { units: -500, scale: 0 },
      ledgerAccount: '10200 Chequing',
      counterparty: 'Rettaler Property Ltd',
      counterpartyAccount: '1130',
      entry: '50',
      type: 'gj JE',
      description: 'The comment for this entry',
    });
    expect(sink.warnings).toEqual([]);
  });

  it.each(files)('%s: each record lies where its place says, and a cut is refused', file => {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const { sink } = read(bytes, 101);
    for (const { place } of [...sink.transactions, ...sink.rejected])
      expect(new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength))).toMatch(
        /^<gl-cor:entryDetail>[\s\S]*<\/gl-cor:entryDetail>$/,
      );
    const last = new TextDecoder().decode(bytes).lastIndexOf('</xbrli:xbrl>') + 8;
    for (let cut = last; cut > 60; cut -= Math.floor(last / 20))
      expect(refusalOf(createXbrlGlParser, bytes.subarray(0, cut)).code).toBe('xml.truncated');
  });
});

const detail = (
  amount: string,
  side: string,
  more = '<postingDate>2024-01-02</postingDate>',
  account = '<accountMainID>10</accountMainID>',
): string =>
  `<entryDetail><account>${account}</account>${amount === '' ? '' : `<amount decimals="2" unitRef="u">${amount}</amount>`}${side === '' ? '' : `<debitCreditCode>${side}</debitCreditCode>`}${more}</entryDetail>`;
const instance = (
  details: string,
  info = '<entriesType>journal</entriesType>',
  entry = '<entryNumber>1</entryNumber>',
): string =>
  `<xbrl xmlns="http://www.xbrl.org/int/gl/cor/2016-12-01"><unit id="u"><measure>iso4217:EUR</measure></unit><accountingEntries><documentInfo>${info}</documentInfo><entityInformation><organizationIdentifiers><organizationIdentifier>12-345</organizationIdentifier><organizationDescription>DUNS</organizationDescription></organizationIdentifiers></entityInformation><entryHeader>${entry}${details}</entryHeader></accountingEntries></xbrl>`;
const amounts = (text: string): readonly (number | string)[] => {
  const { sink } = read(text);
  return [...sink.transactions.map(each => each.amount.units), ...sink.rejected.map(each => each.reason)];
};

describe('createXbrlGlParser', () => {
  it('takes the sign from the side, negative debits and credits as they stand, else from the amount or signOfAmount', () => {
    expect(
      amounts(
        instance(
          detail('1', 'D') +
            detail('2', 'credit') +
            detail('-3', 'debit') +
            detail('-4', 'C') +
            detail('5', '') +
            detail('-6', '') +
            detail('7', '', '<signOfAmount>minus</signOfAmount><postingDate>2024-01-02</postingDate>') +
            detail('8', 'X') +
            detail('', 'D') +
            detail('1e3', 'D'),
        ),
      ),
    ).toEqual([
      1,
      -2,
      -3,
      4,
      5,
      -6,
      -7,
      'the side "x" (debitCreditCode) is neither debit nor credit',
      'the line states no amount',
      'the amount "1e3" is not a decimal number that can be held exactly',
    ]);
  });

  it('knows what is no posting by entriesType, entryType, qualifierEntry and xbrlInclude', () => {
    const kinds = (text: string): readonly string[] =>
      read(text).sink.rejected.map(each => each.reason.split(' (')[0] ?? '');
    const one = detail('1', 'D');
    expect(kinds(instance(one, '<entriesType>trialBalance</entriesType>'))).toEqual([
      'no posting: balance of an account',
    ]);
    expect(kinds(instance(one, '<entriesType>account</entriesType>'))).toEqual(['no posting: master record']);
    expect(kinds(instance(one, undefined, '<entryType>budget</entryType>'))).toEqual(['no posting: budget']);
    expect(kinds(instance(one, undefined, '<qualifierEntry>balance-brought-forward</qualifierEntry>'))).toEqual([
      'no posting: balance of an account',
    ]);
    expect(kinds(instance(detail('1', 'D', '<xbrlInfo><xbrlInclude>ending_balance</xbrlInclude></xbrlInfo>')))).toEqual(
      ['no posting: balance of an account'],
    );
    expect(kinds(instance(one, '<entriesType>ledger</entriesType>', '<entryType>adjusting</entryType>'))).toEqual([]);
  });

  it('dates a line without posting date by its document, its entry or the day the file is as of, and tells; else rejects it', () => {
    const dates = (more: string, info = '', entry = ''): readonly (string | null)[] => {
      const { sink } = read(instance(detail('1', 'D', more), info, entry));
      return [
        ...sink.transactions.map(each => isoDate(each.bookingDate)),
        ...sink.rejected.map(each => each.reason),
        ...sink.codes,
      ];
    };
    expect(dates('<documentDate>2024-01-05</documentDate>')).toEqual([
      '2024-01-05',
      'ledger.entry-unbalanced',
      'xbrl-gl.date',
    ]);
    expect(dates('', '', '<postedDate>2024-01-06</postedDate>')[0]).toBe('2024-01-06');
    expect(dates('', '<periodCoveredEnd>2024-01-31</periodCoveredEnd>')[0]).toBe('2024-01-31');
    expect(
      dates('', '<periodCoveredStart>2024-01-01</periodCoveredStart><periodCoveredEnd>2024-01-31</periodCoveredEnd>'),
    ).toEqual(['the line states no date']);
    expect(dates('<postingDate>2024-13-01</postingDate>')).toEqual([
      'the posting date "2024-13-01" is not a day of the calendar',
    ]);
  });

  it('states the currency of the line, the file or the unit, in that order', () => {
    const currency = (more: string, info = ''): readonly (string | null)[] => {
      const { sink } = read(instance(detail('1', 'D', `<postingDate>2024-01-02</postingDate>${more}`), info));
      return [sink.transactions[0]?.currency ?? null, ...sink.codes.filter(code => code === 'xbrl-gl.unit')];
    };
    expect(currency('')).toEqual(['EUR']);
    expect(currency('', '<defaultCurrency>iso4217:usd</defaultCurrency>')).toEqual(['USD', 'xbrl-gl.unit']);
    expect(currency('<amountCurrency>CHF</amountCurrency>', '<defaultCurrency>usd</defaultCurrency>')[0]).toBe('CHF');
  });

  it('uses an account name stated once, the company, and tells entries that do not balance', () => {
    const { sink } = read(
      instance(
        detail(
          '1',
          'D',
          undefined,
          '<accountMainID>10</accountMainID><accountMainDescription>Cash</accountMainDescription>',
        ) + detail('3', 'C'),
      ),
    );
    expect(sink.transactions.map(each => each.ledgerAccount)).toEqual(['10 Cash', '10 Cash']);
    expect(sink.headers[0]).toMatchObject({ accountId: '12-345', owner: null });
    expect(sink.warnings.map(each => each.message)).toEqual([expect.stringContaining('1 by -2.00')]);
  });

  it.each([
    ['nothing', '', 'xml.truncated'],
    ['XBRL without accounting entries', '<xbrl xmlns="http://www.xbrl.org/2003/instance"/>', 'xbrl-gl.no-entries'],
    ['a DOCTYPE', '<!DOCTYPE x><xbrl/>', 'xml.doctype'],
  ])('refuses %s', (_, text, code) => {
    expect(refusalOf(createXbrlGlParser, text).code).toBe(code);
  });

  it('leaves XBRL of financial reports alone', () => {
    const report = '<?xml version="1.0"?><xbrl xmlns="http://www.xbrl.org/2003/instance"><context id="c"/></xbrl>';
    expect(sniffFormat(utf8(report), hostCodec).refusal?.code).toBe('format.unsupported');
  });

  it('gives the same records however the bytes are cut', () => {
    const text = instance(detail('1', 'D') + detail('x', 'C'));
    const whole = read(text).sink;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), size => {
        const { sink } = read(text, size);
        expect([sink.transactions, sink.rejected]).toEqual([whole.transactions, whole.rejected]);
      }),
      { numRuns: 25 },
    );
  });
});
