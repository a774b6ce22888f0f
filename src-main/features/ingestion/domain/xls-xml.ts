import { momentText, SerialDates } from './spreadsheet-date.ts';
import { SheetNotes } from './spreadsheet-notes.ts';
import { plainNumber } from './spreadsheet-number.ts';
import { DATE, formatKind, NUMBER, type NumberKind, TIME } from './spreadsheet-number-format.ts';
import { attributeOf, isTrue } from './spreadsheet-package.ts';
import type { SheetText } from './spreadsheet-sheet-text.ts';
import type { Workbook } from './spreadsheet-workbook.ts';
import type { XmlHandler } from './xml-reader.ts';

type Attributes = Readonly<Record<string, string>>;

/** A 1-based number of an attribute; `otherwise` where it is not stated. */
const ordinal = (attributes: Attributes, name: string, otherwise: number): number => {
  const stated = attributeOf(attributes, name);
  return stated === undefined ? otherwise : Number(stated);
};

/** Number formats that SpreadsheetML calls by name. */
const NAMED_FORMATS: Readonly<Record<string, NumberKind>> = {
  'General Date': DATE,
  'Long Date': DATE,
  'Medium Date': DATE,
  'Short Date': DATE,
  'Long Time': TIME,
  'Medium Time': TIME,
  'Short Time': TIME,
  'General Number': NUMBER,
  Currency: NUMBER,
  'Euro Currency': NUMBER,
  Fixed: NUMBER,
  Standard: NUMBER,
  Percent: NUMBER,
  Scientific: NUMBER,
  'Yes/No': NUMBER,
  'True/False': NUMBER,
  'On/Off': NUMBER,
};

/** Reads SpreadsheetML 2003 (Microsoft Office 2003 XML Reference Schemas), which programs save as .xls or .xml. */
export class SpreadsheetXml implements XmlHandler {
  formulas = 0;
  private readonly workbook: Workbook;
  private readonly notes: SheetNotes;
  private sheet: SheetText | null = null;
  private row = 0;
  private rowSpan = 0;
  private rowIsHidden = false;
  private filled = 0;
  private column = 0;
  private nextColumn = 0;
  private columnsDeclared = 0;
  private hiddenColumns: (readonly [first: number, last: number])[] = [];
  private readonly kinds = new Map<string, NumberKind>();
  private styleId = '';
  private dates = new SerialDates(false);
  private kind: NumberKind = NUMBER;
  private type = '';
  private value = '';
  private inData = false;
  private inVisible = false;
  /** Nested in a comment, which has data of its own. */
  private aside = 0;

  constructor(workbook: Workbook) {
    this.workbook = workbook;
    this.notes = new SheetNotes(workbook.note.bind(workbook));
  }

  open(name: string, attributes: Attributes): void {
    if (this.aside > 0 || name === 'Comment') {
      this.aside++;
      return;
    }
    if (name === 'Worksheet') this.openSheet(attributes);
    const { sheet } = this;
    if (sheet === null) {
      this.openStyle(name, attributes);
      return;
    }
    switch (name) {
      case 'Column': {
        const first = ordinal(attributes, 'Index', this.columnsDeclared + 1) - 1;
        this.columnsDeclared = first + ordinal(attributes, 'Span', 0) + 1;
        if (isTrue(attributeOf(attributes, 'Hidden'))) this.hiddenColumns.push([first, this.columnsDeclared - 1]);
        break;
      }
      case 'Row':
        this.row = ordinal(attributes, 'Index', this.row + 1);
        this.rowSpan = ordinal(attributes, 'Span', 0);
        this.rowIsHidden = isTrue(attributeOf(attributes, 'Hidden'));
        this.filled = 0;
        this.nextColumn = 0;
        sheet.beginRow(this.row);
        break;
      case 'Cell':
        this.column = ordinal(attributes, 'Index', this.nextColumn + 1) - 1;
        this.nextColumn = this.column + 1 + ordinal(attributes, 'MergeAcross', 0);
        if (ordinal(attributes, 'MergeDown', 0) > 0) this.notes.mergedRows(this.row);
        if (attributeOf(attributes, 'Formula') !== undefined) this.formulas++;
        this.kind = this.kinds.get(attributeOf(attributes, 'StyleID') ?? '') ?? NUMBER;
        break;
      case 'Data':
        this.type = attributeOf(attributes, 'Type') ?? 'String';
        this.value = '';
        this.inData = true;
        break;
      case 'Visible':
        this.inVisible = true;
        break;
    }
  }

  close(name: string): void {
    if (this.aside > 0) {
      this.aside--;
      return;
    }
    const { sheet } = this;
    if (sheet === null) return;
    switch (name) {
      case 'Data':
        this.inData = false;
        this.write(sheet);
        break;
      case 'Row':
        sheet.endRow();
        if (this.rowIsHidden && this.filled > 0) this.notes.hiddenRow(this.row);
        this.row += this.rowSpan;
        break;
      case 'Visible':
        this.inVisible = false;
        break;
      case 'Worksheet':
        this.notes.hiddenColumns(this.hiddenColumns, sheet.columns);
        this.workbook.endSheet();
        this.sheet = null;
        break;
    }
  }

  text(text: string): void {
    if (this.inData && this.aside === 0) this.value += text;
    else if (this.inVisible && text.includes('Hidden')) this.notes.hiddenSheet();
  }

  private openStyle(name: string, attributes: Attributes): void {
    if (name === 'Style') this.styleId = attributeOf(attributes, 'ID') ?? '';
    else if (name === 'NumberFormat') {
      const format = attributeOf(attributes, 'Format') ?? '';
      this.kinds.set(this.styleId, NAMED_FORMATS[format] ?? formatKind(format));
    } else if (name === 'Date1904') this.dates = new SerialDates(true);
  }

  private openSheet(attributes: Attributes): void {
    const name = attributeOf(attributes, 'Name') ?? '';
    this.row = 0;
    this.columnsDeclared = 0;
    this.hiddenColumns = [];
    this.sheet = this.workbook.wants(name) ? this.workbook.beginSheet(name) : null;
  }

  private write(sheet: SheetText): void {
    const { value, column } = this;
    if (value === '') return;
    this.filled++;
    const isNumber = this.type === 'Number';
    const date = isNumber && this.kind !== NUMBER ? this.dates.text(Number(value), this.kind) : null;
    const number = isNumber && date === null ? plainNumber(value) : null;
    if (number !== null) sheet.number(column, number);
    else if (date !== null) sheet.string(column, date);
    else if (this.type === 'DateTime') sheet.string(column, momentText(value));
    else if (this.type === 'Boolean') sheet.string(column, isTrue(value.trim()) ? 'TRUE' : 'FALSE');
    else {
      if (this.type === 'Error') this.notes.errorValue(this.row);
      sheet.string(column, value);
    }
  }
}
