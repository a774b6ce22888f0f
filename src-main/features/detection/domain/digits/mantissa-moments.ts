/** Moments of the mantissas; under Benford's law they are uniform: mean 1/2, variance 1/12, skewness 0, excess kurtosis −1.2. */
export interface Moments {
  readonly mean: number | null;
  /** Sample variance (n − 1). */
  readonly variance: number | null;
  readonly skewness: number | null;
  readonly excessKurtosis: number | null;
}

/** Running power sums of mantissas around 1/2, which keeps the sums small and the moments accurate. */
export class MantissaMoments {
  private count = 0;
  private sum1 = 0;
  private sum2 = 0;
  private sum3 = 0;
  private sum4 = 0;

  add(mantissa: number): void {
    const x = mantissa - 0.5;
    const square = x * x;
    this.count++;
    this.sum1 += x;
    this.sum2 += square;
    this.sum3 += square * x;
    this.sum4 += square * square;
  }

  /** Null where there are too few observations, or no spread, to have a moment. */
  moments(): Moments {
    const n = this.count;
    if (n < 2) return { mean: n === 0 ? null : 0.5 + this.sum1, variance: null, skewness: null, excessKurtosis: null };
    const mean = this.sum1 / n;
    const second = this.sum2 / n - mean ** 2;
    const third = this.sum3 / n - (3 * mean * this.sum2) / n + 2 * mean ** 3;
    const fourth = this.sum4 / n - (4 * mean * this.sum3) / n + (6 * mean ** 2 * this.sum2) / n - 3 * mean ** 4;
    // Below this the "spread" of equal mantissas is rounding.
    const spread = second > 1e-15;
    return {
      mean: 0.5 + mean,
      variance: spread ? (second * n) / (n - 1) : 0,
      skewness: spread ? third / second ** 1.5 : null,
      excessKurtosis: spread ? fourth / second ** 2 - 3 : null,
    };
  }
}
