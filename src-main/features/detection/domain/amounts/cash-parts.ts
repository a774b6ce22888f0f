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
}

export const partsOf = ({ rows, sizes, days }: Parts, { from, to }: Stretch): Parts => ({
  rows: rows.slice(from, to),
  sizes: sizes.slice(from, to),
  days: days.slice(from, to),
});

/** The parts at the places that `keep` says yes to. */
export const partsWhere = ({ rows, sizes, days }: Parts, keep: (at: number) => boolean): Parts => ({
  rows: rows.filter((_, at) => keep(at)),
  sizes: sizes.filter((_, at) => keep(at)),
  days: days.filter((_, at) => keep(at)),
});

/** The first place whose day is not before `day`. */
const placeOfDay = ({ days }: Parts, day: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The parts of the days from `first` to `last`. */
export const partsBetween = (parts: Parts, first: number, last: number): Parts =>
  partsOf(parts, { from: placeOfDay(parts, first), to: placeOfDay(parts, last + 1) });

/** Integer units. */
export const totalOf = ({ sizes }: Parts): number => sizes.reduce((sum, size) => sum + size, 0);

/** Business days on which parts that are each at or below the limit come to more than it. */
export const daysOver = ({ sizes, days }: Parts, limit: number): Stretch[] => {
  const over: Stretch[] = [];
  for (let from = 0, to = 0; from < days.length; from = to) {
    let total = 0;
    for (to = from; to < days.length && days[to] === days[from]; to++) total += sizes[to]!;
    if (total > limit) over.push({ from, to });
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
    if (from !== -1) found.push({ from, to });
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
