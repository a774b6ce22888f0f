import type { CodecFor } from '../../../kernel/text.ts';
import { MAX_COLUMNS } from './spreadsheet-limits.ts';
import type { SheetText } from './spreadsheet-sheet-text.ts';
import { FileRefused } from './statement-sink.ts';
import { unicodeSignature } from './unicode-signature.ts';
import { invalidUtf8At } from './utf8-text.ts';
import { decodeEntities } from './xls-html-entities.ts';
import { type HtmlHandler, htmlAttribute, scanHtml } from './xls-html-scanner.ts';

/** Deepest nesting of tables. */
const MAX_DEPTH = 64;
/** Elements that end a line of the text they stand in. */
const BLOCKS: ReadonlySet<string> = new Set([
  'br',
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'caption',
  'center',
  'hr',
  'form',
]);

/** A row under way. */
interface OpenRow {
  readonly cells: { readonly column: number; readonly text: string }[];
  column: number;
}

/** Tables around the one being read, with what was under way in each. */
interface OpenTable {
  row: OpenRow | null;
  cell: { readonly column: number; text: string } | null;
  /** Rows for which each column is still taken by a cell that spans them. */
  readonly spans: number[];
}

/**
 * Writes the tables of an HTML page as the rows of one sheet, one table below the other, as spreadsheet programs open
 * such a page; text between tables stands in rows of its own. Cells that span columns or rows keep those after them in
 * place. All values are text.
 */
class HtmlTables implements HtmlHandler {
  private readonly sheet: SheetText;
  private readonly tables: OpenTable[] = [];
  private between = '';
  private readonly seen = { pages: 0, pageEnds: 0, rowEnds: 0, cellEnds: 0 };

  constructor(sheet: SheetText) {
    this.sheet = sheet;
  }

  open(name: string, attributes: string): void {
    const table = this.tables.at(-1);
    switch (name) {
      case 'html':
        this.seen.pages++;
        break;
      case 'table':
        this.endLine();
        if (this.tables.length === MAX_DEPTH)
          throw new FileRefused('html.too-deep', `The HTML page nests tables deeper than ${MAX_DEPTH}.`);
        this.tables.push({ row: null, cell: null, spans: [] });
        break;
      case 'tr':
        this.endLine();
        if (table !== undefined) {
          this.endRow(table);
          table.row = { cells: [], column: 0 };
        }
        break;
      case 'td':
      case 'th':
        this.endLine();
        if (table !== undefined) this.beginCell(table, attributes);
        break;
      default:
        if (BLOCKS.has(name)) this.endLine();
    }
  }

  close(name: string): void {
    const table = this.tables.at(-1);
    if (name === 'html') this.seen.pageEnds++;
    else if (name === 'tr') this.seen.rowEnds++;
    else if (name === 'td' || name === 'th') this.seen.cellEnds++;
    if (name === 'table' && table !== undefined) {
      this.endRow(table);
      this.tables.pop();
    } else if (name === 'tr' && table !== undefined) this.endRow(table);
    else if ((name === 'td' || name === 'th') && table !== undefined) endCell(table);
    else if (BLOCKS.has(name)) this.endLine();
  }

  text(text: string): void {
    const cell = this.tables.at(-1)?.cell;
    const decoded = decodeEntities(text.replace(/[ \t\r\n\f]+/g, ' '));
    if (cell) cell.text += decoded;
    else this.between += decoded;
  }

  /**
   * Ends the page. Many pages are sloppy about end tags: what was left open ends here, and the answer says whether
   * anything was. Throws FileRefused `html.truncated` where other cells, rows or the page itself show that more was to come.
   */
  end(): boolean {
    const { seen, tables } = this;
    const pageIsOpen = seen.pages > seen.pageEnds;
    const table = tables.at(-1);
    if (table !== undefined) {
      const cellIsCut = table.cell !== null && seen.cellEnds > 0;
      const rowIsCut = table.row !== null && seen.rowEnds > 0;
      if (cellIsCut || rowIsCut || pageIsOpen)
        throw new FileRefused(
          'html.truncated',
          `the HTML page ends inside a table, behind row ${this.sheet.row}: it is incomplete. Ask for a complete copy.`,
        );
    }
    for (const open of tables.reverse()) this.endRow(open);
    this.endLine();
    return pageIsOpen || table !== undefined;
  }

