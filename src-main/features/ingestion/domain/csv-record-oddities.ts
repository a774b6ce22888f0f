import type { CsvField } from './csv-field.ts';
import type { RowNotes } from './csv-row-notes.ts';
import type { RowText } from './csv-row-text.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { HAS_NUL } from './record-hash.ts';
import type { StatementSink } from './statement-sink.ts';

/** Tells what is unusual about the bytes, quotes and number of fields of records that can be read all the same. */
export class RecordOddities {
  private readonly sink: StatementSink;
  private readonly scanner: CsvScanner;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly notes: RowNotes;

  constructor(sink: StatementSink, scanner: CsvScanner, field: CsvField, text: RowText, notes: RowNotes) {
    this.sink = sink;
    this.scanner = scanner;
    this.field = field;
    this.text = text;
    this.notes = notes;
  }

  /** `marks`: what the record's hash saw. */
  bytes(row: number, marks: number): void {
    if (this.text.invalid)
      this.notes.note(
        'csv.invalid-utf8',
        row,
        'bytes that are not valid UTF-8 are shown as U+FFFD; the original keeps them',
      );
    if ((marks & HAS_NUL) !== 0) this.notes.note('csv.nul', row, 'the record holds NUL bytes');
  }

  quotes(row: number): void {
    if (this.scanner.unclosedQuote)
      this.sink.warn({
        row,
        code: 'csv.unclosed-quote',
        message:
          'a quote opens here that is never closed properly; the record was read with quotes as text, up to its line end',
      });
    else
      this.notes.note('csv.stray-quote', row, 'a quoted field holds a quote that is not doubled; it was read as text');
  }

  lostQuote(row: number): void {
    this.field.lostQuote = false;
    this.notes.note(
      'csv.lost-quote',
      row,
      'a field ends in a quote and does not begin with one, among fields that are quoted; it was read without it',
    );
  }

  /** A record with another number of fields than usual, none of the needed ones missing. */
  fields(row: number, count: number, expected: number): void {
    if (count < expected)
      this.notes.note(
        'csv.short-row',
        row,
        `fewer fields than the ${expected} usual ones; the missing ones are taken as empty`,
      );
    else if (!this.emptyBeyond(expected))
      this.notes.note('csv.long-row', row, `more fields than the ${expected} usual ones`);
  }

  private emptyBeyond(expected: number): boolean {
    for (let column = expected; column < this.scanner.fieldCount; column++) {
      this.field.at(column);
      if (this.field.start < this.field.end) return false;
    }
    return true;
  }
}
