import { type BookType, CFB, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { fileReaders } from './testing/spreadsheet-files.ts';
import { createXlsParser } from './xls-parser.ts';
import { rkNumber } from './xls-sheet.ts';

// SheetJS is an independent writer of these formats; in versions before 8 it writes _ for letters beyond ASCII.
const ROWS = [
  ['Account statement'],
  ['Account:', 'DE44200400000538917600'],
  [],
  ['Booking date', 'Value date', 'Description', 'Counterparty', 'Amount', 'Balance'],
  [
    new Date('2024-01-31T00:00:00Z'),
    new Date('2024-02-01T00:00:00Z'),
    'Ünïcode, "quoted"',
    'Müller & Söhne <x>',
    -1234.56,
    765.44,
  ],
  [new Date('2024-02-05T00:00:00Z'), null, 'two', 'B', 0.1 + 0.2, 765.74],
  [],
  [new Date('2024-02-29T12:30:00Z'), null, 'three', 'C', 100, 865.74],
];
const bookOf = (bookType: 'xls' | 'biff5' | 'biff4' | 'biff3' | 'biff2' | 'xlml'): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(ROWS, { UTC: true, dateNF: 'yyyy-mm-dd hh:mm' }), 'Umsätze');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['words'], ['only']]), 'Notes');
  return new Uint8Array(write(book, { type: 'array', bookType: bookType as BookType }) as ArrayBuffer);
};
const { read, refusal } = fileReaders(createXlsParser, codecFor);
const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const LINES = [
  'Account statement',
  'Account:,DE44200400000538917600',
  '',
  'Booking date,Value date,Description,Counterparty,Amount,Balance',
  '2024-01-31,2024-02-01,"Ünïcode, ""quoted""",Müller & Söhne <x>,-1234.56,765.44',
  '2024-02-05,,two,B,0.3,765.74',
  '',
  '2024-02-29 12:30:00,,three,C,100,865.74',
];

describe('workbooks of every version', () => {
  it.each([
    ['xls', 8],
    ['biff5', 5],
    ['biff4', 4],
    ['biff3', 3],
    ['biff2', 2],
  ] as const)('%s', (bookType, version) => {
    const { lines, rows, days, amounts, statements, parser } = read(bookOf(bookType));
    const inAscii = (text: string): string => (version === 8 ? text : text.replace(/[^\n -~]/g, '_'));
    expect(lines.slice(0, 8)).toEqual(LINES.map(inAscii));
    expect(rows).toEqual([5, 6, 8]);
    expect(days).toEqual(['2024-01-31', '2024-02-05', '2024-02-29']);
    expect(amounts).toEqual(['-1234.56', '0.30', '100.00']);
    expect(statements).toMatchObject([
      { accountId: 'DE44200400000538917600', statementId: version < 5 ? null : inAscii('Umsätze'), count: 3 },
    ]);
    expect(parser.dialect()).toMatchObject({ container: 'biff', biff: version, dateSystem: '1900' });
  });

  it('of XML 2003', () => {
    const { lines, amounts, parser } = read(bookOf('xlml'));
    expect(lines.slice(0, 8)).toEqual(LINES);
    expect(amounts).toEqual(['-1234.56', '0.30', '100.00']);
    expect(parser.dialect()).toMatchObject({ container: 'xml-2003' });
  });

  it('give the same in chunks of any size', () => {
    const bytes = bookOf('xls');
    expect(read(bytes, {}, 100).columns).toEqual(read(bytes).columns);
  });
});

/** A BIFF record. */
const record = (type: number, ...data: (number | number[])[]): number[] => {
  const bytes = data.flat();
  return [type & 0xff, type >> 8, bytes.length & 0xff, bytes.length >> 8, ...bytes];
};
const half = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
const word = (value: number): number[] => [...half(value & 0xffff), ...half(value >>> 16)];
const float = (value: number): number[] => [...new Uint8Array(new Float64Array([value]).buffer)];
const ascii = (text: string): number[] => [...text].map(character => character.charCodeAt(0));
const wide = (text: string): number[] => [...text].flatMap(character => half(character.charCodeAt(0)));
const BOF = (kind: number): number[] => record(0x0809, half(0x0600), half(kind), Array<number>(12).fill(0));
const EOF = record(0x000a);
const at = (row: number, column: number, style = 0): number[] => [...half(row), ...half(column), ...half(style)];
const label = (row: number, column: number, text: string): number[] =>
  record(0x0204, at(row, column), half(text.length), 0, ascii(text));
