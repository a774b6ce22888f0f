import { type BookType, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { binaryWorkbook, textWorkbook } from './spreadsheet-signature.ts';
import { zipOf } from './testing/spreadsheet-files.ts';

const formatOf = (bytes: Uint8Array) => binaryWorkbook(bytes.subarray(0, 65_536))?.format ?? null;
const bookOf = (
  bookType: 'xlsx' | 'xlsm' | 'xlsb' | 'ods' | 'xls' | 'biff5' | 'biff4' | 'biff3' | 'biff2',
): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['a']]), 'S');
  return new Uint8Array(write(book, { type: 'array', bookType: bookType as BookType }) as ArrayBuffer);
};

describe('binaryWorkbook', () => {
  it.each([
    ['xlsx', 'xlsx'],
    ['xlsm', 'xlsx'],
    ['xlsb', 'xlsx'],
    ['ods', 'ods'],
    ['xls', 'xls'],
    ['biff5', 'xls'],
    ['biff4', 'xls'],
    ['biff3', 'xls'],
    ['biff2', 'xls'],
  ] as const)('knows what SheetJS writes as %s', (bookType, format) => {
    expect(formatOf(bookOf(bookType))).toBe(format);
  });

  it('knows workbooks whose files come in any order, and whose sizes follow', () => {
    expect(formatOf(zipOf({ '_rels/.rels': 'x', 'docProps/app.xml': 'x', 'xl/workbook.xml': 'x' }, 0))).toBe('xlsx');
    expect(formatOf(zipOf({ '[Content_Types].xml': 'x', '_rels/.rels': 'y' }))).toBe('xlsx');
    expect(formatOf(zipOf({ 'META-INF/manifest.xml': 'x', 'content.xml': 'y' }))).toBe('ods');
    const streamed = zipOf({ '[Content_Types].xml': 'some text', 'xl/workbook.xml': 'x' }, 0);
    const view = new DataView(streamed.buffer);
    view.setUint16(6, 8, true);
    view.setUint32(18, 0, true);
    expect(formatOf(streamed)).toBe('xlsx');
  });

  it.each([
    ['files', { 'statement.csv': 'a,b' }],
    ['workbooks', { 'march.xlsx': bookOf('xlsx'), 'april.xlsx': bookOf('xlsx') }],
    ['folders named like parts', { 'export/xl/workbook.xml': 'x' }],
    ['a Word document', { '[Content_Types].xml': 'x', 'word/document.xml': 'x' }],
    ['an OpenDocument text', { mimetype: 'application/vnd.oasis.opendocument.text' }],
    ['an e-book', { mimetype: 'application/epub+zip', 'content.opf': 'x' }],
    ['nothing', {}],
  ])('leaves an archive of %s alone', (_, files) => {
    expect(formatOf(zipOf(files as Record<string, string>, 0))).toBeNull();
  });

  it('leaves tables alone that begin with a tab', () => {
    for (const text of ['\t\ta\tb\n', '\tx\n', '\t\u0002\u0006a'])
      expect(formatOf(new TextEncoder().encode(text))).toBeNull();
  });
});

describe('textWorkbook', () => {
  it.each([
    ['<html><head></head><body><table><tr><td>a</td></tr></table>', 'xls'],
    ['<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><HTML><TABLE border=1>', 'xls'],
    ['\n<!-- bank --><table>\n<tr>', 'xls'],
    ['<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><table class="a">', 'xls'],
    ['<meta charset="utf-8"><table>', 'xls'],
    [
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'xls',
    ],
    ['<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', 'xls'],
    ['<office:document xmlns:office="x" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">', 'ods'],
  ])('knows %s', (text, format) => {
    expect(textWorkbook(text)?.format).toBe(format);
  });

  it.each([
    '<html><body>Please log in</body></html>',
    '<Workbook xmlns="urn:other">',
    '<office:document office:mimetype="application/vnd.oasis.opendocument.text">',
    '<OFX><TABLE>',
    '<5,abc\n<6,def\n',
    'date,amount\n2024-01-01,<table>\n',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">',
  ])('leaves %s alone', text => {
    expect(textWorkbook(text)).toBeNull();
  });
});
