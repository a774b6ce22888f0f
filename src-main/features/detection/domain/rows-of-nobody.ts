import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { TransactionTable } from './transaction-table.ts';

/**
 * Rows with a known day that state neither account nor party: a test that looks at accounts and parties examines none of them,
 * though others of the table state one. The reason names the columns there are.
 */
export const rowsOfNobody = ({
  rowCount,
  bookingDay,
  account,
  party,
}: TransactionTable): { readonly reason: string; readonly count: number } => {
  let count = 0;
  for (let row = 0; row < rowCount; row++)
    if (bookingDay?.[row] !== UNKNOWN_DAY && (account?.codes[row] ?? -1) < 0 && (party?.codes[row] ?? -1) < 0) count++;
  const columns = [account === null ? '' : 'account', party === null ? '' : 'party'].filter(name => name !== '');
  return {
    reason:
      columns.length === 0
        ? 'neither account nor party is stated'
        : `${columns.join(' and ')} ${columns.length === 1 ? 'is' : 'are'} unknown`,
    count,
  };
};
