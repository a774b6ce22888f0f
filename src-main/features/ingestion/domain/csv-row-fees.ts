import { formatUnits, powerOfTen } from '../../../kernel/decimal.ts';
import type { MoneyReader } from './csv-money-reader.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

const SCALE = 9;

/** Adds up fees that stand beside the amounts and are not part of them, so that they are told. */
export class FeeTotal {
  private readonly builder: TransactionColumnBuilder;
  private readonly money: MoneyReader;
  private readonly column: number;
  private total = 0n;
  private rows = 0;
  private firstRow = 0;

  constructor(builder: TransactionColumnBuilder, money: MoneyReader, column: number) {
    this.builder = builder;
    this.money = money;
    this.column = column;
  }

  /** Reads the fee of the current record. */
  read(row: number): void {
    if (this.money.read(this.column) !== true || this.money.units === 0) return;
    if (this.rows++ === 0) this.firstRow = row;
    this.total += BigInt(this.money.units) * BigInt(powerOfTen(SCALE - this.money.scale));
  }

  tell(column: string): void {
    if (this.rows === 0) return;
    this.builder.warn({
      row: this.firstRow,
      code: 'csv.fee',
      message: `${this.rows} rows state fees of ${formatUnits(this.total, SCALE, 2)} together in ${column}; they are not part of the amounts`,
    });
  }
}
