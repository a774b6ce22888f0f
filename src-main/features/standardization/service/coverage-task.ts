import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';

export interface CoverageTask {
  readonly task: 'coverage';
  readonly sources: readonly CaseSource[];
}

/** Transactions by source, statement and month (YYYY-MM): the last index is a list of pairs. */
export type MonthCounts = readonly (readonly (readonly (readonly [month: string, transactions: number])[])[])[];

/** Counts transactions by month of every statement. */
export const countMonths = ({ sources }: CoverageTask): MonthCounts =>
  sources.map(({ accounts, columns: { columns } }) => {
    const byDay = accounts.map(() => new Map<number, number>());
    const { statement, bookingDay } = columns;
    for (let i = 0; i < statement.length; i++) {
      const days = byDay[statement[i]!];
      days?.set(bookingDay[i]!, (days.get(bookingDay[i]!) ?? 0) + 1);
    }
    return byDay.map(days => {
      const months = new Map<string, number>();
      for (const [day, count] of days) {
        if (day === UNKNOWN_DAY) continue;
        const month = isoDate(day)?.slice(0, 7) ?? '';
        months.set(month, (months.get(month) ?? 0) + count);
      }
      return [...months].sort(([a], [b]) => (a < b ? -1 : 1));
    });
  });
