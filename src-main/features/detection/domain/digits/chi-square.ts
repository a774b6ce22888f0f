import jStat from 'jstat';

/** Below this a probability is reported as 0: it is beyond what doubles hold with full precision. */
const SMALLEST_REPORTED = 1e-300;
const TINY = 1e-300;

/**
 * P(X² ≥ statistic): the upper tail of the chi-square distribution. jstat's own tail is 1 − P, which is noise below 1e-16;
 * here the tail itself is evaluated by Legendre's continued fraction for Γ(a, x) (NIST DLMF 8.9.2, modified Lentz method), so
 * that 1e-200 is as accurate as 0.01. Below 1e-300 the answer is 0.
 */
export const chiSquareUpperTail = (statistic: number, degreesOfFreedom: number): number => {
  const a = degreesOfFreedom / 2;
  const x = statistic / 2;
  if (x <= 0) return 1;
  if (x < a + 1) return 1 - jStat.lowRegGamma(a, x);
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i <= 10_000; i++) {
    const term = -i * (i - a);
    b += 2;
    d = 1 / (term * d + b || TINY);
    c = b + term / c || TINY;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  const tail = Math.exp(a * Math.log(x) - x - jStat.gammaln(a)) * fraction;
  return tail < SMALLEST_REPORTED ? 0 : tail;
};
