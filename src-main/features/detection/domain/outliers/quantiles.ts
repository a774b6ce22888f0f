/**
 * Quantile of ascending numbers, interpolated linearly between the two nearest (type 7 of Hyndman and Fan 1996; the default of R
 * and NumPy). NaN where there are none.
 */
export const quantile = (ascending: Float64Array, share: number): number => {
  if (ascending.length === 0) return Number.NaN;
  const position = (ascending.length - 1) * share;
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (high - low) * (position - below);
};
