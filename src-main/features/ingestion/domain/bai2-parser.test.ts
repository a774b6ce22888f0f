import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createBai2Parser } from './bai2-parser.ts';
import { isBai2 } from './bai2-signature.ts';
import { detailName, directionOf } from './bai2-type-codes.ts';
import { feed, RecordingSink } from './testing/recording-sink.ts';

const read = (text: string, chunk = 1 << 16): RecordingSink => {
  const sink = new RecordingSink();
  feed(createBai2Parser({ sink, codecFor }), new TextEncoder().encode(text), chunk);
  return sink;
};

/** A file with one account: its record 03 (after the number), its details, and correct trailers unless given. */
const file = (
  account: string,
  details: readonly string[],
  options: { group?: string; total?: number } = {},
): string => {
  const lines = [
    '01,SENDER,RECEIVER,240105,0900,1,,,2/',
    options.group ?? '02,CUSTOMER,BANK,1,240104,2400,USD,2/',
    `03,123456,${account}/`,
    ...details,
  ];
  const records = details.length + 2;
  const total = options.total ?? 0;
  return `${[...lines, `49,${total},${records}/`, `98,${total},1,${records + 2}/`, `99,${total},1,${records + 4}/`].join('\n')}\n`;
};
const controls = (sink: RecordingSink): readonly string[] => sink.codes.filter(code => code.startsWith('control.'));

