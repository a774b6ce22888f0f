const DIGIT = 65_536;

/**
 * Indexes of whole, non-negative units (up to 2^53) in ascending order of units, equal ones in their given order:
 * least-significant-digit radix sort with 16-bit digits (Knuth, The Art of Computer Programming 3, 5.2.5), linear. The digits
 * of a pass are taken beforehand, in sequence: two bytes an index stay in the processor's cache.
 */
export const orderByUnits = (units: Float64Array): Uint32Array => {
  const { length } = units;
  let largest = 0;
  for (let i = 0; i < length; i++) if (units[i]! > largest) largest = units[i]!;
  let order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  if (largest === 0) return order;
  let other = new Uint32Array(length);
  const digits = new Uint16Array(length);
  const counts = new Uint32Array(DIGIT + 1);
  for (let place = 1, at = 0; place <= largest; place *= DIGIT, at++) {
    counts.fill(0);
    for (let i = 0; i < length; i++) {
      const word = at < 2 ? units[i]! >>> 0 : (units[i]! / 2 ** 32) >>> 0;
      const digit = at % 2 === 0 ? word & (DIGIT - 1) : word >>> 16;
      digits[i] = digit;
      counts[digit + 1]!++;
    }
    for (let digit = 0; digit < DIGIT; digit++) counts[digit + 1]! += counts[digit]!;
    for (let i = 0; i < length; i++) {
      const index = order[i]!;
      other[counts[digits[index]!]!++] = index;
    }
    [order, other] = [other, order];
  }
  return order;
};
