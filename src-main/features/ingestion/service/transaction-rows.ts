import type { TransactionRow } from '../../../contract/transactions.contract.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { TransactionRecord } from '../storage/transaction.repository.ts';
import { transactionById } from '../storage/transaction.repository.ts';

/** A stored transaction in the words of the wire. */
export const transactionRow = (record: TransactionRecord): TransactionRow => ({
  id: record.id,
  sourceId: record.source_id,
  row: record.row_number,
  account: record.account,
  date: isoDate(record.booking_day),
  valueDate: record.value_day === null ? null : isoDate(record.value_day),
  amount: formatUnits(
    record.amount_units,
    record.source_scale,
    Math.min(record.source_scale, currencyExponent(record.currency)),
  ),
  currency: record.currency,
  counterparty: record.counterparty ?? '',
  reference: record.reference,
  description: record.description,
  type: record.type ?? '',
  ...(record.category === null ? {} : { category: record.category }),
  ...(record.ledger_account === null ? {} : { ledgerAccount: record.ledger_account }),
  ...(record.entry === null ? {} : { entry: record.entry }),
  ...(record.poster === null ? {} : { poster: record.poster }),
  ...(record.entered === null ? {} : { entered: record.entered }),
  ...(record.time === null ? {} : { time: record.time }),
});

/** Transactions of ids, in the order given. An id that is not stored is a fault: ids come from the store. */
export const transactionRows = (store: ReadStore, ids: Iterable<number>): TransactionRow[] =>
  Array.from(ids, id => {
    const record = transactionById(store, id);
    if (record === undefined) throw new Error(`transaction ${id} is not stored`);
    return transactionRow(record);
  });
