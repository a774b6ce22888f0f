/** Number, from 1, of the first step in which two tellings of one history part; null where they tell the same. */
export const firstDifference = <L, S>(
  logged: readonly L[],
  stored: readonly S[],
  tellsTheSame: (logged: L, stored: S) => boolean,
): number | null => {
  for (let i = 0; i < Math.max(logged.length, stored.length); i++) {
    if (i >= logged.length || i >= stored.length || !tellsTheSame(logged[i] as L, stored[i] as S)) return i + 1;
  }
  return null;
};
