import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createQifParser } from './qif-parser.ts';
import { isQif } from './qif-signature.ts';
import { feed, RecordingSink } from './testing/recording-sink.ts';

const read = (text: string, overrides: Record<string, string> = {}, chunk = 1 << 16) => {
  const sink = new RecordingSink();
  const parser = createQifParser({ sink, codecFor, overrides });
  feed(parser, new TextEncoder().encode(text), chunk);
  return { sink, dialect: parser.dialect() };
};
const record = (date: string, amount: string, more = ''): string => `D${date}\nT${amount}\n${more}^\n`;
const bank = (...records: string[]): string => `!Type:Bank\n${records.join('')}`;
const rows = (sink: RecordingSink): readonly (string | null)[] =>
  sink.transactions.map(each => `${isoDate(each.bookingDate)} ${formatUnits(each.amount.units, each.amount.scale)}`);
const daysOf = (...dates: string[]): readonly (string | null)[] =>
  read(bank(...dates.map(date => record(date, '1.00')))).sink.transactions.map(each => isoDate(each.bookingDate));

// Date styles: GnuCash, src/import-export/qif-import/file-format.txt, and Quicken's own exports.
describe('QIF dates', () => {
  it.each([
    ["6/21'01", '2001-06-21'],
    ["6/21' 1", '2001-06-21'],
    ["12/25'2005", '2005-12-25'],
    ["31/12'99", '1999-12-31'],
    [' 1/31/94', '1994-01-31'],
    ['12/ 25/04', '2004-12-25'],
    ['31.12.2003', '2003-12-31'],
    ['31-12-2003', '2003-12-31'],
    ['2003-12-31', '2003-12-31'],
    ['2003/03/04', '2003-03-04'],
    ['15 Mar 2004', '2004-03-15'],
    ['20031231', '2003-12-31'],
    ['03.04.2005', '2005-04-03'],
    ['5/5/05', '2005-05-05'],
  ])('%s is %s', (text, day) => {
    expect(daysOf(text)).toEqual([day]);
  });

  it('are settled by any date of the file, or by the sequence of the records', () => {
    expect(daysOf('01/02/2004', '13/02/2004')).toEqual(['2004-02-01', '2004-02-13']);
    expect(daysOf('01/02/2004', '02/13/2004')).toEqual(['2004-01-02', '2004-02-13']);
    expect(daysOf('01/03/04', '02/03/04', '03/04/04', '05/05/04', '01/06/04')).toEqual([
      '2004-03-01',
      '2004-03-02',
      '2004-04-03',
      '2004-05-05',
      '2004-06-01',
    ]);
  });

  it('that fit two orders are a question over the whole file, which an answer settles', () => {
    const text = bank(record('01/02/2004', '1.00'), record('03/04/2004', '2.00'));
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'dialect.ambiguous', candidates: { dateOrder: ['dmy', 'mdy'] } }),
    );
    expect(rows(read(text, { dateOrder: 'mdy' }).sink)).toEqual(['2004-01-02 1.00', '2004-03-04 2.00']);
    expect(rows(read(text, { dateOrder: 'dmy' }).sink)).toEqual(['2004-02-01 1.00', '2004-04-03 2.00']);
    for (const overrides of [{ dateOrder: 'ydm' }, { delimiter: ';' }])
      expect(() => read(text, overrides as unknown as Record<string, string>)).toThrow(
        expect.objectContaining({ code: 'dialect.unknown' }),
      );
  });

  it('of no calendar reject their record', () => {
    const { sink } = read(bank(record('30/02/2004', '1.00'), record('28/02/2004', '2.00'), record('x', '3.00')));
    expect(rows(sink)).toEqual(['2004-02-28 2.00']);
    expect(sink.rejected.map(each => each.place.row)).toEqual([2, 8]);
  });
});

describe('QIF amounts', () => {
  it('have a decimal point or comma, settled over the file, and thousands in groups', () => {
    const amounts = (...texts: string[]): readonly string[] =>
      read(bank(...texts.map(text => record('31/1/04', text)))).sink.transactions.map(({ amount }) =>
        formatUnits(amount.units, amount.scale),
      );
    expect(amounts('-1,234.50', '7')).toEqual(['-1234.50', '7']);
    expect(amounts('-1.234,50', '1.000')).toEqual(['-1234.50', '1000']);
    expect(amounts("10'000.00", '+5.00', '$3.25')).toEqual(['10000.00', '5.00', '3.25']);
  });

  it('that fit both are a question', () => {
    const text = bank(record('31/1/04', '1,234'));
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'dialect.ambiguous', candidates: { decimalSign: ['.', ','] } }),
    );
    expect(rows(read(text, { decimalSign: '.' }).sink)).toEqual(['2004-01-31 1234']);
    expect(rows(read(text, { decimalSign: 'comma' }).sink)).toEqual(['2004-01-31 1.234']);
  });

  it('stand in T or U, which must agree', () => {
    const { sink } = read(
      bank(
        'D31/1/04\nU5.00\nT5.00\n^\n',
        'D31/1/04\nU6.00\n^\n',
        'D31/1/04\nU7.00\nT8.00\n^\n',
        'D31/1/04\n^\n',
        'T1.00\n^\n',
      ),
    );
    expect(rows(sink)).toEqual(['2004-01-31 5.00', '2004-01-31 6.00']);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'the amounts T "8.00" and U "7.00" contradict each other',
      'the record has no amount (T or U)',
      'the record has no date (D)',
    ]);
  });
});

