import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { fileReaders, rowsOf, stylesOf, type XlsxSource, xlsxOf, zipOf } from './testing/spreadsheet-files.ts';
import { createXlsxParser } from './xlsx-parser.ts';

const files = fileReaders(createXlsxParser, codecFor);
const read = (source: XlsxSource, overrides: Record<string, string> = {}, chunkBytes?: number) =>
  files.read(xlsxOf(source), overrides, chunkBytes);
const refusal = (source: XlsxSource, overrides: Record<string, string> = {}) =>
  files.refusal(xlsxOf(source), overrides);
const one = (rows: string, more: Partial<XlsxSource> = {}): XlsxSource => ({
  sheets: [{ name: 'Data', rows }],
  ...more,
});
const TABLE = rowsOf([
  ['Date', 'Description', 'Amount'],
  ['2024-01-31', 'one', -10.5],
  ['2024-02-01', 'two', 20],
]);
const NOTES = rowsOf([['only'], ['words']]);

describe('cells', () => {
  it('of every type become the text a person sees', () => {
    // ECMA-376 part 1, 18.18.11 (types), 18.4.8 (rich text), 18.4.6 (phonetic runs), 22.9.2.19 (escapes).
    const { lines } = read(
      one(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>
         <row r="2"><c r="A2" s="1"><v>45322</v></c><c r="B2"><f>SUM(1,2)</f><v>1234.5600000000001</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c></row>
         <row r="3"><c r="A3" t="d"><v>2024-02-01T00:00:00</v></c><c r="B3" s="2"><v>0.25</v></c><c r="C3" t="str"><f>A1</f><v>a_x0041_b</v></c><c r="D3" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>`,
        {
          strings:
            '<si><t>Date</t></si><si><r><t>Am</t></r><r><t>ount</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t xml:space="preserve"> a,"b" </t></si><si><t>two_x000D_&#10;lines_x0001_</t></si>',
          styles: stylesOf([0, 14, 10]),
        },
      ),
    );
    expect(lines.join('\n')).toBe(
      [
        'Date,Amount," a,""b"" ","two\r\nlines_x0001_"',
        '2024-01-31,1234.56,TRUE,#N/A',
        '2024-02-01,0.25,aAb,inline',
      ].join('\n'),
    );
  });

  it('without references, in any prefix and in the strict namespace stand where they should', () => {
    const strict = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
    const whole = `<x:worksheet xmlns:x="${strict}"><x:sheetData>${rowsOf([
      ['Date', 'Amount'],
      ['2024-01-31', 1.5],
    ]).replace(/<(\/?)(row|c|v|is|t)\b/g, '<$1x:$2')}</x:sheetData></x:worksheet>`.replace(/ r="[A-Z]1"/g, '');
    const { rows, days, amounts } = read({ sheets: [{ name: 'S', rows: whole, whole: true }] });
    expect({ rows, days, amounts }).toEqual({ rows: [2], days: ['2024-01-31'], amounts: ['1.50'] });
  });

  it('take dates from built-in and custom formats, and leave colours, quotes and differential formats alone', () => {
    const cell = (column: string, style: number, value: number): string =>
      `<c r="${column}2" s="${style}"><v>${value}</v></c>`;
    const { lines } = read(
      one(
        `${rowsOf([['Date', 'Value date', 'Amount', 'Text', 'Time', 'Hours', 'Rate']])}<row r="2">${cell('A', 1, 45322)}${cell('B', 2, 45323.5)}${cell('C', 3, 12.5)}${cell('D', 4, 7)}${cell('E', 5, 0.5)}${cell('F', 6, 1.5)}${cell('G', 7, 3)}</row>`,
        {
          styles: stylesOf(
            [0, 14, 164, 165, 166, 20, 46, 2],
            ['[$-409]dd\\.mm\\.yyyy hh:mm', '#,##0.00;[Red]-#,##0.00', '0" days"'],
          ),
        },
      ),
    );
    expect(lines[1]).toBe('2024-01-31,2024-02-01 12:00:00,12.5,7,12:00:00,36:00:00,3');
  });

  it('read the date system of the workbook, not that of an extension', () => {
    const rows = `${rowsOf([['Date', 'Amount']])}<row r="2"><c r="A2" s="1"><v>24472</v></c><c r="B2"><v>1</v></c></row>`;
    const styles = stylesOf([0, 14]);
    const extension = '<extLst><ext uri="x"><x15:workbookPr xmlns:x15="y" chartTrackingRefBase="1"/></ext></extLst>';
    const days = (workbookPr: string) => read(one(rows, { styles, workbookPr, workbookExtra: extension })).days;
    expect(days('<workbookPr date1904="1"/>')).toEqual(['1971-01-01']);
    expect(days('<workbookPr date1904="true"/>')).toEqual(['1971-01-01']);
    expect(days('<workbookPr/>')).toEqual(['1966-12-31']);
  });

  it('reject the 29 February 1900 and keep numbers beyond the calendar as numbers', () => {
    const row = (r: number, serial: number): string =>
      `<row r="${r}"><c r="A${r}" s="1"><v>${serial}</v></c><c r="B${r}"><v>1</v></c></row>`;
    const { rejected, days } = read(
      one(`${rowsOf([['Date', 'Amount']])}${row(2, 61)}${row(3, 60)}${row(4, -5)}${row(5, 59)}`, {
        styles: stylesOf([0, 14]),
      }),
    );
    expect(days).toEqual(['1900-03-01', '1900-02-28']);
    expect(rejected.map(text => text.slice(0, 26))).toEqual([
      '3: date "1900-02-29" in co',
      '4: date "-5" in column "Da',
    ]);
  });

  it('holding formulas without stored values are empty, and told', () => {
    const { rejected, warnings, parser } = read(
      one(
        `${rowsOf([
          ['Date', 'Amount'],
          ['2024-01-31', 1],
        ])}<row r="3"><c r="A3" t="str"><v>2024-02-01</v></c><c r="B3"><f>1+1</f></c></row>`,
      ),
    );
    expect(rejected).toEqual(['3: no amount in column "Amount"']);
    expect(warnings).toEqual(['3 sheet.formula-without-value']);
    expect(parser.dialect()).toMatchObject({ formulas: 1 });
  });

  it('with formula text are data', () => {
    const { builder, amounts } = read(
      one(
        rowsOf([
          ['Date', 'Amount', 'Counterparty'],
          ['2024-01-31', 1, "=cmd|' /C calc'!A0"],
          ['2024-01-31', 2, '@SUM(A1)'],
        ]),
      ),
    );
    expect(amounts).toEqual(['1.00', '2.00']);
    expect(builder.values('counterparty')).toEqual(["=cmd|' /C calc'!A0", '@SUM(A1)']);
  });
});

describe('rows', () => {
  it('keep the numbers that the spreadsheet shows, and their places in the transcript', () => {
    const { rows, records, transcript } = read(
      one(
        `<row r="3"><c r="A3" t="str"><v>Account: 123456789</v></c></row><row r="5"><c r="A5" t="str"><v>Date</v></c><c r="B5" t="str"><v>Amount</v></c></row>
         <row r="8"><c r="A8" t="str"><v>2024-01-31</v></c><c r="B8"><v>1.5</v></c></row><row r="9"/><row r="11" ht="15"><c r="A11" s="0"/></row>
         <row r="12"><c r="A12" t="str"><v>2024-02-01</v></c><c r="B12"><v>-2</v></c></row>`,
      ),
    );
    expect(transcript).toBe('\n\nAccount: 123456789,\n\nDate,Amount\n\n\n2024-01-31,1.5\n\n\n\n2024-02-01,-2\n');
    expect(rows).toEqual([8, 12]);
    expect(records).toEqual(['2024-01-31,1.5', '2024-02-01,-2']);
  });

  it('of a table are padded to one width, headings are not', () => {
    const { lines, warnings } = read(
      one(
        rowsOf([
          ['Statement of account'],
          ['Date', 'Amount', 'Description', 'Reference'],
          ['2024-01-31', 1, 'a', 'r'],
          ['2024-01-31', 2, 'b'],
        ]),
      ),
    );
    expect(lines).toEqual([
      'Statement of account',
      'Date,Amount,Description,Reference',
      '2024-01-31,1,a,r',
      '2024-01-31,2,b,',
    ]);
    expect(warnings).toEqual([]);
  });

  it('with hidden ones, hidden columns and merged cells are read and told', () => {
    const { warnings, amounts } = read({
      sheets: [
        {
          name: 'S',
          before: '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>',
          rows: `${TABLE}<row r="4" hidden="1"><c r="A4" t="str"><v>2024-02-02</v></c><c r="C4"><v>5</v></c></row><row r="9" hidden="1"/>`,
          after: '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>',
        },
      ],
    });
    expect(amounts).toEqual(['-10.50', '20.00', '5.00']);
    expect(warnings).toEqual(['4 sheet.hidden-rows', '2 sheet.merged', '- sheet.hidden-columns']);
  });
});

describe('sheets', () => {
  const TWO: XlsxSource = {
    sheets: [
      { name: 'Notes', rows: NOTES },
      { name: 'March', rows: TABLE },
      {
        name: 'April',
        rows: rowsOf([
          ['Date', 'Amount'],
          ['2024-04-01', 7],
          ['bad', 8],
        ]),
        state: 'hidden',
      },
    ],
  };

  it('with a table each give a statement of their own; the others are told', () => {
    const { statements, rows, records, rejected, warnings, builder, parser } = read(TWO);
    expect(statements).toMatchObject([
      { statementId: 'March', count: 2, sum: '9.50' },
      { statementId: 'April', count: 1, sum: '7.00' },
    ]);
    expect(rows).toEqual([2, 3, 2]);
    expect(records).toEqual(['2024-01-31,one,-10.5', '2024-02-01,two,20', '2024-04-01,7']);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatch(/^3: sheet "April": date "bad"/);
    expect(warnings).toEqual(['- sheet.no-table', '- sheet.several', '- sheet.hidden']);
    expect(builder.warnings[0]!.message).toContain('Sheet "Notes" (2 rows) holds no table of transactions');
    expect(parser.dialect()).toMatchObject({
      sheets: ['Notes: 2 rows, no table', 'March: 3 rows, 2 transactions', 'April: 3 rows, 1 transactions'],
      sheet: 'March',
    });
  });

  it('are read alone on demand', () => {
    for (const sheet of ['April', 'april '])
      expect(read(TWO, { sheet }).statements).toMatchObject([{ statementId: 'April', count: 1 }]);
    const error = refusal(TWO, { sheet: 'May' });
    expect(error.code).toBe('dialect.unknown');
    expect(error.candidates).toEqual({ sheet: ['Notes', 'March', 'April'] });
  });

  it('without any table refuse the workbook as the table reader does', () => {
    const error = refusal(one(NOTES));
    expect(error.code).toBe('csv.no-date-column');
    expect(error.message).toMatch(/^Sheet "Data": /);
    expect(refusal(one('')).code).toBe('file.empty');
  });

  it('ask what only the examiner can say, with the name of the sheet', () => {
    const text = one(
      rowsOf([
        ['Date', 'Amount'],
        ['03/04/2025', 1],
        ['05/06/2025', 2],
      ]),
    );
    const error = refusal(text);
    expect([error.code, error.candidates]).toEqual(['dialect.ambiguous', { dateOrder: ['dmy', 'mdy'] }]);
    expect(error.message).toMatch(/^Sheet "Data": /);
    expect(read(text, { dateOrder: 'dmy' }).days).toEqual(['2025-04-03', '2025-06-05']);
  });

  it('may lack a column that the examiner named for another', () => {
    const { statements } = read(
      {
        sheets: [
          {
            name: 'A',
            rows: rowsOf([
              ['Date', 'Net', 'Gross'],
              ['2024-01-31', 1, 2],
              ['2024-02-01', 3, 4],
            ]),
          },
          { name: 'B', rows: NOTES },
        ],
      },
      { amount: 'Gross' },
    );
    expect(statements).toMatchObject([{ statementId: 'A', sum: '6.00' }]);
    expect(refusal(one(TABLE), { amount: 'Gross' }).code).toBe('dialect.unknown');
    expect(refusal(one(TABLE), { colour: 'red' }).code).toBe('dialect.unknown');
    expect(read(one(TABLE), { delimiter: ';' }).warnings).toEqual(['- dialect.not-applicable']);
  });

  it('read amounts that are text by their own decimal sign, beside numbers', () => {
    const { amounts, parser } = read(
      one(
        rowsOf([
          ['Date', 'Amount', 'Balance'],
          ['2024-01-31', '-1.234,56', 100.5],
          ['2024-01-31', '7,00', 107.5],
          ['2024-01-31', 2.345, 109.845],
        ]),
      ),
    );
    expect(amounts).toEqual(['-1234.560', '7.000', '2.345']);
    expect(parser.dialect()).toMatchObject({ decimalSign: ',' });
    const open = one(
      rowsOf([
        ['Date', 'Amount', 'Balance'],
        ['2024-01-31', '1.234', 100.5],
        ['2024-02-01', '5.678', 7],
      ]),
    );
    expect(refusal(open).candidates).toEqual({ decimalSign: ['.', ','] });
    expect(read(open, { decimalSign: ',' }).amounts).toEqual(['1234.00', '5678.00']);
  });
});

describe('what is refused', () => {
  const entity = '<!DOCTYPE worksheet [<!ENTITY a "b">]>';
  it.each([
    [
      'a binary workbook',
      one(TABLE, { contentType: 'application/vnd.ms-excel.sheet.binary.macroEnabled.main' }),
      'workbook.binary',
    ],
    [
      'a Word document',
      one(TABLE, { contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml' }),
      'format.unsupported',
    ],
    ['rows out of order', one('<row r="5"><c r="A5"><v>1</v></c></row><row r="4"/>'), 'workbook.malformed'],
    ['a row beyond the sheet', one('<row r="1048577"/>'), 'workbook.malformed'],
    ['a row that is no number', one('<row r="x"/>'), 'workbook.malformed'],
    ['a cell twice', one('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), 'workbook.malformed'],
    ['a cell beyond the sheet', one('<row r="1"><c r="XFE1"><v>1</v></c></row>'), 'workbook.malformed'],
    ['a cell without a column', one('<row r="1"><c r="1"><v>1</v></c></row>'), 'workbook.malformed'],
    ['a string that is not there', one('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), 'workbook.malformed'],
    ['a DOCTYPE', { sheets: [{ name: 'S', rows: `${entity}<worksheet/>`, whole: true }] }, 'xml.doctype'],
    ['an entity', one('<row r="1"><c r="A1" t="str"><v>&xxe;</v></c></row>'), 'xml.entity'],
    [
      'a sheet that is cut off',
      { sheets: [{ name: 'S', rows: '<worksheet><sheetData><row>', whole: true }] },
      'xml.truncated',
    ],
    ['a workbook without sheets', { sheets: [] }, 'workbook.malformed'],
  ] as const)('%s', (_, source, code) => {
    expect(refusal(source).code).toBe(code);
  });

  it('a workbook that lacks a sheet it names, naming the part', () => {
    const bytes = zipOf({
      'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>',
    });
    const error = files.refusal(bytes);
    expect(error.code).toBe('workbook.incomplete');
    expect(error.message).toContain('"xl/worksheets/s.xml"');
  });

  it('a workbook cut off anywhere', () => {
    const bytes = xlsxOf(one(TABLE));
    for (let length = 1; length < bytes.length; length += 37)
      expect(files.refusal(bytes.subarray(0, length)).code).toMatch(/^zip\./);
  });

  it('one long text that many cells repeat until it bursts', () => {
    const strings = `<si><t>${'x'.repeat(32_000)}</t></si>`;
    const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`.repeat(100);
    expect(refusal(one(rows, { strings })).code).toBe('workbook.too-large');
  });

  it('sheets that unpack to far more than they are', () => {
    const rows = `<row>${'<c><v>1</v></c>'.repeat(200)}</row>`.repeat(2000);
    expect(refusal(one(rows)).code).toMatch(/^zip\.ratio$/);
  });
});

describe('any workbook', () => {
  const cellText = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    // What XML cannot hold, and what the reader trims or undoes.
    .map(text => text.replace(/[^\t\n -\uD7FF\u{10000}-\u{10FFFF}]|_x/gu, ''));

  const dated = (count: number) => Array.from({ length: count }, (_, i) => ['2024-02-01', i, 'y']);

  it('gives back its texts cell by cell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cellText, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        grid => {
          const source = one(
            rowsOf([['Date', 'Amount', 'Text'], ['2024-01-31', 1, 'x'], ...grid, ...dated(4 * grid.length)]),
          );
          const { transcript } = read(source);
          const records = parse(transcript, { relax_column_count: true, skip_empty_lines: false }) as string[][];
          for (const [i, cells] of grid.entries())
            for (const [column, text] of cells.entries())
              expect(records[i + 2]?.[column] ?? '').toBe(text.replaceAll('\r\n', '\n'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same in chunks of any size', () => {
    const source: XlsxSource = {
      sheets: [
        { name: 'A', rows: TABLE },
        {
          name: 'B',
          rows: rowsOf([
            ['Date', 'Amount'],
            ['2024-04-01', 7],
            ['bad', 8],
          ]),
        },
      ],
    };
    const whole = read(source);
    for (const chunkBytes of [1, 7, 512]) {
      const chunked = read(source, {}, chunkBytes);
      expect([chunked.columns, chunked.transcript, chunked.rejected, chunked.warnings]).toEqual([
        whole.columns,
        whole.transcript,
        whole.rejected,
        whole.warnings,
      ]);
    }
  });

  it('of 100,000 rows is read piece by piece and adds up', () => {
    const count = 100_000;
    let cents = 0;
    const rows = Array.from({ length: count }, (_, i) => {
      const amount = ((i * 7919) % 200_001) - 100_000;
      cents += amount;
      return `<row r="${i + 2}"><c r="A${i + 2}" s="1"><v>${45_000 + (i % 900)}</v></c><c r="B${i + 2}"><v>${amount / 100}</v></c><c r="C${i + 2}" t="s"><v>${i % 500}</v></c></row>`;
    });
    const strings = Array.from({ length: 500 }, (_, i) => `<si><t>Company ${i}</t></si>`).join('');
    const {
      statements,
      pieces,
      rows: numbers,
      rejected,
    } = read(one(rowsOf([['Date', 'Amount', 'Counterparty']]) + rows.join(''), { strings, styles: stylesOf([0, 14]) }));
    expect(statements).toMatchObject([{ count, sum: (cents / 100).toFixed(2) }]);
    expect(numbers.at(-1)).toBe(count + 1);
    expect(rejected).toEqual([]);
    // The head of a sheet is held, nothing after it.
    expect(Math.max(...pieces.slice(5).map(piece => piece.length))).toBeLessThan(100_000);
  });
});
