import { durationText, momentText, SerialDates } from './spreadsheet-date.ts';
import { MAX_COLUMNS } from './spreadsheet-limits.ts';
import { SheetNotes } from './spreadsheet-notes.ts';
import { plainNumber } from './spreadsheet-number.ts';
import { DATE, NUMBER, type NumberKind, TIME } from './spreadsheet-number-format.ts';
import { attributeOf } from './spreadsheet-package.ts';
import type { SheetText } from './spreadsheet-sheet-text.ts';
import type { Workbook } from './spreadsheet-workbook.ts';
import { FileRefused } from './statement-sink.ts';
import type { XmlHandler } from './xml-reader.ts';

type Attributes = Readonly<Record<string, string>>;

interface RowCell {
  readonly column: number;
  readonly repeated: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/** What stands in a cell and is not its text: notes, drawings, reading aids. */
const ASIDE: ReadonlySet<string> = new Set([
  'annotation',
  'frame',
  'custom-shape',
  'rect',
  'line',
  'g',
  'control',
  'ruby-text',
  'note',
]);

/**
 * Reads the sheets of an OpenDocument spreadsheet (ODF 1.3 part 3, chapter 9) from `content.xml` or a flat file, cell by
 * cell. Values are taken from the attributes of cells, never from the displayed text where there is a value; formulas
 * are not evaluated.
 */
export class OdsContent implements XmlHandler {
  formulas = 0;
  /** The body holds a spreadsheet. */
  isSpreadsheet = false;
  private readonly workbook: Workbook;
  private readonly notes: SheetNotes;
  private readonly hiddenStyles = new Set<string>();
  private styleName = '';
  /** What styles of numbers make of a number, and which of them a cell style uses. */
  private readonly dataStyles = new Map<string, NumberKind>();
  private readonly cellStyles = new Map<string, string>();
  private dates = new SerialDates(false);
  /** Nested in something that is not read. */
  private aside = 0;
  private sheet: SheetText | null = null;
  /** A table was opened; it is begun as a sheet with its first row or column. */
  private pending: { readonly name: string; readonly hidden: boolean } | null = null;
  private row = 0;
  private column = 0;
  private columnsDeclared = 0;
  private hiddenColumns: (readonly [first: number, last: number])[] = [];
  private rowAttributes: Attributes = {};
  private cells: RowCell[] = [];
  private cell: Attributes | null = null;
  private value = '';
  private paragraphs = 0;
  private inParagraph = 0;

  constructor(workbook: Workbook) {
    this.workbook = workbook;
    this.notes = new SheetNotes(workbook.note.bind(workbook));
  }

  open(name: string, attributes: Attributes): void {
    if (this.aside > 0) {
      this.aside++;
      return;
    }
    if (this.cell !== null) {
      this.openInCell(name, attributes);
      return;
    }
    switch (name) {
      case 'style':
        this.styleName = attributeOf(attributes, 'name') ?? '';
        this.cellStyles.set(this.styleName, attributeOf(attributes, 'data-style-name') ?? '');
        break;
      case 'date-style':
        this.dataStyles.set(attributeOf(attributes, 'name') ?? '', DATE);
        break;
      case 'time-style':
        this.dataStyles.set(attributeOf(attributes, 'name') ?? '', TIME);
        break;
      case 'null-date':
        this.dates = new SerialDates(attributeOf(attributes, 'date-value')?.startsWith('1904') === true);
        break;
      case 'table-properties':
        if (attributeOf(attributes, 'display') === 'false') this.hiddenStyles.add(this.styleName);
        break;
      case 'spreadsheet':
        this.isSpreadsheet = true;
        break;
      case 'tracked-changes':
        this.workbook.note('workbook.tracked-changes', null, 'The workbook keeps earlier contents of cells, not read');
        this.aside = 1;
        break;
      case 'dde-link':
        this.aside = 1;
        break;
      case 'table':
        this.openTable(attributes);
        break;
      case 'table-source':
        // The table is a copy of another file's, kept for formulas.
        this.pending = null;
        break;
      case 'table-column':
        this.openColumn(attributes);
        break;
      case 'table-row':
        this.begin();
        this.rowAttributes = attributes;
        this.cells = [];
        this.column = 0;
        break;
      case 'table-cell':
      case 'covered-table-cell':
        this.cell = attributes;
        this.value = '';
        this.paragraphs = 0;
        this.inParagraph = 0;
        break;
    }
  }

  close(name: string): void {
    if (this.aside > 0) {
      this.aside--;
      return;
    }
    if (this.cell !== null) {
      if (name === 'table-cell' || name === 'covered-table-cell') this.closeCell(this.cell);
      else if (name === 'p' || name === 'h') this.inParagraph--;
      return;
    }
    if (name === 'table-row') this.closeRow();
    else if (name === 'table') this.closeTable();
  }

  text(text: string): void {
    if (this.inParagraph > 0 && this.aside === 0) this.value += text.replace(/[ \t\r\n]+/g, ' ');
  }

  private openTable(attributes: Attributes): void {
    const name = attributeOf(attributes, 'name') ?? '';
    this.pending = this.isSpreadsheet
      ? { name, hidden: this.hiddenStyles.has(attributeOf(attributes, 'style-name') ?? '') }
      : null;
    this.row = 0;
    this.columnsDeclared = 0;
    this.hiddenColumns = [];
  }

