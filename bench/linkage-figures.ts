type Row = Readonly<Record<string, string>>;

/** Rows of one table, or of two that are linked across. */
export interface Labelled {
  readonly tables: readonly (readonly Row[])[];
  readonly truth: (row: Row) => string;
}

export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

const figures = (right: number, wrong: number, truePairs: number): Figures => {
  const precision = right + wrong === 0 ? 0 : right / (right + wrong);
  const recall = truePairs === 0 ? 0 : right / truePairs;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};

/** Sizes of the groups of rows that share a key; rows without one are in none. */
const sizes = (rows: readonly Row[], key: (row: Row) => string | null): Map<string, number> => {
  const found = new Map<string, number>();
  for (const row of rows) {
    const value = key(row);
    if (value !== null) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
};

/** Pairs of rows with an equal key: within one table, or across two. */
const equalPairs = (tables: Labelled['tables'], key: (row: Row) => string | null): number => {
  const [first, second] = tables.map(rows => sizes(rows, key));
  let pairs = 0;
  for (const [value, count] of first!)
    pairs += second === undefined ? (count * (count - 1)) / 2 : count * (second.get(value) ?? 0);
  return pairs;
};

export const truePairsOf = ({ tables, truth }: Labelled): number => equalPairs(tables, truth);

/** What linking the rows with an equal key gives. */
const baseline = (set: Labelled, key: (row: Row) => string | null): Figures => {
  const found = equalPairs(set.tables, key);
  const right = equalPairs(set.tables, row => {
    const value = key(row);
    return value === null ? null : `${value}\u0000${set.truth(row)}`;
  });
  return figures(right, found - right, truePairsOf(set));
};

const plain = (row: Row, field: string): string => (row[field] ?? '').trim().toLowerCase();

/** Rows equal in all fields. */
export const exactKey = (set: Labelled, fields: readonly string[]): Figures =>
  baseline(set, row => fields.map(field => plain(row, field)).join('\u0001'));

/** Rows equal in one filled field: of all fields the one whose F1 is best, which takes the labels to know. */
export const bestField = (set: Labelled, fields: readonly string[]): Figures & { readonly field: string } =>
  fields
    .map(field => ({ field, ...baseline(set, row => (plain(row, field) === '' ? null : plain(row, field))) }))
    .reduce((best, next) => (next.f1 > best.f1 ? next : best));

/** What listed pairs are worth. `entityA` and `entityB` tell the truth of a row by its name. */
export const pairFigures = (
  pairs: readonly { readonly a: string | number; readonly b: string | number }[],
  entityA: ReadonlyMap<string, string>,
  entityB: ReadonlyMap<string, string>,
  truePairs: number,
): Figures => {
  const right = pairs.filter(({ a, b }) => entityA.get(String(a)) === entityB.get(String(b))).length;
  return figures(right, pairs.length - right, truePairs);
};

/** What clusters of one table are worth: every two of their rows are a pair. */
export const clusterFigures = (
  clusters: readonly (readonly (string | number)[])[],
  entity: ReadonlyMap<string, string>,
  truePairs: number,
): Figures => {
  let right = 0;
  let all = 0;
  for (const cluster of clusters) {
    const tally = new Map<string, number>();
    for (const row of cluster) {
      const of = entity.get(String(row)) ?? '';
      tally.set(of, (tally.get(of) ?? 0) + 1);
    }
    all += (cluster.length * (cluster.length - 1)) / 2;
    for (const count of tally.values()) right += (count * (count - 1)) / 2;
  }
  return figures(right, all - right, truePairs);
};
