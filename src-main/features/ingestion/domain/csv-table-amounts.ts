import { MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { AmountReader, type DecimalSign, parseAmount } from './csv-amount.ts';
import type { CsvField } from './csv-field.ts';
import { grown } from './csv-growing-codes.ts';

/** Longer text is no amount. */
const MAX_AMOUNT_BYTES = 100;
/** Longer numbers are not kept for their digits. */
const MAX_NUMBER_BYTES = 1000;

/** The amounts of a table, one a row, at one scale that is raised for all rows where one needs it. */
export class TableAmounts {
  units = new Float64Array(1024);
  scale = 2;
  /** Filled cells that are no amount, and rows without any. */
  unreadable = 0;
  missing = 0;
  /** Plain numbers that 2^53 units cannot hold, by row. */
  readonly large = new Map<number, string>();
  private readonly field: CsvField;
  private readonly decimalSign: DecimalSign;
  private readonly codec: () => TextCodec;
  private readonly reader: AmountReader;

  constructor(field: CsvField, decimalSign: DecimalSign, codec: () => TextCodec) {
    this.field = field;
    this.decimalSign = decimalSign;
    this.codec = codec;
    this.reader = new AmountReader(decimalSign, null);
  }

  grow(capacity: number): void {
    this.units = grown(this.units, new Float64Array(capacity));
  }

  /** Reads a column of amounts. */
  readAmount(column: number, row: number): void {
    const { field } = this;
    field.at(column);
    this.units[row] = Number.NaN;
    if (field.start === field.end) {
      this.missing++;
      return;
    }
    const units = this.fieldUnits(row);
    this.units[row] = units;
    if (Number.isNaN(units) && !this.isLarge(row)) this.unreadable++;
  }

  /** Reads debit less credit; one of them may be empty. */
  readSides(debit: number | null, credit: number | null, row: number): void {
    const { field } = this;
    this.units[row] = Number.NaN;
    const values = [debit, credit].map(column => {
      if (column === null) return null;
      field.at(column);
      if (field.start === field.end) return null;
      const scale = this.scale;
      const units = this.fieldUnits(row);
      return { units, raised: this.scale - scale };
    });
    const [first = null, second = null] = values;
    if (first === null && second === null) {
      this.missing++;
      return;
    }
    // The second may have raised the scale of all rows before this one; the first is of this row.
    const raised = first === null ? 0 : (second?.raised ?? 0);
    const difference = (first?.units ?? 0) * powerOfTen(raised) - (second?.units ?? 0);
    if (Number.isSafeInteger(difference)) this.units[row] = difference + 0;
    else this.unreadable++;
  }

  /** The field as units of the table's scale; NaN where it is no amount, or none that can be held exactly. */
  private fieldUnits(row: number): number {
    const { field, reader } = this;
    if (reader.read(field.source.bytes, field.start, field.end)) return this.scaled(reader.units, reader.scale, row);
    if (field.end - field.start > MAX_AMOUNT_BYTES) return Number.NaN;
    const value = parseAmount(this.fieldText(), this.decimalSign, null);
    return value === null ? Number.NaN : this.scaled(value.units, value.scale, row);
  }

  /** Keeps the digits of a plain number that is too large to be held exactly. */
  private isLarge(row: number): boolean {
    const { field } = this;
    if (field.end - field.start > MAX_NUMBER_BYTES) return false;
    const text = this.fieldText();
    const plain = this.decimalSign === ',' ? text.replace(',', '.') : text;
    if (!/^[+-]?\d+(?:\.\d+)?$/.test(plain)) return false;
    this.large.set(row, plain.replace(/^\+/, ''));
    return true;
  }

  private fieldText(): string {
    return this.codec().slice(this.field.source.bytes, this.field.start, this.field.end);
  }

  /** Units at the table's scale, raised for all rows where needed; NaN when a value would not be exact. */
  private scaled(units: number, scale: number, row: number): number {
    let rest = units;
    let needed = scale;
    while (needed > this.scale && rest % 10 === 0) {
      rest /= 10;
      needed--;
    }
    if (needed > this.scale) {
      const factor = powerOfTen(needed - this.scale);
      if (needed > MAX_SCALE) return Number.NaN;
      for (let i = 0; i < row; i++)
        if (!Number.isNaN(this.units[i]!) && !Number.isSafeInteger(this.units[i]! * factor)) return Number.NaN;
      for (let i = 0; i < row; i++) this.units[i] = this.units[i]! * factor;
      this.scale = needed;
      return rest;
    }
    const scaled = rest * powerOfTen(this.scale - needed);
    return Number.isSafeInteger(scaled) ? scaled : Number.NaN;
  }
}
