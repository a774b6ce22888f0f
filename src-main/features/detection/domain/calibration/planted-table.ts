import { type CodedColumn, Dictionary } from '../../../../kernel/dictionary.ts';
import { hash53 } from '../../../../kernel/hash.ts';
import type { TextColumn, TransactionTable } from '../transaction-table.ts';

/** What of a copied row differs from its original; whatever is left out stays as it was. */
export interface RowChanges {
  readonly amountUnits?: number;
  readonly bookingDay?: number;
  readonly valueDay?: number;
  readonly enteredDay?: number;
  /** Minute of the day. */
  readonly minute?: number;
  readonly account?: string;
  readonly party?: string;
  readonly counterpartyAccount?: string;
  readonly type?: string;
  readonly category?: string;
  readonly ledgerAccount?: string;
  readonly entry?: string;
  readonly poster?: string;
  readonly description?: string;
  /** Text of the reference; its series and number follow from it. */
  readonly reference?: string;
  /** The record's own text stays equal to the original's: a true copy. */
  readonly sameRecord?: boolean;
}

type CodedName =
  | 'account'
  | 'party'
  | 'currency'
  | 'counterpartyAccount'
  | 'type'
  | 'category'
  | 'ledgerAccount'
  | 'entry'
  | 'poster';
type NumberName = 'amountUnits' | 'bookingDay' | 'valueDay' | 'enteredDay' | 'minute';

interface Copy {
  readonly at: number;
  readonly from: number;
  readonly changes: RowChanges;
}

/** Series and number of a reference, as the importer parts them: the text up to a trailing number of at most 15 digits. */
const referenceParts = (text: string): { readonly series: string; readonly number: number } => {
  const match = /^(.*?)(\d{1,15})$/s.exec(text);
  return match === null ? { series: '', number: Number.NaN } : { series: match[1]!, number: Number(match[2]) };
};

/** A copy of a table with changed copies of its own rows at its end. The table itself is never written to. */
export class PlantedRows {
  private readonly table: TransactionTable;
  private readonly copies: Copy[] = [];
  constructor(table: TransactionTable) {
    this.table = table;
  }

  /** Adds a copy of row `from` and answers its row in the planted table. */
  add(from: number, changes: RowChanges): number {
    return this.table.rowCount + this.copies.push({ at: this.copies.length, from, changes }) - 1;
  }

