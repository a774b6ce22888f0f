/** ln Γ(x) for x > 0 (Lanczos 1964, g = 7, n = 9; relative error below 1e-13). */
const logGamma = (x: number): number => {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const t = x + 6.5;
  const sum = coefficients.reduce((total, coefficient, i) =>
    i === 0 ? coefficient : total + coefficient / (x + i - 1),
  );
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

/** P(X ≤ k) for X binomial (n, p), summed exactly over its terms. */
const atMost = (k: number, n: number, p: number): number => {
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  let sum = 0;
  for (let i = 0; i <= k; i++)
    sum += Math.exp(
      logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) + i * Math.log(p) + (n - i) * Math.log(1 - p),
    );
  return Math.min(1, sum);
};

/** The share at which a falling function of it reaches a value, by halving. */
const solve = (falling: (p: number) => number, value: number): number => {
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 60; turn++) {
    const middle = (low + high) / 2;
    if (falling(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** Exact 95 % confidence interval of a share, `found` of `of` (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934). */
export const shareInterval = (found: number, of: number): readonly [low: number, high: number] => [
  found === 0 ? 0 : solve(p => atMost(found - 1, of, p), 0.975),
  found === of ? 1 : solve(p => atMost(found, of, p), 0.025),
];
