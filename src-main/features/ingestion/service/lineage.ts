import { partyKey } from '../../standardization/domain/party-key.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import type { TransactionRecord } from '../storage/transaction.repository.ts';
import { transactionRow } from './transaction-rows.ts';

interface LineageStep {
  readonly field: string;
  readonly from: string;
  readonly step: string;
}

/** The column each role was read from, out of a dialect's list `role: column`. */
const columnsOf = (dialect: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(
    (Array.isArray(dialect.columns) ? dialect.columns : []).map((entry): [string, string] => {
      const text = String(entry);
      const at = text.indexOf(': ');
      return [text.slice(0, at), text.slice(at + 2)];
    }),
  );

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Where each standardized value came from and what was done to it. */
export const lineageOf = (source: SourceRecord, record: TransactionRecord): LineageStep[] => {
  const row = transactionRow(record);
  const dialect = JSON.parse(source.dialect) as Record<string, unknown>;
  const columns = columnsOf(dialect);
  const place = `record ${record.row_number}, bytes ${record.byte_offset}–${record.byte_offset + record.byte_length}`;
  const from = (role: string): string => (columns.has(role) ? `${place}, column “${columns.get(role)}”` : place);
  const steps: LineageStep[] = [
    {
      field: 'date',
      from: from('bookingDate'),
      step: `read as ${textOf(dialect.dateOrder) ?? 'the format states it'} → ${row.date ?? 'unknown'}`,
    },
    {
      field: 'amount',
      from: from('amount'),
      step: `read exactly, decimal sign “${textOf(dialect.decimalSign) ?? '.'}” → ${row.amount}`,
    },
  ];
  if (row.currency !== null)
    steps.push({ field: 'currency', from: from('currency'), step: `as stated → ${row.currency}` });
  if (row.counterparty !== '')
    steps.push({
      field: 'party',
      from: from('counterparty'),
      step: `trimmed, NFKC, spaces collapsed, upper-cased → ${partyKey(row.counterparty)}`,
    });
  return steps;
};
