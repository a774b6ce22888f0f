/** Pairs of groups at or above the cut, by weight. */
export interface Links {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly weight: Float64Array;
}

/** Groups up to which a component is examined pair by pair. */
const LARGEST = 150;
/** Bits by which the cut rises to take a larger component apart, and how often. */
const RISE = 2;
const RISES = 12;
/** A single comparison counts for no more bits than this for or against. */
const MOST_BITS = 10;

/**
 * Clusters of linked groups: connected components, guarded against chains (A like B, B like C, A unlike C). A component is
 * built up from its groups by average linkage (Sokal & Michener 1958) on the weights of all its pairs, each counting ±10
 * bits at most, as long as the average is for a match. A component of more than 150 groups is first taken apart at its
 * weakest links. Each cluster ascending, clusters by their first group; groups linked with none are left out.
 */
export const clusterLinks = (
  groupCount: number,
  links: Links,
  cut: number,
  weightOf: (first: number, second: number) => number,
): number[][] =>
  components(groupCount, links, cut)
    .flatMap(members =>
      members.length < 3 || members.length > LARGEST ? [members] : averageLinkage(members, weightOf),
    )
    .filter(cluster => cluster.length > 1)
    .sort((a, b) => a[0]! - b[0]!);

const rootsOf = (groupCount: number, links: Links, include: (link: number) => boolean): Int32Array => {
  const parent = Int32Array.from({ length: groupCount }, (_, group) => group);
  const rootOf = (group: number): number => {
    let root = group;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = group; parent[at] !== root; ) {
      const up = parent[at]!;
      parent[at] = root;
      at = up;
    }
    return root;
  };
  for (let link = 0; link < links.first.length; link++) {
    if (!include(link)) continue;
    const a = rootOf(links.first[link]!);
    const b = rootOf(links.second[link]!);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  for (let group = 0; group < groupCount; group++) rootOf(group);
  return parent.map((_, group) => rootOf(group));
};

const membersBy = (groups: Iterable<number>, roots: Int32Array): number[][] => {
  const byRoot = new Map<number, number[]>();
  for (const group of groups) {
    const root = roots[group]!;
    const members = byRoot.get(root);
    if (members === undefined) byRoot.set(root, [group]);
    else members.push(group);
  }
  return [...byRoot.values()].filter(members => members.length > 1);
};

/** Connected components, larger ones at a higher cut; after the last rise they stay as they are. */
const components = (groupCount: number, links: Links, cut: number): number[][] => {
  const linked = new Set<number>();
  for (let link = 0; link < links.first.length; link++) {
    linked.add(links.first[link]!);
    linked.add(links.second[link]!);
  }
  const done: number[][] = [];
  let open = membersBy(
    [...linked].sort((a, b) => a - b),
    rootsOf(groupCount, links, () => true),
  );
  for (let rise = 0, at = cut; open.length > 0; rise++, at += RISE) {
    for (const members of open) if (members.length <= LARGEST || rise === RISES) done.push(members);
    const large = open.filter(members => members.length > LARGEST && rise < RISES);
    if (large.length === 0) break;
    const level = at + RISE;
    const roots = rootsOf(groupCount, links, link => links.weight[link]! >= level);
    open = large.flatMap(members => membersBy(members, roots));
  }
  return done;
};

const averageLinkage = (
  members: readonly number[],
  weightOf: (first: number, second: number) => number,
): number[][] => {
  const size = members.length;
  const sums = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const weight = Math.max(-MOST_BITS, Math.min(MOST_BITS, weightOf(members[i]!, members[j]!)));
      sums[i]![j] = weight;
      sums[j]![i] = weight;
    }
  const clusters: (number[] | null)[] = members.map(member => [member]);
  for (;;) {
    let best = 0;
    let bestI = -1;
    let bestJ = -1;
    for (let i = 0; i < size; i++) {
      const a = clusters[i];
      if (a === null || a === undefined) continue;
      for (let j = i + 1; j < size; j++) {
        const b = clusters[j];
        if (b === null || b === undefined) continue;
        const average = sums[i]![j]! / (a.length * b.length);
        if (average > best) {
          best = average;
          bestI = i;
          bestJ = j;
        }
      }
    }
    if (bestI < 0) break;
    clusters[bestI] = [...clusters[bestI]!, ...clusters[bestJ]!].sort((a, b) => a - b);
    clusters[bestJ] = null;
    for (let k = 0; k < size; k++) {
      sums[bestI]![k] = sums[bestI]![k]! + sums[bestJ]![k]!;
      sums[k]![bestI] = sums[bestI]![k]!;
    }
  }
  return clusters.filter(cluster => cluster !== null);
};
