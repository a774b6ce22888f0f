import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { parseFecAmount } from './fec-amount.ts';
import { createFecParser } from './fec-parser.ts';
import { isFec } from './fec-signature.ts';
import { ledgerRefusal, readLedger } from './testing/plaintext-ledger.ts';

/** Rules of the Livre des procédures fiscales, article A47 A-1, and dialects met in exports. */
const NAMES = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
];
const HEADER = NAMES.join('\t');
const row = (date: string, account: string, debit: string, credit: string, number = '1'): string =>
  ['VE', 'Ventes', number, date, account, 'Nom', '', '', 'F1', date, 'Facture', debit, credit, '', '', '', '', ''].join(
    '\t',
  );
const file = (...rows: string[]): string => [HEADER, ...rows].join('\r\n');
const read = (text: string, overrides: Record<string, string> = {}) => readLedger(createFecParser, text, { overrides });

describe('FEC', () => {
  it('takes debits as positive and credits as negative, and counts entries by journal and number', () => {
    const { sink, lines, parser } = read(
      file(
        row('20240115', '411000', '120,00', '0,00'),
        row('20240115', '706000', '0,00', '100,00'),
        row('20240115', '445710', '', '20,00'),
        row('20240116', '411000', '5', '', '2').replace('VE\t', 'OD\t'),
        row('20240116', '758000', '', '5', '2').replace('VE\t', 'OD\t'),
        row('20240117', '411000', '-1,5', '', '2'),
        row('20240117', '706000', '', '-1,50', '2'),
      ),
    );
    expect(lines).toEqual([
      '2024-01-15 411000 Nom 120.00 EUR',
      '2024-01-15 706000 Nom -100.00 EUR',
      '2024-01-15 445710 Nom -20.00 EUR',
      '2024-01-16 411000 Nom 5 EUR',
      '2024-01-16 758000 Nom -5 EUR',
      '2024-01-17 411000 Nom -1.5 EUR',
      '2024-01-17 706000 Nom 1.50 EUR',
    ]);
    expect(sink.counts).toEqual([3]);
    expect(sink.transactions.map(each => each.entry)).toEqual(['VE/1', 'VE/1', 'VE/1', 'OD/2', 'OD/2', 'VE/2', 'VE/2']);
    expect(sink.warnings).toEqual([]);
    expect(sink.transactions[0]).toMatchObject({ type: 'VE Ventes', reference: 'F1', description: 'Facture' });
    expect(parser.dialect()).toMatchObject({ lines: 7, sumDebit: '123.50', sumCredit: '123.50' });
  });

  it('reads Montant and Sens, with D and C or +1 and -1', () => {
    const names = NAMES.map(name => (name === 'Debit' ? 'Montant' : name === 'Credit' ? 'Sens' : name)).join('|');
    const line = (amount: string, side: string): string =>
      row('20240115', '411000', amount, side).replaceAll('\t', '|');
    const { sink, lines } = read(
      [names, line('10,00', 'D'), line('10,00', 'C'), line('7,00', '+1'), line('7,00', '-1'), line('1,00', 'X')].join(
        '\n',
      ),
    );
    expect(lines.map(each => each.split(' ').at(-2))).toEqual(['10.00', '-10.00', '7.00', '-7.00']);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'the side (Sens) is "X", which is neither D nor C, +1 nor -1',
    ]);
  });

  it('reads the 22 columns of cash accounting: payment date, kind of operation', () => {
    const names = [HEADER, 'DateRglt', 'ModeRglt', 'NatOp', 'IdClient'].join('\t');
    const { sink } = read(`${names}\n${row('20240115', '411000', '1,00', '')}\t20240120\tCB\tRecette\tC7\n`);
    expect(isoDate(sink.transactions[0]!.valueDate)).toBe('2024-01-20');
    expect(sink.transactions[0]!.category).toBe('Recette');
  });

  it('reads the third party from the auxiliary account', () => {
    const line = row('20240115', '411000', '1,00', '').split('\t');
    line[6] = '0CLI01';
    line[7] = '"Dupont ""& fils"""';
    const { sink } = read(file(line.join('\t')));
    expect(sink.transactions[0]).toMatchObject({ counterpartyAccount: '0CLI01', counterparty: 'Dupont "& fils"' });
  });

  it('tells entries and journals that do not balance', () => {
    const { sink } = read(file(row('20240115', '411000', '120,00', ''), row('20240115', '706000', '', '100,00')));
    expect(sink.warnings).toEqual([
      {
        row: 2,
        code: 'ledger.entry-unbalanced',
        message: 'The entry VE/1 does not balance: its lines add up to 20.00.',
      },
      {
        row: null,
        code: 'ledger.unbalanced',
        message: 'All debits come to 120.00 and all credits to 100.00: the difference is 20.00.',
      },
    ]);
  });

  it('names twenty unbalanced entries and counts the rest', () => {
    const rows = Array.from({ length: 30 }, (_, i) => row('20240115', '411000', '1,00', '', String(i)));
    const unbalanced = read(file(...rows)).sink.warnings.filter(each => each.code === 'ledger.entry-unbalanced');
    expect(unbalanced.length).toBe(21);
    expect(unbalanced.at(-1)!.message).toBe('10 more entries do not balance (30 in all of 30).');
  });

  it('gives a line with a debit and a credit as two lines, and says so', () => {
    const { sink, lines } = read(file(row('20240115', '471000', '30,00', '10,00')));
    expect(lines).toEqual(['2024-01-15 471000 Nom 30.00 EUR', '2024-01-15 471000 Nom -10.00 EUR']);
    expect(sink.codes).toContain('fec.debit-and-credit');
  });

  it.each([
    ['20240230', '1,00', '', 'the entry date (EcritureDate) "20240230" is not a day of the calendar'],
    ['', '1,00', '', 'there is no entry date (EcritureDate)'],
    ['20240115', 'abc', '', 'the amount (Debit) "abc" is no number with a decimal comma'],
    ['20240115', '1.234', '', 'the amount (Debit) "1.234" is no number with a decimal comma'],
    ['20240115', '', '', 'there is neither a debit nor a credit'],
    ['20240115', '', '1e3', 'the amount (Credit) "1e3" is no number with a decimal comma'],
    [
      '20240115',
      '9999999999999999,00',
      '',
      'the amount (Debit) "9999999999999999,00" is no number with a decimal comma',
    ],
  ])('rejects a line with date "%s", debit "%s", credit "%s" and keeps the rest', (date, debit, credit, reason) => {
    const { sink } = read(file(row(date, '411000', debit, credit), row('20240115', '411000', '1,00', '')));
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([[2, reason]]);
    expect(sink.transactions.length).toBe(1);
  });

  it('rejects lines whose columns cannot be told apart', () => {
    const { sink } = read(
      file(`${row('20240115', '411000', '1,00', '')}\tmore`, 'VE\tVentes\t1\t20240115\t411000\tNom\t\t\t\t\tx\t1,00'),
    );
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'the line has 19 columns and the first line names 18: a separator in a text',
      'the line has 12 columns of 18: it is incomplete',
    ]);
  });

  it('reads a line that ends before its last, empty columns', () => {
    const short = row('20240115', '411000', '1,00', '0,00').replace(/\t+$/, '\t');
    const { sink } = read(file(short));
    expect(sink.transactions.length).toBe(1);
    expect(sink.codes).toContain('fec.short-line');
  });

  it('asks for the date order where dates are written with slashes, and takes the answer or another line for it', () => {
    const ambiguous = file(row('03/04/2025', '411000', '1,00', ''), row('05/06/2025', '706000', '', '1,00'));
    expect(ledgerRefusal(createFecParser, ambiguous)).toMatchObject({
      code: 'dialect.ambiguous',
      row: 2,
      candidates: { dateOrder: ['dmy', 'mdy'] },
    });
    expect(read(ambiguous, { dateOrder: 'dmy' }).lines[0]).toBe('2025-04-03 411000 Nom 1.00 EUR');
    const settled = read(`${ambiguous}\r\n${row('31/01/2025', '411000', '1,00', '', '2')}`);
    expect(settled.lines.map(each => each.slice(0, 10))).toEqual(['2025-04-03', '2025-06-05', '2025-01-31']);
    expect(settled.sink.codes).toContain('fec.date-format');
  });

  it('reads names of columns with quotes, accents, blanks and another order, and a separator of ";"', () => {
    const names = ['"Débit"', '"CREDIT "', 'Journal Code', 'ecriture_date', 'CompteNum', 'EcritureNum'].join(';');
    const { sink, lines } = read(`${names}\n1,00;;VE;20240115;411000;1\n`);
    expect(lines).toEqual(['2024-01-15 411000 1.00 EUR']);
    expect(sink.codes).toContain('fec.separator');
  });

  it('passes over column names that stand again', () => {
    const { sink } = read(file(row('20240115', '4', '1,00', ''), HEADER, row('20240115', '7', '', '1,00')));
    expect(sink.transactions.length).toBe(2);
    expect(sink.codes).toEqual(['fec.repeated-header']);
  });

  it.each([
    ['ISO 8859-15', 'SARL C\xa4UR \xbdUVRE', 'SARL C€UR œUVRE', 'iso-8859-15'],
    ['windows-1252', 'Caf\xe9 \x80 \x9cuvre', 'Café € œuvre', 'windows-1252'],
  ])('reads %s', (_, latin, text, encoding) => {
    const bytes = Uint8Array.from(file(row('20240115', '411000', '1,00', '').replace('Facture', latin)), character =>
      character.charCodeAt(0),
    );
    const { sink, parser } = readLedger(createFecParser, bytes);
    expect(sink.transactions[0]!.description).toBe(text);
    expect(parser.encoding()).toBe(encoding);
  });

  it.each([
    ['an empty file', '', 'file.empty'],
    ['blank lines', '\r\n\r\n', 'file.empty'],
    ['other columns', 'Date\tAmount\n', 'fec.header'],
    ['a column named twice', `${HEADER}\tDebit\n`, 'fec.header'],
    ['UTF-16', '\ufeff', 'file.empty'],
    ['a line without end', `${HEADER}\n${'x'.repeat(1_100_000)}`, 'text.line-too-long'],
  ])('refuses %s', (_, text, code) => {
    expect(ledgerRefusal(createFecParser, text).code).toBe(code);
  });

  it('refuses UTF-16 and settings it does not know', () => {
    expect(ledgerRefusal(createFecParser, new Uint8Array([0xff, 0xfe, 0x4a, 0])).code).toBe('text.encoding');
    expect(ledgerRefusal(createFecParser, file(), { columns: 'x' }).code).toBe('dialect.unknown');
    expect(ledgerRefusal(createFecParser, file(), { dateOrder: 'ymd' }).code).toBe('dialect.unknown');
  });

  it('every line ends as a transaction, a rejected record or a counted empty line, however the bytes come', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '20240115', '1,00', '-3,5', 'x', '"', '1.234,56'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { maxLength: 19 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          const lines = rows.map(cells =>
            cells.map(each => each.replace(/[\t\r\n\u0085\u2028\u2029]/g, '')).join('\t'),
          );
          const text = [HEADER, ...lines].join('\n');
          const whole = readLedger(createFecParser, text).sink;
          const pieces = readLedger(createFecParser, text, { size }).sink;
          expect(pieces).toEqual(whole);
          const places = new Set([...whole.transactions, ...whole.rejected].map(each => each.place.row));
          const filled = lines.flatMap((line, i) => (/^[\s|;"]*$/.test(line) ? [] : [i + 2]));
          expect([...places].sort((a, b) => a - b)).toEqual(filled);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('amounts of a FEC', () => {
  it.each([
    ['0000000069,60', 6960, 2, true],
    ['-12,5', -125, 1, true],
    ['+7', 7, 0, true],
    ['1 234,56', 123_456, 2, false],
    ['1\u202f234\u202f567,8', 12_345_678, 1, false],
    ['1.234,56', 123_456, 2, false],
    ['1 234', 1234, 0, false],
    ['1234.56', 123_456, 2, false],
    ['12,50-', -1250, 2, false],
  ])('%s', (text, units, scale, standard) => {
    expect(parseFecAmount(text)).toEqual({ value: { units, scale }, standard });
  });

  it.each(['1.234', '1,234.56', '12 34,5', '1.23.4', ',5', '5,', '--5', '1 234.5', '€5', '(5)', ''])(
    '%s is none',
    text => {
      expect(parseFecAmount(text)).toBeNull();
    },
  );
});

describe('recognizing a FEC', () => {
  it.each([
    [HEADER, true],
    [`\ufeff${HEADER.replaceAll('\t', '|')}|`, true],
    ['date;debit;credit', false],
    ['JournalCode,EcritureDate,CompteNum,Debit,Credit', false],
    ['JournalCode\tEcritureDate\tCompteNum\tDebit', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isFec(text)).toBe(expected);
  });
});
