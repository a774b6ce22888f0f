import type { SheetNotes } from './spreadsheet-notes.ts';
import { NUMBER, type NumberKind } from './spreadsheet-number-format.ts';
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

/** Where the value of a cell begins: behind row, column and style; records of BIFF2 have three bytes of attributes. */
const VALUE = 6;
const OLD_VALUE = 7;
const ROW_TYPES: ReadonlySet<number> = new Set([0x0008, 0x0208]);
const COLINFO = 0x007d;
const MERGED = 0x00e5;

/** Receives the cells of a sheet in the order of the file, which need not be that of rows; both numbers 0-based. */
export interface BiffCells {
  /** A number and what its format makes of it. */
  number(row: number, column: number, value: number, kind: NumberKind): void;
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
  /** A formula whose result is a text, which a record of its own brings. */
  private awaiting: { readonly row: number; readonly column: number } | null = null;

  constructor(stream: BiffStream, globals: BiffGlobals, notes: SheetNotes, cells: BiffCells) {
    this.stream = stream;
    this.globals = globals;
    this.notes = notes;
    this.text = new BiffText(stream);
    this.cells = cells;
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
      case 0x0002:
        need(OLD_VALUE + 2);
        this.number(at, OLD_VALUE, stream.half(at + OLD_VALUE));
        break;
      case 0x0003:
        need(OLD_VALUE + 8);
        this.number(at, OLD_VALUE, view.getFloat64(at + OLD_VALUE, true));
        break;
      case 0x0203:
        need(VALUE + 8);
        this.number(at, VALUE, view.getFloat64(at + VALUE, true));
        break;
      case 0x027e:
        need(VALUE + 4);
        this.number(at, VALUE, rkNumber(view.getUint32(at + VALUE, true)));
        break;
      case 0x00bd:
        this.numbers(at, length);
        break;
      case 0x0004:
        need(OLD_VALUE + 1);
        this.label(at, OLD_VALUE, length);
        break;
      case 0x0204:
      case 0x00d6:
        need(VALUE + 2);
        this.label(at, VALUE, length);
        break;
      case 0x00fd:
        need(VALUE + 4);
        this.sharedLabel(at);
        break;
      case 0x0005:
        need(OLD_VALUE + 2);
        this.booleanOrError(at, bytes[at + OLD_VALUE]!, bytes[at + OLD_VALUE + 1] === 1);
        break;
      case 0x0205:
        need(VALUE + 2);
        this.booleanOrError(at, bytes[at + VALUE]!, bytes[at + VALUE + 1] === 1);
        break;
      case 0x0006:
      case 0x0206:
      case 0x0406: {
        const value = type === 0x0006 && stream.version < 5 ? OLD_VALUE : VALUE;
        need(value + 8);
        this.formula(at, value);
        break;
      }
      case 0x0007:
      case 0x0207:
        this.formulaText(at, length, type === 0x0007);
        break;
      default:
        this.layout(type, at, length);
    }
  }

  private number(at: number, valueAt: number, value: number): void {
    const { stream, globals } = this;
    let kind: NumberKind;
    if (valueAt === VALUE) kind = globals.kindOfStyle(stream.half(at + 4));
    else {
      // Of three bytes of attributes the first names the style, the second the format.
      kind = globals.kindOfFormat(stream.bytes[at + 5]! & 0x3f);
      if (kind === NUMBER && stream.version > 2) kind = globals.kindOfStyle(stream.bytes[at + 4]! & 0x3f);
    }
    this.cells.number(stream.half(at), stream.half(at + 2), value, kind);
  }

  private numbers(at: number, length: number): void {
    const { stream, globals } = this;
    for (let i = 0; 4 + 6 * (i + 1) + 2 <= length; i++)
      this.cells.number(
        stream.half(at),
        stream.half(at + 2) + i,
        rkNumber(stream.view.getUint32(at + 6 + 6 * i, true)),
        globals.kindOfStyle(stream.half(at + 4 + 6 * i)),
      );
  }

  private label(at: number, valueAt: number, length: number): void {
    const { stream, text } = this;
    text.move(at + valueAt, length - valueAt);
    this.cells.text(stream.half(at), stream.half(at + 2), this.textHere(valueAt === OLD_VALUE));
  }

  /** A text with its length in front, which takes one byte in old records. */
  private textHere(isOld: boolean): string {
    const { stream, text, globals } = this;
    const characters = isOld ? text.byte() : text.half();
    return stream.version === 8 && !isOld ? text.unicode(characters) : text.bytes(characters, globals.codec);
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
  private formula(at: number, valueAt: number): void {
    const { stream } = this;
    const value = at + valueAt;
    this.settle();
    this.formulas++;
    if (stream.half(value + 6) !== 0xffff) {
      this.number(at, valueAt, stream.view.getFloat64(value, true));
      return;
    }
    const kind = stream.bytes[value];
    if (kind === 0) this.awaiting = { row: stream.half(at), column: stream.half(at + 2) };
    else if (kind === 1 || kind === 2) this.booleanOrError(at, stream.bytes[value + 2]!, kind === 2);
  }

  private formulaText(at: number, length: number, isOld: boolean): void {
    const { text, awaiting } = this;
    if (awaiting === null) return;
    this.awaiting = null;
    text.move(at, length);
    this.cells.text(awaiting.row, awaiting.column, this.textHere(isOld));
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
