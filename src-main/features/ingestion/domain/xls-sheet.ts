import type { SheetNotes } from './spreadsheet-notes.ts';
import type { BiffGlobals } from './xls-globals.ts';
import { type BiffStream, refuseXls } from './xls-stream.ts';
import { BiffText } from './xls-text.ts';

/** Errors of cells by code ([MS-XLS] 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

const INTEGER = 0x0002;
const MULRK = 0x00bd;
const ROW_TYPES: ReadonlySet<number> = new Set([0x0008, 0x0208]);
const COLINFO = 0x007d;
const MERGED = 0x00e5;

/** Receives the cells of a sheet in the order of the file, which need not be that of rows; both numbers 0-based. */
export interface BiffCells {
  /** A number and the number of its style. */
  number(row: number, column: number, value: number, style: number): void;
  text(row: number, column: number, text: string): void;
}

/**
 * Reads the cells of one worksheet substream ([MS-XLS] 2.1.7.20.5; BIFF2 to 5 by the OpenOffice.org documentation of the
 * Excel file format, chapter 5). Of formulas the stored results are taken.
 */
export class BiffSheet {
  formulas = 0;
  readonly hiddenRows: number[] = [];
  readonly hiddenColumns: (readonly [first: number, last: number])[] = [];
  private readonly stream: BiffStream;
  private readonly globals: BiffGlobals;
  private readonly notes: SheetNotes;
  private readonly text: BiffText;
  private readonly cells: BiffCells;
  /** Where a cell's style ends and its value begins. */
  private readonly valueAt: number;
  /** A formula whose result is a text, which a record of its own brings. */
  private awaiting: { readonly row: number; readonly column: number } | null = null;

  constructor(stream: BiffStream, globals: BiffGlobals, notes: SheetNotes, cells: BiffCells) {
    this.stream = stream;
    this.globals = globals;
    this.notes = notes;
    this.text = new BiffText(stream);
    this.cells = cells;
    this.valueAt = stream.version === 2 ? 7 : 6;
  }

  read(start: number): void {
    this.stream.walk(start, (type, at, length) => this.record(type, at, length));
    this.settle();
  }

  private record(type: number, at: number, length: number): void {
    const { stream } = this;
    const { view, bytes } = stream;
    const need = (least: number): void => {
      if (length < least) refuseXls('xls.malformed', `The record at byte ${at - 4} is shorter than its kind allows.`);
    };
    switch (type) {
      case INTEGER:
        need(this.valueAt + 2);
        this.number(at, stream.half(at + this.valueAt));
        break;
      case 0x0003:
      case 0x0203:
        need(this.valueAt + 8);
        this.number(at, view.getFloat64(at + this.valueAt, true));
        break;
      case 0x027e:
        need(10);
        this.number(at, rkNumber(view.getUint32(at + 6, true)));
        break;
      case MULRK:
        need(6);
        for (let i = 0; 4 + 6 * (i + 1) + 2 <= length; i++)
          this.cells.number(
            stream.half(at),
            stream.half(at + 2) + i,
            rkNumber(view.getUint32(at + 6 + 6 * i, true)),
            stream.half(at + 4 + 6 * i),
          );
        break;
      case 0x0004:
      case 0x0204:
      case 0x00d6:
        need(this.valueAt + 1);
        this.label(at, length);
        break;
      case 0x00fd:
        need(10);
        this.sharedLabel(at);
        break;
      case 0x0005:
      case 0x0205:
        need(this.valueAt + 2);
        this.booleanOrError(at, bytes[at + this.valueAt]!, bytes[at + this.valueAt + 1] === 1);
        break;
      case 0x0006:
      case 0x0206:
      case 0x0406:
        need(this.valueAt + 8);
        this.formula(at);
        break;
      case 0x0007:
      case 0x0207:
        this.formulaText(at, length);
        break;
      default:
        this.layout(type, at, length);
    }
  }