const real = (row: number, column: number, value: number, style = 0): number[] =>
  record(0x0203, at(row, column, style), float(value));

/** A BIFF8 stream of one sheet; styles 0 General, 1 a date. */
const streamOf = (cells: number[], globals: number[] = [], state = 0): Uint8Array => {
  const xf = (format: number): number[] => record(0x00e0, half(0), half(format), Array<number>(16).fill(0));
  const before = [...BOF(5), ...globals, ...xf(0), ...xf(14)];
  const boundSheet = (position: number): number[] => record(0x0085, word(position), state, 0, 1, 0, ascii('S'));
  const position = before.length + boundSheet(0).length + EOF.length;
  return Uint8Array.from([...before, ...boundSheet(position), ...EOF, ...BOF(0x10), ...cells, ...EOF]);
};
/** The stream in its container. */
const xlsOf = (stream: Uint8Array, name = '/Workbook'): Uint8Array => {
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, name, stream);
  return new Uint8Array(CFB.write(container, { type: 'array' }) as number[]);
};
const HEAD = [...label(0, 0, 'Date'), ...label(0, 1, 'Amount'), ...label(0, 2, 'Description')];

describe('records', () => {
  it('of numbers packed into 30 bits', () => {
    // [MS-XLS] 2.5.217: bit 0 divides by 100, bit 1 says whole number.
    expect(rkNumber((12345 << 2) | 3)).toBe(123.45);
    expect(rkNumber((-7 << 2) | 2)).toBe(-7);
    expect(rkNumber(0x3ff00000)).toBe(1);
    expect(rkNumber(0x3ff00001)).toBe(0.01);
  });

  it('of every kind of cell', () => {
    const formula = (row: number, column: number, result: number[]): number[] =>
      record(0x0006, at(row, column), result, half(0), word(0), half(3), [0x1e, 1, 0]);
    const strings = record(
      0x00fc,
      word(2),
      word(2),
      half(4),
      0,
      ascii('Date'),
      half(6),
      1,
      wide('Žofie').concat(half(0x21)),
    );
    const { lines, parser } = read(
      xlsOf(
        streamOf(
          [
            ...record(0x00fd, at(0, 0), word(0)),
            ...label(0, 1, 'Amount'),
            ...label(0, 2, 'Description'),
            ...label(0, 3, 'x'),
            ...real(1, 0, 45322, 1),
            ...record(0x027e, at(1, 1), word((12345 << 2) | 3)),
            ...record(0x00fd, at(1, 2), word(1)),
            ...record(0x0205, at(1, 3), 1, 0),
            ...real(2, 0, 45323, 1),
            ...record(0x00bd, half(2), half(1), half(0), word((5 << 2) | 2), half(1), word((45324 << 2) | 2), half(2)),
            ...record(0x0205, at(2, 3), 0x2a, 1),
            ...real(3, 0, 45325, 1),
            ...formula(3, 1, float(-2.5)),
            ...formula(3, 2, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
            ...record(0x0207, half(3), 0, ascii('abc')),
            ...formula(3, 3, [1, 0, 0, 0, 0, 0, 0xff, 0xff]),
          ],
          strings,
        ),
      ),
    );
    expect(lines).toEqual([
      'Date,Amount,Description,x',
      '2024-01-31,123.45,Žofie!,TRUE',
      '2024-02-01,5,2024-02-02,#N/A',
      '2024-02-03,-2.5,abc,FALSE',
    ]);
    expect(parser.dialect()).toMatchObject({ formulas: 3 });
  });

  it('of strings that run on, from bytes to UTF-16 in the middle of one', () => {
    const strings = [
      ...record(0x00fc, word(2), word(2), half(6), 0, ascii('abc')),
      ...record(0x003c, 1, wide('dež'), half(3), 8, half(1), ascii('xyz').slice(0, 2)),
      ...record(0x003c, 0, ascii('z'), half(0), half(0)),
    ];
    const { lines } = read(
      xlsOf(
        streamOf(
          [
            ...HEAD,
            ...real(1, 0, 45322, 1),
            ...real(1, 1, 1),
            ...record(0x00fd, at(1, 2), word(0)),
            ...real(2, 0, 45322, 1),
            ...real(2, 1, 1),
            ...record(0x00fd, at(2, 2), word(1)),
          ],
          strings,
        ),
      ),
    );
    expect(lines.slice(1)).toEqual(['2024-01-31,1,abcdež', '2024-01-31,1,xyz']);
  });

  it('in any order, twice, in hidden rows and columns, merged, in a hidden sheet of the 1904 system', () => {
    const cells = [
      ...record(0x007d, half(2), half(2), half(0), half(0), half(1), half(0)),
      ...record(0x0208, half(2), half(0), half(3), half(255), half(0), half(0), half(0x20), half(0)),
      ...real(2, 1, 2),
      ...real(2, 0, 43860, 1),
      ...HEAD,
      ...real(1, 1, 7),
      ...real(1, 1, 1),
      ...real(1, 0, 43860, 1),
      ...label(1, 2, 'one'),
      ...record(0x00e5, half(1), half(1), half(2), half(0), half(0)),
    ];
    const { days, amounts, warnings } = read(xlsOf(streamOf(cells, record(0x0022, half(1)), 1)));
    expect(days).toEqual(['2024-01-31', '2024-01-31']);
    expect(amounts).toEqual(['1.00', '2.00']);
    expect(warnings).toEqual([
      '- sheet.hidden',
      '2 sheet.merged',
      '2 sheet.repeated-cell',
      '3 sheet.hidden-rows',
      '- sheet.hidden-columns',
    ]);
  });

  it('in a code page, in a bare stream of Excel 5', () => {
    const old = (type: number, ...data: (number | number[])[]): number[] => record(type, ...data);
    const labels = (row: number, texts: number[][]): number[] =>
      texts.flatMap((text, column) => old(0x0204, at(row, column), half(text.length), text));
    const bytes = Uint8Array.from([
      ...old(0x0809, half(0x0500), half(0x10), half(0), half(0)),
      ...old(0x0042, half(1251)),
      ...labels(0, [ascii('Date'), ascii('Amount'), ascii('Description')]),
      ...labels(1, [ascii('2024-01-31')]),
      ...real(1, 1, 5),
      ...old(0x0204, at(1, 2), half(3), [0xcc, 0xe8, 0xf0]),
      ...EOF,
    ]);
    const { lines, statements } = read(bytes);
    expect(lines[1]).toBe('2024-01-31,5,Мир');
    expect(statements).toMatchObject([{ statementId: null }]);
  });
});

describe('what is refused', () => {
  const stream = streamOf([...HEAD, ...real(1, 0, 45322, 1), ...real(1, 1, 1)]);

  it.each([
    ['an encrypted newer workbook', xlsOf(Uint8Array.of(1, 2, 3), '/EncryptedPackage'), 'workbook.encrypted'],
    ['an encrypted old workbook', xlsOf(streamOf([], record(0x002f, half(1), half(1)))), 'workbook.encrypted'],
    ['a Word document', xlsOf(Uint8Array.of(1, 2, 3), '/WordDocument'), 'format.unsupported'],
    ['a document with a workbook inside', xlsOf(stream, '/ObjectPool/_1/Workbook'), 'format.unsupported'],
    ['a stream that ends early', xlsOf(stream.subarray(0, stream.length - 6)), 'xls.truncated'],
    ['a sheet beyond the end', xlsOf(stream.subarray(0, 100)), 'xls.truncated'],
    ['no workbook in its stream', xlsOf(new Uint8Array(5000)), 'xls.malformed'],
    ['a text that is not there', xlsOf(streamOf([...HEAD, ...record(0x00fd, at(1, 0), word(9))])), 'xls.malformed'],
    [
      'more texts than there is room for',
      xlsOf(streamOf(HEAD, record(0x00fc, word(9), word(0x7fffffff)))),
      'xls.malformed',
    ],
    ['a record that is too short', xlsOf(streamOf(record(0x0203, at(0, 0)))), 'xls.malformed'],
    ['a sheet without cells', xlsOf(streamOf([])), 'file.empty'],
  ])('%s', (_, bytes, code) => {
    expect(refusal(bytes).code).toBe(code);
  });

  it('a container that was cut off', () => {
    const bytes = bookOf('xls');
    const needed = bytes.length - 2048;
    for (let length = 8; length < needed; length += 311)
      expect(refusal(bytes.subarray(0, length)).code).toMatch(/^ole\.|^xls\./);
  });

  it('a container whose chains run in a circle', () => {
    const bytes = xlsOf(streamOf([...HEAD, ...Array.from({ length: 300 }, (_, i) => real(i + 1, 1, i)).flat()]));
    const view = new DataView(bytes.buffer);
    const table = (view.getUint32(76, true) + 1) * 512;
    for (let sector = 0; sector < 128; sector++)
      if (view.getUint32(table + 4 * sector, true) < 0xfffffffa) view.setUint32(table + 4 * sector, sector, true);
    expect(refusal(bytes).code).toBe('ole.malformed');
  });

  it('any changed workbook, or reads it, and never hangs or crashes', () => {
    const original = bookOf('xls');
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, seeded: the same bytes each run
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let i = 0; i < 400; i++) {
      const bytes = original.slice();
      for (let k = 0; k < 1 + (i % 6); k++) bytes[random(bytes.length)] = random(256);
      try {
        expect(read(bytes).builder.count).toBeLessThanOrEqual(3);
      } catch (error) {
        expect((error as Error).name).toBe('FileRefused');
      }
    }
  });
});