  /** Begins the sheet of the table that was opened, where it is one that is read. */
  private begin(): void {
    const { pending, workbook } = this;
    this.pending = null;
    if (pending === null || !workbook.wants(pending.name)) return;
    this.sheet = workbook.beginSheet(pending.name);
    if (pending.hidden) this.notes.hiddenSheet();
  }

  private openColumn(attributes: Attributes): void {
    this.begin();
    const first = this.columnsDeclared;
    this.columnsDeclared += repeats(attributes, 'number-columns-repeated');
    if (isHidden(attributes)) this.hiddenColumns.push([first, this.columnsDeclared - 1]);
  }

  private openInCell(name: string, attributes: Attributes): void {
    if (ASIDE.has(name)) this.aside = 1;
    else if (name === 'p' || name === 'h') {
      if (this.paragraphs++ > 0) this.value += '\n';
      this.inParagraph++;
    } else if (this.inParagraph === 0) return;
    else if (name === 's') this.value += ' '.repeat(Math.min(repeats(attributes, 'c'), 1000));
    else if (name === 'tab') this.value += '\t';
    else if (name === 'line-break') this.value += '\n';
  }

  private closeCell(attributes: Attributes): void {
    this.cell = null;
    const column = this.column;
    const repeated = repeats(attributes, 'number-columns-repeated');
    this.column += repeated;
    if (this.sheet === null) return;
    const value = (name: string): string | undefined => attributes[`office:${name}`] ?? attributeOf(attributes, name);
    const number = value('value');
    const date = number === undefined ? null : this.dateOf(number, attributeOf(attributes, 'style-name'));
    const plain = number === undefined || date !== null ? null : plainNumber(number);
    const text = date ?? plain ?? textOf(value, this.value);
    if (attributeOf(attributes, 'formula') !== undefined) {
      this.formulas += repeated;
      if (text === '' && value('value-type') === undefined) this.notes.formulaWithoutValue(this.row + 1);
    }
    if (Number(attributeOf(attributes, 'number-rows-spanned') ?? 1) > 1) this.notes.mergedRows(this.row + 1);
    if (text === '') return;
    if (column + repeated > MAX_COLUMNS)
      throw new FileRefused('workbook.malformed', `row ${this.row + 1} has a cell beyond column ${MAX_COLUMNS}.`);
    this.cells.push({ column, repeated, text, isNumber: plain !== null });
  }

  /** The day and time a number stands for that is only shown as a date: programs other than office suites write so. */
  private dateOf(number: string, style: string | undefined): string | null {
    const kind = this.dataStyles.get(this.cellStyles.get(style ?? '') ?? '') ?? NUMBER;
    // Before March 1900 OpenDocument counts days otherwise than Excel: such numbers stay numbers.
    return kind === NUMBER || (kind === DATE && Number(number) <= 60) ? null : this.dates.text(Number(number), kind);
  }

  private closeRow(): void {
    const { sheet, cells, rowAttributes } = this;
    const repeated = repeats(rowAttributes, 'number-rows-repeated');
    if (sheet !== null && cells.length > 0) {
      if (isHidden(rowAttributes)) this.notes.hiddenRow(this.row + 1);
      for (let i = 1; i <= repeated; i++) writeRow(sheet, this.row + i, cells);
    }
    this.row += repeated;
  }

  private closeTable(): void {
    this.begin();
    const { sheet, workbook } = this;
    if (sheet === null) return;
    this.notes.hiddenColumns(this.hiddenColumns, sheet.columns);
    workbook.endSheet();
    this.sheet = null;
  }
}

const writeRow = (sheet: SheetText, row: number, cells: readonly RowCell[]): void => {
  sheet.beginRow(row);
  for (const { column, repeated, text, isNumber } of cells)
    for (let at = column; at < column + repeated; at++)
      if (isNumber) sheet.number(at, text);
      else sheet.string(at, text);
  sheet.endRow();
};

/** The text of a cell that holds no number (ODF 1.3 part 3, 19.385). */
const textOf = (value: (name: string) => string | undefined, displayed: string): string => {
  switch (value('value-type')) {
    case 'date':
      return momentText(value('date-value') ?? displayed);
    case 'time':
      return durationText(value('time-value') ?? displayed);
    case 'boolean':
      return value('boolean-value') === undefined ? displayed : value('boolean-value') === 'true' ? 'TRUE' : 'FALSE';
    case 'string': {
      const stated = value('string-value') ?? '';
      return stated === '' ? displayed : stated;
    }
    default:
      return displayed;
  }
};

const isHidden = (attributes: Attributes): boolean => {
  const visibility = attributeOf(attributes, 'visibility');
  return visibility === 'collapse' || visibility === 'filter';
};

/** A number of repetitions, 1 where none is stated. Throws where it is no such number. */
const repeats = (attributes: Attributes, name: string): number => {
  const stated = attributeOf(attributes, name);
  if (stated === undefined) return 1;
  if (!/^[1-9]\d{0,8}$/.test(stated.trim()))
    throw new FileRefused('workbook.malformed', `${name}="${stated.slice(0, 40)}" is no number of repetitions.`);
  return Number(stated);
};
