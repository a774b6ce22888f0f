/** Sizes below this are whole numbers of 31 bits, which a processor divides many times faster than doubles. */
const SMALL = 2 ** 31;

/** The remainder of a whole, non-negative size and a whole unit below 2^31 or above. */
export const remainderOf = (size: number, unit: number): number =>
  size < SMALL && unit < SMALL ? (size | 0) % (unit | 0) : size % unit;
