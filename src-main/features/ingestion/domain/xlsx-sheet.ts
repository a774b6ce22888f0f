import { columnOf } from './spreadsheet-columns.ts';
import { momentText, type SerialDates } from './spreadsheet-date.ts';
import type { SheetNotes } from './spreadsheet-notes.ts';
import { plainNumber } from './spreadsheet-number.ts';
import { NUMBER, type NumberKind } from './spreadsheet-number-format.ts';
import { isTrue } from './spreadsheet-package.ts';
import type { SheetText } from './spreadsheet-sheet-text.ts';
import { type SharedStrings, unescapeString } from './xlsx-strings.ts';
import type { XmlHandler } from './xml-reader.ts';

/** What all sheets of a workbook share. */
export interface XlsxShared {
  readonly strings: SharedStrings;
  readonly kinds: readonly NumberKind[];
  readonly dates: SerialDates;
  readonly notes: SheetNotes;
}

/**
 * Reads one worksheet part (ECMA-376 part 1, 18.3) cell by cell into its text. Of a formula the value is taken that the
 * writing program stored; the formula itself is never evaluated.
 */
export class XlsxSheet implements XmlHandler {
  /** Cells whose values are results of formulas. */
  formulas = 0;
  private readonly shared: XlsxShared;
  private readonly sheet: SheetText;
  private inRows = false;
  private column = -1;
  private type = '';
  private kind: NumberKind = NUMBER;
  private value = '';
  private collecting = false;
  private hasValue = false;
  private isFormula = false;
  private inPhonetic = false;
  private rowIsHidden = false;
  private rowIsFilled = false;
  private readonly hiddenColumns: (readonly [first: number, last: number])[] = [];

  constructor(shared: XlsxShared, text: SheetText) {
    this.shared = shared;
    this.sheet = text;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (!this.inRows) {
      this.openOutside(name, attributes);
      return;
    }
    switch (name) {
      case 'c':
        this.openCell(attributes);
        break;
      case 'v':
        this.collecting = this.hasValue = true;
        break;
      case 't':
        this.collecting = !this.inPhonetic;
        this.hasValue = true;
        break;
      case 'f':
        this.isFormula = true;
        break;
      case 'rPh':
        this.inPhonetic = true;
        break;
      case 'row':
        this.sheet.beginRow(attributes.r === undefined ? this.sheet.row + 1 : Number(attributes.r));
        this.column = -1;
        this.rowIsHidden = isTrue(attributes.hidden);
        this.rowIsFilled = false;
        break;
    }
  }

  close(name: string): void {
    if (!this.inRows) return;
    switch (name) {
      case 'c':
        this.closeCell();
        break;
      case 'v':
      case 't':
        this.collecting = false;
        break;
      case 'rPh':
        this.inPhonetic = false;
        break;
      case 'row':
        this.sheet.endRow();
        if (this.rowIsHidden && this.rowIsFilled) this.shared.notes.hiddenRow(this.sheet.row);
        break;
      case 'sheetData':
        this.inRows = false;
        break;
    }
  }

  text(text: string): void {
    if (this.collecting) this.value += text;
  }

  /** Tells what concerns the sheet as a whole, once it has been read. */
  end(): void {
    this.shared.notes.hiddenColumns(this.hiddenColumns, this.sheet.columns);
  }

  private openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'sheetData') this.inRows = true;
    else if (name === 'col' && isTrue(attributes.hidden))
      this.hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
    else if (name === 'mergeCell') {
      const rows = /^\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)$/i.exec(attributes.ref ?? '');
      if (rows && rows[1] !== rows[2]) this.shared.notes.mergedRows(Number(rows[1]));
    }
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const { r, s, t } = attributes;
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    this.type = t ?? 'n';
    this.kind = s === undefined ? NUMBER : (this.shared.kinds[Number(s)] ?? NUMBER);
    this.value = '';
    this.hasValue = false;
    this.isFormula = false;
  }

  private closeCell(): void {
    if (this.isFormula) {
      this.formulas++;
      if (!this.hasValue) this.shared.notes.formulaWithoutValue(this.sheet.row);
    }
    const { value } = this;
    if (value === '') return;
    this.rowIsFilled = true;
    switch (this.type) {
      case 's':
        this.shared.strings.write(Number(value), this.column, this.sheet);
        break;
      case 'n':
        this.number(value);
        break;
      case 'b':
        this.sheet.string(this.column, isTrue(value) ? 'TRUE' : 'FALSE');
        break;
      case 'd':
        this.sheet.string(this.column, momentText(value));
        break;
      case 'e':
        this.shared.notes.errorValue(this.sheet.row);
        this.sheet.string(this.column, value);
        break;
      default:
        this.sheet.string(this.column, unescapeString(value));
    }
  }

  private number(value: string): void {
    const date = this.kind === NUMBER ? null : this.shared.dates.text(Number(value), this.kind);
    const number = date === null ? plainNumber(value) : null;
    if (number !== null) this.sheet.number(this.column, number);
    else this.sheet.string(this.column, date ?? value);
  }
}
