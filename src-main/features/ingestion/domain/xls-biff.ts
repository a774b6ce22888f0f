import type { CodecFor } from '../../../kernel/text.ts';
import { SerialDates } from './spreadsheet-date.ts';
import { SheetNotes } from './spreadsheet-notes.ts';
import { plainNumber } from './spreadsheet-number.ts';
import { NUMBER } from './spreadsheet-number-format.ts';
import type { Workbook } from './spreadsheet-workbook.ts';
import { FileRefused } from './statement-sink.ts';
import { BiffGlobals, type BiffSheetPlace } from './xls-globals.ts';
import { BiffSheet } from './xls-sheet.ts';
import { BiffStream, type BiffVersion, refuseXls } from './xls-stream.ts';

const GLOBALS = 0x0005;
const WORKSHEET = 0x0010;
const WORKSPACE = 0x0100;

export interface BiffFacts {
  readonly version: BiffVersion;
  readonly date1904: boolean;
  readonly formulas: number;
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/**
 * Reads the sheets of a BIFF stream, Excel 2 to 2003. Throws FileRefused `workbook.encrypted`, `xls.truncated`,
 * `xls.malformed`.
 */
export const readBiff = (bytes: Uint8Array, workbook: Workbook, codecFor: CodecFor): BiffFacts => {
  const stream = new BiffStream(bytes);
  if (stream.version === 4 && stream.kindAt(0) === WORKSPACE)
    throw new FileRefused(
      'format.unsupported',
      'The file is an Excel 4 workspace of several sheets, which is not read. Save it as .xlsx in a newer program.',
    );
  const globals = new BiffGlobals(stream, codecFor);
  if (globals.unknownCodePage !== null)
    workbook.note(
      'xls.code-page',
      null,
      `The workbook's texts are in code page ${globals.unknownCodePage}, which is not known; they were read as windows-1252`,
    );
  let formulas = 0;
  for (const place of placesOf(stream, globals)) {
    if (!workbook.wants(place.name)) continue;
    if (place.type !== 0) {
      workbook.note('sheet.not-read', null, `Sheet "${place.name}" is a chart or macro sheet and was not read`);
      continue;
    }
    formulas += readSheet(stream, globals, place, workbook);
  }
  return { version: stream.version, date1904: globals.date1904, formulas };
};

/** Where the sheets are; a stream without globals is one sheet. */
const placesOf = (stream: BiffStream, globals: BiffGlobals): readonly BiffSheetPlace[] => {
  if (stream.version < 5 || stream.kindAt(0) !== GLOBALS)
    return [{ name: 'Sheet1', position: 0, isHidden: false, type: 0 }];
  for (const { name, position } of globals.sheets) {
    if (position + 8 > stream.bytes.length)
      refuseXls('xls.truncated', `The workbook ends at byte ${stream.bytes.length}, before its sheet "${name}".`);
    if (!stream.beginsAt(position)) refuseXls('xls.malformed', `Sheet "${name}" is not where it should be.`);
  }
  return globals.sheets.map(place =>
    place.type === 0 && stream.kindAt(place.position) !== WORKSHEET ? { ...place, type: 1 } : place,
  );
};

/** Reads one sheet; returns how many formulas it holds. */
const readSheet = (stream: BiffStream, globals: BiffGlobals, place: BiffSheetPlace, workbook: Workbook): number => {
  const isNamed = stream.version >= 5 && globals.sheets.length > 0;
  const text = workbook.beginSheet(place.name, isNamed ? place.name : null);
  const notes = new SheetNotes(workbook.note.bind(workbook));
  const dates = new SerialDates(globals.date1904);
  if (place.isHidden) notes.hiddenSheet();
  const cells: Cell[] = [];
  const sheet = new BiffSheet(stream, globals, notes, {
    number: (row, column, value, kind) => {
      const date = kind === NUMBER ? null : dates.text(value, kind);
      const stored = String(value);
      cells.push({ row, column, text: date ?? plainNumber(stored) ?? stored, isNumber: date === null });
    },
    text: (row, column, value) => {
      if (value !== '') cells.push({ row, column, text: value, isNumber: false });
    },
  });
  sheet.read(place.position);
  // Programs other than Excel write cells in any order, and some write one twice: the later stands.
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const hidden = new Set(sheet.hiddenRows);
  let row = -1;
  for (const [i, cell] of cells.entries()) {
    const next = cells[i + 1];
    if (next !== undefined && next.row === cell.row && next.column === cell.column) {
      workbook.note(
        'sheet.repeated-cell',
        cell.row + 1,
        'cells are written twice with different records; the later was read',
      );
      continue;
    }
    if (cell.row !== row) {
      if (row >= 0) text.endRow();
      row = cell.row;
      text.beginRow(row + 1);
      if (hidden.has(row)) notes.hiddenRow(row + 1);
    }
    if (cell.isNumber) text.number(cell.column, cell.text);
    else text.string(cell.column, cell.text);
  }
  if (row >= 0) text.endRow();
  notes.hiddenColumns(sheet.hiddenColumns, text.columns);
  workbook.endSheet();
  return sheet.formulas;
};
