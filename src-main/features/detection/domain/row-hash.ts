/** Adds one 32-bit word to a hash (the mixing step of MurmurHash3, public domain, Austin Appleby). */
export const mixWord = (hash: number, word: number): number => {
  let h = Math.imul(hash ^ word, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Adds a safe integer (or NaN, which counts as one value) to a hash: both of its 32-bit halves. */
export const mixInteger = (hash: number, value: number): number =>
  mixWord(mixWord(hash, value | 0), (value / 4294967296) | 0);
