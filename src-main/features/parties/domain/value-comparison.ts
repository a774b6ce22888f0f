/**
 * Compares two different values of one field, given by their codes: the level of their agreement, from 0 (differ) up to
 * below the highest, which is kept for equal values. Symmetric.
 */
export interface ValueComparison {
  /** What each level means, in words; the last one is equality. */
  readonly levels: readonly string[];
  /** How often matches are taken to fall on each level before anything is estimated. */
  readonly assumed: readonly number[];
  between(first: number, second: number): number;
}

/** Distinct values up to which every pair has its own place in the cache. */
const SQUARE = 1_448;
const SLOT_BITS = 16;
/** Room for a level beside a value's code; codes keep the other 27 bits. */
const LEVEL_BITS = 4;
const UNSET = 255;

/** Two of three matches equal, one of seven differ, the rest on the levels between. */
export const usualMatches = (levels: readonly string[]): number[] =>
  levels.map((_, level) => (level === 0 ? 0.15 : level === levels.length - 1 ? 0.6 : 0.25 / (levels.length - 2)));

/**
 * Remembers levels: in full for a field of few values, else in a table of fixed size in which a later pair may take an
 * earlier one's place. Memory does not grow with the pairs.
 */
export const remembered = (comparison: ValueComparison, distinct: number): ValueComparison => {
  const { levels, assumed } = comparison;
  if (distinct <= SQUARE) {
    const table = new Uint8Array(distinct * distinct).fill(UNSET);
    return {
      levels,
      assumed,
      between: (first, second) => {
        const at = first < second ? first * distinct + second : second * distinct + first;
        const known = table[at]!;
        if (known !== UNSET) return known;
        const level = comparison.between(first, second);
        table[at] = level;
        return level;
      },
    };
  }
  // Two words a slot, in one cache line: the first value, and the second with its level.
  const slots = new Int32Array(2 << SLOT_BITS).fill(-1);
  return {
    levels,
    assumed,
    between: (one, other) => {
      const first = one < other ? one : other;
      const second = one < other ? other : one;
      const slot = ((Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - SLOT_BITS)) << 1;
      const known = slots[slot + 1]!;
      if (slots[slot] === first && known >> LEVEL_BITS === second) return known & ((1 << LEVEL_BITS) - 1);
      const level = comparison.between(first, second);
      slots[slot] = first;
      slots[slot + 1] = (second << LEVEL_BITS) | level;
      return level;
    },
  };
};
