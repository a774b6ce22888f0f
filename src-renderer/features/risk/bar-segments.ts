/** Shades that neighbours of a bar take in turn. */
const SHADES = 4;

export interface BarSegment {
  readonly test: string;
  readonly title: string;
  /** Of 100. */
  readonly points: number;
  readonly shade: number;
}

/** The parts of a score's bar; what adds nothing that could be seen has no part. */
export const barSegments = (
  addends: readonly { readonly test: string; readonly title: string; readonly points: number }[],
): BarSegment[] => addends.filter(({ points }) => points > 0).map((addend, i) => ({ ...addend, shade: i % SHADES }));