  private number(at: number, value: number): void {
    const { stream } = this;
    // In BIFF2 the second of three bytes of attributes names the format.
    const style = stream.version === 2 ? stream.bytes[at + 5]! & 0x3f : stream.half(at + 4);
    this.cells.number(stream.half(at), stream.half(at + 2), value, style);
  }

  private label(at: number, length: number): void {
    const { stream, text, globals } = this;
    text.move(at + this.valueAt, length - this.valueAt);
    const characters = stream.version === 2 ? text.byte() : text.half();
    this.cells.text(
      stream.half(at),
      stream.half(at + 2),
      stream.version === 8 ? text.unicode(characters) : text.bytes(characters, globals.codec),
    );
  }

  private sharedLabel(at: number): void {
    const { stream, globals } = this;
    const index = stream.view.getUint32(at + 6, true);
    const shared = globals.strings[index];
    if (shared === undefined)
      refuseXls('xls.malformed', `A cell refers to text ${index} of ${globals.strings.length}.`);
    this.cells.text(stream.half(at), stream.half(at + 2), shared!);
  }

  private booleanOrError(at: number, value: number, isError: boolean): void {
    const { stream } = this;
    const row = stream.half(at);
    if (isError) this.notes.errorValue(row + 1);
    const shown = isError ? (ERRORS[value] ?? '#ERROR!') : value === 0 ? 'FALSE' : 'TRUE';
    this.cells.text(row, stream.half(at + 2), shown);
  }

  /** The result of a formula: a number, or what two bytes FF say it is ([MS-XLS] 2.5.133). */
  private formula(at: number): void {
    const { stream } = this;
    const value = at + this.valueAt;
    this.settle();
    this.formulas++;
    if (stream.half(value + 6) !== 0xffff) {
      this.number(at, stream.view.getFloat64(value, true));
      return;
    }
    const kind = stream.bytes[value];
    if (kind === 0) this.awaiting = { row: stream.half(at), column: stream.half(at + 2) };
    else if (kind === 1 || kind === 2) this.booleanOrError(at, stream.bytes[value + 2]!, kind === 2);
  }

  private formulaText(at: number, length: number): void {
    const { stream, text, awaiting, globals } = this;
    if (awaiting === null) return;
    this.awaiting = null;
    text.move(at, length);
    const characters = stream.version === 2 ? text.byte() : text.half();
    this.cells.text(
      awaiting.row,
      awaiting.column,
      stream.version === 8 ? text.unicode(characters) : text.bytes(characters, globals.codec),
    );
  }

  /** A formula whose text never came has no stored value. */
  private settle(): void {
    if (this.awaiting !== null) this.notes.formulaWithoutValue(this.awaiting.row + 1);
    this.awaiting = null;
  }

  private layout(type: number, at: number, length: number): void {
    const { stream } = this;
    if (ROW_TYPES.has(type)) {
      if (stream.version > 2 && length >= 14 && (stream.half(at + 12) & 0x20) !== 0)
        this.hiddenRows.push(stream.half(at));
    } else if (type === COLINFO) {
      if (length >= 10 && (stream.half(at + 8) & 1) !== 0)
        this.hiddenColumns.push([stream.half(at), stream.half(at + 2)]);
    } else if (type === MERGED)
      for (let i = 0; 2 + 8 * (i + 1) <= length; i++) {
        const first = stream.half(at + 2 + 8 * i);
        if (stream.half(at + 4 + 8 * i) > first) this.notes.mergedRows(first + 1);
      }
  }
}

const rkView = new DataView(new ArrayBuffer(8));

/** A number packed into 30 bits: a whole one or the upper part of a double, perhaps to be divided by 100 ([MS-XLS] 2.5.217). */
export const rkNumber = (packed: number): number => {
  let value = packed >> 2;
  if ((packed & 2) === 0) {
    rkView.setUint32(0, packed & 0xfffffffc);
    rkView.setUint32(4, 0);
    value = rkView.getFloat64(0);
  }
  return (packed & 1) === 0 ? value : value / 100;
};
