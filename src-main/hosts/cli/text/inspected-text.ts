import type { InspectedFile } from '../../../contract/imports.contract.ts';
import { cut, printable, tableText } from '../terminal.ts';
import { errorText } from './error-text.ts';

/** Transactions and rejected records shown of one file; the rest is counted. */
export const SHOWN = 20;

/** A setting's value in words; quoted where it would not be seen (delimiters, tabs). */
const setting = (value: unknown): string =>
  /^[\p{L}\p{N}]/u.test(String(value)) ? String(value) : JSON.stringify(value);

type Transactions = readonly NonNullable<InspectedFile['statements'][number]['transactions']>[number][];

/** A file in words: what it is, its statements, the first transactions, what could not be read. */
export const inspectedText = (file: InspectedFile, transactions: Transactions): string => {
  const name = printable(file.name);
  if (file.error !== undefined) return `refused (${file.error.code}): ${errorText(file.error)}\n`;
  const lines = [`${name}: ${file.format}, ${file.encoding}, ${file.bytes} bytes`, `SHA-256 ${file.sha256}`];
  const dialect = Object.entries(file.dialect).filter(([, value]) => value !== null && typeof value !== 'object');
  if (dialect.length > 0)
    lines.push(`read with ${dialect.map(([key, value]) => `${printable(`${key} ${setting(value)}`)}`).join(', ')}`);
  lines.push(
    '',
    tableText(
      [
        'account',
        'currency',
        'from',
        'to',
        { number: 'count' },
        { number: 'opening' },
        { number: 'credits' },
        { number: 'debits' },
        { number: 'closing' },
        'balanced',
      ],
      file.statements.map(statement => [
        statement.account.id ?? 'not stated',
        statement.account.currency ?? 'not stated',
        statement.from ?? '–',
        statement.to ?? '–',
        String(statement.count),
        statement.opening?.amount ?? '–',
        statement.credits,
        statement.debits,
        statement.closing?.amount ?? '–',
        statement.balanced === null ? 'not stated' : statement.balanced ? 'yes' : 'NO',
      ]),
    ),
  );
  if (transactions.length > 0)
    lines.push(
      '',
      tableText(
        [{ number: 'row' }, 'date', { number: 'amount' }, 'currency', 'counterparty', 'reference', 'description'],
        transactions.map(row => [
          String(row.row),
          row.date ?? '–',
          row.amount,
          row.currency ?? '–',
          cut(row.counterparty, 30),
          cut(row.reference, 24),
          cut(row.description, 40),
        ]),
      ),
    );
  const more = file.statements.reduce((sum, { count }) => sum + count, 0) - transactions.length;
  if (more > 0) lines.push(`… ${more} more`);
  if (file.rejected.length > 0) {
    lines.push(
      '',
      `${file.rejected.length === 1 ? '1 record' : `${file.rejected.length} records`} could not be read, kept apart:`,
    );
    lines.push(
      tableText(
        [{ number: 'row' }, 'reason', 'record'],
        file.rejected.slice(0, SHOWN).map(row => [String(row.row), row.reason, cut(row.raw, 60)]),
      ),
    );
    if (file.rejected.length > SHOWN) lines.push(`… ${file.rejected.length - SHOWN} more`);
  }
  for (const warning of file.warnings)
    lines.push(`note${warning.row === null ? '' : ` (row ${warning.row})`}: ${printable(warning.message)}`);
  return `${lines.join('\n')}\n`;
};
