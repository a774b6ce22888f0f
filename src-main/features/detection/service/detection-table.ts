import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { TransactionTable } from '../domain/transaction-table.ts';

/** Transactions of several sources as one table for tests, and what its rows are called in the store. */
export class DetectionTable {
  readonly table: TransactionTable;
  readonly merged: CaseTable;
  private readonly sources: readonly CaseSource[];
  private readonly offsets: readonly number[];

  constructor(sources: readonly CaseSource[]) {
    this.sources = sources;
    this.merged = new CaseTable(sources, decodeUtf8);
    this.offsets = this.merged.offsets();
    this.table = {
      rowCount: this.merged.rowCount,
      rowNumber: this.merged.words('rowNumber'),
      amountUnits: this.merged.amounts(),
      amountScale: this.merged.scale,
      bookingDay: this.merged.days('bookingDay'),
      account: this.merged.accounts(),
      party: this.merged.coded('party'),
      currency: this.merged.coded('currency'),
      referenceHash: this.merged.floats('referenceHash'),
      series: this.merged.coded('series'),
      seriesNumber: this.merged.floats('seriesNumber'),
      recordHashHigh: this.merged.words('recordHashHigh'),
      recordHashLow: this.merged.words('recordHashLow'),
    };
  }

  /** Index of the source a row lies in. */
  partOf(row: number): number {
    let part = this.offsets.length - 1;
    while (part > 0 && row < this.offsets[part]!) part -= 1;
    return part;
  }

  /** The id of a row in the store. */
  transactionId(row: number): number {
    const part = this.partOf(row);
    return this.sources[part]!.firstTransactionId + row - this.offsets[part]!;
  }

  /** Ids of rows, ascending when the rows are. */
  transactionIds(rows: Uint32Array | readonly number[]): Float64Array {
    return Float64Array.from(rows, row => this.transactionId(row));
  }

  /** What a row is called for people: its row in its file, with the file's name where there are several. */
  placeOf(row: number): string {
    const number = this.table.rowNumber[row]!;
    return this.sources.length === 1 ? `row ${number}` : `row ${number} of ${this.sources[this.partOf(row)]!.name}`;
  }
}