describe('QIF records', () => {
  it('map payee, memo, number, category, transfer and address', () => {
    const { sink } = read(
      bank(
        record('31/1/04', '-5.00', 'N1005\nPShop\nMFood\nLGroceries:Food/Trip\nAStreet 1\nATown\nC*\n'),
        record('31/1/04', '-6.00', 'NATM\nPBank\nL[Wallet]\n'),
      ),
    );
    expect(sink.transactions).toMatchObject([
      {
        reference: '1005',
        type: '',
        counterparty: 'Shop',
        description: 'Food Street 1, Town',
        category: 'Groceries:Food/Trip',
        counterpartyAccount: '',
      },
      {
        reference: '',
        type: 'ATM',
        counterparty: 'Bank',
        description: 'Bank',
        category: '[Wallet]',
        counterpartyAccount: 'Wallet',
      },
    ]);
    expect(sink.codes).toEqual(['qif.no-account']);
  });

  it('with splits are one transaction, and splits must add up', () => {
    const split = 'SFood\nEbread\n$-6.00\nSGifts\n$-4.00\n';
    const { sink } = read(bank(record('31/1/04', '-10.00', split), record('31/1/04', '-10.01', split)));
    expect(sink.transactions.map(each => each.description)).toEqual(
      Array(2).fill('[splits: Food bread -6.00; Gifts -4.00]'),
    );
    expect(sink.warnings.filter(each => each.code.startsWith('qif.split'))).toEqual([
      {
        row: 10,
        code: 'qif.split-sum',
        message: 'The splits of the transaction at line 10 add up to -10.00, not to its amount -10.01',
      },
    ]);
    const percent = read(bank(record('31/1/04', '-10.00', 'SA\n%60\nSB\n%40%\n'))).sink;
    expect(percent.transactions[0]?.description).toBe('[splits: A 60%; B 40%]');
    expect(percent.codes).toEqual(['qif.no-account']);
  });

  it('of several accounts are statements of their own; lists are counted', () => {
    const { sink, dialect } = read(
      [
        '!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\nNCard\nTCCard\n^\n!Clear:AutoSwitch\n',
        '!Type:Cat\nNFood\nE\n^\nNPay\nI\n^\n!Type:Memorized\nKC\nT5.00\n^\n',
        '!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\n!Type:Bank\nD31/1/04\nT1.00\n^\n',
        '!Account\nNCard\nTCCard\n^\n!Type:CCard\nD30/1/04\nT-2.00\n^\n',
        '!Account\nNChecking\nTBank\n^\n!Type:Bank \nD29/1/04\nT3.00\n^\n',
      ].join(''),
    );
    expect(sink.headers.map(each => each.accountId)).toEqual(['Checking', 'Card']);
    expect(sink.transactions.map(each => each.statement)).toEqual([0, 0, 1]);
    expect(dialect).toMatchObject({ types: ['Bank', 'CCard'], records: 3, lists: { Cat: 2, Memorized: 1 } });
    expect(sink.warnings).toEqual([]);
  });

  it('that open an account are its opening balance; a statement balance not before the last record is the closing one', () => {
    const { sink } = read(
      '!Account\nNSavings\nTBank\n/31/3/04\n$150.00\n^\n!Type:Bank\nD1/1/04\nT100.00\nPOpening Balance\nL[Savings]\n^\nD31/1/04\nT50.00\n^\n',
    );
    expect(rows(sink)).toEqual(['2004-01-31 50.00']);
    expect(sink.stated).toMatchObject([
      { opening: { amount: { units: 10000 } }, closing: { amount: { units: 15000 } } },
    ]);
    expect(sink.codes).toEqual(['qif.opening-balance']);
    expect(read(bank('D31/1/04\nT9.00\nPOpening Balance\nL[Cash]\n^\n')).sink.headers).toMatchObject([
      { accountId: 'Cash' },
    ]);
  });

  it('under an account without a type belong to it', () => {
    const { sink } = read('!Account\nNChecking\nTBank\n^\nD31/1/04\nT5.00\n^\n');
    expect(sink.headers).toMatchObject([{ accountId: 'Checking' }]);
    expect(rows(sink)).toEqual(['2004-01-31 5.00']);
  });

  it('without end mark are read where their last line is whole, and rejected where it may be cut', () => {
    const start = bank(record('31/1/04', '1.00'));
    const whole = read(`${start}D30/1/04\nT2.00\n`).sink;
    expect([rows(whole).length, whole.codes.includes('qif.no-end-mark')]).toEqual([2, true]);
    const cut = read(`${start}D30/1/04\nT2.0`).sink;
    expect([rows(cut).length, cut.rejected.length]).toEqual([1, 1]);
    expect(read(bank('D31/1/04\nT1.00\nD30/1/04\nT2.00\n^\n')).sink.rejected[0]?.reason).toContain(
      'two different dates',
    );
    expect(read(`${start}^`).dialect.emptyRecords).toBe(1);
  });

  it('of unknown types and repeated headers are kept, and told', () => {
    const { sink } = read(
      `!Type:Foo\n${record('31/1/04', '1.00', 'Zwhat\n')}!Nonsense\n!Type:Foo\n${record('31/1/04', '2.00')}`,
    );
    expect(sink.headers).toHaveLength(2);
    expect(sink.codes).toEqual([
      'qif.unknown-type',
      'qif.unknown-header',
      'qif.repeated-header',
      'qif.no-account',
      'qif.unknown-field',
    ]);
  });

  it.each([
    ['', 'qif.no-records'],
    ['!Type:Bank', 'none'],
    ['!Option:MDY\n', 'qif.no-records'],
    ['Date,Amount\n', 'qif.no-header'],
    ['!\u0000T\u0000', 'text.encoding'],
  ])('of %j: %s', (text, code) => {
    const outcome = (): string => {
      try {
        read(text);
        return 'none';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(outcome()).toBe(code);
  });

  it('are read alike however the bytes are cut, and each has its place', () => {
    const text = bank(record('31/1/04', '1.00', 'PÄrger\n'), record('x', '2'), record('30/1/04', '3.00'));
    const whole = read(text).sink;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), size => {
        expect(read(text, {}, size).sink).toEqual(whole);
      }),
    );
    const bytes = Buffer.from(text);
    for (const { place } of [...whole.transactions, ...whole.rejected])
      expect(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength).toString()).toMatch(
        /^D[\s\S]*\n\^$/,
      );
  });

  it('under many headers are read in time', () => {
    expect(read('!Type:Bank\nD31/1/04\nT1.00\n^\n'.repeat(30_000)).sink.headers).toHaveLength(30_000);
  }, 10_000);

  it('are all accounted for in a damaged file', () => {
    const lines = bank(record('31/1/04', '1.00', 'SA\n$1.00\n'), record('30/1/04', '2.00', 'PX\n')).split('\n');
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.integer({ min: 1, max: lines.length - 1 }),
            text: fc.constantFrom('', '^', 'D', 'T1,5', 'Dx', 'junk', 'T'),
          }),
          {
            maxLength: 3,
          },
        ),
        damages => {
          const damaged = [...lines];
          for (const { at, text } of damages) damaged[at] = text;
          const blocks = damaged
            .slice(1)
            .join('\n')
            .split(/^\^$/m)
            .filter(block => block.trim() !== '').length;
          try {
            const { sink } = read(damaged.join('\n'));
            expect(sink.transactions.length + sink.rejected.length).toBe(blocks);
          } catch (error) {
            expect(error).toMatchObject({ code: 'dialect.ambiguous' });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

// Quicken 4 to 6 for Windows end a record with ^^, as in the examples of GnuCash (bogus.qif, swipe.qif).
describe('records that end with ^^', () => {
  it('are kept apart', () => {
    const { sink } = read('!Type:Cat\nNBonus\nI\n^^\n!Type:Bank \nD6/17/97\nT2,345.00\n^^\nD8/ 1/97\nT-5.00\n^^\n');
    expect(rows(sink)).toHaveLength(2);
    expect(sink.transactions.map(each => [isoDate(each.bookingDate), each.amount.units])).toEqual([
      ['1997-06-17', 234_500],
      ['1997-08-01', -500],
    ]);
    expect(sink.rejected).toEqual([]);
    expect(read('!Type:Invst\nD9/13/97\nNBuy\nT1.00\n^^\nD9/14/97\nNDiv\nT2.00\n^^\n').sink.rejected).toHaveLength(2);
  });
});

describe('the recognizer', () => {
  it.each([
    '!Type:Bank\n',
    '\n!type:Oth L\r\n',
    '!Account\nN',
    '!Option:AutoSwitch\n',
    '!Clear:AutoSwitch\n',
    '!Type:CCard',
  ])('knows %j', text => {
    expect(isQif(text)).toBe(true);
  });
  it.each(['Type,Amount\n', '!important\n', 'D1/1/04\nT5\n^\n', '!Type:a,b\n1,2\n', ''])(
    'leaves %j to others',
    text => {
      expect(isQif(text)).toBe(false);
    },
  );
});
