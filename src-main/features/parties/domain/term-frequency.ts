import type { PreparedField } from './prepared-field.ts';

/**
 * For each value of a field the chance that two records which are no match agree on it (Winkler 2000, "Frequency-Based
 * Matching in the Fellegi-Sunter Model"): its share of the rows, the pair itself left out. A value that nobody else has
 * gets the share Laplace's rule gives one of 1 ÷ u equally likely values; u is the chance of agreement on any value.
 */
export const termFrequencies = (
  { counts, filled }: Pick<PreparedField, 'counts' | 'filled'>,
  u: number,
): Float64Array => {
  const kinds = 1 / u;
  const others = Math.max(0, filled - 2) + kinds;
  return Float64Array.from(counts, count => Math.min(1, (Math.max(0, count - 2) + 1) / others));
};
