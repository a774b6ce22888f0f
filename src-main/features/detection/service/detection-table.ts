import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { MergedName } from '../../ingestion/domain/case-table.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import { minuteOfText, UNKNOWN_MINUTE } from '../../ingestion/domain/time-of-day.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { TextColumn, TransactionTable } from '../domain/transaction-table.ts';
import type { ArrayColumnName } from './stated-values.ts';
import { statesValue } from './stated-values.ts';
import { entriesOfStatements } from './statement-entries.ts';

/** What people decided that changes what tests see. */
export interface DetectionView {
  /** The party a standardized key stands for. */
  readonly nameOf: (party: string) => string;
  /** Rows (over all sources, ascending) that were confirmed to repeat others: they are left out. */
  readonly without: Uint32Array;
}

/** Where the texts of transactions are read from, by their ids. */
export interface TransactionTexts {
  /** Whether any of them has such a text. */
  isStated(name: 'reference' | 'description'): boolean;
  /** The text, trimmed; '' where there is none. */
  at(name: 'reference' | 'description', id: number): string;
}

/** Transactions of several sources as one table for tests, and what its rows are called in the store. */
export class DetectionTable {
  readonly table: TransactionTable;
  private readonly sources: readonly CaseSource[];
  private readonly merged: CaseTable;
  private readonly offsets: readonly number[];
  /** Row of the sources that a row of this table is; null where none is left out and they are the same. */
  private readonly kept: Uint32Array | null;

  private readonly texts: TransactionTexts | null;

  /** Without `texts` the table has no descriptions and no texts of references. */
  constructor(
    sources: readonly CaseSource[],
    { nameOf, without }: DetectionView,
    texts: TransactionTexts | null = null,
  ) {
    this.texts = texts;
    this.sources = sources;
    this.merged = new CaseTable(sources, decodeUtf8);
    this.offsets = this.merged.offsets();
    this.kept = without.length === 0 ? null : rowsWithout(this.merged.rowCount, without);
    this.table = this.lazyTable(nameOf);
  }

