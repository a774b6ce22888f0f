import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { daysOver, type Parts, partsBetween, partsOf, partsWhere, stretchesOver, totalOf } from './cash-parts.ts';

/** Sizes are integer units of the table. */
export interface StretchRules {
  readonly limit: number;
  /** From this on a part is close below the limit. */
  readonly near: number;
  /** Below this an amount is too small to count as a part. */
  readonly leastPart: number;
  readonly windowDays: number;
  readonly customaryDays: number;
}

/**
 * What a stretch is: structuring, or a review because it is two parts at one place (`few`), the takings of a cash business
 * (`takings`), or over the limit only with amounts too small to count (`small`).
 */
export type StretchKind = 'structuring' | 'few' | 'takings' | 'small';

export interface CashStretch {
  readonly kind: StretchKind;
  /** The parts that it is judged by. */
  readonly parts: Parts;
  /** Amounts of its days that are too small to count. */
  readonly small: Parts;
  /** Business days in it on which all amounts at or below the limit come to more than it. */
  readonly daysOver: number;
}

/** A business day on which amounts at or below the limit come to more than it. */
export interface CashDay {
  readonly parts: Parts;
  /** Those of them that are large enough to count; all of them where none is. */
  readonly counting: Parts;
  /** Whether those that count come to more than the limit by themselves. */
  readonly isOverByCounting: boolean;
}

export interface CashOverLimit {
  readonly stretches: readonly CashStretch[];
  /** Every business day over the limit. */
  readonly daysOver: number;
  /** Those within no structuring stretch. */
  readonly daysAlone: readonly CashDay[];
}

const NOTHING: Parts = { rows: [], sizes: [], days: [] };

/** At how many known accounts the parts were. */
export const accountCount = ({ account }: TransactionTable, { rows }: Parts): number => {
  const accounts = new Set(rows.map(row => account?.codes[row] ?? UNKNOWN_CODE));
  accounts.delete(UNKNOWN_CODE);
  return accounts.size;
};

/**
 * Two parts at one place are no more than a reason to look (FFIEC, appendix G: 9,900 on Monday and on Wednesday); so are
 * parts that go on for months and are mostly not close below the limit: the takings of a cash business.
 */
const kindOf = (table: TransactionTable, parts: Parts, rules: StretchRules): StretchKind => {
  const { sizes, days } = parts;
  if (sizes.length === 2 && accountCount(table, parts) < 2) return 'few';
  const close = sizes.filter(size => size >= rules.near).length;
  const lastsDays = days.at(-1)! - days[0]! + 1;
  return lastsDays > rules.customaryDays && close * 2 < sizes.length ? 'takings' : 'structuring';
};

const cashDay = (day: Parts, { limit, leastPart }: StretchRules): CashDay => {
  const counting = partsWhere(day, i => day.sizes[i]! >= leastPart);
  return {
    parts: day,
    counting: counting.rows.length === 0 ? day : counting,
    isOverByCounting: totalOf(counting) > limit,
  };
};

/**
 * The stretches and business days on which one person's amounts at or below the limit (one direction and currency, in order
 * of days) come to more than it. Only parts from `leastPart` on make a stretch and say what it is: change beside two deposits
 * neither raises nor lowers them. What is over the limit on several days only with small amounts is for review.
 */
export const cashOverLimit = (table: TransactionTable, all: Parts, rules: StretchRules): CashOverLimit => {
  const { limit, leastPart, windowDays } = rules;
  const counting = partsWhere(all, i => all.sizes[i]! >= leastPart);
  const small = partsWhere(all, i => all.sizes[i]! < leastPart);
  const over = daysOver(all, limit).map(stretch => partsOf(all, stretch));
  const daysToldOf = new Set(over.map(({ days }) => days[0]!));
  const structuringDays = new Set<number>();
  const stretches = stretchesOver(counting, limit, windowDays).map((stretch): CashStretch => {
    const parts = partsOf(counting, stretch);
    const [first, last] = [parts.days[0]!, parts.days.at(-1)!];
    const kind = kindOf(table, parts, rules);
    // Stretches share no day, so that all of this is one pass over their days.
    for (let day = first; day <= last; day++) {
      daysToldOf.add(day);
      if (kind === 'structuring') structuringDays.add(day);
    }
    const own = over.filter(({ days }) => days[0]! >= first && days[0]! <= last);
    return { kind, parts, small: partsBetween(small, first, last), daysOver: own.length };
  });
  const left = partsWhere(all, i => !daysToldOf.has(all.days[i]!));
  const withSmall = stretchesOver(left, limit, windowDays).map(
    (stretch): CashStretch => ({ kind: 'small', parts: partsOf(left, stretch), small: NOTHING, daysOver: 0 }),
  );
  return {
    stretches: [...stretches, ...withSmall],
    daysOver: over.length,
    daysAlone: over.filter(({ days }) => !structuringDays.has(days[0]!)).map(day => cashDay(day, rules)),
  };
};
