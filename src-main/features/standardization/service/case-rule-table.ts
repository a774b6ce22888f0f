import { powerOfTen } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { PartyGroups } from '../domain/recipe/party-groups.ts';
import type { CodedField, TextField } from '../domain/rules/rule.ts';
import type { RuleTable } from '../domain/rules/rule-table.ts';

/** A case's transactions as rules see them: parties merged as people decided, texts read from the store when asked for. */
export class CaseRuleTable implements RuleTable {
  readonly rowCount: number;
  readonly amountUnits: Float64Array;
  readonly amountScale: number;
  readonly bookingDay: Int32Array;
  private readonly sources: readonly CaseSource[];
  private readonly store: ReadStore;
  private readonly merged: CaseTable;
  private readonly parties: PartyGroups;
  private readonly offsets: readonly number[];
  private readonly columns = new Map<CodedField, CodedColumn>();

  constructor(sources: readonly CaseSource[], store: ReadStore, parties: PartyGroups) {
    this.sources = sources;
    this.store = store;
    this.parties = parties;
    this.merged = new CaseTable(sources, decodeUtf8);
    this.rowCount = this.merged.rowCount;
    this.amountUnits = this.merged.amounts();
    this.amountScale = this.merged.scale;
    this.bookingDay = this.merged.days('bookingDay');
    this.offsets = this.merged.offsets();
  }

  coded(field: CodedField): CodedColumn {
    let column = this.columns.get(field);
    if (column === undefined) {
      column = this.build(field);
      this.columns.set(field, column);
    }
    return column;
  }

  *texts(field: TextField): Iterable<string> {
    for (const { firstTransactionId, columns } of this.sources) {
      const rows = this.store.iterate(
        sql
          .selectFrom('transactions')
          .select(`${field} as text`)
          .where('id', '>=', firstTransactionId)
          .where('id', '<', firstTransactionId + columns.count)
          .orderBy('id'),
      );
      for (const { text } of rows) yield text;
    }
  }

  /** The id of a row in the store. */
  transactionId(row: number): number {
    let part = this.offsets.length - 1;
    while (part > 0 && row < this.offsets[part]!) part -= 1;
    return this.sources[part]!.firstTransactionId + row - this.offsets[part]!;
  }

  /** Ids of rows, ascending when the rows are. */
  transactionIds(rows: Uint32Array): Float64Array {
    return Float64Array.from(rows, row => this.transactionId(row));
  }

  /** The row of a transaction's id; null where the case does not hold it. */
  rowOfId(id: number): number | null {
    const part = this.sources.findIndex(
      ({ firstTransactionId, columns }) => id >= firstTransactionId && id < firstTransactionId + columns.count,
    );
    return part < 0 ? null : this.offsets[part]! + id - this.sources[part]!.firstTransactionId;
  }

  /** The row of a record key (digest of the file, place in it); null where the case does not hold it. */
  rowOfKey(key: string): number | null {
    const at = key.lastIndexOf('#');
    const index = Number(key.slice(at + 1));
    const part = this.sources.findIndex(({ sha256 }) => sha256 === key.slice(0, at));
    return part < 0 || index >= this.sources[part]!.columns.count ? null : this.offsets[part]! + index;
  }

  /** A row's amount in whole units of its currency; null where it is not known. */
  amountOf(row: number): number | null {
    const units = this.amountUnits[row]!;
    return Number.isNaN(units) ? null : units / powerOfTen(this.amountScale);
  }

  private build(field: CodedField): CodedColumn {
    if (field === 'account') return this.merged.accounts();
    if (field === 'source') return this.sourceNames();
    if (field !== 'party') return this.merged.coded(field);
    const { codes, values } = this.merged.coded('party');
    return { codes, values: values.map(key => this.parties.nameOf(key)) };
  }

  private sourceNames(): CodedColumn {
    const codes = new Int32Array(this.rowCount);
    for (const [part, { columns }] of this.sources.entries())
      codes.fill(part, this.offsets[part]!, this.offsets[part]! + columns.count);
    return { codes, values: this.sources.map(source => source.name) };
  }
}
