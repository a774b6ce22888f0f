import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { createOdsParser } from './ods-parser.ts';
import { fileReaders, zipOf } from './testing/spreadsheet-files.ts';

const NAMES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"';
const content = (tables: string, styles = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMES} office:version="1.3"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;
const odsOf = (tables: string, styles = '', more: Record<string, string> = {}): Uint8Array =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': content(tables, styles),
    'meta.xml': `<office:document-meta ${NAMES} xmlns:meta="m"><office:meta><meta:generator>LibreOffice/24.8</meta:generator></office:meta></office:document-meta>`,
    ...more,
  });
const table = (name: string, rows: string, attributes = ''): string =>
  `<table:table table:name="${name}" ${attributes}>${rows}</table:table>`;
const row = (cells: string, attributes = ''): string => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const text = (value: string, attributes = ''): string =>
  `<table:table-cell office:value-type="string" ${attributes}><text:p>${value}</text:p></table:table-cell>`;
const number = (value: string, attributes = ''): string =>
  `<table:table-cell office:value-type="float" office:value="${value}" ${attributes}><text:p>shown</text:p></table:table-cell>`;
const date = (value: string): string =>
  `<table:table-cell office:value-type="date" office:date-value="${value}"><text:p>shown</text:p></table:table-cell>`;
const HEAD = row(text('Date') + text('Amount') + text('Description'));
const DATA = row(date('2024-01-31') + number('-10.5') + text('one'));
const files = fileReaders(createOdsParser, codecFor);
const read = (tables: string, styles = '', overrides: Record<string, string> = {}) =>
  files.read(odsOf(tables, styles), overrides);
const refusal = (tables: string) => files.refusal(odsOf(tables));

describe('OpenDocument spreadsheets', () => {
  it('give the stored value of every type, not what is shown', () => {
    // ODF 1.3 part 3, 19.385 (office:value-type) and 19.384, 19.380, 19.383, 19.389, 19.387.
    const { lines, parser } = read(
      table(
        'S',
        HEAD +
          row(
            `${date('2024-01-31T09:15:00')}<table:table-cell office:value-type="currency" office:currency="EUR" office:value="1234.5600000000001"><text:p>1.234,56 €</text:p></table:table-cell>${text('a <text:span>b</text:span><text:s text:c="2"/>c<text:tab/>d<text:line-break/>e')}`,
          ) +
          row(
            `${date('2024-02-01')}<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25 %</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT09H15M00S"><text:p>9:15</text:p></table:table-cell>`,
          ) +
          row(
            `${date('2024-02-02')}${number('1E3')}<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>two</text:p><text:p>paragraphs</text:p></table:table-cell>`,
          ),
      ),
    );
    expect(lines.join('\n')).toBe(
      [
        'Date,Amount,Description,',
        '2024-01-31 09:15:00,1234.56,"a b  c\td\ne",',
        '2024-02-01,0.25,TRUE,09:15:00',
        '2024-02-02,1000,"two\nparagraphs",',
      ].join('\n'),
    );
    expect(parser.dialect()).toMatchObject({ container: 'ods', version: '1.3', producer: 'LibreOffice/24.8' });
  });

  it('repeat cells and rows where they hold something, and count those that do not', () => {
    const { lines, rows, amounts } = read(
      table(
        'S',
        `<table:table-column table:number-columns-repeated="16384"/>${row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="2"')}${HEAD}${row(`${date('2024-01-31')}${number('7', 'table:number-columns-repeated="1"')}${text('x')}`, 'table:number-rows-repeated="3"')}${row('<table:table-cell/>', 'table:number-rows-repeated="10"')}${row(`<table:table-cell/><table:covered-table-cell table:number-columns-repeated="2"/>${number('5')}`)}${row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048559"')}`,
      ),
    );
    expect(lines.slice(0, 6)).toEqual(['', '', 'Date,Amount,Description,', ...Array(3).fill('2024-01-31,7,x,')]);
    expect(lines.slice(6)).toEqual([...Array(10).fill(''), ',,,5']);
    expect(rows).toEqual([4, 5, 6]);
    expect(amounts).toEqual(['7.00', '7.00', '7.00']);
  });

  it('read hidden sheets, rows and columns and tell of them; copies of other files are left out', () => {
    const { warnings, statements } = read(
      `<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell office:value="9"/></table:previous></table:cell-content-change></table:tracked-changes>${table('Shown', `<table:table-column/><table:table-column table:visibility="collapse"/>${HEAD}${DATA}${row(date('2024-02-01') + number('2') + text('x', 'table:number-rows-spanned="2"'), 'table:visibility="filter"')}`)}${table('Secret', HEAD + DATA, 'table:style-name="ta2"')}${table("'file:///c:/x.ods'#Other", `<table:table-source/>${HEAD}${DATA}`)}<table:dde-links><table:dde-link>${table('Link', HEAD + DATA)}</table:dde-link></table:dde-links>`,
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>',
    );
    expect(statements.map(({ statementId, sum }) => [statementId, sum])).toEqual([
      ['Shown', '-8.50'],
      ['Secret', '-10.50'],
    ]);
    expect(warnings).toEqual([
      '- sheet.several',
      '- workbook.tracked-changes',
      '3 sheet.merged',
      '3 sheet.hidden-rows',
      '- sheet.hidden-columns',
      '- sheet.hidden',
    ]);
  });

  it('take numbers that are only shown as dates for dates', () => {
    const styles =
      '<number:date-style style:name="N37"/><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N37"/>';
    const { days, rejected } = read(
      table(
        'S',
        HEAD + row(number('45322', 'table:style-name="ce1"') + number('1')) + row(number('45322') + number('2')),
      ),
      styles,
    );
    expect(days).toEqual(['2024-01-31']);
    expect(rejected).toHaveLength(1);
  });

  it('of formulas give the stored results', () => {
    const { parser, amounts, warnings } = read(
      table(
        'S',
        `${HEAD}${row(date('2024-01-31') + number('3', 'table:formula="of:=1+2"') + text('x'))}${row(`${date('2024-01-31')}<table:table-cell table:formula="of:=1"/>${text('y')}`)}`,
      ),
    );
    expect(amounts).toEqual(['3.00']);
    expect(warnings).toEqual(['3 sheet.formula-without-value']);
    expect(parser.dialect()).toMatchObject({ formulas: 2 });
  });

  it('are read from one flat file as well', () => {
    const flat = content(table('S', HEAD + DATA)).replaceAll('document-content', 'document');
    const { amounts, parser } = files.read(new TextEncoder().encode(flat));
    expect(amounts).toEqual(['-10.50']);
    expect(parser.dialect()).toMatchObject({ container: 'fods' });
  });
});

