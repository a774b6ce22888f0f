import { ByteDictionary } from './byte-dictionary.ts';
import { columnLabel } from './csv-column-names.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import { type Direction, directionOf } from './csv-indicator.ts';
import type { MoneyReader } from './csv-money-reader.ts';
import type { RowText } from './csv-row-text.ts';

const NONE = -1;

/** Reads the signed amount of the current record by the dialect's rule of signs into `units` and `scale`. */
export class RowAmount {
  units = 0;
  scale = 0;
  /** Amounts with a credit mark stood beside unmarked ones and no negative one was seen. */
  get marksCameLate(): boolean {
    return this.dialect.signs === 'amount' && this.sawCreditMark && this.sawUnmarked && !this.sawNegative;
  }
  private readonly dialect: CsvDialect;
  private readonly money: MoneyReader;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly amount: number;
  private readonly debit: number;
  private readonly credit: number;
  private readonly indicator: number;
  private readonly creditMarks: boolean;
  /** -1 where debits are positive or the examiner turned the sign round (1 where both). */
  private readonly sideFactor: number;
  private readonly flip: boolean;
  private readonly marks = new ByteDictionary();
  private readonly directions: Direction[] = [];
  private sawNegative = false;
  private sawCreditMark = false;
  private sawUnmarked = false;

  constructor(dialect: CsvDialect, money: MoneyReader, field: CsvField, text: RowText) {
    this.dialect = dialect;
    this.money = money;
    this.field = field;
    this.text = text;
    const { amount, debit, credit, indicator } = dialect.choices;
    this.amount = amount?.columns[0] ?? NONE;
    this.debit = amount ? NONE : (debit?.columns[0] ?? NONE);
    this.credit = amount ? NONE : (credit?.columns[0] ?? NONE);
    this.indicator = dialect.signs === 'indicator' ? (indicator?.columns[0] ?? NONE) : NONE;
    this.creditMarks = dialect.signs === 'credit marks';
    this.flip = dialect.flipAmount;
    this.sideFactor = dialect.ledger ? -1 : 1;
  }

  /** The columns without which a record has no amount. */
  get neededColumn(): number {
    return Math.max(this.amount, this.indicator, Math.min(this.debit, this.credit));
  }

  /** Null when the amount was read, else why it was not. */
  read(): string | null {
    const problem = this.amount >= 0 ? this.readOne() : this.readSides();
    if (problem !== null) return problem;
    if (this.flip && this.units !== 0) this.units = -this.units;
    return null;
  }

  private readOne(): string | null {
    const { money } = this;
    const read = money.read(this.amount);
    if (read !== true) return money.problem(this.amount, read);
    this.units = money.units;
    this.scale = money.scale;
    if (this.indicator >= 0) return this.applyIndicator();
    if (money.units < 0) this.sawNegative = true;
    else if (money.signed) this.sawCreditMark = true;
    else if (money.units !== 0) {
      this.sawUnmarked = true;
      if (this.creditMarks) this.units = -money.units;
    }
    return null;
  }

  private applyIndicator(): string | null {
    const { field, text } = this;
    field.at(this.indicator);
    const code = this.marks.code(field.source, field.start, field.end, text.codec);
    if (code === this.directions.length)
      this.directions.push(directionOf(this.marks.values[code]!, this.dialect.indicator));
    const direction = this.directions[code]!;
    if (direction === 0)
      return `${this.label(this.indicator)} says neither debit nor credit: "${this.marks.values[code]!.slice(0, 60)}"`;
    if (this.units < 0)
      return `the amount is negative and ${this.label(this.indicator)} gives a sign too: "${this.marks.values[code]!}"`;
    if (direction * this.sideFactor < 0 && this.units !== 0) this.units = -this.units;
    return null;
  }

  private readSides(): string | null {
    const { money } = this;
    const debit = this.debit < 0 ? null : money.read(this.debit);
    if (debit === false) return money.problem(this.debit, false);
    const debitUnits = debit === null ? 0 : money.units;
    const debitScale = money.scale;
    const credit = this.credit < 0 ? null : money.read(this.credit);
    if (credit === false) return money.problem(this.credit, false);
    if (debit === null && credit === null) {
      if (this.debit >= 0 && this.credit >= 0)
        return `no amount in ${this.label(this.debit)} or ${this.label(this.credit)}`;
      return money.problem(this.debit < 0 ? this.credit : this.debit, null);
    }
    const creditUnits = credit === null ? 0 : money.units;
    if (debitUnits !== 0 && creditUnits !== 0)
      return `both ${this.label(this.debit)} and ${this.label(this.credit)} are filled`;
    if (debitUnits !== 0 || credit === null) {
      this.units = this.dialect.debitSigned || debitUnits === 0 ? debitUnits : -debitUnits;
      this.scale = debitScale;
    } else {
      this.units = creditUnits;
      this.scale = money.scale;
    }
    if (this.sideFactor < 0 && this.units !== 0) this.units = -this.units;
    return null;
  }

  private label(column: number): string {
    return `column "${columnLabel(this.dialect.names, column)}"`;
  }
}
