import type { Links } from './clusters.ts';

/**
 * Of the links of two tables those in which neither record has a better one, strongest first (greedy matching, whose total
 * is at least half of the best possible). Answers a mark for each link; `links` stand by falling weight.
 */
export const oneToOne = (groupCount: number, links: Links): Uint8Array => {
  const taken = new Uint8Array(groupCount);
  const kept = new Uint8Array(links.first.length);
  for (let link = 0; link < kept.length; link++) {
    const a = links.first[link]!;
    const b = links.second[link]!;
    if (taken[a] === 1 || taken[b] === 1) continue;
    taken[a] = 1;
    taken[b] = 1;
    kept[link] = 1;
  }
  return kept;
};
