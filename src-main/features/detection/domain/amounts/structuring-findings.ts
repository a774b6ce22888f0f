import { isoDate } from '../../../../kernel/civil-date.ts';
import { formatAmount, textAt } from '../figures.ts';
import type { FindingDraft } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { alikeRows } from './alike-rows.ts';
import type { Parts } from './cash-parts.ts';
import { CASH, INSTRUMENT } from './cash-rows.ts';
import { cashOverLimit, type StretchRules } from './cash-stretches.ts';
import { instrumentRuns } from './sequential-instruments.ts';
import { dayFinding, instrumentFinding, stretchFinding } from './structuring-reasons.ts';

/** Limits are integer units of the table. */
export interface CashRules extends StretchRules {
  /** Descending. */
  readonly instrumentLimits: readonly number[];
  readonly minimumInstruments: number;
}

export interface CashOfPerson {
  readonly name: string;
  /** Cash and instruments in order of the business day on which they count. */
  readonly rows: Uint32Array;
  readonly counted: Int32Array;
  readonly means: Uint8Array;
  /** True where the examiner says that all rows are cash, and not the rows themselves: each finding repeats it. */
  readonly isDeclared: boolean;
}

export interface StructuringFigures {
  structuring: number;
  review: number;
  businessDaysOver: number;
  instruments: number;
  transactionsOverLimit: number;
}

/**
 * Whether, in one direction, some window of days holds parts that come to more than the limit, or enough instruments that come
 * to one of theirs: without such a window there is nothing to be found. Currencies are not told apart yet.
 */
const mayMatter = (amounts: Float64Array, { rows, counted }: CashOfPerson, rules: CashRules): boolean => {
  const lowest = Math.min(...rules.instrumentLimits);
  const highest = Math.max(...rules.instrumentLimits);
  for (const isOut of [false, true]) {
    let [start, parts, instruments, instrumentCount] = [0, 0, 0, 0];
    for (let end = 0; end < rows.length; end++) {
      const units = amounts[rows[end]!]!;
      if (units < 0 !== isOut) continue;
      const firstDay = counted[rows[end]!]! - rules.windowDays + 1;
      for (; counted[rows[start]!]! < firstDay; start++) {
        const left = amounts[rows[start]!]!;
        if (left < 0 !== isOut) continue;
        if (Math.abs(left) <= rules.limit) parts -= Math.abs(left);
        if (Math.abs(left) >= highest) continue;
        instruments -= Math.abs(left);
        instrumentCount--;
      }
      const size = Math.abs(units);
      if (size <= rules.limit) parts += size;
      if (size < highest) {
        instruments += size;
        instrumentCount++;
      }
      if (parts > rules.limit) return true;
      if (instrumentCount >= rules.minimumInstruments && instruments >= lowest) return true;
    }
  }
  return false;
};

const countOver = (amounts: Float64Array, { rows, means }: CashOfPerson, limit: number): number => {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (means[rows[i]!] === CASH && Math.abs(amounts[rows[i]!]!) > limit) count++;
  return count;
};

/** The findings on one person's cash and instruments; counts into `figures`. */
export const cashFindings = (
  table: TransactionTable,
  person: CashOfPerson,
  rules: CashRules,
  figures: StructuringFigures,
): FindingDraft[] => {
  const amounts = table.amountUnits!;
  figures.transactionsOverLimit += countOver(amounts, person, rules.limit);
  if (!mayMatter(amounts, person, rules)) return [];
  const findings: FindingDraft[] = [];
  for (const { direction, currency, rows } of alikeRows(table, person.rows)) {
    const amountOf = (units: number): string => formatAmount(table, units, currency);
    const key = (...rest: readonly (string | number | null)[]): string =>
      JSON.stringify([person.name, direction, currency, ...rest]);
    const who = `${person.name}, cash ${direction}${person.isDeclared ? ' (all-cash=yes)' : ''}`;
    const own = rows.filter(row => person.means[row] === CASH && Math.abs(amounts[row]!) <= rules.limit);
    const parts: Parts = {
      rows: own,
      sizes: own.map(row => Math.abs(amounts[row]!)),
      days: own.map(row => person.counted[row]!),
    };
    const { stretches, daysOver, daysAlone } = cashOverLimit(table, parts, rules);
    figures.businessDaysOver += daysOver;
    for (const stretch of stretches) {
      const kind = stretch.kind === 'structuring' ? 'structuring' : 'review';
      figures[kind]++;
      const first = isoDate(stretch.parts.days[0]!);
      findings.push(stretchFinding(table, stretch, rules, key(kind, first), who, amountOf));
    }
    if (daysAlone.length > 0) findings.push(dayFinding(table, daysAlone, rules, key('day'), who, amountOf));
    const runs = instrumentRuns(
      table,
      rows.filter(row => person.means[row] === INSTRUMENT),
      rules.instrumentLimits,
      person.counted,
      rules.windowDays,
      rules.minimumInstruments,
    );
    for (const run of runs) {
      figures.instruments++;
      const series = textAt(table.series, run.rows[0]!) ?? '';
      const runKey = key('instruments', series, run.first, isoDate(run.firstNumberDay));
      findings.push(instrumentFinding(run, runKey, `${person.name}, ${direction}`, series, amountOf));
    }
  }
  return findings;
};
