import { isoDate } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount, textAt } from '../figures.ts';
import type { FindingDraft } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { alikeRows } from './alike-rows.ts';
import { daysOver, type Parts, type Stretch, stretchesOver } from './cash-parts.ts';
import { CASH, INSTRUMENT } from './cash-rows.ts';
import { type InstrumentRun, instrumentRuns } from './sequential-instruments.ts';

/** Limits are integer units of the table. */
export interface CashRules {
  readonly limit: number;
  readonly near: number;
  readonly windowDays: number;
  readonly customaryDays: number;
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
  /** True where nothing tells cash from instruments: each row may be either. */
  readonly areAllCash: boolean;
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

const meanShare = (sizes: readonly number[], limit: number): number =>
  sizes.reduce((sum, size) => sum + size, 0) / sizes.length / limit;

/** What the parts of a stretch have in common, in words. */
class Description {
  readonly rows: number[];
  readonly sizes: number[];
  readonly accounts: number;
  readonly first: number;
  readonly last: number;
  constructor(table: TransactionTable, parts: Parts, { from, to }: Stretch) {
    this.rows = parts.rows.slice(from, to);
    this.sizes = parts.sizes.slice(from, to);
    this.first = parts.days[from]!;
    this.last = parts.days[to - 1]!;
    const accounts = new Set(this.rows.map(row => table.account?.codes[row] ?? UNKNOWN_CODE));
    accounts.delete(UNKNOWN_CODE);
    this.accounts = accounts.size;
  }
  get places(): string {
    return this.accounts > 1 ? ` at ${this.accounts} accounts` : '';
  }
}

const isInside = (inner: Stretch, outer: Stretch): boolean => inner.from >= outer.from && inner.to <= outer.to;

type Kind = 'structuring' | 'review';

/**
 * Two parts at one place are no more than a reason to look (FFIEC, appendix G: 9,900 on Monday and on Wednesday); so are
 * parts that go on for months and are mostly not close below the limit: the takings of a cash business.
 */
const kindOf = ({ sizes, accounts, first, last }: Description, rules: CashRules): Kind => {
  const close = sizes.filter(size => size >= rules.near).length;
  if (sizes.length === 2 && accounts < 2) return 'review';
  if (last - first + 1 > rules.customaryDays && close * 2 < sizes.length) return 'review';
  return 'structuring';
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
    const who = `${person.name}, cash ${direction}`;
    const cash = rows.filter(row => person.means[row] === CASH);
    const own = cash.filter(row => Math.abs(amounts[row]!) <= rules.limit);
    const parts: Parts = {
      rows: own,
      sizes: own.map(row => Math.abs(amounts[row]!)),
      days: own.map(row => person.counted[row]!),
    };
    const over = daysOver(parts, rules.limit);
    figures.businessDaysOver += over.length;
    const structured: Stretch[] = [];
    for (const stretch of stretchesOver(parts, rules.limit, rules.windowDays)) {
      const about = new Description(table, parts, stretch);
      const kind = kindOf(about, rules);
      figures[kind]++;
      if (kind === 'structuring') structured.push(stretch);
      const daysInside = over.filter(day => isInside(day, stretch)).length;
      findings.push(
        stretchFinding(about, kind, stretch.total, daysInside, rules, key(kind, isoDate(about.first)), who, amountOf),
      );
    }
    // A business day over the limit within structured parts is part of that finding, not another one.
    const alone = over.filter(day => !structured.some(stretch => isInside(day, stretch)));
    if (alone.length > 0) findings.push(dayFinding(table, parts, alone, rules, key('day'), who, amountOf));
    const runs = instrumentRuns(
      table,
      person.areAllCash ? rows : rows.filter(row => person.means[row] === INSTRUMENT),
      rules.instrumentLimits,
      person.counted,
      rules.windowDays,
      rules.minimumInstruments,
    );
    for (const run of runs) {
      figures.instruments++;
      const series = textAt(table.series, run.rows[0]!) ?? '';
      findings.push(
        instrumentFinding(run, key('instruments', series, run.first), `${person.name}, ${direction}`, series, amountOf),
      );
    }
  }
  return findings;
};

const score = (base: number, share: number, parts: number): number => base + 0.5 * Math.min(1, share) * (1 - 1 / parts);

const dayFinding = (
  table: TransactionTable,
  parts: Parts,
  over: readonly Stretch[],
  rules: CashRules,
  key: string,
  who: string,
  amountOf: (units: number) => string,
): FindingDraft => {
  const days = over.map(stretch => new Description(table, parts, stretch));
  const best = over.indexOf(over.reduce((a, b) => (b.total > a.total ? b : a)));
  const { sizes, first, places } = days[best]!;
  const largest = `${amountOf(over[best]!.total)} in ${sizes.length} parts${places} on ${isoDate(first)}`;
  return {
    key,
    rows: Uint32Array.from(days.flatMap(day => day.rows)).sort(),
    severity: days.some(day => day.accounts > 1) || over.length > 1 ? 'high' : 'medium',
    score: Math.max(...days.map(day => score(0.5, meanShare(day.sizes, rules.limit), day.sizes.length))),
    reason:
      over.length === 1
        ? `${who}: ${largest} (business day): together over ${amountOf(rules.limit)}, each part at or below it.`
        : `${who}: on ${countOf(over.length, 'business day')} parts at or below ${amountOf(rules.limit)} come to more than it, the most ${largest}.`,
  };
};

const stretchFinding = (
  { rows, sizes, first, last, places }: Description,
  kind: Kind,
  total: number,
  daysOverLimit: number,
  rules: CashRules,
  key: string,
  who: string,
  amountOf: (units: number) => string,
): FindingDraft => {
  const over = daysOverLimit === 0 ? '' : `; over it in ${countOf(daysOverLimit, 'single business day')}`;
  const close = sizes.filter(size => size >= rules.near).length;
  const facts = `${countOf(rows.length, 'part')} at or below ${amountOf(rules.limit)}${places} from ${isoDate(first)} to ${isoDate(last)}, together ${amountOf(total)}; ${close} of them from ${amountOf(rules.near)}${over}`;
  const share = meanShare(sizes, rules.limit);
  return {
    key,
    rows: Uint32Array.from(rows).sort(),
    severity: kind === 'review' ? 'low' : close >= 2 && sizes.length > 2 ? 'high' : 'medium',
    score: score(kind === 'review' ? 0 : 0.5, share, sizes.length),
    reason:
      kind === 'structuring'
        ? `Structuring: ${who}: ${facts}.`
        : sizes.length === 2
          ? `Review: ${who}: ${facts}. Two amounts alone prove no intent: look at the account's history.`
          : `Review: ${who}: ${facts}. So many over so long a time may be the takings of a cash business.`,
  };
};

const instrumentFinding = (
  { rows, first, last, total, limit }: InstrumentRun,
  key: string,
  who: string,
  series: string,
  amountOf: (units: number) => string,
): FindingDraft => ({
  key,
  rows: Uint32Array.from(rows),
  severity: 'high',
  score: score(0.5, total / rows.length / limit, rows.length),
  reason: `Sequential instruments: ${who}: ${countOf(rows.length, 'instrument')} numbered ${series}${first} to ${series}${last}, each below ${amountOf(limit)}, together ${amountOf(total)}.`,
});
