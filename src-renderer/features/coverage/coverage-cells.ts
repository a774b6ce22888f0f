import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';
import { monthDays } from '../records/filter-address.ts';

export type CoverageAnswer = ChannelAnswer<'coverage.read'>;
export type TestsAnswer = ChannelAnswer<'coverage.tests'>;
export type AccountCoverage = CoverageAnswer['accounts'][number];
export type CoverageCell = AccountCoverage['cells'][number];
export type CoverageBreak = AccountCoverage['breaks'][number];

/** As the engine tells them, and one more: months before the first or after the last day of the account's files. */
export const SHOWN_STATES = [
  'balanced',
  'present',
  'partial',
  'overlapping',
  'discrepant',
  'missing',
  'outside',
] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

/** A month that lies outside the account's files is nothing that is missing between them. */
export const shownState = ({ from, to }: AccountCoverage, month: string, { state }: CoverageCell): ShownState =>
  state === 'missing' && (from === null || to === null || month < from.slice(0, 7) || month > to.slice(0, 7))
    ? 'outside'
    : state;

/** A balance that is the same before and after: the difference, a decimal text, is stated and zero. */
export const carriesOver = (difference: string | null): boolean => difference !== null && !/[1-9]/.test(difference);

/** A cell by its row (account) and column (month), counted from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell (ARIA authoring practices, grid pattern); null for a key that leads nowhere. */
export const placeAfterKey = (
  { row, column }: CellPlace,
  key: string,
  whole: boolean,
  rows: number,
  columns: number,
): CellPlace | null => {
  const at = (toRow: number, toColumn: number): CellPlace => ({
    row: Math.min(Math.max(0, toRow), rows - 1),
    column: Math.min(Math.max(0, toColumn), columns - 1),
  });
  switch (key) {
    case 'ArrowRight':
      return at(row, column + 1);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowUp':
      return at(row - 1, column);
    case 'PageDown':
      return at(row + 10, column);
    case 'PageUp':
      return at(row - 10, column);
    case 'Home':
      return at(whole ? 0 : row, 0);
    case 'End':
      return at(whole ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
};

/** What a filter has to name besides account and days, so that it gives exactly the rows that a line of the grid counts. */
export interface LineScope {
  /** The case has a ledger too; the grid shows the bank's side only. */
  readonly bothSides: boolean;
  /** The account occurs in several currencies, each with a line of its own. */
  readonly severalCurrencies: boolean;
}

/** The scope of each line, in their order. */
export const lineScopes = (accounts: readonly AccountCoverage[], bothSides: boolean): LineScope[] => {
  const lines = new Map<string | null, number>();
  for (const { account } of accounts) lines.set(account, (lines.get(account) ?? 0) + 1);
  return accounts.map(({ account }) => ({ bothSides, severalCurrencies: (lines.get(account) ?? 0) > 1 }));
};

/** The filter that gives exactly the transactions of a line in some days. */
export const filterOfDays = (
  { account, currency }: Pick<AccountCoverage, 'account' | 'currency'>,
  { bothSides, severalCurrencies }: LineScope,
  days: { readonly from: string; readonly to: string },
): TransactionFilter => ({
  ...(bothSides ? { side: 'bank' as const } : {}),
  account: account ?? '',
  ...(severalCurrencies ? { currency: currency ?? '' } : {}),
  from: days.from,
  to: days.to,
});

/** The filter of a cell's transactions; null for text that is no month. */
export const filterOfCell = (
  line: Pick<AccountCoverage, 'account' | 'currency'>,
  scope: LineScope,
  month: string,
): TransactionFilter | null => {
  const days = monthDays(month);
  return days === null ? null : filterOfDays(line, scope, days);
};
