/** The functions used of jstat 1.9.6, which ships no types. */
declare module 'jstat' {
  const jStat: {
    /** Natural logarithm of the gamma function (relative error of the gamma function below 2e-10). */
    gammaln(x: number): number;
    /** Regularized lower incomplete gamma function P(a, x). */
    lowRegGamma(a: number, x: number): number;
    /** Regularized incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number;
  };
  export default jStat;
}