describe('BAI2 records', () => {
  it('give opening and closing ledger balances, signed amounts in minor units of the currency, and references', () => {
    const sink = read(
      file('USD,010,10000,,,015,12500,,', ['16,195,3000,0,BREF,CREF,FROM: A, B/', '16,475,500,Z,,1001,CHECK 1001'], {
        total: 10000 + 12500 + 3000 + 500,
      }),
    );
    expect(sink.headers).toEqual([
      { accountId: '123456', currency: 'USD', institution: 'BANK', owner: null, statementId: null },
    ]);
    expect(sink.stated).toMatchObject([
      { opening: { amount: { units: 10000, scale: 2 } }, closing: { amount: { units: 12500, scale: 2 } } },
    ]);
    expect(isoDate(sink.stated[0]?.opening?.date ?? 0)).toBe('2024-01-04');
    expect(sink.transactions).toMatchObject([
      {
        amount: { units: 3000, scale: 2 },
        reference: 'BREF',
        description: 'FROM: A, B [customer reference CREF]',
        type: '195 Incoming Money Transfer',
      },
      { amount: { units: -500, scale: 2 }, reference: '1001', description: 'CHECK 1001', type: '475 Check Paid' },
    ]);
    expect(sink.warnings).toEqual([]);
  });

  // Implied decimals: ISO 4217 minor units (appendix B of the specifications).
  it.each([
    ['JPY', 0],
    ['KWD', 3],
    ['eur', 2],
  ])('imply decimals of %s', (currency, scale) => {
    const sink = read(file(`${currency},010,5,,`, ['16,195,7,Z,,,x/'], { total: 12 }));
    expect(sink.transactions[0]).toMatchObject({ amount: { units: 7, scale }, currency: currency.toUpperCase() });
    expect(sink.stated[0]?.opening?.amount).toEqual({ units: 5, scale });
  });

  it('are in US dollars where no currency is stated, and it is told', () => {
    const sink = read(file(',010,5,,', [], { group: '02,C,BANK,1,240104,,,2/', total: 5 }));
    expect(sink.headers[0]?.currency).toBe('USD');
    expect(sink.codes).toEqual(['bai2.currency']);
  });

  // Funds types of record 16: Z, 0, 1, 2, V (date, time), S (three amounts), D (number, then days and amounts).
  it.each([
    ['Z,B,C,T/', null],
    [',B,C,T/', null],
    ['1,B,C,T/', null],
    ['V,240108,,B,C,T/', '2024-01-08'],
    ['V,240108,2400,B,C,T/', '2024-01-08'],
    ['S,600,300,100,B,C,T/', null],
    ['S,1000,,,B,C,T/', null],
    ['D,2,0,600,3,400,B,C,T/', null],
    ['v,991231,9999,B,C,T/', '1999-12-31'],
  ])('read funds type %s', (funds, valueDate) => {
    const sink = read(file('USD', [`16,142,1000,${funds}`], { total: 1000 }));
    expect(sink.transactions).toMatchObject([{ reference: 'B', description: 'T [customer reference C]' }]);
    expect(isoDate(sink.transactions[0]?.valueDate ?? 0)).toBe(valueDate);
    expect(sink.warnings).toEqual([]);
  });

  it('tell funds types, distributions, value dates, signs and type codes that are wrong', () => {
    const details = [
      '16,142,10,X,B,C,T/',
      '16,142,10,S,5,4,0,B,C,T/',
      '16,142,10,V,240230,,B,C,T/',
      '16,142,-10,Z,B,C,T/',
      '16,390,10,Z,B,C,T/',
      '16,930,10,Z,B,C,T/',
    ];
    const sink = read(file('USD', details, { total: 40 }));
    expect(sink.codes).toEqual([
      'bai2.funds-type',
      'bai2.distribution',
      'bai2.value-date',
      'bai2.signed-amount',
      'bai2.type-code',
    ]);
    expect(sink.transactions.map(each => each.amount.units)).toEqual([10, 10, 10, -10, 10, 10]);
    expect(sink.transactions.every(each => each.description === 'T [customer reference C]')).toBe(true);
  });

  it('reject what is no transaction, with its line', () => {
    const details = [
      '16,890,,,,,INFO/',
      '16,010,5,Z,,,x/',
      '16,142,,Z,,,x/',
      '16,142,1.5,Z,,,x/',
      '16,1,5,Z,,,x/',
      '07,what/',
    ];
    const sink = read(file('USD', details));
    expect(sink.transactions).toEqual([]);
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([
      [4, 'type code 890 moves no money: status, information or a code that BAI2 does not assign'],
      [5, 'type code 010 moves no money: status, information or a code that BAI2 does not assign'],
      [6, 'the record states no amount'],
      [7, 'the amount "1.5" is not a whole number of minor units that can be kept exactly'],
      [8, 'the type code "1" is not one of three digits'],
      [9, '07 is no record code of BAI2'],
    ]);
  });

  it('continue in 88: a field ends with its record, a text goes on', () => {
    const sink = read(
      file(
        'USD,010,100,,,190',
        [
          '88,500,2,V,240105,,015,200/',
          '16,142,30,S,10,20/',
          '88,0,BREF,CREF,TEXT, one',
          '88,two/three',
          '88,CRNM: X/',
        ],
        { total: 100 + 500 + 200 + 30 },
      ),
    );
    expect(sink.stated).toMatchObject([{ opening: { amount: { units: 100 } }, closing: { amount: { units: 200 } } }]);
    expect(sink.transactions).toMatchObject([
      { reference: 'BREF', description: 'TEXT, one two/three CRNM: X [customer reference CREF]', place: { row: 5 } },
    ]);
    expect(sink.warnings).toEqual([]);
  });

  it('are found where several stand on a line or follow each other in physical records of the stated length', () => {
    const text = file('USD,010,100,,', ['16,142,30,Z,,,A 16,2 / B', '16,451,40,Z,,,C/'], { total: 170 });
    const flat = read(text.replaceAll('/\n', '/  ').replace('B\n', 'B/ '));
    expect(flat.transactions.map(each => each.description)).toEqual(['A 16,2 / B', 'C']);
    expect(controls(flat)).toEqual([]);
    const fixed = text
      .replace('1,,,2/', '1,60,,2/')
      .trimEnd()
      .split('\n')
      .map(line => line.padEnd(60))
      .join('');
    const cut = read(fixed);
    expect(cut.transactions.map(each => each.amount.units)).toEqual([30, -40]);
    expect(controls(cut)).toEqual([]);
  });

  it('whose text runs on without 88 keep it', () => {
    const sink = read(
      file('USD', ['16,142,30,Z,,,first part', '16,451,30,Z,,,x/'], { total: 60 }).replace(
        'part\n',
        'part\nsecond part /\n',
      ),
    );
    expect(sink.transactions[0]?.description).toBe('first part second part');
    expect(sink.codes).toEqual(['bai2.wrapped-line']);
  });
});

