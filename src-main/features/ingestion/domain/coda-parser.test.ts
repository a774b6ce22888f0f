import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isStructuredReference, readCodaCommunication } from './coda-communication.ts';
import { createCodaParser } from './coda-parser.ts';
import { isCoda } from './coda-signature.ts';
import { sumOfUnits } from './testing/recording-sink.ts';
import { readDocument, refusalOf } from './testing/xml-document.ts';

// Records are written after the layouts of Febelfin's standard 2.6; positions below are the standard's.
/** A record of 128 characters with texts at their positions. */
const record = (...parts: readonly (readonly [position: number, text: string])[]): string => {
  let line = '';
  for (const [position, text] of parts) line = line.padEnd(position - 1).slice(0, position - 1) + text;
  return line.padEnd(128);
};
const thousandths = (value: number): string => String(Math.abs(value)).padStart(15, '0');
const sign = (value: number): string => (value < 0 ? '1' : '0');
const header = (version = '2', separate = '00000', duplicate = ' '): string =>
  record(
    [1, '00000010324000'],
    [15, '05'],
    [17, duplicate],
    [35, 'OWNER NV'],
    [61, 'GEBABEBB'],
    [84, separate],
    [128, version],
  );
const oldBalance = (value: number): string =>
  record(
    [1, '12001'],
    [6, 'BE68539007547034'],
    [40, 'EUR'],
    [43, sign(value)],
    [44, thousandths(value)],
    [59, '290224'],
    [65, 'OWNER NV'],
    [126, '007'],
  );
interface Movement {
  readonly value: number;
  readonly sequence?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly text?: string;
  readonly structured?: '0' | '1';
  readonly date?: string;
}
const movement = ({
  value,
  sequence = '0001',
  detail = '0000',
  code = '00150000',
  text = '',
  structured = '0',
  date = '010324',
}: Movement): string =>
  record(
    [1, '21'],
    [3, sequence],
    [7, detail],
    [11, `BANKREF${sequence}`],
    [32, sign(value)],
    [33, thousandths(value)],
    [48, '020324'],
    [54, code],
    [62, structured],
    [63, text],
    [116, date],
    [122, '001'],
  );
const newBalance = (value: number): string =>
  record(
    [1, '8001'],
    [5, 'BE68539007547034'],
    [39, 'EUR'],
    [42, sign(value)],
    [43, thousandths(value)],
    [58, '010324'],
  );
const trailer = (records: number, debit: number, credit: number, more = '2'): string =>
  record(
    [1, '9'],
    [17, String(records).padStart(6, '0')],
    [23, thousandths(debit)],
    [38, thousandths(credit)],
    [128, more],
  );

const readBytes = (bytes: Uint8Array | string, size = 200) => {
  const { sink, parser } = readDocument(createCodaParser, bytes, size);
  return { sink, dialect: parser.dialect(), encoding: parser.encoding() };
};
const textOf = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const read = (lines: readonly string[], size?: number) => readBytes(textOf(lines), size);
const refusal = (lines: readonly string[]): string => refusalOf(createCodaParser, textOf(lines)).code;
/** A whole statement of movements that adds up and whose controls are right. */
const statement = (
  movements: readonly string[],
  sums: { debit: number; credit: number },
  opening = 100_000,
): string[] => [
  header(),
  oldBalance(opening),
  ...movements,
  newBalance(opening + sums.credit - sums.debit),
  trailer(movements.filter(line => /^[23]/.test(line)).length + 2, sums.debit, sums.credit),
];

