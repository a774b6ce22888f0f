import { hiddenColumnNames } from './spreadsheet-columns.ts';

/** Counts something that the reader of the numbers must know; `row` null concerns the sheet or the workbook. */
export type Note = (code: string, row: number | null, message: string) => void;

/** What is told of sheets in all workbook formats alike. */
export class SheetNotes {
  private readonly note: Note;
  constructor(note: Note) {
    this.note = note;
  }

  hiddenSheet(): void {
    this.note('sheet.hidden', null, 'the sheet is hidden; it was read like all others');
  }

  hiddenRow(row: number): void {
    this.note('sheet.hidden-rows', row, 'rows are hidden; they were read like all others');
  }

  /** `hidden` are ranges of columns (0-based, both ends in), `columns` how many hold anything. */
  hiddenColumns(hidden: readonly (readonly [first: number, last: number])[], columns: number): void {
    const names = hiddenColumnNames(hidden, columns);
    if (names !== '') this.note('sheet.hidden-columns', null, `hidden columns (${names}) were read like all others`);
  }

  mergedRows(row: number): void {
    this.note(
      'sheet.merged',
      row,
      'cells are merged over several rows; their value stands in the first of the rows only',
    );
  }

  formulaWithoutValue(row: number): void {
    this.note(
      'sheet.formula-without-value',
      row,
      'cells hold formulas whose values were never stored; they are taken as empty. Open and save the workbook in the program that wrote it',
    );
  }

  errorValue(row: number): void {
    this.note('sheet.error-value', row, 'cells hold error values such as #N/A; they stand as text');
  }
}