  /** Columns are merged when a test first reads them: most data has no use for most of them. */
  private lazyTable(nameOf: (party: string) => string): TransactionTable {
    const { merged } = this;
    const held = <Column>(make: () => Column): (() => Column) => {
      let value: { readonly column: Column } | null = null;
      return () => {
        value ??= { column: make() };
        return value.column;
      };
    };
    /** A column that no source states in any row is none: a test says so, takes another way or refuses. */
    const stated = <Column>(name: ArrayColumnName, make: () => Column): (() => Column | null) =>
      held(() => (this.isStated(name) ? make() : null));
    const columns = {
      rowNumber: held(() => this.gather(merged.words('rowNumber'))),
      amountUnits: held(() => this.amounts()),
      bookingDay: stated('date', () => this.days('bookingDay')),
      valueDay: stated('value-date', () => this.days('valueDay')),
      account: stated('account', () => this.accounts()),
      party: stated('party', () => renamed(this.coded('party'), nameOf)),
      currency: stated('currency', () => this.coded('currency')),
      referenceHash: stated('reference', () => this.referenceHashes()),
      // References without a number are references: the three columns come together.
      series: stated('reference', () => this.coded('series')),
      seriesNumber: stated('reference', () => this.gather(merged.floats('seriesNumber'))),
      recordHashHigh: held(() => this.gather(merged.words('recordHashHigh'))),
      recordHashLow: held(() => this.gather(merged.words('recordHashLow'))),
      counterpartyAccount: stated('counterparty-account', () => this.coded('counterpartyAccount')),
      type: stated('type', () => this.coded('type')),
      category: stated('category', () => this.coded('category')),
      ledgerAccount: stated('ledger-account', () => this.coded('ledgerAccount')),
      // Journal entries: of two statements they are two, though they have the same number.
      entry: stated('entry', () => entriesOfStatements(this.coded('entry'), this.statements())),
      poster: stated('poster', () => this.coded('poster')),
      enteredDay: stated('entered', () =>
        this.decoded('entered', text => parseIsoDate(text) ?? UNKNOWN_DAY, UNKNOWN_DAY),
      ),
      minute: stated('time', () => this.decoded('time', minuteOfText, UNKNOWN_MINUTE)),
      description: held(() => this.textColumn('description')),
      referenceText: held(() => this.textColumn('reference')),
    };
    return {
      rowCount: this.kept?.length ?? merged.rowCount,
      amountScale: merged.scale,
      offScaleAmounts: this.offScaleAmounts(),
      named: new Map(),
      get rowNumber() {
        return columns.rowNumber();
      },
      get amountUnits() {
        return columns.amountUnits();
      },
      get bookingDay() {
        return columns.bookingDay();
      },
      get valueDay() {
        return columns.valueDay();
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
      get enteredDay() {
        return columns.enteredDay();
      },
      get minute() {
        return columns.minute();
      },
      get description() {
        return columns.description();
      },
      get referenceText() {
        return columns.referenceText();
      },
    };
  }

  coded(name: MergedName): CodedColumn {
    return this.gatherCodes(this.merged.coded(name));
  }

  private isStated(name: ArrayColumnName): boolean {
    return this.sources.some(source => statesValue(source, name));
  }

  /** Numbers that are kept as codes of their texts. */
  private decoded(name: 'entered' | 'time', decode: (text: string) => number, unknown: number): Int32Array {
    const { codes, values } = this.coded(name);
    const numbers = Int32Array.from(values, decode);
    return codes.map(code => (code < 0 ? unknown : numbers[code]!));
  }

  /** Texts are read from the store only where a test asks for them; null where no source states any. */
  private textColumn(name: 'description' | 'reference'): TextColumn | null {
    const { texts } = this;
    if (texts === null || !texts.isStated(name)) return null;
    return { at: row => texts.at(name, this.transactionId(row)) };
  }

  days(name: 'bookingDay' | 'valueDay'): Int32Array {
    return this.gather(this.merged.days(name));
  }
  amounts(): Float64Array {
    return this.gather(this.merged.amounts());
  }
  /** The account of each row; unknown in all of them where no source states one. */
  accounts(): CodedColumn {
    return this.gatherCodes(this.merged.accounts());
  }
  /** The party of each row by the name it has now; unknown in all of them where no source states one. */
  parties(): CodedColumn {
    return this.table.party ?? this.coded('party');
  }
  private offScaleAmounts(): Map<number, string> {
    const all = this.merged.offScaleAmounts();
    if (this.kept === null || all.size === 0) return all;
    const own = new Map<number, string>();
    this.kept.forEach((at, row) => {
      const text = all.get(at);
      if (text !== undefined) own.set(row, text);
    });
    return own;
  }
  referenceHashes(): Float64Array {
    return this.gather(this.merged.floats('referenceHash'));
  }

  /** Statement numbers that are unique over all sources. */
  statements(): Int32Array {
    if (this.sources.length === 1) return this.gather(this.sources[0]!.columns.columns.statement);
    const codes = new Int32Array(this.merged.rowCount);
    let row = 0;
    let first = 0;
    for (const source of this.sources) {
      for (const code of source.columns.columns.statement) codes[row++] = code + first;
      first += source.accounts.length;
    }
    return this.gather(codes);
  }

  /** Index of the source of each row. */
  sourceIndexes(): Int32Array {
    const indexes = new Int32Array(this.merged.rowCount);
    for (const [part, source] of this.sources.entries())
      indexes.fill(part, this.offsets[part]!, this.offsets[part]! + source.columns.count);
    return this.gather(indexes);
  }

  /** Index of the source a row lies in. */
  partOf(row: number): number {
    const at = this.kept === null ? row : this.kept[row]!;
    let part = this.offsets.length - 1;
    while (part > 0 && at < this.offsets[part]!) part -= 1;
    return part;
  }

  /** The id of a row in the store. */
  transactionId(row: number): number {
    const part = this.partOf(row);
    const at = this.kept === null ? row : this.kept[row]!;
    return this.sources[part]!.firstTransactionId + at - this.offsets[part]!;
  }

  /** Ids of rows, ascending when the rows are. */
  transactionIds(rows: Uint32Array | readonly number[]): Float64Array {
    return Float64Array.from(rows, row => this.transactionId(row));
  }

  /** What a row is called for people: its row in its file, with the file's name where there are several. */
  placeOf(row: number): string {
    const number = this.table.rowNumber![row]!;
    return this.sources.length === 1 ? `row ${number}` : `row ${number} of ${this.sources[this.partOf(row)]!.name}`;
  }

  private gather<A extends Float64Array | Int32Array | Uint32Array>(column: A): A {
    const { kept } = this;
    if (kept === null) return column;
    const Type = column.constructor as new (length: number) => A;
    const gathered = new Type(kept.length);
    for (let row = 0; row < kept.length; row++) gathered[row] = column[kept[row]!]!;
    return gathered;
  }

  private gatherCodes({ codes, values }: CodedColumn): CodedColumn {
    return { codes: this.gather(codes), values };
  }
}

const rowsWithout = (rowCount: number, without: Uint32Array): Uint32Array => {
  const kept = new Uint32Array(rowCount - without.length);
  let next = 0;
  let at = 0;
  for (let row = 0; row < rowCount; row++) {
    if (row === without[next]) next += 1;
    else kept[at++] = row;
  }
  return kept;
};

/** Codes of what the values are called now: several values may share a name. The same column where no name differs. */
const renamed = ({ codes, values }: CodedColumn, nameOf: (party: string) => string): CodedColumn => {
  const names = values.map(nameOf);
  if (names.every((name, code) => name === values[code])) return { codes, values };
  const distinct = [...new Set(names)];
  const codeOf = new Map(distinct.map((name, code) => [name, code]));
  const byOld = Int32Array.from(names, name => codeOf.get(name) ?? UNKNOWN_CODE);
  return { codes: codes.map(code => (code < 0 ? UNKNOWN_CODE : byOld[code]!)), values: distinct };
};
