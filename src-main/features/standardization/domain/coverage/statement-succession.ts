import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { CoverageBreak } from './breaks.ts';
import { breaksOf } from './breaks.ts';
import type { CoveredStatement } from './coverage-input.ts';
import { accountKey } from './coverage-input.ts';
import { inDayOrder, periodOf } from './periods.ts';

/** How a statement follows the one before it; null where there is none before it, or what would tell is not stated. */
export interface Succession {
  readonly continues: boolean | null;
  readonly gapless: boolean | null;
}

/** What succession needs of a statement. Days are UNKNOWN_DAY, balances null where not stated. */
export interface SucceedingStatement {
  readonly account: string | null;
  readonly currency: string | null;
  readonly from: number;
  readonly to: number;
  readonly opening: string | null;
  readonly openingDay: number;
  readonly closing: string | null;
  readonly closingDay: number;
}

/** Whether each statement continues the one before it on its account, in the order given. */
export const statementSuccession = (statements: readonly SucceedingStatement[]): Succession[] => {
  const results: Succession[] = statements.map(() => ({ continues: null, gapless: null }));
  const accounts = new Map<string, CoveredStatement[]>();
  statements.forEach((statement, at) => {
    // Without a stated account nothing says that two statements belong together.
    if (statement.account === null) return;
    const key = accountKey(statement);
    const list = accounts.get(key) ?? [];
    const { from, to, ...rest } = statement;
    list.push({ ...rest, source: at, institution: null, firstDay: from, lastDay: to, balanced: null, months: NONE });
    accounts.set(key, list);
  });
  for (const list of accounts.values()) {
    const periods = inDayOrder(list.flatMap(statement => periodOf(statement) ?? []));
    periods.slice(1).forEach((period, i) => {
      const before = periods[i]!;
      const breaks = breaksOf([before, period]);
      const has = (kind: CoverageBreak['kind']): boolean => breaks.some(found => found.kind === kind);
      const bothState = before.statement.closing !== null && period.statement.opening !== null;
      results[period.statement.source] = {
        // Days that no file covers explain a balance that moved; the statement does not continue the one before it all the same.
        continues: bothState && !has('overlap') ? breaks.every(({ difference }) => !hasMoved(difference)) : null,
        gapless: before.stated && period.stated && period.from !== UNKNOWN_DAY ? !has('gap') : null,
      };
    });
  }
  return results;
};

/** A difference as decimal text that is not zero. */
const hasMoved = (difference: string | null): boolean => difference !== null && /[1-9]/.test(difference);

const NONE: ReadonlyMap<string, number> = new Map();
