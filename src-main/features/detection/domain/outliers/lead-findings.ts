import { describeRow, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, Severity } from '../forensic-test.ts';
import { valueAtRank } from '../order-statistics.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** A row that may become a lead; `detail` is what was measured of it, so that equal rows with equal details are one fact. */
export interface LeadCandidate {
  readonly row: number;
  readonly score: number;
  readonly detail: string;
}

/** How a lead is told, given the first of its rows. */
export interface LeadWords {
  readonly severity: Severity;
  readonly reason: string;
}

/**
 * Findings from candidates: rows that agree in account, content and detail are one lead; the `most` highest scores, equal ones in order of
 * their content, so that nothing depends on the order of the rows.
 */
export const leadFindings = (
  table: TransactionTable,
  candidates: readonly LeadCandidate[],
  most: number,
  tell: (row: number, score: number) => LeadWords,
): FindingDraft[] => {
  const leads = Map.groupBy(candidates, ({ row, detail }) =>
    JSON.stringify([textAt(table.account, row), describeRow(table, row), detail]),
  );
  const ranked = [...leads]
    .map(([key, alike]) => ({ key, score: alike[0]!.score, rows: Uint32Array.from(alike, ({ row }) => row).sort() }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, most);
  return inReportOrder(
    ranked.map(({ key, score, rows }) => {
      const { severity, reason } = tell(rows[0]!, score);
      const more = rows.length > 1 ? ` ${rows.length} rows say the same.` : '';
      return { key, rows, severity, score, reason: `${reason}${more}` };
    }),
  );
};

/**
 * Positions of the `most` largest values and of all that are as large as the last of them; where those would be more than twenty times as
 * many, only the larger ones. Independent of the order. NaN is never taken.
 */
export const largest = (values: Float64Array, most: number): Uint32Array => {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) known[count++] = values[i]!;
  const bound = count <= most ? -Infinity : valueAtRank(known.subarray(0, count), count - most);
  const taken = positionsWhere(values, value => value >= bound);
  return taken.length <= 20 * most ? taken : positionsWhere(values, value => value > bound);
};

const positionsWhere = (values: Float64Array, holds: (value: number) => boolean): Uint32Array => {
  const positions: number[] = [];
  for (let i = 0; i < values.length; i++) if (holds(values[i]!)) positions.push(i);
  return Uint32Array.from(positions);
};
