import { type GroupLinkage, type LinkageProgress, linkGroups } from './link-groups.ts';
import { describeModel, type LinkageModel } from './linkage-model.ts';
import { DEFAULT_SETTINGS, type LinkageSettings } from './linkage-settings.ts';
import type { LinkageTable } from './linkage-table.ts';
import { probabilityOf } from './match-model.ts';

/** Two rows that are a link: `a` before `b` in the table, or `a` of the first table and `b` of the second. */
export interface LinkedPair {
  readonly a: number;
  readonly b: number;
  /** Probability of a match. */
  readonly score: number;
  /** The same in bits: log2 of the odds. */
  readonly weight: number;
}

/** One step of a pair's waterfall. */
export interface FieldEvidence {
  readonly field: string;
  /** The level of agreement in words; “unknown” where either row has no value. */
  readonly level: string;
  /** The values as compared; '' unknown. */
  readonly a: string;
  readonly b: string;
  readonly bits: number;
}

/** Why a pair scores as it does: prior + the evidence's bits = weight. */
export interface PairEvidence {
  readonly prior: number;
  readonly weight: number;
  readonly score: number;
  readonly contributions: readonly FieldEvidence[];
}

export interface LinkedRecords {
  /** Rows of the table. */
  readonly rows: number;
  /** By falling weight, then by rows. */
  readonly pairs: readonly LinkedPair[];
  /** Pairs at or above the threshold that stand for themselves in no list: of many equal rows not every two are listed. */
  readonly unlisted: number;
  /** Of two tables: links that a better one of their rows outdoes. */
  readonly competing: readonly LinkedPair[];
  /** Rows that are one thing, ascending; clusters by their first row. */
  readonly clusters: readonly (readonly number[])[];
  readonly model: LinkageModel;
  /** The waterfall of any two rows, listed or not. */
  explain(a: number, b: number): PairEvidence;
}

/** Pairs listed of two groups of equal rows; of more each row is listed with the other group's first. */
const MOST_OF_TWO_GROUPS = 1_000;

/**
 * Who is who among records: links, clusters and the model they rest on, by probabilistic record linkage without labels.
 * Deterministic; independent of the order of the rows. Throws what `progress` throws.
 */
export const linkRecords = (
  table: LinkageTable,
  settings: LinkageSettings = DEFAULT_SETTINGS,
  progress: LinkageProgress = () => undefined,
): LinkedRecords => {
  const linkage = linkGroups(table, settings, progress);
  const { groups, weigh, comparison, fields } = linkage;
  const groupOf = new Uint32Array(table.rowCount);
  for (let group = 0; group < groups.count; group++) for (const row of rowsOf(linkage, group)) groupOf[row] = group;
  const listed = listPairs(linkage, linkage.links);
  return {
    rows: table.rowCount,
    pairs: listed.pairs,
    unlisted: listed.unlisted,
    competing: listPairs(linkage, linkage.competing).pairs,
    clusters: rowClusters(linkage),
    model: describeModel(linkage),
    explain: (a, b) => {
      const [first, second] = [groupOf[a]!, groupOf[b]!];
      const { prior, weight, contributions } = weigh.waterfall(first, second);
      const valueIn = (field: number, group: number): string =>
        fields[field]!.values[groups.columns[field]![group]!] ?? '';
      return {
        prior,
        weight,
        score: probabilityOf(weight),
        contributions: contributions.map(({ field, level, bits }) => ({
          field: fields[field]!.name,
          level: comparison.levels[field]![level] ?? 'unknown',
          a: valueIn(field, first),
          b: valueIn(field, second),
          bits,
        })),
      };
    },
  };
};

const rowsOf = ({ groups }: GroupLinkage, group: number): Uint32Array =>
  groups.order.subarray(groups.starts[group]!, groups.starts[group + 1]!);

const listPairs = (linkage: GroupLinkage, links: GroupLinkage['links']): { pairs: LinkedPair[]; unlisted: number } => {
  const side = linkage.groups.side;
  const pairs: LinkedPair[] = [];
  let unlisted = 0;
  for (let link = 0; link < links.first.length; link++) {
    const [first, second] = [links.first[link]!, links.second[link]!];
    const weight = links.weight[link]!;
    const score = probabilityOf(weight);
    const add = (x: number, y: number): void => {
      const swap = side === null ? x > y : side[first] === 1;
      pairs.push({ a: swap ? y : x, b: swap ? x : y, score, weight });
    };
    const xs = rowsOf(linkage, first);
    const ys = rowsOf(linkage, second);
    const before = pairs.length;
    const all = first === second ? (xs.length * (xs.length - 1)) / 2 : xs.length * ys.length;
    if (first === second) {
      const every = all <= MOST_OF_TWO_GROUPS;
      xs.forEach((x, i) => {
        for (const y of xs.subarray(i + 1, every ? xs.length : i + 2)) add(x, y);
      });
    } else if (all <= MOST_OF_TWO_GROUPS) for (const x of xs) for (const y of ys) add(x, y);
    else {
      for (const y of ys) add(xs[0]!, y);
      for (const x of xs.subarray(1)) add(x, ys[0]!);
    }
    unlisted += all - (pairs.length - before);
  }
  pairs.sort((p, q) => q.weight - p.weight || p.a - q.a || p.b - q.b);
  return { pairs, unlisted };
};

/** Clusters as rows. A group that nothing else joined is a cluster where its rows link with one another. */
const rowClusters = (linkage: GroupLinkage): number[][] => {
  const { links, clusters } = linkage;
  const clustered = new Set(clusters.flat());
  const alone: number[][] = [];
  for (let link = 0; link < links.first.length; link++) {
    const group = links.first[link]!;
    if (group === links.second[link] && !clustered.has(group)) alone.push([group]);
  }
  return [...clusters, ...alone]
    .map(cluster => cluster.flatMap(group => [...rowsOf(linkage, group)]).sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
};
