import { SSF } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnLetters, columnOf, hiddenColumnNames } from './spreadsheet-columns.ts';
import { durationText, momentText, SerialDates } from './spreadsheet-date.ts';
import { decimalSignOf } from './spreadsheet-decimal.ts';
import { plainNumber } from './spreadsheet-number.ts';
import { builtInKind, DATE, ELAPSED, formatKind, NUMBER, TIME } from './spreadsheet-number-format.ts';
import { FileRefused } from './statement-sink.ts';

describe('plainNumber', () => {
  // What Excel shows for these stored values (15 significant digits, ECMA-376 part 1, 18.8.30).
  it.each([
    ['1234.5600000000001', '1234.56'],
    ['0.30000000000000004', '0.3'],
    ['434.99999999999994', '435'],
    ['8.0399999999999991', '8.04'],
    ['-0.89999999999999991', '-0.9'],
    ['12.50', '12.5'],
    ['31001.0', '31001'],
    ['-0', '0'],
    ['0', '0'],
    ['007', '7'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1E3', '1000'],
    ['1.5E-3', '0.0015'],
    ['1.4551915228366852E-11', '0.0000000000145519152283669'],
    ['1.2345678901234568E+18', '1234567890123456800'],
    ['1234567890123456789', '1234567890123456789'],
    ['33.333333333333336', '33.3333333333333'],
    ['12345678901234.561', '12345678901234.56'],
    ['90071992547409.91', '90071992547409.91'],
    ['-1234567890123.4501', '-1234567890123.45'],
    [' 7 ', '7'],
  ])('%s is %s', (stored, plain) => {
    expect(plainNumber(stored)).toBe(plain);
  });

  it.each(['', '.', '-', 'abc', '1,5', '1.2.3', '--1', 'NaN', 'Infinity', '1e9999', '0x10'])('%j is none', stored => {
    expect(plainNumber(stored)).toBeNull();
  });

  it('gives every amount of cents back, however a program prints its double', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), cents => {
        const value = cents / 100;
        for (const stored of [String(value), value.toPrecision(17), value.toExponential(16)])
          expect(Number(plainNumber(stored)) * 100).toBeCloseTo(cents, 2);
        expect(plainNumber(value.toPrecision(17))).toBe(plainNumber(String(value)));
      }),
    );
  });

  it('never moves a number by more than the 15th digit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-200, max: 1e200 }), value => {
        expect(Math.abs(Number(plainNumber(String(value))) / value - 1)).toBeLessThanOrEqual(5.1e-15);
      }),
    );
  });
});

describe('number formats', () => {
  it.each([
    ['yyyy-mm-dd', DATE],
    ['[$-409]d-mmm-yy;@', DATE],
    ['yyyy"年"m"月"d"日"', DATE],
    ['[Magenta]mm/dd/yy', DATE],
    ['dd\\.mm\\.yyyy', DATE],
    ['[=0]"";dd/mm/yyyy', DATE],
    ['mmm', DATE],
    ['yyyy-mm-dd hh:mm:ss.000', DATE],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', DATE],
    ['h:mm AM/PM', TIME],
    ['mm:ss.0', TIME],
    ['[h]:mm:ss', ELAPSED],
    ['[mm]:ss', ELAPSED],
    ['General', NUMBER],
    ['Standard', NUMBER],
    ['0.00', NUMBER],
    ['#,##0.00_);[Red](#,##0.00)', NUMBER],
    ['0.00;[Red]0.00', NUMBER],
    ['0.00" days"', NUMBER],
    ['#,##0,,"M"', NUMBER],
    ['"yes";"no"', NUMBER],
    ['0.00 USD', NUMBER],
    ['_-* #,##0.00\\ [$€-407]_-', NUMBER],
    ['0.00E+00', NUMBER],
    ['# ??/??', NUMBER],
    ['@', NUMBER],
    [';;;', NUMBER],
    ['', NUMBER],
  ])('%s', (code, kind) => {
    expect(formatKind(code)).toBe(kind);
  });

  it('agrees with SheetJS on which format codes are dates', () => {
    const codes = Object.values(SSF.get_table()).filter((code): code is string => typeof code === 'string');
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) expect([code, formatKind(code) !== NUMBER]).toEqual([code, SSF.is_date(code)]);
  });

  it('knows the formats that every program has by number', () => {
    const kinds = Array.from({ length: 60 }, (_, id) => builtInKind(id));
    expect(kinds.flatMap((kind, id) => (kind === DATE ? [id] : []))).toEqual([
      14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    ]);
    expect(kinds.flatMap((kind, id) => (kind === TIME ? [id] : []))).toEqual([18, 19, 20, 21, 45, 47]);
    expect(kinds.flatMap((kind, id) => (kind === ELAPSED ? [id] : []))).toEqual([46]);
  });
});

