import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createMt940Parser, createMt942Parser } from './mt940-parser.ts';
import { swiftStatement } from './mt940-signature.ts';
import { feed, RecordingSink, sumOf } from './testing/recording-sink.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, create = createMt940Parser, chunk = 64): RecordingSink => {
  const sink = new RecordingSink();
  feed(create({ sink, codecFor }), typeof text === 'string' ? bytesOf(text) : text, chunk);
  return sink;
};
const message = (body: string, opening = '60F:C240101EUR100,', closing = '62F:C240102EUR100,'): string =>
  `:20:REF\n:25:NL91ABNA0417164300\n:28C:1/1\n:${opening}\n${body}:${closing}\n-\n`;

describe('MT940 messages', () => {
  it('are read from a FIN envelope, with the bank of the sender', () => {
    const text = `{1:F01MYBANKNLAXXX0000000000}{2:O9401200240102ABNANL2AAXXX00000000002401021200N}{3:{108:X}}{4:\r\n:20:REF\r\n:25P:NL91ABNA0417164300\r\nABNANL2A\r\n:28C:12/1\r\n:60F:C240101EUR10,00\r\n:61:2401020102C2,50NTRFNONREF//B1\r\nnote\r\n:86:text\r\n:62F:C240102EUR12,50\r\n-}{5:{CHK:123456789ABC}}`;
    const sink = read(text);
    expect(sink.headers).toEqual([
      { accountId: 'NL91ABNA0417164300', currency: 'EUR', institution: 'ABNANL2A', owner: null, statementId: '12/1' },
    ]);
    expect(sink.transactions[0]).toMatchObject({
      description: 'text note',
      reference: 'B1',
      currency: 'EUR',
      place: { row: 7 },
    });
    expect(sink.warnings).toEqual([]);
    expect(swiftStatement(text)).toMatchObject({ format: 'mt940' });
    const input = text.replace('{2:O9401200240102ABNANL2AAXXX00000000002401021200N}', '{2:I940MYBANKNLXXXXN}');
    expect(read(input).headers[0]?.institution).toBe('MYBANKNL');
  });

  it('are read with @@ at the ends of lines, in bytes of the file', () => {
    const text = '@@:20:S@@:25:1/2@@:28C:0@@:34F:EUR5,@@:61:160421D0,02NMSCNONREF@@:86:177?20a@@?21b@@:90D:1EUR0,02@@-';
    expect(swiftStatement(text)).toMatchObject({ format: 'mt942' });
    const sink = read(text, createMt942Parser, 7);
    expect(sink.transactions).toMatchObject([
      { amount: { units: -2, scale: 2 }, description: 'a b', place: { row: 6, byteOffset: text.indexOf(':61:') } },
    ]);
    expect(sink.codes).toEqual(['mt940.date-from-value-date']);
  });

  it('keep the currency of a balance whose amount cannot be read', () => {
    const sink = read(
      message(':61:2401020102C1,00NTRFNONREF\n:86:text\n', '60F:C240101EURO0,00', '62F:C240102EUR1,00'),
    );
    expect(sink.stated).toMatchObject([{ opening: null, closing: { amount: { units: 100, scale: 2 } } }]);
    expect(sink.transactions[0]?.currency).toBe('EUR');
    expect(sink.codes).toEqual(['mt940.balance']);
  });

  it('have their closing balance where its tag lacks a colon, and it is told', () => {
    const sink = read(
      message(':61:2401020102C1,00NTRFNONREF\n:86:text\n').replace(':62F:C240102EUR100,', ':62FC240102EUR101,00'),
    );
    expect(sink.stated[0]?.closing?.amount).toEqual({ units: 10_100, scale: 2 });
    expect(sink.transactions[0]?.description).toBe('text');
    expect(sink.codes).toEqual(['mt940.tag']);
    const inText = read(message(':61:2401020102C1,00NTRFNONREF\n:86:text\n:62F is no balance\n', '60F:C240101EUR99,'));
    expect(inText.transactions[0]?.description).toBe('text :62F is no balance');
  });

  it('show every reference and the supplementary details of an entry', () => {
    const sink = read(
      message(
        ':61:2401020102C1,00NTRFOWNER-7//BANK-8\nCard transaction\n:86:166?20EREF+E-9?21SVWZ+Rent\n',
        '60F:C240101EUR99,',
      ),
    );
    expect(sink.transactions).toMatchObject([
      { reference: 'BANK-8', description: 'Rent Card transaction ref. OWNER-7 ref. E-9' },
    ]);
  });

  it('may stand in a file one after the other, on lines that share the envelope', () => {
    const one = (number: number): string =>
      `{1:F01ABNANL2AXXXX0000000000}{2:I940XXXXXXXXXXXXN}{4:\n:20:R\n:25:A\n:28C:${number}\n:60F:C240101EUR1,\n:62F:C240101EUR1,\n-}`;
    expect(read(one(1) + one(2) + one(3)).headers.map(each => each.statementId)).toEqual(['1', '2', '3']);
  });

  it.each([
    [
      'a message cut off',
      '{1:F01ABNANL2AXXXX0000000000}{2:I940XXXXXXXXXXXXN}{4:\n:20:R\n:25:A\n:60F:C240101EUR1,\n:61:240101C1,NTRF',
      'mt940.truncated',
    ],
    ['a fragment', ':61:240101C1,NTRFX\n', 'mt940.no-statement'],
    ['other text', 'hello\n', 'mt940.no-statement'],
    ['an empty file', '', 'mt940.no-statement'],
    ['a line of more than 1 MiB', `:20:${'x'.repeat((1 << 20) + 1)}`, 'text.line-too-long'],
    ['UTF-16', ':\u00002\u00000\u0000:\u0000', 'text.encoding'],
  ])('are refused as %s', (_, text, code) => {
    expect(() => read(text, createMt940Parser, 1 << 18)).toThrow(expect.objectContaining({ code }));
  });

  it('without field 20 are read where account and opening balance stand, and it is told', () => {
    const sink = read(message(':61:240102C1,NTRFX\n').replace(':20:REF\n', ''));
    expect(sink.headers).toMatchObject([{ accountId: 'NL91ABNA0417164300', statementId: '1/1' }]);
    expect(sink.transactions).toHaveLength(1);
    expect(sink.codes).toContain('mt940.no-reference');
  });

  it('keep each entry with its own information, and what follows the balance apart', () => {
    const sink = read(
      message(':61:240102C1,NTRFX\n:86:first\nline two\n:61:240102D1,NTRFY\n:61:240102C2,NTRFZ\n:86:third\n') +
        ':86:about the statement\n',
    );
    expect(sink.transactions.map(each => each.description)).toEqual(['first line two', '', 'third']);
  });

  it('reject an entry that cannot be read with its lines and place, and keep the rest', () => {
    const text = message(':61:240230C1,NTRFX\n:86:why\n:61:240102C2,NTRFZ\n');
    const sink = read(text);
    expect(sink.rejected).toEqual([
      {
        place: { row: 5, byteOffset: text.indexOf(':61:'), byteLength: ':61:240230C1,NTRFX\n:86:why'.length },
        reason: 'the value date "240230" is not a day of the calendar, and there is no entry date',
        raw: ':61:240230C1,NTRFX\n:86:why',
      },
    ]);
    expect(sumOf(sink.transactions)).toBe('2');
  });

  it('chain where they are pages of one statement', () => {
    const pages = (second: string): RecordingSink =>
      read(
        message('', '60F:C240101EUR100,', '62M:C240102EUR120,') + message('', `60M:${second}`, '62F:C240102EUR120,'),
      );
    expect(pages('C240102EUR120,').warnings).toEqual([]);
    expect(pages('C240102EUR119,99').warnings).toEqual([
      {
        row: 7,
        code: 'mt940.chain',
        message:
          'Balances do not chain: the message at line 7 (account NL91ABNA0417164300, statement 1/1) opens with 119.99, but the message at line 1 (account NL91ABNA0417164300, statement 1/1) closed with 120.00.',
      },
    ]);
    expect(read(message('', '60M:C240101EUR1,')).codes).toEqual(['mt940.chain']);
  });

  it('tell repeated, unknown and misplaced fields, and balances in another currency', () => {
    const sink = read(
      message(':25:OTHER\n:99X:what\n', '60F:C240101EUR1,', '62F:C240102USD1,') +
        ':61:240102C1,NTRFX\nstray? no: its second line\n',
    );
    expect(sink.codes).toEqual([
      'mt940.balance-currency',
      'mt940.repeated-field',
      'mt940.unknown-field',
      'mt940.after-end',
      'mt940.date-from-value-date',
    ]);
    expect(sink.stated).toMatchObject([{ opening: { amount: { units: 1, scale: 0 } }, closing: null }]);
    expect(read(`junk line\n${message('')}`).codes).toEqual(['mt940.outside-message']);
  });

  it('take debit balances as negative', () => {
    const [stated] = read(message('', '60F:D240101EUR12,34')).stated;
    expect(formatUnits(stated?.opening?.amount.units ?? 0, stated?.opening?.amount.scale ?? 0)).toBe('-12.34');
  });

  it('are read alike however the bytes are cut and lines end', () => {
    const text = message(':61:2401020103RDR1,5NTRFé//ü\nx\n:86:166?00A?20SVWZ+über?32Ärger\n:61:24\n');
    const expected = read(text, createMt940Parser, 1 << 16);
    expect(expected.transactions).toHaveLength(1);
    expect(expected.rejected).toHaveLength(1);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), size => {
        expect(read(text, createMt940Parser, size)).toEqual(expected);
      }),
    );
    const places = (sink: RecordingSink): readonly number[] => sink.transactions.map(each => each.place.row);
    expect(places(read(text.replaceAll('\n', '\r\n')))).toEqual(places(expected));
  });

  it('account for every field 61 of a damaged text', () => {
    const lines = message(':61:2401020102C1,NTRFA\n:86:a\n:61:240102D2,NTRFB\n:86:?20b\n').split('\n');
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(lines.length - 1), cut: fc.nat(20), swap: fc.nat(lines.length - 1) }), {
          maxLength: 4,
        }),
        damages => {
          const damaged = [...lines];
          for (const { at, cut, swap } of damages) {
            damaged[at] = damaged[at]!.slice(0, damaged[at]!.length - cut);
            [damaged[at], damaged[swap]] = [damaged[swap]!, damaged[at]];
          }
          const entries = damaged.filter(each => each.startsWith(':61:')).length;
          try {
            const sink = read(damaged.join('\n'));
            expect(sink.transactions.length + sink.rejected.length).toBe(entries);
          } catch (error) {
            expect(error).toMatchObject({ code: 'mt940.no-statement' });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('MT942 reports', () => {
  const report = (body: string, totals: string): string =>
    `:20:REF\n:25:ACC\n:28C:1/1\n:34F:EURD0,\n:34F:EURC0,\n:13D:2401021200+0100\n${body}${totals}-\n`;

  it('state no balances; their currency is that of the floor limit, and their totals are checked', () => {
    const body = ':61:240102C1,NTRFA\n:86:a\n:61:240102D2,50NTRFB\n:61:240102RC1,NTRFC\n';
    const sink = read(report(body, ':90D:2EUR3,5\n:90C:1EUR1,\n'), createMt942Parser);
    expect(sink.headers).toMatchObject([{ accountId: 'ACC', currency: 'EUR' }]);
    expect(sink.stated).toEqual([{ opening: null, closing: null }]);
    expect(sink.codes).toEqual(['mt940.date-from-value-date']);
    const wrong = read(report(body, ':90D:3EUR3,5\n:90C:1EUR1,01\n'), createMt942Parser);
    expect(wrong.warnings.slice(0, 2).map(each => [each.row, each.code])).toEqual([
      [11, 'control.count'],
      [12, 'control.total'],
    ]);
    expect(swiftStatement(report(body, ''))).toMatchObject({ format: 'mt942' });
  });

  it('hold expected entries, which are no transactions', () => {
    const sink = read(
      report(':61:2401020102EC1,NTRFA\n:61:2401020102ED2,NTRFA\n', ':90D:1EUR2,\n:90C:1EUR1,\n'),
      createMt942Parser,
    );
    expect(sink.transactions).toEqual([]);
    expect(sink.rejected.map(each => each.reason)).toEqual(Array(2).fill('expected, not booked (mark EC or ED)'));
    expect(sink.codes).toEqual(['mt940.not-booked']);
  });
});

describe('the recognizer', () => {
  it.each(['a;b\n1;2\n', '20:15;x\n', 'Date,Time\n2024-01-01,:20:15\n', '{1:x}'])('leaves %j to others', text => {
    expect(swiftStatement(text)).toBeNull();
  });
});

describe('hostile MT940 files', () => {
  it('of many messages on one line, or many fragments, end in time', () => {
    const envelope = '{1:F01ABNANL2AXXXX0000000000}{4:-}';
    expect(() => read(envelope.repeat(30_000), createMt940Parser, 1 << 18)).toThrow(
      expect.objectContaining({ code: 'mt940.no-statement' }),
    );
    expect(() => read(':60F:C240101EUR1,\n'.repeat(100_000), createMt940Parser, 1 << 18)).toThrow(
      expect.objectContaining({ code: 'mt940.no-statement' }),
    );
  }, 10_000);
});
