import { isoDate, UNKNOWN_DAY } from '../../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../../kernel/dictionary.ts';
import type { Explanation } from '../../forensic-test.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { ExplanationOutcome } from '../triage-event.ts';

export interface CheckSettings {
  /** Decimal text in currency units; '' where the case states none. */
  readonly materiality: string;
}

export interface CheckResult {
  readonly outcome: ExplanationOutcome;
  /** One or two plain sentences with the figures. */
  readonly words: string;
  /** Rows the outcome rests on: indexes into the table, ascending. */
  readonly rows: Uint32Array;
}

/**
 * One innocent explanation as a question the records can answer (docs/specs/exculpatory-checks.md). Deterministic: the order
 * of the rows changes nothing but the indexes.
 */
export interface ExculpatoryCheck {
  readonly id: Explanation;
  readonly version: string;
  /** What is asked, in words. */
  readonly question: string;
  run(table: TransactionTable, rows: Uint32Array, settings: CheckSettings): CheckResult;
}

/**
 * What a count of rows says: the explanation holds where it does so for nine tenths of the rows that could be tested, and not
 * where it does for at most one tenth. In between, or where fewer than half could be tested, the records cannot tell.
 */
export const outcomeOf = (holds: number, tested: number, total: number): ExplanationOutcome => {
  if (tested === 0 || tested * 2 < total) return 'unclear';
  if (holds * 10 >= tested * 9) return 'supports';
  return holds * 10 <= tested ? 'against' : 'unclear';
};

/** Ascending rows without repeats. */
export const rowSet = (rows: Iterable<number>): Uint32Array => Uint32Array.from(new Set(rows)).sort();

/** What a check reads of a row; a value that is unknown, or a column that is not there, reads as unknown. */
export const reader = (table: TransactionTable) => ({
  amount: (row: number): number => table.amountUnits?.[row] ?? Number.NaN,
  day: (row: number): number => table.bookingDay?.[row] ?? UNKNOWN_DAY,
  party: (row: number): number => table.party?.codes[row] ?? UNKNOWN_CODE,
  currency: (row: number): number => table.currency?.codes[row] ?? UNKNOWN_CODE,
  account: (row: number): number => table.account?.codes[row] ?? UNKNOWN_CODE,
});
export type Reader = ReturnType<typeof reader>;

/** What a check says of rows: what it saw of those it could test, and why it could not test the others. */
export const said = (seen: string, tested: number, total: number, why: string): string => {
  if (tested === 0)
    return `${total === 1 ? 'The row' : `None of the ${total} rows`} could ${total === 1 ? 'not ' : ''}be tested: ${why}.`;
  return tested === total ? seen : `${seen} ${total - tested} could not be tested: ${why}.`;
};

export const dayText = (day: number): string => (day === UNKNOWN_DAY ? 'an unknown day' : (isoDate(day) ?? ''));

/** True for the rows of a finding; false for all others. */
export const memberOf = (rowCount: number, rows: Uint32Array): Uint8Array => {
  const members = new Uint8Array(rowCount);
  for (const row of rows) members[row] = 1;
  return members;
};