  /** The planted table. Columns are made when a test first reads them: most tests read few. */
  build(): TransactionTable {
    const { table, copies } = this;
    const held = <Column>(make: () => Column): (() => Column) => {
      let value: { readonly column: Column } | null = null;
      return () => {
        value ??= { column: make() };
        return value.column;
      };
    };
    const numbers = <Column extends Float64Array | Int32Array | Uint32Array>(
      column: Column | null,
      of: (copy: Copy, own: number) => number,
    ): Column | null => (column === null ? null : extended(column, copies, of));
    const numberColumn = (name: NumberName) =>
      held(() => numbers(table[name] as Float64Array | Int32Array | null, ({ changes }, own) => changes[name] ?? own));
    const codedColumn = (name: CodedName) => held(() => this.coded(table[name], name));
    const columns = {
      rowNumber: held(() => extended(table.rowNumber, copies, ({ from }) => table.rowNumber[from]!)),
      amountUnits: numberColumn('amountUnits'),
      bookingDay: numberColumn('bookingDay'),
      valueDay: numberColumn('valueDay'),
      enteredDay: numberColumn('enteredDay'),
      minute: numberColumn('minute'),
      account: codedColumn('account'),
      party: codedColumn('party'),
      currency: codedColumn('currency'),
      counterpartyAccount: codedColumn('counterpartyAccount'),
      type: codedColumn('type'),
      category: codedColumn('category'),
      ledgerAccount: codedColumn('ledgerAccount'),
      entry: codedColumn('entry'),
      poster: codedColumn('poster'),
      referenceHash: held(() =>
        numbers(table.referenceHash, ({ changes: { reference } }, own) =>
          reference === undefined ? own : hash53(reference),
        ),
      ),
      series: held(() => this.series()),
      seriesNumber: held(() =>
        numbers(table.seriesNumber, ({ changes: { reference } }, own) =>
          reference === undefined ? own : referenceParts(reference).number,
        ),
      ),
      recordHashHigh: held(() => numbers(table.recordHashHigh, (copy, own) => this.recordHash(copy, own, 1))),
      recordHashLow: held(() => numbers(table.recordHashLow, (copy, own) => this.recordHash(copy, own, 2))),
      description: held(() => this.texts(table.description, 'description')),
      referenceText: held(() => this.texts(table.referenceText, 'reference')),
      named: held(() => new Map([...table.named].map(([name, column]) => [name, this.coded(column, null)!]))),
    };
    return {
      rowCount: table.rowCount + copies.length,
      amountScale: table.amountScale,
      offScaleAmounts: table.offScaleAmounts,
      get rowNumber() {
        return columns.rowNumber();
      },
      get amountUnits() {
        return columns.amountUnits() as Float64Array | null;
      },
      get bookingDay() {
        return columns.bookingDay() as Int32Array | null;
      },
      get valueDay() {
        return columns.valueDay() as Int32Array | null;
      },
      get enteredDay() {
        return columns.enteredDay() as Int32Array | null;
      },
      get minute() {
        return columns.minute() as Int32Array | null;
      },
      get account() {
        return columns.account();
      },
      get party() {
        return columns.party();
      },
      get currency() {
        return columns.currency();
      },
      get counterpartyAccount() {
        return columns.counterpartyAccount();
      },
      get type() {
        return columns.type();
      },
      get category() {
        return columns.category();
      },
      get ledgerAccount() {
        return columns.ledgerAccount();
      },
      get entry() {
        return columns.entry();
      },
      get poster() {
        return columns.poster();
      },
      get referenceHash() {
        return columns.referenceHash();
      },
      get series() {
        return columns.series();
      },
      get seriesNumber() {
        return columns.seriesNumber();
      },
      get recordHashHigh() {
        return columns.recordHashHigh();
      },
      get recordHashLow() {
        return columns.recordHashLow();
      },
      get description() {
        return columns.description();
      },
      get referenceText() {
        return columns.referenceText();
      },
      get named() {
        return columns.named();
      },
    };
  }

  /** A changed copy has a text of its own: no other record has its hash but by accident (2^-64). */
  private recordHash(copy: Copy, own: number, word: 1 | 2): number {
    return copy.changes.sameRecord === true ? own : hash53(`planted ${copy.at}`, word) >>> 0;
  }

  private coded(column: CodedColumn | null, name: CodedName | null): CodedColumn | null {
    if (column === null) return null;
    const added = new Dictionary();
    const known = new Map<string, number>();
    const codeOf = (text: string): number => {
      if (text === '') return -1;
      const before = known.get(text) ?? column.values.indexOf(text);
      known.set(text, before);
      return before >= 0 ? before : column.values.length + added.code(text);
    };
    const codes = extended(column.codes, this.copies, ({ changes }, own) => {
      const text = name === null || name === 'currency' ? undefined : changes[name];
      return text === undefined ? own : codeOf(text);
    });
    return { codes, values: added.values.length === 0 ? column.values : [...column.values, ...added.values] };
  }

  private series(): CodedColumn | null {
    const { series } = this.table;
    if (series === null) return null;
    const added = new Dictionary();
    const codes = extended(series.codes, this.copies, ({ changes: { reference } }, own) => {
      if (reference === undefined) return own;
      const parts = referenceParts(reference);
      if (Number.isNaN(parts.number) || parts.series === '') return -1;
      const before = series.values.indexOf(parts.series);
      return before >= 0 ? before : series.values.length + added.code(parts.series);
    });
    return { codes, values: [...series.values, ...added.values] };
  }

  private texts(column: TextColumn | null, name: 'description' | 'reference'): TextColumn | null {
    const { table, copies } = this;
    if (column === null) return null;
    return {
      at: row => {
        const copy = copies[row - table.rowCount];
        return copy === undefined ? column.at(row) : (copy.changes[name] ?? column.at(copy.from));
      },
    };
  }
}

const extended = <Column extends Float64Array | Int32Array | Uint32Array>(
  column: Column,
  copies: readonly Copy[],
  of: (copy: Copy, own: number) => number,
): Column => {
  const Type = column.constructor as new (length: number) => Column;
  const all = new Type(column.length + copies.length);
  all.set(column as never);
  for (const [i, copy] of copies.entries()) all[column.length + i] = of(copy, column[copy.from]!);
  return all;
};
