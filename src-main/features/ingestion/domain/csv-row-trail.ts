import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowNotes } from './csv-row-notes.ts';
import type { RowText } from './csv-row-text.ts';
import { enteredOrder } from './csv-trail-columns.ts';
import { plainTimeOfDay, timeOfDay, UNKNOWN_MINUTE } from './time-of-day.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

const NONE = -1;
/** A date of ten characters and the mark between it and its time. */
const TIME_AT = 11;
/** Longer text is neither a date nor a time. */
const MAX_BYTES = 64;

/** Reads who entered a record and when, where a table states it. */
export class RowTrail {
  poster = UNKNOWN_CODE;
  enteredDay: CivilDay = UNKNOWN_DAY;
  minute = UNKNOWN_MINUTE;
  private readonly builder: TransactionColumnBuilder;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly notes: RowNotes;
  private readonly posterColumn: number;
  private readonly enteredColumn: number;
  private readonly timeColumn: number;
  private readonly order: DateReading | null;
  private readonly dates: DateReader;
  /** The minute of the booking date of the record that is being read. */
  private booked = UNKNOWN_MINUTE;
  private readonly hasColumns: boolean;

  constructor(builder: TransactionColumnBuilder, dialect: CsvDialect, field: CsvField, text: RowText, notes: RowNotes) {
    this.builder = builder;
    this.field = field;
    this.text = text;
    this.notes = notes;
    const column = (role: 'poster' | 'entered' | 'time'): number => dialect.choices[role]?.columns[0] ?? NONE;
    this.posterColumn = column('poster');
    this.enteredColumn = column('entered');
    this.timeColumn = column('time');
    this.hasColumns = this.posterColumn >= 0 || this.enteredColumn >= 0 || this.timeColumn >= 0;
    const values = dialect.rows.map(fields => fields[this.enteredColumn] ?? '');
    this.order = this.enteredColumn < 0 ? null : enteredOrder(values, dialect.dateOrder.value);
    this.dates = new DateReader(this.order ?? 'ymd');
    if (this.enteredColumn >= 0 && this.order === null)
      builder.warn({
        row: null,
        code: 'csv.entered-order',
        message:
          'day and month of the dates of entry cannot be told apart: they count as not stated. State dateOrder, or entered=none.',
      });
  }

  /** A new record begins. */
  begin(): void {
    this.booked = UNKNOWN_MINUTE;
  }

  /** The time of day behind the booking date in the field, which is longer than a date. */
  bookedAt(): void {
    this.booked = this.minuteBehindDate();
  }

  /** Reads the columns of the record; false where it states nothing. */
  read(row: number): boolean {
    this.minute = this.booked;
    if (!this.hasColumns) return this.minute !== UNKNOWN_MINUTE;
    const { field } = this;
    if (this.posterColumn >= 0) {
      field.at(this.posterColumn);
      this.poster = this.builder.code('poster', field.source, field.start, field.end, this.text.codec);
    }
    if (this.order !== null) this.readEntered(row, this.order);
    if (this.timeColumn >= 0) {
      field.at(this.timeColumn);
      const minute = this.timeIn(field.start);
      if (minute !== UNKNOWN_MINUTE) this.minute = minute;
    }
    return this.poster >= 0 || this.enteredDay !== UNKNOWN_DAY || this.minute !== UNKNOWN_MINUTE;
  }

  private readEntered(row: number, order: DateReading): void {
    const { field } = this;
    field.at(this.enteredColumn);
    this.enteredDay = UNKNOWN_DAY;
    const length = field.end - field.start;
    if (length === 0) return;
    this.enteredDay = this.dates.read(field.source.bytes, field.start, field.end);
    if (this.enteredDay === UNKNOWN_DAY && length <= MAX_BYTES)
      this.enteredDay = parseDate(this.fieldText(field.start), order) ?? UNKNOWN_DAY;
    if (this.enteredDay === UNKNOWN_DAY)
      this.notes.note('csv.entered-date', row, 'the date of entry cannot be read and is kept as unknown');
    else if (length > TIME_AT) {
      const minute = this.minuteBehindDate();
      if (minute !== UNKNOWN_MINUTE) this.minute = minute;
    }
  }

  private minuteBehindDate(): number {
    const { field } = this;
    const minute = plainTimeOfDay(field.source.bytes, field.start + TIME_AT, field.end);
    if (minute >= UNKNOWN_MINUTE) return minute;
    const text = field.end - field.start > MAX_BYTES ? '' : this.fieldText(field.start);
    return text.includes(':') ? timeOfDay(text) : UNKNOWN_MINUTE;
  }

  private timeIn(start: number): number {
    const { field } = this;
    if (start === field.end || field.end - start > MAX_BYTES) return UNKNOWN_MINUTE;
    const minute = plainTimeOfDay(field.source.bytes, start, field.end);
    return minute >= UNKNOWN_MINUTE ? minute : timeOfDay(this.fieldText(start));
  }

  private fieldText(start: number): string {
    return this.text.codec.slice(this.field.source.bytes, start, this.field.end);
  }
}
