/** Area under the ROC curve by ranks, ties counted half (Hanley and McNeil 1982). */
export const areaUnderCurve = (scores: readonly number[], labels: readonly boolean[]): number => {
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let i = start; i < end; i++) if (labels[order[i]!]!) rankSum += (start + 1 + end) / 2;
    start = end;
  }
  const positive = labels.filter(Boolean).length;
  return (rankSum - (positive * (positive + 1)) / 2) / (positive * (labels.length - positive));
};

/** Share of true labels among the `count` highest scores; equal scores in the order given. */
export const precisionAt = (scores: readonly number[], labels: readonly boolean[], count: number): number =>
  [...scores.keys()]
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, count)
    .filter(i => labels[i]!).length / count;
