/** How a ranking does against labels. Ties count as every order of them would on average. */
export interface RankingFigures {
  readonly averagePrecision: number;
  /** Of the first k, and of all positives. */
  readonly precisionAt: number;
  readonly recallAt: number;
}

/**
 * Expected average precision, precision and recall at k of a ranking with ties, over all orders of the tied items
 * (F. McSherry and M. Najork, Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores, ECIR
 * 2008). Highest score first; `labels` are 1 for a positive and 0 for a negative.
 */
export const rankingFigures = (scores: Float64Array, labels: Uint8Array, k: number): RankingFigures => {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  let seen = 0;
  let found = 0;
  let precisions = 0;
  let foundAtK = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let own = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) own += labels[order[end++]!]!;
    const size = end - start;
    if (start < k) foundAtK += (own * Math.min(size, k - start)) / size;
    const share = own / size;
    const others = size === 1 ? 0 : (own - 1) / (size - 1);
    if (own > 0) for (let i = 1; i <= size; i++) precisions += (share * (found + 1 + (i - 1) * others)) / (seen + i);
    seen += size;
    found += own;
    start = end;
  }
  const first = Math.min(k, order.length);
  return {
    averagePrecision: positives === 0 ? Number.NaN : precisions / positives,
    precisionAt: first === 0 ? Number.NaN : foundAtK / first,
    recallAt: positives === 0 ? Number.NaN : foundAtK / positives,
  };
};