describe('what is refused', () => {
  it.each([
    [
      'rows repeated beyond the sheet',
      table('S', row('', 'table:number-rows-repeated="1048576"') + row(text('x'))),
      'workbook.malformed',
    ],
    [
      'columns repeated beyond the sheet',
      table('S', row(text('x', 'table:number-columns-repeated="16385"'))),
      'workbook.malformed',
    ],
    [
      'rows repeated until they burst',
      table(
        'S',
        row(text('x'.repeat(1000), 'table:number-columns-repeated="500"'), 'table:number-rows-repeated="1000000"'),
      ),
      'workbook.too-large',
    ],
    [
      'a repetition that is no number',
      table('S', row(text('x', 'table:number-columns-repeated="-1"'))),
      'workbook.malformed',
    ],
    ['no table at all', '', 'file.empty'],
  ])('%s', (_, tables, code) => {
    expect(refusal(tables).code).toBe(code);
  });

  it('an encrypted spreadsheet, by its manifest', () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    const bytes = zipOf({ 'META-INF/manifest.xml': manifest, 'content.xml': 'ciphertext' });
    expect(files.refusal(bytes).code).toBe('workbook.encrypted');
    expect(files.refusal(zipOf({ 'encrypted-package': 'x' })).code).toBe('workbook.encrypted');
  });

  it('an OpenDocument text, and a package without content', () => {
    const bytes = zipOf({ 'content.xml': content('').replaceAll('office:spreadsheet', 'office:text') });
    expect(files.refusal(bytes).code).toBe('format.unsupported');
    expect(files.refusal(zipOf({ 'styles.xml': '<a/>' })).code).toBe('workbook.incomplete');
  });

  it('a document with a DOCTYPE', () => {
    const bytes = zipOf({
      'content.xml': `<!DOCTYPE a SYSTEM "file:///etc/passwd">${content('')}`.replace(/<\?xml.*?\?>/, ''),
    });
    expect(files.refusal(bytes).code).toBe('xml.doctype');
  });
});