describe('createCodaParser', () => {
  it('reads a statement that adds up without a warning', () => {
    const { sink, dialect, encoding } = read(
      statement(
        [
          movement({ value: 1_234_560, text: 'Invoice 1 of the month, the text goes on until its end' }).replace(
            / {2}$/,
            ' 0',
          ),
          record([1, '22'], [3, '00010000'], [11, ' and further'], [64, 'E2E-1'], [99, 'KREDBEBB']),
          record(
            [1, '23'],
            [3, '00010000'],
            [11, 'BE22313215646432'],
            [45, 'EUR'],
            [48, 'KLANT EEN'],
            [83, ' and more'],
          ),
          movement({ value: -50_005, sequence: '0002', code: '00401000', text: 'no cents of a cent' }),
        ],
        { debit: 50_005, credit: 1_234_560 },
      ),
    );
    expect(sink.warnings).toEqual([]);
    expect(sink.rejected).toEqual([]);
    expect(sink.headers).toEqual([
      {
        accountId: 'BE68539007547034',
        currency: 'EUR',
        institution: 'GEBABEBB',
        owner: 'OWNER NV',
        statementId: '007',
      },
    ]);
    const [first, second] = sink.transactions;
    expect(first).toMatchObject({
      amount: { units: 123_456, scale: 2 },
      counterparty: 'KLANT EEN',
      counterpartyAccount: 'BE22313215646432',
      reference: 'E2E-1',
      type: '01-50 SEPA credit transfer: in your favour',
      // The zones of 2.1 (53 characters), 2.2 and 2.3 run on.
      description: 'Invoice 1 of the month, the text goes on until its en and further and more',
    });
    expect([isoDate(first?.bookingDate ?? 0), isoDate(first?.valueDate ?? 0)]).toEqual(['2024-03-01', '2024-03-02']);
    // Thousandths are kept.
    expect(second?.amount).toEqual({ units: -50_005, scale: 3 });
    expect(second?.reference).toBe('BANKREF0002');
    expect(dialect).toMatchObject({ version: ['2'], statements: 1, transactions: 2 });
    expect(encoding).toBe('utf-8');
  });

  it('lets the details of a total stand for it where they add up (types 1 with 5, 2 with 6 and 7 with 9)', () => {
    const { sink } = read(
      statement(
        [
          movement({ value: -75_000, code: '10107000' }),
          movement({ value: -25_000, detail: '0001', code: '50107000', text: 'a' }),
          movement({ value: -50_000, detail: '0002', code: '50107000', text: 'b' }),
          movement({ value: 30_000, sequence: '0002', code: '20150000' }),
          movement({ value: 10_000, sequence: '0002', detail: '0001', code: '60150000', text: 'c' }),
          movement({ value: 20_000, sequence: '0002', detail: '0002', code: '70150000', text: 'd' }),
          movement({ value: 21_000, sequence: '0002', detail: '0003', code: '90150000', text: 'gross' }),
          movement({ value: -1_000, sequence: '0002', detail: '0004', code: '90150006', text: 'fee' }),
        ],
        { debit: 75_000, credit: 30_000 },
      ),
    );
    expect(sink.warnings).toEqual([]);
    expect(sink.transactions.map(each => [each.amount.units, each.description])).toEqual([
      [-2_500, 'a'],
      [-5_000, 'b'],
      [1_000, 'c'],
      [2_000, 'd gross fee'],
    ]);
  });

  it('keeps a total whose details do not add up, and tells it', () => {
    const { sink } = read(
      statement(
        [
          movement({ value: -75_000, code: '10107000', text: 'file' }),
          movement({ value: -25_000, detail: '0001', code: '50107000', text: 'a' }),
        ],
        { debit: 75_000, credit: 0 },
      ),
    );
    expect(sink.codes).toEqual(['coda.details-total']);
    expect(sink.transactions.map(each => [each.amount.units, each.description])).toEqual([[-7_500, 'file a']]);
  });

  it('keeps a net amount with its charges as one transaction (type 3 with 8)', () => {
    const { sink } = read(
      statement(
        [
          movement({ value: 95_000, code: '34150000', text: 'net' }),
          movement({ value: 100_000, detail: '0001', code: '84150100', text: 'gross' }),
          movement({ value: -5_000, detail: '0002', code: '84150013', text: 'fee' }),
        ],
        { debit: 0, credit: 95_000 },
      ),
    );
    expect(sink.codes).toEqual([]);
    expect(sink.transactions.map(each => [each.amount.units, each.description])).toEqual([[9_500, 'net gross fee']]);
  });

  it('reads structured communications, information records and returns', () => {
    const { sink } = read(
      statement(
        [
          // 1234567890 modulo 97 is 2 (1234567890 = 97 × 12727504 + 2).
          movement({ value: 1_000, structured: '1', text: '101123456789002' }),
          movement({ value: 1_000, sequence: '0002', structured: '1', text: '101123456789003' }),
          movement({ value: 1_000, sequence: '0003' }),
          record([1, '22'], [3, '00030000'], [113, '2'], [114, 'AC04']),
          record([1, '31'], [3, '00030001'], [40, '1'], [41, '001SOME PARTY']),
          record([1, '31'], [3, '00030002'], [40, '0'], [41, 'What the bank adds'], [113, 'x']),
          record([1, '32'], [3, '00030002'], [11, 'yz']),
        ],
        { debit: 0, credit: 3_000 },
      ),
    );
    expect(sink.transactions.map(each => each.description)).toEqual([
      '+++123/4567/89002+++',
      '123456789003',
      'What the bank adds xyz [return AC04]',
    ]);
    expect(sink.transactions[2]?.counterparty).toBe('SOME PARTY');
    expect(sink.codes).toEqual(['coda.communication-check']);
  });

  it('checks the trailer and the balances', () => {
    const lines = statement([movement({ value: 1_000 })], { debit: 0, credit: 1_000 });
    lines[3] = newBalance(102_000);
    lines[4] = trailer(9, 7, 8);
    const { sink } = read(lines);
    expect(sink.warnings.map(each => `${each.row} ${each.code}: ${each.message}`)).toEqual([
      '5 control.balance: The old balance and the movements give 101.00, the new balance is 102.00',
      '5 control.count: The trailer counts "000009" records (1, 2, 3 and 8), the statement has 3',
      '5 control.total: The trailer states a debit total of 0.007, the movements add up to 0.00',
      '5 control.total: The trailer states a credit total of 0.008, the movements add up to 1.00',
    ]);
  });

  it('reads several statements, version 1, other account structures and free messages', () => {
    const first = statement([movement({ value: 1_000 })], { debit: 0, credit: 1_000 });
    const second = [
      header('1'),
      record(
        [1, '10001'],
        [6, '539007547034'],
        [19, 'USD'],
        [43, '0'],
        [44, thousandths(0)],
        [59, '290224'],
        [65, 'OLD'],
      ),
      movement({ value: -1_000 }),
      record([1, '23'], [3, '00010000'], [11, '138536152215'], [48, 'NAME OF 26 CHARACTERS HEREADDRESS']),
      record([1, '8001'], [5, '539007547034'], [42, '1'], [43, thousandths(1_000)], [58, '010324']),
      record([1, '4'], [3, '00010000'], [33, 'Read this']),
      trailer(4, 1_000, 0, '1'),
    ];
    const { sink, dialect } = read([...first, ...second]);
    expect(sink.headers.map(each => [each.accountId, each.currency])).toEqual([
      ['BE68539007547034', 'EUR'],
      ['539007547034', 'USD'],
    ]);
    expect(sink.transactions[1]).toMatchObject({
      statement: 1,
      counterparty: 'NAME OF 26 CHARACTERS HERE',
      counterpartyAccount: '138536152215',
    });
    expect(dialect).toMatchObject({ version: ['2', '1'], statements: 2, messages: ['Read this'] });
    expect(sink.codes).toEqual(['coda.another-file']);
  });

  it('rejects what it cannot read, in place, and keeps the rest', () => {
    const bad = movement({ value: 1_000, sequence: '0002' });
    const { sink } = read([
      header(),
      oldBalance(0),
      movement({ value: 1_000 }),
      `${bad.slice(0, 40)}X${bad.slice(41)}`,
      movement({ value: 1_000, sequence: '0003', date: '310224' }),
      record([1, '22'], [3, '00990000']),
      record([1, '5what']),
      movement({ value: 7_000, sequence: '0004', detail: '0001' }),
      newBalance(1_000),
      movement({ value: 1_000, sequence: '0005' }),
      trailer(8, 0, 2_000),
    ]);
    expect(sink.transactions.map(each => each.amount.units)).toEqual([100]);
    expect(sink.rejected.map(each => `${each.place.row}: ${each.reason}`)).toEqual([
      '4: a movement cannot be read: its amount is not a sign (0 or 1) and 15 digits',
      '6: a record 2.2 that continues no movement with the sequence number 0099',
      '7: CODA has no record type "5"',
      '5: a movement cannot be read: its entry date "310224" is not a day of the calendar',
      '8: a detail whose movement (detail number 0000) is not in the file',
      '10: a movement or information record after record 8 (new balance)',
    ]);
  });

  it('takes an entry date or value date of zeros as not stated', () => {
    const { sink } = read(
      statement([movement({ value: 1_000, date: '000000' }).replace('020324', '000000')], { debit: 0, credit: 1_000 }),
    );
    expect(sink.transactions[0]).toMatchObject({ bookingDate: UNKNOWN_DAY, valueDate: UNKNOWN_DAY });
    expect(sink.codes).toEqual(['coda.entry-date']);
  });

  it('tells a duplicate, a separate application and a skipped sequence number', () => {
    const { sink } = read([
      header('2', '00001', 'D'),
      oldBalance(0),
      movement({ value: 1_000, detail: '0001', code: '50150000' }),
      movement({ value: 1_000, sequence: '0005', code: '00150000' }),
      movement({ value: 1_000, sequence: '0009', code: '00150000' }),
      newBalance(0),
      trailer(5, 0, 2_000),
    ]);
    expect(sink.transactions.length).toBe(3);
    expect(sink.codes).toEqual(['coda.duplicate', 'coda.separate-application', 'coda.sequence']);
  });

  it('refuses what is cut short, has no account, or is another version', () => {
    const lines = statement([movement({ value: 1_000 })], { debit: 0, credit: 1_000 });
    expect(refusal(lines.slice(0, 4))).toBe('coda.truncated');
    expect(refusal([...lines.slice(0, 3), ...lines])).toBe('coda.truncated');
    expect(refusal([header(), ...lines.slice(2)])).toBe('coda.structure');
    expect(refusal([header('3'), ...lines.slice(1)])).toBe('coda.version');
    expect(refusal(['', ' '])).toBe('coda.no-statement');
    expect(refusal([`${lines[0]}`, 'x'.repeat(2_000_000)])).toBe('text.line-too-long');
  });

  it('reads windows-1252 where the bytes are no UTF-8, and trimmed lines', () => {
    const lines = statement([movement({ value: 1_000, text: 'Caf\u00E9' })], { debit: 0, credit: 1_000 }).map(line =>
      line.trimEnd(),
    );
    const bytes = Uint8Array.from([...lines.join('\n')].map(character => character.charCodeAt(0)));
    const { sink, encoding } = readBytes(bytes);
    expect(sink.transactions[0]?.description).toBe('Caf\u00E9');
    expect(encoding).toBe('windows-1252');
    expect(sink.warnings).toEqual([]);
  });

  it('never loses an amount, whatever the bytes come in (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -999_999_999, max: 999_999_999 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 400 }),
        (values, size) => {
          const debit = values.reduce((sum, value) => sum + Math.max(0, -value), 0);
          const credit = values.reduce((sum, value) => sum + Math.max(0, value), 0);
          const movements = values.map((value, i) => movement({ value, sequence: String(i + 1).padStart(4, '0') }));
          const { sink } = read(statement(movements, { debit, credit }), size);
          expect(sink.warnings).toEqual([]);
          expect(sink.transactions.length).toBe(values.length);
          expect(sumOfUnits(sink.transactions)).toBe(BigInt(credit - debit) * 1_000_000n);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a counterparty that is not named', () => {
  // php-coda-parser, sample6: a record 2.2 with a BIC, and no 2.3.
  const bic = record([1, '22'], [3, '00010000'], [99, 'GEBCEEBB']);
  it('is not the bank whose BIC stands in 2.2', () => {
    const { sink } = read(statement([movement({ value: 1_000, text: 'TEXT' }), bic], { debit: 0, credit: 1_000 }));
    expect(sink.transactions).toMatchObject([{ counterparty: '', description: 'TEXT [BIC GEBCEEBB]' }]);
  });

  it('may stand out of column, which is told', () => {
    const shifted = record([1, '23'], [3, '00010000'], [11, 'BE68539007547034 EURCOMPANY WITH A NAME']);
    const { sink } = read(statement([movement({ value: 1_000 }), shifted], { debit: 0, credit: 1_000 }));
    expect(sink.codes).toEqual(['coda.counterparty-account']);
  });
});

describe('readCodaCommunication', () => {
  it('knows right check digits, also 97 for the remainder 0', () => {
    // The example of the Belgian banks' association: +++090/9337/55493+++.
    expect(isStructuredReference('090933755493')).toBe(true);
    expect(isStructuredReference('090933755494')).toBe(false);
    expect(isStructuredReference('000000009797')).toBe(true);
    expect(isStructuredReference('000000009700')).toBe(false);
  });

  it('reads a European direct debit (type 127)', () => {
    const zone = `127${'010324'}111${'BE12ZZZ0123456789'.padEnd(35)}${'MANDATE-1'.padEnd(35)}${'Rent of March'.padEnd(62)}`;
    expect(readCodaCommunication(zone, true).text).toBe('Rent of March mandate MANDATE-1 creditor BE12ZZZ0123456789');
  });
});

describe('isCoda', () => {
  it('knows a header record and takes no table', () => {
    expect(isCoda(`${header()}\n${oldBalance(0)}`)).toBe(true);
    expect(isCoda(`${header()}`)).toBe(true);
    for (const text of ['00000,1,2\n1,2,3\n', '0000001032400005;x\n', 'date;amount\n2024-01-01;5\n'])
      expect(isCoda(text)).toBe(false);
  });
});
