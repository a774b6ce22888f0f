/** Numbers that depend on a seed only. */
export interface SeededRandom {
  /** 0 (included) to 1 (not included). */
  share(): number;
  /** A whole number 0 … below − 1. */
  below(below: number): number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), 32 bits a step: the same seed gives the same numbers on every machine. */
export const seededRandom = (seed: number): SeededRandom => {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers of near seeds resemble each other.
  for (let i = 0; i < 20; i++) next();
  const share = (): number => next() / 4_294_967_296;
  return { share, below: below => Math.floor(share() * below) };
};
