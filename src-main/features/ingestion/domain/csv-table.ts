import type { CodecFor } from '../../../kernel/text.ts';
import type { DateReading } from './csv-date.ts';
import { settleColumns } from './csv-detection.ts';
import type { CsvLayout, DialectQuestion } from './csv-dialect.ts';
import { detectOnHead, FileHead, type HeadSample } from './csv-head.ts';
import { detectLayout } from './csv-layout-detection.ts';
import { type CsvOverrides, checkedOverrides } from './csv-overrides.ts';
import type { TableColumns, TableMapping, TableWishes } from './csv-table-columns.ts';
import { type SettledParts, settleParts } from './csv-table-parts.ts';
import { type TableReading, TableRows } from './csv-table-rows.ts';
import { enteredOrder } from './csv-trail-columns.ts';

export type { TableColumns, TableMapping, TableWishes } from './csv-table-columns.ts';

/** Reads a table chunk by chunk; `end` gives the columns. */
export interface TableReader {
  write(chunk: Uint8Array): void;
  end(): TableColumns;
}

/**
 * A reader of any delimited table for tests on columns the examiner names. A part that is needed and that nobody named is
 * taken from a column whose name says it plainly, and told; nothing else is guessed about roles. The dialect is detected and
 * can be overridden as for statements. Throws FileRefused `file.empty`, `csv.binary`, `dialect.unknown`
 * (no such column or setting) and `dialect.ambiguous`.
 */
export const createTableReader = (
  codecFor: CodecFor,
  mapping: TableMapping,
  overrides: CsvOverrides = {},
  wishes: TableWishes = {},
): TableReader => new MappedTable(codecFor, mapping, overrides, wishes);

/** Reads a whole table given in chunks. */
export const readTable = (
  chunks: Iterable<Uint8Array>,
  codecFor: CodecFor,
  mapping: TableMapping,
  overrides: CsvOverrides = {},
  wishes: TableWishes = {},
): TableColumns => {
  const reader = createTableReader(codecFor, mapping, overrides, wishes);
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
};

class MappedTable implements TableReader {
  private readonly codecFor: CodecFor;
  private readonly mapping: TableMapping;
  private readonly overrides: CsvOverrides;
  private readonly wishes: TableWishes;
  private head = new FileHead();
  private rows: TableRows | null = null;
  constructor(codecFor: CodecFor, mapping: TableMapping, overrides: CsvOverrides, wishes: TableWishes) {
    this.wishes = wishes;
    this.codecFor = codecFor;
    this.mapping = mapping;
    this.overrides = checkedOverrides(overrides);
  }

  write(chunk: Uint8Array): void {
    if (this.rows !== null) {
      this.rows.feed(chunk, false);
      return;
    }
    if (this.head.push(chunk)) this.begin(false);
  }

  end(): TableColumns {
    if (this.rows === null) this.begin(true);
    const rows = this.rows!;
    rows.feed(new Uint8Array(0), true);
    return rows.columns();
  }

  private begin(whole: boolean): void {
    const { head } = this;
    const settled = detectOnHead(head, whole, sample => this.settle(sample));
    if (settled === null) return;
    this.rows = new TableRows(settled, this.codecFor, this.wishes.referenceTexts ?? false);
    this.rows.feed(head.bytes.subarray(settled.layout.encoding.bomBytes), false);
    this.head = new FileHead();
  }

  private settle(sample: HeadSample): SettledTable {
    const layout = detectLayout(sample, this.codecFor, this.overrides);
    const parts = settleParts(layout, this.mapping, this.wishes);
    const { columns } = parts;
    const questions: DialectQuestion[] = [];
    const amount = columns.amount ?? columns.debit ?? columns.credit;
    const { decimalSign, dateOrder } = settleColumns(layout, amount, columns.date, this.overrides, questions);
    return {
      layout,
      parts,
      questions,
      decimalSign,
      dateOrder,
      valueDateOrder: this.orderOf(layout, columns['value-date'], dateOrder, columns.date !== null, questions),
      enteredOrder: this.orderOf(layout, columns.entered, dateOrder, columns.date !== null, questions),
    };
  }

  /** The order of dates beside the booking dates: theirs where it fits, else their own, which may have to be asked. */
  private orderOf(
    layout: CsvLayout,
    column: number | null,
    dateOrder: DateReading,
    settled: boolean,
    questions: DialectQuestion[],
  ): DateReading {
    if (column === null) return dateOrder;
    const values = layout.rows.map(fields => fields[column] ?? '');
    const order = settled ? enteredOrder(values, dateOrder) : null;
    return order ?? settleColumns(layout, null, column, this.overrides, questions).dateOrder;
  }
}

interface SettledTable extends TableReading {
  readonly parts: SettledParts;
  readonly questions: readonly DialectQuestion[];
}
