import { UNKNOWN_DAY } from '../../../../../kernel/civil-date.ts';
import { countOf, describeRow } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck, Reader } from './exculpatory-check.ts';
import { outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** A refund or correction later than this is not taken for one. */
const REVERSAL_DAYS = 90;

/** Rows by what must be equal: party, amount, account and currency. */
const matchKey = (read: Reader, row: number, sign: 1 | -1): string =>
  `${read.party(row)} ${sign * read.amount(row)} ${read.account(row)} ${read.currency(row)}`;

/** Rows that could undo one of these, by what must be equal, in the order of their days. */
const counterRows = (table: TransactionTable, read: Reader, rows: readonly number[]): Map<string, number[]> => {
  const found = new Map<string, number[]>(rows.map(row => [matchKey(read, row, -1), []]));
  const amounts = new Set(rows.map(row => -read.amount(row)));
  for (let row = 0; row < table.rowCount; row++)
    if (amounts.has(read.amount(row)) && read.day(row) !== UNKNOWN_DAY) found.get(matchKey(read, row, 1))?.push(row);
  // Of one day, rows outside the finding first: which it is must not hang on the order of the records.
  const members = new Set(rows);
  const inside = (row: number): number => (members.has(row) ? 1 : 0);
  for (const own of found.values()) own.sort((a, b) => read.day(a) - read.day(b) || inside(a) - inside(b) || a - b);
  return found;
};

/** Gives each row, by day, the earliest row that undoes it within the days after and undoes no other. */
const matchReversals = (table: TransactionTable, read: Reader, rows: readonly number[]): Map<number, number> => {
  const counters = counterRows(table, read, rows);
  const next = new Map<string, number>();
  const reversedBy = new Map<number, number>();
  for (const row of rows.toSorted((a, b) => read.day(a) - read.day(b) || a - b)) {
    const key = matchKey(read, row, -1);
    const candidates = counters.get(key) ?? [];
    let at = next.get(key) ?? 0;
    // What lies before this row lies before every later one too.
    while (at < candidates.length && read.day(candidates[at]!) < read.day(row)) at += 1;
    const match = candidates[at];
    if (match !== undefined && read.day(match) - read.day(row) <= REVERSAL_DAYS) {
      reversedBy.set(row, match);
      at += 1;
    }
    next.set(key, at);
  }
  return reversedBy;
};

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const testable = [...rows].filter(
    row => read.party(row) >= 0 && Math.abs(read.amount(row)) > 0 && read.day(row) !== UNKNOWN_DAY,
  );
  const reversedBy = matchReversals(table, read, testable);
  const isOnePayment =
    testable.length === rows.length &&
    rows.length > 1 &&
    testable.every(row => read.party(row) === read.party(rows[0]!) && read.amount(row) === read.amount(rows[0]!));
  // Of equal payments one is due: what asks for an explanation are the others.
  const spare = isOnePayment ? 1 : 0;
  const holds = Math.min(reversedBy.size, testable.length - spare);
  const found = [...reversedBy].sort(([, a], [, b]) => read.day(a) - read.day(b))[0];
  const example = found === undefined ? '' : ` The first: ${describeRow(table, found[1])}.`;
  const asked = isOnePayment
    ? `Of ${rows.length} equal payments, ${countOf(reversedBy.size, 'was', 'were')} returned by the same amount the other way from the same party within ${REVERSAL_DAYS} days.`
    : `${countOf(reversedBy.size, 'row')} of ${testable.length} ${reversedBy.size === 1 ? 'has' : 'have'} an equal amount the other way with the same party within ${REVERSAL_DAYS} days.`;
  return {
    outcome: outcomeOf(holds, testable.length - spare, rows.length - spare),
    words: said(
      `${asked}${example}`,
      testable.length,
      rows.length,
      'party, amount or date is unknown, or the amount has too many digits',
    ),
    rows: rowSet([...reversedBy].flat()),
  };
};

export const reversed: ExculpatoryCheck = {
  id: 'reversed',
  version: '1.0.0',
  question: 'Was it paid back: an equal amount the other way with the same party?',
  run,
};