  /** A line ends: inside a cell it is a space, elsewhere what was written becomes a row. */
  private endLine(): void {
    const cell = this.tables.at(-1)?.cell;
    if (cell) {
      cell.text += ' ';
      return;
    }
    const text = clean(this.between);
    this.between = '';
    if (text === '') return;
    this.sheet.beginRow(this.sheet.row + 1);
    this.sheet.string(0, text);
    this.sheet.endRow();
  }

  private beginCell(table: OpenTable, attributes: string): void {
    endCell(table);
    table.row ??= { cells: [], column: 0 };
    const { row, spans } = table;
    while ((spans[row.column] ?? 0) > 0) row.column++;
    const columns = spanOf(attributes, 'colspan', 1000);
    const rows = spanOf(attributes, 'rowspan', 65_534);
    if (row.column + columns > MAX_COLUMNS)
      throw new FileRefused('workbook.malformed', `a row of the page has more than ${MAX_COLUMNS} columns.`);
    table.cell = { column: row.column, text: '' };
    if (rows > 1) for (let i = 0; i < columns; i++) spans[row.column + i] = rows;
    row.column += columns;
  }

  private endRow(table: OpenTable): void {
    endCell(table);
    const { row, spans } = table;
    if (row === null) return;
    table.row = null;
    this.sheet.beginRow(this.sheet.row + 1);
    for (const { column, text } of row.cells) this.sheet.string(column, text);
    this.sheet.endRow();
    for (let i = 0; i < spans.length; i++) if ((spans[i] ?? 0) > 0) spans[i]!--;
  }
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

const endCell = (table: OpenTable): void => {
  const { cell, row } = table;
  table.cell = null;
  if (cell === null || row === null) return;
  const text = clean(cell.text);
  if (text !== '') row.cells.push({ column: cell.column, text });
};

const spanOf = (attributes: string, name: string, most: number): number => {
  const span = Number.parseInt(htmlAttribute(attributes, name) ?? '1', 10);
  return span >= 1 ? Math.min(span, most) : 1;
};

/** The text of an HTML page and its encoding: a byte order mark, else what the page states, else UTF-8 or windows-1252. */
export const htmlText = (bytes: Uint8Array, codecFor: CodecFor): { text: string; encoding: string } => {
  const signature = unicodeSignature(bytes);
  let encoding: string = signature?.encoding ?? '';
  if (encoding === '') {
    let head = '';
    for (const byte of bytes.subarray(0, 4096)) head += String.fromCharCode(byte);
    const stated = /<meta[^>]+charset\s*=\s*["']?([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head);
    encoding = (stated?.[1] ?? stated?.[2] ?? '').toLowerCase();
    const isUtf8 = invalidUtf8At(bytes, 0, bytes.length) < 0;
    // A page that states UTF-16 and yet was read as bytes is not; what is valid UTF-8 beyond ASCII is nothing else.
    if (encoding === '' || encoding.startsWith('utf') || codecFor(encoding) === null)
      encoding = isUtf8 ? 'utf-8' : 'windows-1252';
  }
  const codec = codecFor(encoding);
  if (codec === null)
    throw new FileRefused('dialect.unknown', `The HTML page is in ${encoding}, which is not read. Save it as UTF-8.`);
  return { text: codec.slice(bytes, signature?.markLength ?? 0, bytes.length), encoding: codec.encoding };
};

/** Reads a page into a sheet; answers whether it left a table or itself without an end. */
export const readHtml = (html: string, sheet: SheetText): boolean => {
  const tables = new HtmlTables(sheet);
  scanHtml(html, tables);
  return tables.end();
};