describe('HTML pages', () => {
  const page = (body: string): Uint8Array => textBytes(`<html><body>${body}</body></html>`);
  const ROW = '<tr><td>31.01.2024</td><td>one</td><td>-1.234,56</td></tr>';
  const TOP = '<tr><th>Buchungstag</th><th>Verwendungszweck</th><th>Betrag</th></tr>';

  it('are read table below table, with the text between them', () => {
    const { lines, rows, days, amounts, statements, parser } = read(
      page(
        `<h1>Konto&nbsp;DE44200400000538917600</h1><p>Umsätze<br>2024<table>${TOP}${ROW}<tr><td>01.02.2024<td>two &amp; &eacute;&#8364;&#x80;<br>lines<td>7,00</table><script>var a = "<table>";</script><table><tr><td>Ende</table>`,
      ),
    );
    expect(lines).toEqual([
      'Konto DE44200400000538917600',
      'Umsätze',
      '2024',
      'Buchungstag,Verwendungszweck,Betrag',
      '31.01.2024,one,"-1.234,56"',
      '01.02.2024,two & é€€ lines,"7,00"',
      'Ende',
    ]);
    expect(rows).toEqual([5, 6]);
    expect(days).toEqual(['2024-01-31', '2024-02-01']);
    expect(amounts).toEqual(['-1234.56', '7.00']);
    expect(statements).toMatchObject([{ accountId: 'DE44200400000538917600', statementId: null }]);
    expect(parser.dialect()).toMatchObject({ container: 'html', textEncoding: 'utf-8', decimalSign: ',' });
  });

  it('keep columns in place beside cells that span them, and rows of tables in tables', () => {
    const { lines } = read(
      page(
        `<table><tr><td><table><tr><td>inner</td></tr></table>outer</td></tr></table><table>${TOP}<tr><td rowspan=2>31.01.2024</td><td colspan="2">wide</td></tr><tr><td>b</td><td>2,50</td></tr>${ROW}</table>`,
      ),
    );
    expect(lines).toEqual([
      'inner',
      'outer',
      'Buchungstag,Verwendungszweck,Betrag',
      '31.01.2024,wide,',
      ',b,"2,50"',
      '31.01.2024,one,"-1.234,56"',
    ]);
  });

  it('are read in the encoding that they state or show', () => {
    const table = (text: number[]): Uint8Array =>
      Uint8Array.from([
        ...ascii(
          `<meta charset="windows-1250"><table><tr><td>Datum</td><td>Betrag</td><td>Text</td></tr><tr><td>31.01.2024</td><td>1,00</td><td>`,
        ),
        ...text,
        ...ascii('</td></tr></table>'),
      ]);
    expect(read(table([0xe8])).lines[1]).toBe('31.01.2024,"1,00",č');
    const utf16 = Buffer.from(`\ufeff<table>${TOP}${ROW}</table>`, 'utf16le');
    expect(read(new Uint8Array(utf16)).amounts).toEqual(['-1234.56']);
  });

  it('that end inside a table are refused, sloppy ones told', () => {
    const whole = `<table>${TOP}${ROW}${ROW.replace('-1.234,56', '99,50')}</table>`;
    const complete = textBytes(whole);
    const beforeEnd = whole.length - '</table>'.length;
    for (let length = whole.indexOf('99,50'); length < beforeEnd; length++)
      expect(refusal(complete.subarray(0, length)).code).toBe('html.truncated');
    expect(read(complete.subarray(0, beforeEnd)).warnings).toEqual(['- html.unclosed']);
    expect(read(textBytes(`<html>${whole}`)).warnings).toEqual(['- html.unclosed']);
    expect(read(complete).warnings).toEqual([]);
    expect(refusal(page(whole).subarray(0, beforeEnd + 10)).code).toBe('html.truncated');
  });

  it('take time in proportion to their length, whatever they hold', () => {
    for (const hostile of ['<a "', '<a b="', '<!--', '<td', '<script>', '&amp', '<table><tr><td>', '<b a=\'"']) {
      const bytes = textBytes(`<table>${TOP}${ROW}</table>${hostile.repeat(200_000)}`);
      const before = performance.now();
      try {
        read(bytes);
      } catch (error) {
        expect((error as Error).name).toBe('FileRefused');
      }
      expect(performance.now() - before).toBeLessThan(5000);
    }
  });
});

