export const sumOf = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);

/** Counts as shares of their sum. */
export const normalized = (counts: Float64Array): Float64Array => {
  const sum = sumOf(counts);
  return counts.map(count => count / sum);
};
