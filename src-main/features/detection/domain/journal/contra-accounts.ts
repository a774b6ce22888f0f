import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/**
 * The contra accounts of one-line entries in the codes of the ledger accounts, where they are one of those; others follow
 * after them; -1 is unknown. One chart of accounts, whichever column an account stands in.
 */
export const contraCodes = (table: TransactionTable): Int32Array => {
  const accounts = requireColumn(table.ledgerAccount, 'ledger-account');
  const contra = requireColumn(table.counterpartyAccount, 'counterparty-account');
  const byName = new Map(accounts.values.map((name, code) => [name, code]));
  const own = Int32Array.from(contra.values, (name, code) => byName.get(name) ?? accounts.values.length + code);
  return contra.codes.map(code => (code < 0 ? -1 : own[code]!));
};
