import type { CodecFor } from '../../../kernel/text.ts';
import type { DecimalSign } from './csv-amount.ts';
import { findColumn } from './csv-column-names.ts';
import type { DateReading } from './csv-date.ts';
import { settleColumns } from './csv-detection.ts';
import type { CsvLayout, DialectQuestion } from './csv-dialect.ts';
import { detectOnHead, FileHead, type HeadSample } from './csv-head.ts';
import { detectLayout } from './csv-layout-detection.ts';
import { type CsvOverrides, checkedOverrides } from './csv-overrides.ts';
import type { TableColumns, TableMapping } from './csv-table-columns.ts';
import { type MappedColumns, TableRows } from './csv-table-rows.ts';

export type { TableColumns, TableMapping } from './csv-table-columns.ts';

/** Reads a table chunk by chunk; `end` gives the columns. */
export interface TableReader {
  write(chunk: Uint8Array): void;
  end(): TableColumns;
}

/**
 * A reader of any delimited table for tests on columns the examiner names. Nothing is guessed about roles; dialect is
 * detected and can be overridden as for statements. Throws FileRefused `file.empty`, `csv.binary`, `dialect.unknown`
 * (no such column or setting) and `dialect.ambiguous`.
 */
export const createTableReader = (
  codecFor: CodecFor,
  mapping: TableMapping,
  overrides: CsvOverrides = {},
): TableReader => new MappedTable(codecFor, mapping, overrides);

/** Reads a whole table given in chunks. */
export const readTable = (
  chunks: Iterable<Uint8Array>,
  codecFor: CodecFor,
  mapping: TableMapping,
  overrides: CsvOverrides = {},
): TableColumns => {
  const reader = createTableReader(codecFor, mapping, overrides);
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
};

class MappedTable implements TableReader {
  private readonly codecFor: CodecFor;
  private readonly mapping: TableMapping;
  private readonly overrides: CsvOverrides;
  private head = new FileHead();
  private rows: TableRows | null = null;
  constructor(codecFor: CodecFor, mapping: TableMapping, overrides: CsvOverrides) {
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
    const { layout, columns, decimalSign, dateOrder } = settled;
    this.rows = new TableRows(layout, columns, decimalSign, dateOrder, this.codecFor);
    this.rows.feed(head.bytes.subarray(layout.encoding.bomBytes), false);
    this.head = new FileHead();
  }

  private settle(sample: HeadSample): SettledTable {
    const { mapping } = this;
    const layout = detectLayout(sample, this.codecFor, this.overrides);
    const find = (key: keyof TableMapping): number | null => {
      const wanted = mapping[key];
      return wanted === undefined ? null : findColumn(key, wanted, layout.names, layout.columnCount);
    };
    const columns: MappedColumns = {
      amount: find('amount'),
      date: find('date'),
      party: find('party'),
      reference: find('reference'),
      account: find('account'),
      id: find('id'),
      currency: find('currency'),
    };
    const questions: DialectQuestion[] = [];
    const { decimalSign, dateOrder } = settleColumns(layout, columns.amount, columns.date, this.overrides, questions);
    return { layout, columns, questions, decimalSign, dateOrder };
  }
}

interface SettledTable {
  readonly layout: CsvLayout;
  readonly columns: MappedColumns;
  readonly questions: readonly DialectQuestion[];
  readonly decimalSign: DecimalSign;
  readonly dateOrder: DateReading;
}
