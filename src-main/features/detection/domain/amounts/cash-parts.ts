/** Parts of one person in one direction and currency, in order of business days. */
export interface Parts {
  readonly rows: readonly number[];
  /** Integer units, positive. */
  readonly sizes: readonly number[];
  /** Business days, ascending. */
  readonly days: readonly number[];
}

/** Neighbouring parts: `from` to `to` (exclusive) of `Parts`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

/** Business days on which parts that are each at or below the limit come to more than it. */
export const daysOver = ({ sizes, days }: Parts, limit: number): Stretch[] => {
  const over: Stretch[] = [];
  for (let from = 0, to = 0; from < days.length; from = to) {
    let total = 0;
    for (to = from; to < days.length && days[to] === days[from]; to++) total += sizes[to]!;
    if (total > limit) over.push({ from, to, total });
  }
  return over;
};

/**
 * Stretches of parts in which windows of `windowDays` days (last − first ≤ windowDays − 1) hold parts of two or more days
 * that come to more than the limit; windows that share a part are one stretch.
 */
export const stretchesOver = ({ sizes, days }: Parts, limit: number, windowDays: number): Stretch[] => {
  const found: Stretch[] = [];
  let start = 0;
  let sum = 0;
  let from = -1;
  let to = -1;
  const close = (): void => {
    if (from === -1) return;
    let total = 0;
    for (let i = from; i < to; i++) total += sizes[i]!;
    found.push({ from, to, total });
  };
  for (let end = 0; end < days.length; end++) {
    sum += sizes[end]!;
    while (days[end]! - days[start]! > windowDays - 1) sum -= sizes[start++]!;
    if (sum <= limit || days[start] === days[end]) continue;
    if (from === -1 || start >= to) {
      close();
      from = start;
    }
    to = end + 1;
  }
  close();
  return found;
};
