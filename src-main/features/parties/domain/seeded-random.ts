/** A seeded generator of 32-bit numbers (sfc32; Chris Doty-Humphrey, PractRand): the same seed gives the same numbers. */
export const seededRandom = (seed: number): (() => number) => {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
};

/** A whole number from 0 to below `limit` (at most 2^32), by rejection: no value is likelier than another. */
export const randomBelow = (next: () => number, limit: number): number => {
  const most = 0x1_0000_0000 - (0x1_0000_0000 % limit);
  for (;;) {
    const value = next();
    if (value < most) return value % limit;
  }
};
