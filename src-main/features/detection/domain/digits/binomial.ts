import jStat from 'jstat';

/**
 * P(X ≥ hits) for X binomial(trials, probability), exactly by the regularized incomplete beta function
 * I_p(k, n − k + 1) (NIST DLMF 8.17.5).
 */
export const binomialUpperTail = (hits: number, trials: number, probability: number): number => {
  if (hits <= 0) return 1;
  if (hits > trials || probability <= 0) return 0;
  if (probability >= 1) return 1;
  return jStat.ibeta(probability, hits, trials - hits + 1);
};
