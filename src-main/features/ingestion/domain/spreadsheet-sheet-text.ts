import type { TextCodec } from '../../../kernel/text.ts';
import type { ByteSource } from './byte-source.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { HeadCell } from './spreadsheet-decimal.ts';
import { MAX_COLUMNS, MAX_ROW_BYTES, MAX_ROWS } from './spreadsheet-limits.ts';
import { FileRefused } from './statement-sink.ts';
import { Utf8Text } from './utf8-text.ts';

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
/** Text at the head of a sheet that decides its width and decimal sign. */
const HEAD_BYTES = 1 << 18;
/** Text handed on in one piece, at a row's end. */
const PIECE_BYTES = 1 << 16;
/** A row of fewer filled cells is a heading or a note: it is not padded, and so not taken for a row of the table. */
const TABLE_CELLS = 3;

interface HeadRow {
  readonly row: number;
  readonly cells: HeadCell[];
}

/** Whether text must stand in quotes to be one field of CSV (RFC 4180). */
export const needsQuotes = (text: string): boolean => /[",\r\n]/.test(text);

/**
 * Writes the cells of one sheet as CSV (UTF-8, comma, LF): one record a row, blank rows kept, so that the number of a
 * record is the number of the row; rows of a table padded to the width of the sheet's head. Rows and columns come in
 * ascending order; empty cells are left out. `onText` gets the text piece by piece, each a copy.
 */
export class SheetText {
  /** Rows and columns that hold something: the highest numbers seen. */
  lastRow = 0;
  columns = 0;
  /** Filled cells. */
  cells = 0;
  /** Number of the last row begun. */
  row = 0;
  private readonly codec: TextCodec;
  private readonly settle: (rows: readonly (readonly HeadCell[])[]) => DecimalSign;
  private readonly onText: (bytes: Uint8Array) => void;
  private head: HeadRow[] | null = [];
  private headCells: HeadCell[] = [];
  private headBytes = 0;
  private readonly text = new Utf8Text(2 * PIECE_BYTES);
  private decimalSign: DecimalSign = '.';
  private width = 0;
  /** The row whose record is written next. */
  private nextRow = 1;
  private rowStart = 0;
  private column = -1;
  private filled = 0;

  /** `settle` is told the sheet's head and says with which decimal sign numbers are written. */
  constructor(
    codec: TextCodec,
    settle: (rows: readonly (readonly HeadCell[])[]) => DecimalSign,
    onText: (bytes: Uint8Array) => void,
  ) {
    this.codec = codec;
    this.settle = settle;
    this.onText = onText;
  }

  /** Begins a row (1-based). */
  beginRow(row: number): void {
    if (!(row > this.row && row <= MAX_ROWS))
      throw new FileRefused(
        'workbook.malformed',
        row > MAX_ROWS || !Number.isInteger(row)
          ? `a row has the number ${row}; sheets have ${MAX_ROWS} rows.`
          : `row ${row} comes after row ${this.row}: the sheet is damaged or was tampered with.`,
      );
    this.row = row;
    this.column = -1;
    this.filled = 0;
  }

  /** A cell (column 0-based) that holds a number, as plain decimal text. */
  number(column: number, text: string): void {
    if (this.head !== null) this.keep(column, text, true);
    else {
      this.place(column);
      this.writeNumber(text);
    }
  }

  /** A cell that holds text; a date is text in ISO form. */
  string(column: number, text: string): void {
    if (text === '') return;
    if (this.head !== null) this.keep(column, text, false);
    else {
      this.place(column);
      this.writeString(text);
    }
  }

  /** A cell whose text is known as UTF-8 bytes; `quoted` says whether it needs quotes. */
  utf8(column: number, source: ByteSource, start: number, end: number, quoted: boolean): void {
    if (start === end) return;
    if (this.head !== null || quoted) this.string(column, this.codec.slice(source.bytes, start, end));
    else {
      this.place(column);
      this.text.bytes(source, start, end);
    }
  }

  endRow(): void {
    if (this.head === null) this.finishRow();
    else if (this.headCells.length > 0) {
      this.head.push({ row: this.row, cells: this.headCells });
      this.headCells = [];
      if (this.headBytes >= HEAD_BYTES) this.writeHead();
    }
  }

  /** Ends the sheet. */
  end(): void {
    if (this.head !== null) this.writeHead();
    this.flush();
  }

  private keep(column: number, text: string, isNumber: boolean): void {
    this.check(column);
    this.column = column;
    this.headCells.push({ column, text, isNumber });
    this.headBytes += text.length + 1;
    if (column >= this.columns) this.columns = column + 1;
  }

  private writeHead(): void {
    const head = this.head!;
    const lastBegun = this.row;
    this.decimalSign = this.settle(head.map(({ cells }) => cells));
    this.head = null;
    this.width = this.columns;
    for (const { row, cells } of head) {
      this.row = row;
      this.column = -1;
      this.filled = 0;
      for (const { column, text, isNumber } of cells) {
        this.place(column);
        if (isNumber) this.writeNumber(text);
        else this.writeString(text);
      }
      this.finishRow();
    }
    this.row = lastBegun;
  }

  private check(column: number): void {
    if (!(column > this.column && column < MAX_COLUMNS))
      throw new FileRefused(
        'workbook.malformed',
        column >= MAX_COLUMNS || !Number.isInteger(column)
          ? `row ${this.row} has a cell beyond column ${MAX_COLUMNS}.`
          : `the cells of row ${this.row} are out of order, or one occurs twice: the sheet is damaged or was tampered with.`,
      );
  }

  /** Moves to a cell: blank rows and commas up to it. */
  private place(column: number): void {
    const { text } = this;
    if (this.filled === 0) {
      for (; this.nextRow < this.row; this.nextRow++) {
        text.byte(LF);
        if (text.length > PIECE_BYTES) this.flush();
      }
      this.rowStart = text.length;
    }
    this.check(column);
    for (let at = Math.max(this.column, 0); at < column; at++) text.byte(COMMA);
    this.column = column;
    this.filled++;
    this.cells++;
    if (column >= this.columns) this.columns = column + 1;
    if (text.length - this.rowStart > MAX_ROW_BYTES)
      throw new FileRefused('workbook.too-large', `row ${this.row} holds more than 16 MiB of text.`);
  }

  private writeNumber(text: string): void {
    if (this.decimalSign === '.' || !text.includes('.')) this.text.text(text);
    else this.writeString(text.replace('.', ','));
  }

  private writeString(text: string): void {
    if (!needsQuotes(text)) {
      this.text.text(text);
      return;
    }
    this.text.byte(QUOTE);
    this.text.text(text.replaceAll('"', '""'));
    this.text.byte(QUOTE);
  }

  private finishRow(): void {
    if (this.filled === 0) return;
    const { text } = this;
    if (this.filled >= Math.min(TABLE_CELLS, this.width - 1))
      for (let at = this.column + 1; at < this.width; at++) text.byte(COMMA);
    text.byte(LF);
    this.nextRow = this.row + 1;
    this.lastRow = this.row;
    this.filled = 0;
    if (text.length > PIECE_BYTES) this.flush();
  }

  private flush(): void {
    if (this.text.length === 0) return;
    this.onText(this.text.copy());
    this.text.length = 0;
  }
}
