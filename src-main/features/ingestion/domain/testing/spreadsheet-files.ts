import { strToU8, type Zippable, zipSync } from 'fflate';
import { isoDate } from '../../../../kernel/civil-date.ts';
import { formatUnits } from '../../../../kernel/decimal.ts';
import type { CodecFor } from '../../../../kernel/text.ts';
import type { CreateParser } from '../parser-context.ts';
import { FileRefused } from '../statement-sink.ts';
import { TransactionColumnBuilder } from '../transaction-column-builder.ts';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SHEET_MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

/** A ZIP archive of texts and bytes. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]),
    ) as Zippable,
    { level },
  );

export interface XlsxSheetSource {
  readonly name: string;
  /** The rows, or with `whole` the whole part. */
  readonly rows: string;
  readonly before?: string;
  readonly after?: string;
  readonly state?: string;
  readonly whole?: boolean;
}

export interface XlsxSource {
  readonly sheets: readonly XlsxSheetSource[];
  /** Items of the shared string table. */
  readonly strings?: string;
  readonly styles?: string;
  readonly workbookPr?: string;
  readonly workbookExtra?: string;
  readonly contentType?: string;
  readonly more?: Readonly<Record<string, string | Uint8Array>>;
}

/** A style sheet with one cell style a number format id, and custom formats from id 164 on. */
export const stylesOf = (ids: readonly number[], custom: readonly string[] = []): string =>
  `<styleSheet xmlns="${MAIN}"><numFmts count="${custom.length}">${custom
    .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
    .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${ids
    .map(id => `<xf numFmtId="${id}"/>`)
    .join('')}</cellXfs><dxfs><dxf><numFmt numFmtId="2" formatCode="yyyy-mm-dd"/></dxf></dxfs></styleSheet>`;

/** A workbook as Excel lays one out. */
export const xlsxOf = (source: XlsxSource): Uint8Array => {
  const { sheets } = source;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="${source.contentType ?? SHEET_MAIN}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${source.workbookPr ?? ''}<sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets>${source.workbookExtra ?? ''}</workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${sheets
      .map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation('rIdS', 'sharedStrings', '/xl/sharedStrings.xml')}${relation('rIdT', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${source.strings ?? ''}</sst>`,
    'xl/styles.xml': source.styles ?? stylesOf([0]),
    ...Object.fromEntries(
      sheets.map(({ rows, before = '', after = '', whole }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        whole === true
          ? rows
          : `<worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
    ...source.more,
  });
};

/** Rows of inline texts and numbers; null is no cell. */
export const rowsOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows
    .map(
      cells =>
        `<row>${cells
          .map((cell, i) => {
            const reference = String.fromCharCode(65 + i);
            if (cell === null) return '';
            if (typeof cell === 'number') return `<c r="${reference}1"><v>${cell}</v></c>`;
            return `<c r="${reference}1" t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
          })
          .join('')}</row>`,
    )
    .join('');

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

type Overrides = Readonly<Record<string, string>>;

/** Reads bytes with a parser, in chunks, and shows everything it found. */
const readFile = (
  create: CreateParser,
  codecFor: CodecFor,
  bytes: Uint8Array,
  overrides: Overrides,
  chunkBytes: number,
) => {
  const builder = new TransactionColumnBuilder();
  const pieces: Uint8Array[] = [];
  const parser = create({ sink: builder, codecFor, overrides, transcript: piece => void pieces.push(piece) });
  for (let at = 0; at < bytes.length; at += chunkBytes) parser.write(bytes.subarray(at, at + chunkBytes));
  const ending = parser.end();
  if (ending !== undefined) throw new Error('this parser ends later: await its end');
  builder.finish();
  const columns = builder.columns();
  const whole = joined(pieces);
  const text = (start: number, end: number): string => codecFor('utf-8')!.slice(whole, start, end);
  const transcript = text(0, whole.length);
  return {
    builder,
    parser,
    columns,
    pieces,
    transcript,
    lines: transcript.split('\n').slice(0, -1),
    /** The text at the place of each transaction. */
    records: [...columns.byteOffset].map((at, i) => text(at, at + columns.byteLength[i]!)),
    rows: [...columns.rowNumber],
    days: [...columns.bookingDay].map(isoDate),
    amounts: [...columns.amountUnits].map(units => formatUnits(units, builder.scale)),
    rejected: builder.rejected.map(({ place, reason }) => `${place.row}: ${reason}`),
    warnings: builder.warnings.map(({ row, code }) => `${row ?? '-'} ${code}`),
    statements: builder.statements().map(({ header, count, credits, debits }) => ({
      ...header,
      count,
      sum: formatUnits(credits - debits, builder.scale),
    })),
  };
};

/** Readers of files for the tests of one parser; `codecFor` is that of the test's host. */
export const fileReaders = (create: CreateParser, codecFor: CodecFor) => {
  const read = (bytes: Uint8Array, overrides: Overrides = {}, chunkBytes = 1 << 20) =>
    readFile(create, codecFor, bytes, overrides, chunkBytes);
  /** The refusal of bytes that must not be read. */
  const refusal = (bytes: Uint8Array, overrides: Overrides = {}): FileRefused => {
    try {
      read(bytes, overrides);
    } catch (error) {
      if (error instanceof FileRefused) return error;
      throw error;
    }
    throw new Error('was not refused');
  };
  return { read, refusal };
};
