import { type Decimal, formatUnits, MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { AmountReader, type DecimalSign, parseAmount } from './csv-amount.ts';
import type { CsvField } from './csv-field.ts';
import { grown } from './csv-growing-codes.ts';

/** Longer text is no amount. */
const MAX_AMOUNT_BYTES = 100;
/** Longer numbers are not kept for their digits. */
const MAX_NUMBER_BYTES = 1000;

/** An empty side. */
const NOTHING: Decimal = { units: 0, scale: 0 };

/** Units at a finer scale; NaN where they exceed 2^53, so that nothing is computed with them. */
const unitsIn = ({ units, scale }: Decimal, finer: number): number => {
  const moved = units * powerOfTen(finer - scale);
  return Number.isSafeInteger(moved) ? moved : Number.NaN;
};

const exactDifference = (first: Decimal, second: Decimal, scale: number): string => {
  const exact = (value: Decimal): bigint => BigInt(value.units) * 10n ** BigInt(scale - value.scale);
  return formatUnits(exact(first) - exact(second), scale);
};

/** The amounts of a table, one a row, at one scale that is raised for all rows where one needs it. */
export class TableAmounts {
  units = new Float64Array(1024);
  scale = 2;
  /** Filled cells that are no amount, and rows without any. */
  unreadable = 0;
  missing = 0;
  /** Amounts that 2^53 units at the table's scale cannot hold, as decimal text by row. */
  readonly offScale = new Map<number, string>();
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
    const value = this.fieldValue();
    if (value !== null) this.keep(value.units, value.scale, row);
    else if (!this.isLarge(row)) this.unreadable++;
  }

  /** Reads debit less credit; one of them may be empty. */
  readSides(debit: number | null, credit: number | null, row: number): void {
    const { field } = this;
    this.units[row] = Number.NaN;
    const values = [debit, credit].map(column => {
      if (column === null) return NOTHING;
      field.at(column);
      return field.start === field.end ? NOTHING : this.fieldValue();
    });
    const [first = null, second = null] = values;
    if (first === NOTHING && second === NOTHING) this.missing++;
    else if (first === null || second === null) this.unreadable++;
    else {
      const scale = Math.max(first.scale, second.scale);
      const difference = unitsIn(first, scale) - unitsIn(second, scale);
      if (Number.isSafeInteger(difference)) this.keep(difference + 0, scale, row);
      else this.offScale.set(row, exactDifference(first, second, scale));
    }
  }

  /** The field as an exact amount; null where it is none, or none of at most 2^53 units. */
  private fieldValue(): Decimal | null {
    const { field, reader } = this;
    if (reader.read(field.source.bytes, field.start, field.end)) return { units: reader.units, scale: reader.scale };
    return field.end - field.start > MAX_AMOUNT_BYTES ? null : parseAmount(this.fieldText(), this.decimalSign, null);
  }

  private keep(units: number, scale: number, row: number): void {
    const scaled = this.scaled(units, scale, row);
    this.units[row] = scaled;
    if (Number.isNaN(scaled)) this.offScale.set(row, formatUnits(units, scale));
  }

  /** Keeps the digits of a plain number that is too large to be held exactly. */
  private isLarge(row: number): boolean {
    const { field } = this;
    if (field.end - field.start > MAX_NUMBER_BYTES) return false;
    const text = this.fieldText();
    const plain = this.decimalSign === ',' ? text.replace(',', '.') : text;
    if (!/^[+-]?\d+(?:\.\d+)?$/.test(plain)) return false;
    this.offScale.set(row, plain.replace(/^\+/, ''));
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
