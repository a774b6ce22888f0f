import { type RandomStream, randomStream } from './seeded-random.ts';

/** Points as rows of numbers: row r has values[r × width] to values[r × width + width - 1]. */
export interface Points {
  readonly count: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Trees in flat arrays; a node is an index, the right child follows the left one. */
export interface IsolationForest {
  readonly roots: Uint32Array;
  /** Feature a node splits on; -1 is a leaf. */
  readonly feature: Int16Array;
  /** Values below it go left. */
  readonly threshold: Float64Array;
  readonly left: Uint32Array;
  /** A node's depth plus the average path of the points it holds: of a leaf, the path length of what ends there. */
  readonly path: Float64Array;
  /** Points each tree was grown from. */
  readonly sample: number;
  /** Splits on the longest path there can be. */
  readonly height: number;
}

const EULER = 0.5772156649015329;

/**
 * Average path length of an unsuccessful search in a binary search tree of n points, c(n) = 2 H(n - 1) - 2 (n - 1) / n with
 * H(i) ≈ ln i + 0.5772156649 (Liu, Ting, Zhou 2008, equation 1); c(2) = 1, c(1) = c(0) = 0.
 */
export const averagePath = (n: number): number =>
  n <= 1 ? 0 : n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;

/** s = 2^(-E(h) / c(ψ)) (equation 2): near 1 is easy to isolate, 0.5 is average. */
export const anomalyScore = (meanPath: number, sample: number): number => 2 ** (-meanPath / averagePath(sample));

/** `size` different positions below `count` (Floyd's algorithm, CACM 1987), ascending. */
const drawSample = (random: RandomStream, count: number, size: number): Uint32Array => {
  const drawn = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const candidate = random.below(last + 1);
    drawn.add(drawn.has(candidate) ? last : candidate);
  }
  return Uint32Array.from(drawn).sort();
};

/** Grows trees one by one into shared arrays. */
class Grower {
  private readonly points: Points;
  private readonly random: RandomStream;
  private readonly heightLimit: number;
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly left: number[] = [];
  readonly path: number[] = [];
  constructor(points: Points, random: RandomStream, heightLimit: number) {
    this.points = points;
    this.random = random;
    this.heightLimit = heightLimit;
  }

  private newNode(): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.left.push(0);
    return this.path.push(0) - 1;
  }

  /** The smallest and largest value of each feature, and which features vary. */
  private ranges(rows: Uint32Array): { low: number[]; high: number[]; varying: number[] } {
    const { width, values } = this.points;
    const low = new Array<number>(width).fill(Infinity);
    const high = new Array<number>(width).fill(-Infinity);
    for (const row of rows)
      for (let f = 0; f < width; f++) {
        const value = values[row * width + f]!;
        if (value < low[f]!) low[f] = value;
        if (value > high[f]!) high[f] = value;
      }
    const varying: number[] = [];
    for (let f = 0; f < width; f++) if (low[f]! < high[f]!) varying.push(f);
    return { low, high, varying };
  }

  tree(rows: Uint32Array): number {
    const root = this.newNode();
    this.grow(root, rows, 0);
    return root;
  }

  private grow(node: number, rows: Uint32Array, depth: number): void {
    this.path[node] = depth + averagePath(rows.length);
    if (depth >= this.heightLimit || rows.length <= 1) return;
    const { low, high, varying } = this.ranges(rows);
    if (varying.length === 0) return;
    const f = varying[this.random.below(varying.length)]!;
    // In (low, high], so that both sides have points.
    const drawn = high[f]! - this.random.next() * (high[f]! - low[f]!);
    const threshold = drawn > low[f]! ? drawn : high[f]!;
    const { width, values } = this.points;
    const left = this.newNode();
    const right = this.newNode();
    this.feature[node] = f;
    this.threshold[node] = threshold;
    this.left[node] = left;
    this.grow(
      left,
      rows.filter(row => values[row * width + f]! < threshold),
      depth + 1,
    );
    this.grow(
      right,
      rows.filter(row => !(values[row * width + f]! < threshold)),
      depth + 1,
    );
  }
}

/**
 * An isolation forest (Liu, Ting, Zhou 2008, algorithms 1 and 2): each tree from `sample` points drawn without replacement,
 * grown to ⌈log2 sample⌉, splitting a random feature that varies at a random value of its range.
 * `order` is an order of the points that does not depend on where they stand in the file.
 */
