import { type Block, type Column, type Text, table } from './report-document.ts';
import { formatAmount, formatCount, formatCurrency, NOT_GIVEN, shorten } from './report-figures.ts';
import type { ReportRow } from './report-model.ts';
import type { SourceLabels } from './source-labels.ts';

export const ROW_COLUMNS: readonly Column[] = [
  { title: 'Place', kind: 'short', share: 56 },
  { title: 'Date', kind: 'short', share: 48 },
  { title: 'Amount', kind: 'figure', share: 68 },
  { title: 'Cur.', kind: 'short', share: 26 },
  { title: 'Counterparty', kind: 'text', share: 98 },
  { title: 'Reference', kind: 'text', share: 74 },
  { title: 'Description', kind: 'text', share: 129 },
];

const given = (text: string): string => (text === '' ? NOT_GIVEN : shorten(text));

/** A transaction's cells for ROW_COLUMNS. */
export const rowCells = (row: ReportRow, labels: SourceLabels): readonly Text[] => [
  labels.place(row.sourceId, row.row),
  row.date ?? NOT_GIVEN,
  formatAmount(row.amount),
  formatCurrency(row.currency),
  given(row.counterparty),
  given(row.reference),
  given(row.description),
];

/** Transactions as a table: where each stands in its source, and what it says. */
export const rowTable = (caption: string, rows: readonly ReportRow[], labels: SourceLabels): Block =>
  table(
    caption,
    ROW_COLUMNS,
    rows.map(row => rowCells(row, labels)),
  );

/** How much of a list is printed, for a caption: "all 3", or "first 20 of 1,204; the workspace holds the rest". */
export const shownOf = (shown: number, total: number): string =>
  shown >= total
    ? `all ${formatCount(total)}`
    : `first ${formatCount(shown)} of ${formatCount(total)}; the workspace holds the rest`;
