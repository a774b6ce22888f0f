import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDatevParser } from './datev-parser.ts';
import { isDatev } from './datev-signature.ts';
import { ledgerRefusal, readLedger } from './testing/plaintext-ledger.ts';

/** Rules of the DATEV-Format: header and Buchungsstapel (developer.datev.de, format description). */
const header = (from = '20240101', until = '20240131', yearStart = '20240101', currency = 'EUR'): string =>
  `"EXTF";700;21;"Buchungsstapel";13;20240201100000000;;"RE";"";"";29098;55003;${yearStart};4;${from};${until};"Januar";"MM";1;0;1;"${currency}";;;;;"03";;;"";""`;
const NAMES =
  'Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext';
const booking = (date: string, amount = '100,00', side = '"S"', rest = '"";;;""'): string =>
  `${amount};${side};${rest};1200;8400;"9";${date};"RE1";"";;"Text"`;
const file = (head: string, ...rows: string[]): string => [head, NAMES, ...rows].join('\r\n');
const read = (text: string) => readLedger(createDatevParser, text);

describe('DATEV', () => {
  it('takes the side for the account: S debits it, H credits it', () => {
    const { sink, lines } = read(file(header(), booking('1501'), booking('1601', '50,5', '"H"')));
    expect(lines).toEqual(['2024-01-15 1200 100.00 EUR', '2024-01-16 1200 -50.5 EUR']);
    expect(sink.transactions[0]).toMatchObject({
      counterpartyAccount: '8400',
      category: 'BU 9',
      reference: 'RE1',
      description: 'Text',
      type: 'Januar',
      entry: '1',
    });
    expect(sink.headers[0]).toMatchObject({ accountId: '29098/55003', statementId: '2024-01-01/2024-01-31' });
    expect(sink.counts).toEqual([2]);
    expect(sink.warnings).toEqual([]);
  });

  it.each([
    ['20240101', '20240131', '20240101', '501', '2024-01-05'],
    ['20240101', '20240131', '20240101', '0501', '2024-01-05'],
    ['20231201', '20240229', '20230701', '3112', '2023-12-31'],
    ['20231201', '20240229', '20230701', '2902', '2024-02-29'],
    ['', '', '20230701', '3006', '2024-06-30'],
    ['', '', '20230701', '0107', '2023-07-01'],
    ['20240101', '20240131', '20240101', '05012024', '2024-01-05'],
  ])('period %s to %s, year from %s: %s is %s', (from, until, yearStart, date, expected) => {
    const { sink, lines } = read(file(header(from, until, yearStart), booking(date)));
    expect(lines[0]!.slice(0, 10)).toBe(expected);
    expect(sink.warnings).toEqual([]);
  });

  it('takes a date outside the period from the financial year, and says so', () => {
    const { sink, lines } = read(file(header(), booking('1503')));
    expect(lines[0]!.slice(0, 10)).toBe('2024-03-15');
    expect(sink.codes).toEqual(['datev.date-outside-period']);
  });

  it.each([
    [booking('3202'), 'the document date "3202" is not a day of the financial year'],
    [booking(''), 'the document date "" is not a day of the financial year'],
    [booking('1501', 'x'), 'the amount "x" is no number with a decimal comma'],
    [booking('1501', ''), 'the booking has no amount (Umsatz)'],
    [booking('1501', '1.234'), 'the amount "1.234" is no number with a decimal comma'],
    [booking('1501', '1,00', '"X"'), 'the side "X" is neither S (Soll) nor H (Haben)'],
    [booking('1501').replace(';1200;', ';;'), 'the booking has no account (Konto)'],
    ['1,00;"S";"";;;"";1200;8400;"9";1501;"RE1"a"b"c;"x', 'a text in quotes does not end'],
  ])('rejects %s', (row, reason) => {
    const { sink } = read(file(header(), row, booking('1501')));
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([[3, reason]]);
    expect(sink.transactions.length).toBe(1);
  });

  it('rejects a date that the header gives no year', () => {
    const { sink } = read(file(header('', '', ''), booking('1501'), booking('15012024')));
    expect(sink.rejected[0]!.reason).toBe('the document date "1501" has no year, and the header states no period');
    expect(sink.transactions.length).toBe(1);
  });

  it('takes the base amount of a booking in foreign currency', () => {
    const { sink, lines } = read(
      file(
        header(),
        booking('1501', '110,00', '"H"', '"USD";1,1;100,00;"EUR"'),
        booking('1501', '110,00', '"S"', '"USD";;;""'),
        booking('1501', '110,00', '"S"', '"EUR";;110,00;"EUR"'),
      ),
    );
    expect(lines).toEqual(['2024-01-15 1200 -100.00 EUR', '2024-01-15 1200 110.00 USD', '2024-01-15 1200 110.00 EUR']);
    expect(sink.codes).toEqual(['datev.foreign-currency', 'ledger.currencies']);
  });

  it('tells sides left out, negative amounts and general reversals', () => {
    const { sink, lines } = read(
      file(header(), booking('1501', '1,00', ''), booking('1501', '-1,00'), booking('1501').replace('"9"', '"29"')),
    );
    expect(lines.map(each => each.split(' ').at(-2))).toEqual(['1.00', '-1.00', '100.00']);
    expect(sink.codes).toEqual(['datev.side', 'datev.negative-amount', 'datev.general-reversal']);
  });

  it('reads texts over several lines and quotes within texts', () => {
    const { sink } = read(file(header(), booking('1501').replace('"Text"', '"Zeile 1\nZeile ""2"""'), booking('1601')));
    expect(sink.transactions.map(each => [each.place.row, each.description])).toEqual([
      [3, 'Zeile 1\nZeile "2"'],
      [5, 'Text'],
    ]);
  });

  it('goes by the order of the format where the names are missing, and by the names where they moved', () => {
    const without = read([header(), booking('1501')].join('\n'));
    expect(without.lines).toEqual(['2024-01-15 1200 100.00 EUR']);
    expect(without.sink.codes).toEqual(['datev.no-column-names']);
    const moved = read(
      [header(), `Konto;Gegenkonto;Umsatz;Soll/Haben-Kennzeichen;Belegdatum`, '1200;8400;5,00;H;1501'].join('\n'),
    );
    expect(moved.lines).toEqual(['2024-01-15 1200 -5.00 EUR']);
    expect(moved.sink.codes).toEqual(['datev.column-order']);
  });

  it('says of other categories that they hold no bookings', () => {
    const { sink, parser } = read(
      '"DTVF";510;16;"Debitoren/Kreditoren";4;;;;;;1;2\nKonto;Name\n10000;"A"\n10001;"B"\n',
    );
    expect(sink.transactions).toEqual([]);
    expect(sink.warnings).toEqual([
      {
        row: null,
        code: 'datev.no-bookings',
        message:
          'The file holds 2 records of category 16, customers and suppliers (Debitoren/Kreditoren): master data and no bookings. It has no transactions.',
      },
    ]);
    expect(parser.dialect()).toMatchObject({ origin: 'DTVF', records: 2, bookings: 0 });
  });

  it.each([
    ['an empty file', '', 'file.empty'],
    ['another first record', 'a;b;c\n', 'datev.header'],
    ['a header whose quotes never end', '"EXTF;700\n', 'datev.header'],
  ])('refuses %s', (_, text, code) => {
    expect(ledgerRefusal(createDatevParser, text).code).toBe(code);
  });

  it('chunks of bytes never change the outcome, and every record is booked or rejected', () => {
    const field = fc.constantFrom('1,00', '"S"', '', '1501', '"a;b"', '"a""b"', '8400', 'x', '-5', '"x', 'a"b', '"a"b');
    const row = fc.array(field, { minLength: 1, maxLength: 15 }).map(fields => fields.join(';'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (rows, size) => {
        const text = file(header(), ...rows);
        const whole = read(text).sink;
        expect(readLedger(createDatevParser, text, { size }).sink).toEqual(whole);
        expect(whole.transactions.length + whole.rejected.length).toBe(rows.filter(each => each !== '').length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('recognizing DATEV', () => {
  it.each([
    [header(), true],
    ['EXTF;510;21;Buchungsstapel;7;', true],
    ['\ufeff"DTVF";700;20;"Kontenbeschriftungen"', true],
    ['EXTF,700,21', false],
    ['Umsatz;Konto;Gegenkonto\n1,00;1;2', false],
  ])('%j: %s', (text, expected) => {
    expect(isDatev(text)).toBe(expected);
  });
});