export const growForest = (
  points: Points,
  order: Uint32Array,
  settings: { readonly trees: number; readonly sample: number; readonly seed: number },
): IsolationForest => {
  const random = randomStream(settings.seed);
  const sample = Math.min(settings.sample, points.count);
  const height = Math.ceil(Math.log2(Math.max(2, sample)));
  const grower = new Grower(points, random, height);
  const roots = Uint32Array.from({ length: settings.trees }, () =>
    grower.tree(drawSample(random, points.count, sample).map(position => order[position]!)),
  );
  return {
    roots,
    feature: Int16Array.from(grower.feature),
    threshold: Float64Array.from(grower.threshold),
    left: Uint32Array.from(grower.left),
    path: Float64Array.from(grower.path),
    sample,
    height,
  };
};

/** Sum of the path lengths of a point over trees `fromTree` to `toTree` - 1 (algorithm 3). */
export const pathSum = (
  forest: IsolationForest,
  points: Points,
  row: number,
  fromTree: number,
  toTree: number,
): number => {
  const { roots, feature, threshold, left, path } = forest;
  const { values } = points;
  const at = row * points.width;
  let sum = 0;
  for (let tree = fromTree; tree < toTree; tree++) {
    let node = roots[tree]!;
    for (let f = feature[node]!; f >= 0; f = feature[node]!)
      node = left[node]! + (values[at + f]! < threshold[node]! ? 0 : 1);
    sum += path[node]!;
  }
  return sum;
};

/** Points put through all trees before the next ones: their values stay in the processor's cache, as does the tree. */
const BLOCK = 2048;

/**
 * Adds to `sums` (one element an element of `chosen`) the path lengths of the chosen points over trees `fromTree` to `toTree` - 1.
 * Every walk takes as many steps as the trees are high, a leaf leading to itself, and four walk side by side: nothing for the
 * processor to guess, and none waits for another.
 */
export const addPaths = (
  forest: IsolationForest,
  { width, values }: Points,
  chosen: Uint32Array,
  fromTree: number,
  toTree: number,
  sums: Float64Array,
  progress: (point: number) => void,
): void => {
  const { roots, path, height } = forest;
  const feature = forest.feature.map(f => Math.max(f, 0));
  const threshold = forest.threshold.map((value, node) => (forest.feature[node]! < 0 ? -Infinity : value));
  const right = Int32Array.from(forest.left, (left, node) => (forest.feature[node]! < 0 ? node : left + 1));
  for (let from = 0; from < chosen.length; from += BLOCK) {
    const to = Math.min(chosen.length, from + BLOCK);
    progress(from);
    for (let tree = fromTree; tree < toTree; tree++) {
      const root = roots[tree]!;
      for (let i = from; i < to; i += 4) {
        // Beyond the last point the last one walks along and is not counted.
        const atA = chosen[i]! * width;
        const atB = chosen[Math.min(i + 1, to - 1)]! * width;
        const atC = chosen[Math.min(i + 2, to - 1)]! * width;
        const atD = chosen[Math.min(i + 3, to - 1)]! * width;
        let [a, b, c, d] = [root, root, root, root];
        for (let step = 0; step < height; step++) {
          a = right[a]! - Number(values[atA + feature[a]!]! < threshold[a]!);
          b = right[b]! - Number(values[atB + feature[b]!]! < threshold[b]!);
          c = right[c]! - Number(values[atC + feature[c]!]! < threshold[c]!);
          d = right[d]! - Number(values[atD + feature[d]!]! < threshold[d]!);
        }
        sums[i]! += path[a]!;
        if (i + 1 < to) sums[i + 1]! += path[b]!;
        if (i + 2 < to) sums[i + 2]! += path[c]!;
        if (i + 3 < to) sums[i + 3]! += path[d]!;
      }
    }
  }
};

/**
 * How much each feature shortens a point's path, averaged over the trees: a split that takes a point from a node of n points to one of m
 * changes its expected path by c(n) - 1 - c(m), credited to the feature it splits on. The credits add up to
 * c(sample) - E(h) exactly: the additive path decomposition that Saabas (2014) gave for trees, applied to path length.
 */
export const contributions = (forest: IsolationForest, points: Points, row: number): Float64Array => {
  const { roots, feature, threshold, left, path } = forest;
  const credits = new Float64Array(points.width);
  for (const root of roots) {
    let node = root;
    for (let f = feature[node]!; f >= 0; f = feature[node]!) {
      const child = left[node]! + (points.values[row * points.width + f]! < threshold[node]! ? 0 : 1);
      credits[f]! += (path[node]! - path[child]!) / roots.length;
      node = child;
    }
  }
  return credits;
};
