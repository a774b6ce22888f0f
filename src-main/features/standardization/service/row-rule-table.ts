import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { Dictionary } from '../../../kernel/dictionary.ts';
import type { TransactionRecord } from '../../ingestion/storage/transaction.repository.ts';
import { partyKey } from '../domain/party-key.ts';
import type { PartyGroups } from '../domain/recipe/party-groups.ts';
import type { CodedField, TextField } from '../domain/rules/rule.ts';
import type { RuleTable } from '../domain/rules/rule-table.ts';

/** One stored transaction as a table of one row: what the pipeline says of it is what it says among all others. */
export class RowRuleTable implements RuleTable {
  readonly rowCount = 1;
  readonly amountUnits: Float64Array;
  readonly amountScale: number;
  readonly bookingDay: Int32Array;
  private readonly record: TransactionRecord;
  private readonly values: Readonly<Record<CodedField, string>>;

  constructor(record: TransactionRecord, sourceName: string, parties: PartyGroups) {
    this.record = record;
    this.amountUnits = Float64Array.of(record.amount_units);
    this.amountScale = record.source_scale;
    this.bookingDay = Int32Array.of(record.booking_day ?? UNKNOWN_DAY);
    const counterparty = record.counterparty ?? '';
    this.values = {
      counterparty,
      party: parties.nameOf(partyKey(counterparty)),
      counterpartyAccount: record.counterparty_account ?? '',
      account: record.account ?? '',
      type: record.type ?? '',
      category: record.category ?? '',
      ledgerAccount: record.ledger_account ?? '',
      currency: record.currency ?? '',
      source: sourceName,
    };
  }

  coded(field: CodedField): CodedColumn {
    const dictionary = new Dictionary();
    return { codes: Int32Array.of(dictionary.code(this.values[field])), values: dictionary.values };
  }

  texts(field: TextField): Iterable<string> {
    return [this.record[field]];
  }
}