describe('BAI2 controls', () => {
  const good = (): string => file('USD,010,100,,,100,30,1,', ['16,142,30,Z,,,x/'], { total: 160 });

  it('are met, or told with the line of their trailer', () => {
    expect(read(good()).warnings).toEqual([]);
    const cases: [string, string, number, string][] = [
      ['49,160,3/', '49,161,3/', 5, 'control.total'],
      ['49,160,3/', '49,160,4/', 5, 'control.count'],
      ['98,160,1,5/', '98,160,2,5/', 6, 'control.count'],
      ['99,160,1,7/', '99,160,1,8/', 7, 'control.count'],
      ['99,160,1,7/', '99,,1,7/', 7, 'control.total'],
    ];
    for (const [stated, wrong, row, code] of cases)
      expect(read(good().replace(stated, wrong)).warnings.map(each => [each.row, each.code])).toContainEqual([
        row,
        code,
      ]);
  });

  it('tell details that are fewer than the totals of the account', () => {
    const sink = read(file('USD,100,5000,2,,400,70,1,', ['16,142,30,Z,,,x/', '16,475,70,Z,,,y/'], { total: 5170 }));
    expect(sink.warnings).toEqual([
      {
        row: 3,
        code: 'bai2.not-detailed',
        message:
          'Not all is detailed: account 123456 (line 3) states total credits of 50.00 (type code 100); its 1 detail records add up to 0.30.',
      },
    ]);
  });

  it('tell a missing trailer of account or group', () => {
    expect(controls(read(good().replace('49,160,3/\n', '')))).toEqual(['control.count', 'control.missing']);
    expect(controls(read(good().replace('98,160,1,5/\n', '')))).toEqual(['control.count', 'control.missing']);
  });

  it('use available balances where no ledger balance is stated, and tell it', () => {
    const sink = read(file('USD,040,100,,,045,200,,', [], { total: 300 }));
    expect(sink.stated).toMatchObject([{ opening: { amount: { units: 100 } }, closing: { amount: { units: 200 } } }]);
    expect(sink.codes).toEqual(['bai2.available-balance']);
  });

  it.each([
    ['2', 'the group deletes data sent before (status 2): its records are no bookings'],
    ['4', 'the group is a test (status 4): its records are no bookings'],
  ])('take records of a group of status %s for no bookings', (status, reason) => {
    const sink = read(file('USD', ['16,142,30,Z,,,x/'], { group: `02,C,BANK,${status},240104,,USD,2/`, total: 30 }));
    expect(sink.transactions).toEqual([]);
    expect(sink.rejected.map(each => each.reason)).toEqual([reason]);
    expect(sink.codes).toEqual(['bai2.group-status']);
  });

  it('reject details of a group whose day is none', () => {
    const sink = read(file('USD,010,5,,', ['16,142,30,Z,,,x/'], { group: '02,C,BANK,1,240231,,USD,1/', total: 35 }));
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'the as-of date "240231" of its group is not a day of the calendar',
    ]);
    expect(sink.stated).toEqual([{ opening: null, closing: null }]);
    expect(sink.codes).toEqual(['bai2.interim']);
  });

  it('tell summary fields that cannot be read', () => {
    const sink = read(file('USD,010,100,,,0x5,7,,', [], { total: 100 }));
    expect(sink.stated).toMatchObject([{ opening: { amount: { units: 100 } } }]);
    expect(sink.codes).toEqual(['bai2.summary']);
  });

  it.each([
    ['without trailer', () => good().replace(/99.*\n/, ''), 'bai2.truncated'],
    ['cut in the middle', () => good().slice(0, 120), 'bai2.truncated'],
    ['with two headers', () => good().replace(/99.*\n/, '') + good(), 'bai2.truncated'],
    ['of another version', () => good().replace(',2/', ',1/'), 'bai2.version'],
    ['with an account in no group', () => good().replace(/02,.*\n/, ''), 'bai2.structure'],
    ['with a transaction in no account', () => good().replace(/03,.*\n/, ''), 'bai2.structure'],
    ['without header', () => good().replace(/01,.*\n/, ''), 'bai2.no-header'],
    ['that is empty', () => '', 'bai2.truncated'],
    ['in UTF-16', () => '0\u00001\u0000,\u0000', 'text.encoding'],
    ['that is other text', () => 'hello\n', 'bai2.no-header'],
  ])('refuse a file %s', (_, text, code) => {
    expect(() => read(text())).toThrow(expect.objectContaining({ code }));
  });

  it('hold however the bytes are cut', () => {
    const text = good().replace('x/', 'über/');
    const whole = read(text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), size => {
        expect(read(text, size)).toEqual(whole);
      }),
    );
  });

  it('are compared in time where all records stand on one line that is not ASCII', () => {
    const details = Array<string>(20_000).fill('16,142,30,Z,,,ä/');
    const sink = read(file('USD', details, { total: 600_000 }).replaceAll('/\n', '/ '), 1 << 18);
    expect(sink.transactions).toHaveLength(20_000);
    expect(controls(sink)).toEqual([]);
  }, 10_000);

  it('lose no record 16 of a damaged file', () => {
    const lines = file('USD,010,100,,', ['16,142,30,Z,,,x/', '16,451,40,Z,,,y', '88,z', '16,142,50,Z,,,w/']).split(
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(lines.length - 1), cut: fc.nat(12) }), { maxLength: 4 }), damages => {
        const damaged = [...lines];
        for (const { at, cut } of damages) damaged[at] = damaged[at]!.slice(0, damaged[at]!.length - cut);
        try {
          const sink = read(damaged.join('\n'));
          const details = damaged.filter(each => each.startsWith('16,')).length;
          const others = sink.rejected.filter(each => !each.raw.startsWith('16,')).length;
          expect(sink.transactions.length + sink.rejected.length - others).toBe(details);
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/^bai2\./);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('type codes', () => {
  // Ranges: Cash Management Balance Reporting Specifications, version 2, "Uniform type codes" and appendix A.
  it.each([
    ['010', null],
    ['099', null],
    ['100', 'credit'],
    ['399', 'credit'],
    ['400', 'debit'],
    ['699', 'debit'],
    ['700', null],
    ['722', 'credit'],
    ['890', null],
    ['919', null],
    ['920', 'credit'],
    ['959', 'credit'],
    ['960', 'debit'],
    ['999', 'debit'],
    ['1', null],
  ])('%s is %s', (code, direction) => {
    expect(directionOf(code)).toBe(direction);
  });

  it('have names of details only', () => {
    expect([detailName('475'), detailName('100'), detailName('400')]).toEqual(['Check Paid', null, null]);
  });
});

describe('the recognizer', () => {
  it('knows a file header, also with records behind it, and one with a wrong code', () => {
    expect(isBai2('01,A,B,240105,0900,1,,,2/\n02,')).toBe(true);
    expect(isBai2('01,A,B,240105,0900,1,80,1,2/   02,C,D')).toBe(true);
    expect(isBai2('00,0004,1/2/345,06/0321,0829,001,80,1,2/')).toBe(true);
  });
  it.each(['01,2,3\n', '01,a,b,c,d,e,f,g,2\n', 'id,name\n01,2/\n', ''])('leaves %j to others', text => {
    expect(isBai2(text)).toBe(false);
  });
});