describe('SpreadsheetML 2003', () => {
  const workbook = (sheets: string, styles = ''): Uint8Array =>
    textBytes(
      `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>${styles}</Styles>${sheets}</Workbook>`,
    );
  const cell = (type: string, value: string, attributes = ''): string =>
    `<Cell ${attributes}><Data ss:Type="${type}">${value}</Data></Cell>`;

  it('is read with its indexes, types, formats, merged and hidden parts', () => {
    const { lines, rows, days, warnings, parser } = read(
      workbook(
        `<Worksheet ss:Name="S"><Table><Column/><Column ss:Index="3" ss:Hidden="1"/><Row ss:Index="2">${cell('String', 'Date')}${cell('String', 'Amount', 'ss:MergeAcross="1"')}${cell('String', 'Text')}</Row><Row ss:Hidden="1">${cell('DateTime', '2024-01-31T00:00:00.000')}${cell('Number', '1.1000000000000001', 'ss:Formula="=1.1"')}${cell('String', 'a<Comment><Data>no</Data></Comment>', 'ss:Index="4"')}</Row><Row ss:Index="6">${cell('Number', '45323', 'ss:StyleID="d"')}${cell('Number', '-2')}<Cell ss:Index="4"><Data ss:Type="Boolean">1</Data><Comment><ss:Data>no</ss:Data></Comment></Cell></Row></Table></Worksheet>`,
        '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="f"><NumberFormat ss:Format="Fixed"/></Style>',
      ),
    );
    expect(lines).toEqual(['', 'Date,Amount,,Text', '2024-01-31,1.1,,a', '', '', '2024-02-01,-2,,TRUE']);
    expect(rows).toEqual([3, 6]);
    expect(days).toEqual(['2024-01-31', '2024-02-01']);
    expect(warnings).toEqual(['3 sheet.hidden-rows', '- sheet.hidden-columns']);
    expect(parser.dialect()).toMatchObject({ formulas: 1 });
  });

  it('that is cut off is refused', () => {
    const bytes = workbook('<Worksheet ss:Name="S"><Table/></Worksheet>');
    expect(refusal(bytes.subarray(0, bytes.length - 5)).code).toBe('xml.truncated');
  });
});