describe('SerialDates', () => {
  const dates = new SerialDates(false);
  const dates1904 = new SerialDates(true);
  // ECMA-376 part 1, 18.17.4.1 and 18.17.4.3.
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, '1900-02-29'],
    [61, '1900-03-01'],
    [0, '1900-01-00'],
    [45292, '2024-01-01'],
    [2958465, '9999-12-31'],
    [45293.3854166667, '2024-01-02 09:15:00'],
    [44999.99999999999, '2023-03-15'],
    [45000.500005787, '2023-03-15 12:00:00.500'],
  ])('%d of the 1900 system', (serial, text) => {
    expect(dates.text(serial, DATE)).toBe(text);
  });

  it.each([
    [0, '1904-01-01'],
    [24472, '1971-01-01'],
    [43830, '2024-01-01'],
  ])('%d of the 1904 system', (serial, text) => {
    expect(dates1904.text(serial, DATE)).toBe(text);
  });

  it('shows times and elapsed hours', () => {
    expect(dates.text(0.385416666666667, TIME)).toBe('09:15:00');
    expect(dates.text(45293.385416666664, TIME)).toBe('2024-01-02 09:15:00');
    expect(dates.text(1.5, ELAPSED)).toBe('36:00:00');
  });

  it('has no date for what is beyond the calendar', () => {
    for (const serial of [-1, 2958466, Number.NaN, Number.POSITIVE_INFINITY])
      expect(dates.text(serial, DATE)).toBeNull();
    expect(dates1904.text(2957004, DATE)).toBeNull();
  });

  it('agrees with SheetJS on every day, and gives back every second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2958465 }), fc.integer({ min: 0, max: 86399 }), (serial, second) => {
        const { y, m, d } = SSF.parse_date_code(serial) as Record<string, number>;
        const two = (value = 0): string => String(value).padStart(2, '0');
        const day = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
        const time = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
        expect(dates.text(serial + second / 86400, DATE)).toBe(second === 0 ? day : `${day} ${time}`);
      }),
    );
  });
});

describe('ISO 8601 values of cells', () => {
  it.each([
    ['2024-03-31', '2024-03-31'],
    ['2024-03-31T00:00:00', '2024-03-31'],
    ['2024-03-31T00:00:00.000', '2024-03-31'],
    ['2024-03-31T09:15:00Z', '2024-03-31 09:15:00'],
    ['2024-03-31T09:15', '2024-03-31 09:15:00'],
    ['2024-03-31T09:15:00.5', '2024-03-31 09:15:00.500'],
    ['soon', 'soon'],
  ])('moment %s', (stored, text) => {
    expect(momentText(stored)).toBe(text);
  });

  it.each([
    ['PT09H15M00S', '09:15:00'],
    ['PT36H', '36:00:00'],
    ['P1DT1H', '25:00:00'],
    ['PT0.5S', '00:00:00.500'],
    ['long', 'long'],
  ])('duration %s', (stored, text) => {
    expect(durationText(stored)).toBe(text);
  });
});

describe('columns', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16383, 'XFD'],
  ])('%d is %s', (column, letters) => {
    expect(columnLetters(column)).toBe(letters);
    expect(columnOf(`${letters}17`)).toBe(column);
  });

  it('names hidden ones as far as anything stands in them', () => {
    expect(
      hiddenColumnNames(
        [
          [1, 1],
          [3, 16383],
        ],
        6,
      ),
    ).toBe('B, D–F');
    expect(hiddenColumnNames([[6, 16383]], 6)).toBe('');
  });
});

describe('decimalSignOf', () => {
  const rows = (...columns: (string | number)[][]) =>
    columns[0]!.map((_, row) =>
      columns.map((column, i) => ({ column: i, text: String(column[row]), isNumber: typeof column[row] === 'number' })),
    );

  it.each([
    ['numbers only', rows([1.5, 2, 3]), '.'],
    ['texts with commas', rows(['1.234,56', '7,00']), ','],
    ['texts with points', rows(['1,234.56', '7.00']), '.'],
    ['texts with commas beside numbers', rows(['1.234,56', '7,00'], [1.5, 2.5]), ','],
    ['texts without any sign', rows(['1234', '7']), '.'],
    ['dates', rows(['31.12.2024', '01.02.2025']), '.'],
    ['a comma in a column of words', rows(['one, two', '1,5', 'three', 'four'], [1.5, 2.5, 1, 1]), '.'],
    ['only texts that could be either', rows(['1.234', '5.678'], [1, 2]), null],
  ])('%s', (_, head, sign) => {
    expect(decimalSignOf(head, undefined)).toBe(sign);
    expect(decimalSignOf(head, 'comma')).toBe(',');
  });

  it('asks where a text that could be either stands beside fractions', () => {
    expect(() => decimalSignOf(rows(['1.234', '5.678'], [1.5, 2]), undefined)).toThrow(FileRefused);
  });
});
