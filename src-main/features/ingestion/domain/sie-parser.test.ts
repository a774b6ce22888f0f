import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { sieItem } from './sie-fields.ts';
import { createSieParser } from './sie-parser.ts';
import { isSie } from './sie-signature.ts';
import { ledgerRefusal, readLedger } from './testing/plaintext-ledger.ts';

/** Rules of the SIE file format, version 4B (2008-09-30). */
const HEAD = [
  '#FLAGGA 0',
  '#FORMAT PC8',
  '#SIETYP 4',
  '#FNAMN "Bolaget AB"',
  '#ORGNR 556677-8899',
  '#RAR 0 20240101 20241231',
];
const CHART = ['#KONTO 1930 "Bank"', '#KONTO 3001 Försäljning', '#KONTO 2641 "Moms"'];
const voucher = (head: string, ...rows: string[]): string[] => [`#VER ${head}`, '{', ...rows, '}'];
const file = (...lines: string[]): string => [...HEAD, ...CHART, ...lines].join('\r\n');
const read = (text: string | Uint8Array) => readLedger(createSieParser, text);

describe('SIE', () => {
  it('reads vouchers: series, number, date, text, transactions', () => {
    const { sink, lines } = read(
      file(
        ...voucher(
          'A 17 20240115 "Kund betalar" 20240116 "AN"',
          '#TRANS 1930 {} 125.00',
          '#TRANS 3001 {} -125 20240114 "Faktura 7" 2 "AN"',
        ),
        ...voucher('"" "" 20240201 ""', '#TRANS 1930 {} 10', '#TRANS 9999 {} -10'),
      ),
    );
    expect(lines).toEqual([
      '2024-01-15 1930 Bank 125.00 SEK',
      '2024-01-15 3001 Försäljning -125 SEK',
      '2024-02-01 1930 Bank 10 SEK',
      '2024-02-01 9999 -10 SEK',
    ]);
    expect(sink.transactions.map(each => each.entry)).toEqual(['A 17', 'A 17', '#2', '#2']);
    expect(sink.transactions.map(each => each.description)).toEqual([
      'Kund betalar',
      'Kund betalar; Faktura 7',
      '',
      '',
    ]);
    expect(sink.transactions[0]!.valueDate).toBe(UNKNOWN_DAY);
    expect(isoDate(sink.transactions[1]!.valueDate)).toBe('2024-01-14');
    expect(sink.counts).toEqual([2]);
    expect(sink.warnings).toEqual([]);
    expect(sink.headers).toEqual([
      {
        accountId: '556677-8899',
        currency: 'SEK',
        institution: null,
        owner: 'Bolaget AB',
        statementId: '2024-01-01/2024-12-31',
      },
    ]);
  });

  it('reads the currency where it is stated, krona where it is not', () => {
    expect(read(file('#VALUTA EUR', ...voucher('A 1 20240101', '#TRANS 1930 {} 0'))).lines).toEqual([
      '2024-01-01 1930 Bank 0 EUR',
    ]);
  });

  it('reads object lists: customer, project, invoice', () => {
    const { sink } = read(
      file(
        '#DIM 6 "Projekt"',
        '#OBJEKT 6 "P 1" "Nya taket"',
        '#OBJEKT 8 "30" "Svenska Mässan"',
        ...voucher('A 1 20240101', '#TRANS 1930 {6 "P 1" 8 "30" 10 "4711"} 5', '#TRANS 3001 { } -5'),
      ),
    );
    expect(sink.transactions[0]).toMatchObject({
      category: 'Projekt P 1 Nya taket',
      counterparty: 'Svenska Mässan',
      counterpartyAccount: '30',
      reference: '4711',
    });
    expect(sink.transactions[1]).toMatchObject({ category: '', counterparty: '' });
  });

  it('tells a voucher that does not balance', () => {
    const { sink } = read(file(...voucher('A 1 20240101', '#TRANS 1930 {} 5', '#TRANS 3001 {} -4.5')));
    expect(sink.warnings).toEqual([
      {
        row: 10,
        code: 'ledger.entry-unbalanced',
        message: 'The voucher A 1 does not balance: its transactions add up to 0.50.',
      },
    ]);
  });

  it('does not book removed rows, and books an added row once', () => {
    const { sink, lines, parser } = read(
      file(
        ...voucher(
          'A 1 20240101',
          '#TRANS 1930 {} 5',
          '#BTRANS 3001 {} -4 20240105 "" "" "AN"',
          '#RTRANS 3001 {} -5.00 20240105 "" "" "AN"',
          '#TRANS 3001 {} -5 20240105',
        ),
      ),
    );
    expect(lines.length).toBe(2);
    expect(parser.dialect()).toMatchObject({ addedLines: 1, removedLines: 1 });
    expect(sink.codes).toEqual(['sie.removed-line']);
  });

  it('keeps an added row that has no #TRANS of its own', () => {
    const { sink } = read(file(...voucher('A 1 20240101', '#RTRANS 1930 {} 5', '#TRANS 3001 {} -5')));
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([
      [12, 'an added row (#RTRANS) is not followed by the identical #TRANS'],
    ]);
    expect(sink.transactions.length).toBe(1);
  });

  it('tells vouchers of the same number apart', () => {
    const rows = ['#TRANS 1930 {} 1', '#TRANS 3001 {} -1'];
    const { sink } = read(file(...voucher('A 1 20240101', ...rows), ...voucher('A 1 20240201', ...rows)));
    expect(new Set(sink.transactions.map(each => each.entry))).toEqual(new Set(['A 1', 'A 1 (2)']));
    expect(sink.codes).toEqual(['sie.voucher-number']);
  });

  it('checks opening balance + transactions = closing balance, and transactions = result', () => {
    const rows = voucher('A 1 20240101', '#TRANS 1930 {} 5', '#TRANS 3001 {} -5');
    const right = read(file('#IB 0 1930 10.00', '#UB 0 1930 15.00', '#RES 0 3001 -5', '#UB -1 1930 10', ...rows));
    expect(right.sink.warnings).toEqual([]);
    expect(right.parser.dialect()).toMatchObject({
      openingBalanceSum: '10.00',
      closingBalanceSum: '15.00',
      resultSum: '-5.00',
    });
    const wrong = read(file('#IB 0 1930 10.00', '#UB 0 1930 16.00', '#RES 0 3001 -5', ...rows));
    expect(wrong.sink.warnings).toEqual([
      {
        row: null,
        code: 'control.balance',
        message: 'The vouchers do not lead to the stated balances of 1 of 2 accounts (1930: 15.00 instead of 16.00).',
      },
    ]);
  });

  it('tells balances of types 1 to 3 as balances and makes no transactions of them', () => {
    const { sink, parser } = read(file('#IB 0 1930 10.00', '#UB 0 1930 15,00', '#PSALDO 0 202401 1930 {} 5'));
    expect(sink.transactions).toEqual([]);
    expect(sink.codes).toEqual(['ledger.balances-only']);
    expect(parser.dialect().balances).toEqual({ IB: 1, UB: 1, PSALDO: 1 });
  });

  it.each([
    ['#TRANS 1930 {} abc', 'the amount "abc" is no number with a decimal point'],
    ['#TRANS 1930 {} 1 000.00', 'the date "000.00" is not a day of the calendar'],
    ['#TRANS 1930 {} 1 20240230', 'the date "20240230" is not a day of the calendar'],
    ['#TRANS "" {} 1', 'the transaction has no account'],
    ['#TRANS 1930 {1 "2" 5', 'an object list does not end'],
    ['#TRANS 1930 {1 {2}} 5', 'an object list stands within an object list'],
  ])('rejects %s and says that the voucher is not whole', (row, reason) => {
    const { sink } = read(file(...voucher('A 1 20240101', row, '#TRANS 3001 {} -1')));
    expect(sink.rejected.map(each => [each.place.row, each.reason, each.raw])).toEqual([[12, reason, row]]);
    expect(sink.warnings[0]!.message).toContain('not all of them could be read');
  });

  it('rejects a voucher without a date together with its transactions', () => {
    const { sink } = read(file(...voucher('A 1 20241301', '#TRANS 1930 {} 1', '#TRANS 3001 {} -1')));
    expect(sink.rejected.map(each => each.place.row)).toEqual([10, 12, 13]);
    expect(sink.transactions).toEqual([]);
  });

  it('rejects transactions outside vouchers', () => {
    const { sink } = read(file('#TRANS 1930 {} 5', '#VER A 1 20240101', '#TRANS 3001 {} -5', '{', '}'));
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'a #TRANS stands outside a voucher',
      'a #TRANS stands outside a voucher',
    ]);
  });

  it('reads a decimal comma, a missing object list, a missing closing quote, and says so', () => {
    const { sink, lines } = read(file(...voucher('A 1 20240101', '#TRANS 1930 5,50', '#TRANS 3001 {} -5.50 "" "Text')));
    expect(lines.map(each => each.split(' ').at(-2))).toEqual(['5.50', '-5.50']);
    expect(sink.codes).toEqual(['sie.number-format', 'sie.unclosed-quote']);
    expect(sink.transactions[1]!.description).toBe('Text');
  });

  it('tells labels it does not know and braces out of place', () => {
    const { sink } = read(file('#NYTT 1', '}', ...voucher('A 1 20240101', '#TRANS 1930 {} 0')));
    expect(sink.codes).toEqual(['sie.unknown-item', 'sie.brace']);
  });

  it.each([
    ['an empty file', '', 'file.empty'],
    ['a file that ends within a voucher', file('#VER A 1 20240101', '{', '#TRANS 1930 {} 5'), 'sie.truncated'],
    ['a file that ends after a voucher heading', file('#VER A 1 20240101'), 'sie.truncated'],
    ['a check sum that is not closed', ['#FLAGGA 0', '#KSUMMA', '#FNAMN x'].join('\n'), 'sie.truncated'],
  ])('refuses %s', (_, text, code) => {
    expect(ledgerRefusal(createSieParser, text).code).toBe(code);
  });

  it.each([
    ['code page 437', 'cp437', 'cp437', []],
    ['windows-1252', 'windows-1252', 'windows-1252', ['sie.encoding']],
    ['UTF-8', 'utf-8', 'utf-8', []],
  ])('reads texts in %s', (_, encoding, told, codes) => {
    const text = file('#FNAMN "Åkes Öl & Ägg é"', ...voucher('A 1 20240101 "Räkning"', '#TRANS 3001 {} 0'));
    const { sink, parser } = read(new Uint8Array(iconv.encode(text, encoding)));
    expect(sink.headers[0]!.owner).toBe('Åkes Öl & Ägg é');
    expect(sink.transactions[0]).toMatchObject({ description: 'Räkning', ledgerAccount: '3001 Försäljning' });
    expect(parser.encoding()).toBe(told);
    expect(sink.codes).toEqual(codes);
  });

  it('chunks of bytes never change the outcome, and every row of a voucher is booked or rejected', () => {
    const field = fc.constantFrom('1930', '{}', '{1 "2"}', '-5.00', '"a b"', '"', '20240101', '\\"', '{', 'x');
    const row = fc.array(field, { maxLength: 5 }).map(fields => `#TRANS ${fields.join(' ')}`);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (rows, size) => {
        const text = file(...voucher('A 1 20240101', ...rows));
        const whole = read(text).sink;
        expect(readLedger(createSieParser, text, { size }).sink).toEqual(whole);
        expect(whole.transactions.length + whole.rejected.length).toBe(rows.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('fields of a SIE item', () => {
  it.each([
    ['#KONTO 1930 Bank', ['1930', 'Bank']],
    ['#KONTO\t1930\t\t"Bank konto"', ['1930', 'Bank konto']],
    ['#KONTO 1915 "Kassa \\"special\\""', ['1915', 'Kassa "special"']],
    ['#TRANS 1910 {} -1', ['1910', [], '-1']],
    ['#TRANS 1910{} -1', ['1910', [], '-1']],
    ['#TRANS 7010 {"1" "456" "7" "47"} 132', ['7010', ['1', '456', '7', '47'], '132']],
    ['#OBJEKT 1 "0123" "Avd {med}"', ['1', '0123', 'Avd {med}']],
    ['#FNR "C:\\data\\"', ['C:\\data\\']],
  ])('%s', (text, fields) => {
    expect(sieItem(text)).toMatchObject({ fields, unclosed: false });
  });
});

describe('recognizing SIE', () => {
  it.each([
    [file(), true],
    ['#FLAGGA 0\n#PROGRAM x 1\n#FORMAT PC8\n#GEN 20240101', true],
    ['#flagga 0\n#sietyp 4\n#rar 0 20240101 20241231', true],
    ['#FLAGGA 0\n', false],
    ['# date,amount\n2024-01-01,5', false],
    ['#PROGRAM my table\n1;2', false],
  ])('%j: %s', (text, expected) => {
    expect(isSie(text)).toBe(expected);
  });
});
