import { isoDate } from '../../../../kernel/civil-date.ts';
import { countOf } from '../figures.ts';
import type { FindingDraft } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { type Parts, totalOf } from './cash-parts.ts';
import { accountCount, type CashDay, type CashStretch, type StretchKind, type StretchRules } from './cash-stretches.ts';
import type { InstrumentRun } from './sequential-instruments.ts';

type AmountText = (units: number) => string;

const meanShare = (parts: Parts, limit: number): number => totalOf(parts) / parts.sizes.length / limit;

const score = (base: number, share: number, parts: number): number => base + 0.5 * Math.min(1, share) * (1 - 1 / parts);

const places = (table: TransactionTable, parts: Parts): string => {
  const accounts = accountCount(table, parts);
  return accounts > 1 ? ` at ${accounts} accounts` : '';
};

const remark = (kind: StretchKind, { leastPart }: StretchRules, amountOf: AmountText): string => {
  switch (kind) {
    case 'structuring':
      return '';
    case 'few':
      return " Two amounts alone prove no intent: look at the account's history.";
    case 'takings':
      return ' So many over so long a time may be the takings of a cash business.';
    case 'small':
      return ` Only with amounts below ${amountOf(leastPart)} do they come to more than the limit on several days.`;
  }
};

/** The finding on parts of several days. High where three parts or more are close below the limit. */
export const stretchFinding = (
  table: TransactionTable,
  { kind, parts, small, daysOver }: CashStretch,
  rules: StretchRules,
  key: string,
  who: string,
  amountOf: AmountText,
): FindingDraft => {
  const { rows, sizes, days } = parts;
  const close = sizes.filter(size => size >= rules.near).length;
  const over = daysOver === 0 ? '' : `; over it in ${countOf(daysOver, 'single business day')}`;
  const left =
    small.rows.length === 0
      ? ''
      : `; not counted: ${countOf(small.rows.length, 'amount')} below ${amountOf(rules.leastPart)} (${amountOf(totalOf(small))})`;
  const facts = `${countOf(rows.length, 'part')} at or below ${amountOf(rules.limit)}${places(table, parts)} from ${isoDate(days[0]!)} to ${isoDate(days.at(-1)!)}, together ${amountOf(totalOf(parts))}; ${close} of them from ${amountOf(rules.near)}${over}${left}`;
  const isStructuring = kind === 'structuring';
  return {
    key,
    rows: Uint32Array.from([...rows, ...small.rows]).sort(),
    severity: !isStructuring ? 'low' : close >= 3 ? 'high' : 'medium',
    score: score(isStructuring ? 0.5 : 0, meanShare(parts, rules.limit), sizes.length),
    reason: `${isStructuring ? 'Structuring' : 'Review'}: ${who}: ${facts}.${remark(kind, rules, amountOf)}`,
  };
};

/**
 * The finding on business days over the limit: every amount of the day adds up (31 CFR 1010.313). High where several accounts or
 * several days take part without the amounts too small to count.
 */
export const dayFinding = (
  table: TransactionTable,
  days: readonly CashDay[],
  { limit }: StretchRules,
  key: string,
  who: string,
  amountOf: AmountText,
): FindingDraft => {
  const { parts } = days.reduce((a, b) => (totalOf(b.parts) > totalOf(a.parts) ? b : a));
  const largest = `${amountOf(totalOf(parts))} in ${parts.rows.length} parts${places(table, parts)} on ${isoDate(parts.days[0]!)}`;
  const weighty = days.filter(day => day.isOverByCounting);
  const isHigh = weighty.length > 1 || weighty.some(({ counting }) => accountCount(table, counting) > 1);
  return {
    key,
    rows: Uint32Array.from(days.flatMap(day => day.parts.rows)).sort(),
    severity: isHigh ? 'high' : 'medium',
    score: Math.max(...days.map(({ counting }) => score(0.5, meanShare(counting, limit), counting.rows.length))),
    reason:
      days.length === 1
        ? `${who}: ${largest} (business day): together over ${amountOf(limit)}, each part at or below it.`
        : `${who}: on ${countOf(days.length, 'business day')} parts at or below ${amountOf(limit)} come to more than it, the most ${largest}.`,
  };
};

export const instrumentFinding = (
  { rows, first, last, firstDay, lastDay, total, limit }: InstrumentRun,
  key: string,
  who: string,
  series: string,
  amountOf: AmountText,
): FindingDraft => ({
  key,
  rows: Uint32Array.from(rows),
  severity: 'high',
  score: score(0.5, total / rows.length / limit, rows.length),
  reason: `Sequential instruments: ${who}: ${countOf(rows.length, 'instrument')} numbered ${series}${first} to ${series}${last} from ${isoDate(firstDay)} to ${isoDate(lastDay)}, each below ${amountOf(limit)}, together ${amountOf(total)}.`,
});
