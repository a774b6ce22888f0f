import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { TextColumn, TransactionTable } from './transaction-table.ts';

const COLUMNS = [
  'rowNumber',
  'amountUnits',
  'bookingDay',
  'account',
  'party',
  'currency',
  'referenceHash',
  'series',
  'seriesNumber',
  'recordHashHigh',
  'recordHashLow',
  'valueDay',
  'enteredDay',
  'minute',
  'counterpartyAccount',
  'type',
  'category',
  'ledgerAccount',
  'entry',
  'poster',
  'description',
  'referenceText',
] as const satisfies readonly (keyof TransactionTable)[];
type Column = (typeof COLUMNS)[number];

/**
 * A table that remembers which of its columns were read. A deterministic test that read none but unchanged columns comes to
 * the same result again: what it read is what its result depends on.
 */
export class ReadTable implements TransactionTable {
  readonly rowCount: number;
  readonly amountScale: number;
  readonly offScaleAmounts: ReadonlyMap<number, string>;
  readonly named: ReadonlyMap<string, CodedColumn>;
  private readonly table: TransactionTable;
  /** One bit a column. */
  private read = 0;

  constructor(table: TransactionTable) {
    this.table = table;
    // Asked for in every turn of a loop: not worth a step more.
    this.rowCount = table.rowCount;
    this.amountScale = table.amountScale;
    this.offScaleAmounts = table.offScaleAmounts;
    this.named = table.named;
  }

  /** The columns read since the last call, in a fixed order. */
  taken(): Column[] {
    const taken = COLUMNS.filter((_, i) => (this.read & (1 << i)) !== 0);
    this.read = 0;
    return taken;
  }

  get rowNumber(): Uint32Array {
    this.read |= 1 << 0;
    return this.table.rowNumber;
  }
  get amountUnits(): Float64Array | null {
    this.read |= 1 << 1;
    return this.table.amountUnits;
  }
  get bookingDay(): Int32Array | null {
    this.read |= 1 << 2;
    return this.table.bookingDay;
  }
  get account(): CodedColumn | null {
    this.read |= 1 << 3;
    return this.table.account;
  }
  get party(): CodedColumn | null {
    this.read |= 1 << 4;
    return this.table.party;
  }
  get currency(): CodedColumn | null {
    this.read |= 1 << 5;
    return this.table.currency;
  }
  get referenceHash(): Float64Array | null {
    this.read |= 1 << 6;
    return this.table.referenceHash;
  }
  get series(): CodedColumn | null {
    this.read |= 1 << 7;
    return this.table.series;
  }
  get seriesNumber(): Float64Array | null {
    this.read |= 1 << 8;
    return this.table.seriesNumber;
  }
  get recordHashHigh(): Uint32Array | null {
    this.read |= 1 << 9;
    return this.table.recordHashHigh;
  }
  get recordHashLow(): Uint32Array | null {
    this.read |= 1 << 10;
    return this.table.recordHashLow;
  }
  get valueDay(): Int32Array | null {
    this.read |= 1 << 11;
    return this.table.valueDay;
  }
  get enteredDay(): Int32Array | null {
    this.read |= 1 << 12;
    return this.table.enteredDay;
  }
  get minute(): Int32Array | null {
    this.read |= 1 << 13;
    return this.table.minute;
  }
  get counterpartyAccount(): CodedColumn | null {
    this.read |= 1 << 14;
    return this.table.counterpartyAccount;
  }
  get type(): CodedColumn | null {
    this.read |= 1 << 15;
    return this.table.type;
  }
  get category(): CodedColumn | null {
    this.read |= 1 << 16;
    return this.table.category;
  }
  get ledgerAccount(): CodedColumn | null {
    this.read |= 1 << 17;
    return this.table.ledgerAccount;
  }
  get entry(): CodedColumn | null {
    this.read |= 1 << 18;
    return this.table.entry;
  }
  get poster(): CodedColumn | null {
    this.read |= 1 << 19;
    return this.table.poster;
  }
  get description(): TextColumn | null {
    this.read |= 1 << 20;
    return this.table.description;
  }
  get referenceText(): TextColumn | null {
    this.read |= 1 << 21;
    return this.table.referenceText;
  }
}
