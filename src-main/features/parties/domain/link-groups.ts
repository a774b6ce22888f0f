import type { BlockingPass } from './blocking-pass.ts';
import { CandidateList } from './candidate-list.ts';
import { forEachCandidate, forEachPair } from './candidate-pairs.ts';
import { choosePasses } from './choose-passes.ts';
import { clusterLinks, type Links } from './clusters.ts';
import { type Estimate, estimateModel } from './estimate-model.ts';
import { type FieldOverlap, fieldOverlaps } from './field-overlap.ts';
import { DEFAULT_SETTINGS, type LinkageSettings } from './linkage-settings.ts';
import type { LinkageTable } from './linkage-table.ts';
import { log2Odds } from './match-model.ts';
import { oneToOne } from './one-to-one.ts';
import { type PairWeight, pairWeight } from './pair-weight.ts';
import { PatternCounts } from './pattern-counts.ts';
import { patternOdds } from './pattern-shares.ts';
import { type PreparedField, prepareField } from './prepared-field.ts';
import { forEachRandomPair } from './random-pairs.ts';
import { compareRecords, type RecordComparison } from './record-comparison.ts';
import { groupRecords, type RecordGroups, sizeOf } from './record-groups.ts';
import { shuffledShares } from './shuffled-words.ts';

/** Progress of a run; throwing in it ends the run. */
export type LinkageProgress = (
  stage: 'preparing' | 'sampling' | 'comparing' | 'estimating' | 'clustering',
  done: number,
  total: number,
) => void;

/** What was found, on groups of rows of equal content; see RecordGroups. */
export interface GroupLinkage {
  readonly fields: readonly PreparedField[];
  /** Fields that were left out, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly groups: RecordGroups;
  readonly comparison: RecordComparison;
  readonly estimate: Estimate;
  readonly overlaps: readonly FieldOverlap[];
  readonly weigh: PairWeight;
  /** Null: every pair was compared. */
  readonly passes: readonly BlockingPass[] | null;
  /** Pairs of groups that were compared. */
  readonly compared: number;
  /** Links by falling weight. A link of a group with itself joins its rows. */
  readonly links: Links;
  /** Links at or above the threshold that a better one of their records outdoes (two tables). */
  readonly competing: Links;
  readonly clusters: readonly (readonly number[])[];
  readonly settings: LinkageSettings;
}

/** Pairs of groups up to which all are compared. */
const ALL_PAIRS = 1_500_000;
/** Pairs drawn at random where they are not all compared. */
const RANDOM_PAIRS = 400_000;
/** Fields that are compared at most; the product of their levels must stay an exact number. */
const MOST_FIELDS = 16;

/**
 * Links the records of a table with each other, or of two tables across, without labels. The answer depends on the
 * records alone, not on their order. Specification: docs/specs/party-linkage.md.
 */
export const linkGroups = (
  table: LinkageTable,
  settings: LinkageSettings = DEFAULT_SETTINGS,
  progress: LinkageProgress = () => undefined,
): GroupLinkage => {
  const { fields, leftOut } = usableFields(table, progress);
  const groups = groupRecords(fields, table);
  const comparison = compareRecords(fields, groups.columns);
  const levelCounts = comparison.levels.map(levels => levels.length);
  const passes = groupPairs(groups) <= ALL_PAIRS ? null : choosePasses(groups, fields);

  const candidates = new PatternCounts(comparison);
  const list = new CandidateList();
  const compare = (first: number, second: number): void => {
    comparison.compare(first, second);
    list.push(first, second, candidates.add(comparison.found, sizeOf(groups, first) * sizeOf(groups, second)));
  };
  const compared = (done: number): void => progress('comparing', done, groups.count);
  if (passes === null) forEachPair(groups, compare, compared);
  else forEachCandidate(groups, passes, compare, compared);
  const twins = groups.side === null ? twinGroups(groups) : [];
  for (const group of twins) {
    const size = sizeOf(groups, group);
    comparison.compare(group, group);
    candidates.add(comparison.found, (size * (size - 1)) / 2);
  }
  const random = passes === null ? candidates : drawRandomly(groups, comparison, progress);

  progress('estimating', 0, 1);
  const estimate = estimateModel(
    candidates,
    random,
    fields.map((field, f) => ({
      kind: field.kind,
      levelCount: levelCounts[f]!,
      assumed: comparison.assumed[f]!,
      chance: () => shuffledShares(field, levelCounts[f]!),
    })),
    groups.totalPairs,
    groups.order.length,
  );
  const { model } = estimate;
  const overlaps = fieldOverlaps(
    [random, candidates].map(patterns => ({ patterns, matchOdds: patternOdds(patterns, model) })),
    levelCounts,
    model.u,
    groups.totalPairs,
  );
  const weigh = pairWeight(model, fields, groups.columns, comparison, overlaps);
  const cut = log2Odds(settings.threshold);
  const found = linksAbove(list, candidates, weigh, twins, cut, comparison);

  progress('clustering', 0, 1);
  const kept = groups.side !== null && settings.oneToOne ? oneToOne(groups.count, found) : null;
  const links = kept === null ? found : marked(found, link => kept[link] === 1);
  const competing = marked(found, link => kept !== null && kept[link] === 0);
  const across = marked(links, link => links.first[link] !== links.second[link]);
  const clusters = clusterLinks(groups.count, across, cut, weigh.of);
  return {
    fields,
    leftOut,
    groups,
    comparison,
    estimate,
    overlaps,
    weigh,
    passes,
    compared: list.length,
    links,
    competing,
    clusters,
    settings,
  };
};

const usableFields = (
  table: LinkageTable,
  progress: LinkageProgress,
): { fields: PreparedField[]; leftOut: { name: string; reason: string }[] } => {
  const fields: PreparedField[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  table.fields.forEach((column, done) => {
    progress('preparing', done, table.fields.length);
    const field = prepareField(column);
    const { name } = field;
    if (field.filled === 0) leftOut.push({ name, reason: 'it is empty' });
    else if (isCounter(field, table.rowCount)) leftOut.push({ name, reason: 'it numbers the rows' });
    else fields.push(field);
  });
  if (fields.length > MOST_FIELDS) {
    // The fields with the most distinct values tell most; the order of the columns is kept.
    const ranked = fields
      .map((field, at) => ({ field, at }))
      .sort((a, b) => b.field.values.length - a.field.values.length || a.at - b.at);
    for (const { field } of ranked.slice(MOST_FIELDS))
      leftOut.push({ name: field.name, reason: `more than ${MOST_FIELDS} fields` });
    const kept = new Set(ranked.slice(0, MOST_FIELDS).map(({ field }) => field));
    return { fields: fields.filter(field => kept.has(field)), leftOut };
  }
  return { fields, leftOut };
};

/** Whole numbers without gaps, each once: a row number says nothing of who a row is. */
const isCounter = ({ values, filled }: PreparedField, rowCount: number): boolean => {
  if (filled !== rowCount || values.length !== rowCount || rowCount < 3) return false;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!/^\d{1,15}$/.test(value)) return false;
    const number = Number(value);
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  return most - least === rowCount - 1;
};

const groupPairs = ({ count, side }: RecordGroups): number => {
  if (side === null) return (count * (count - 1)) / 2;
  const inFirst = side.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  return inFirst * (count - inFirst);
};

const twinGroups = (groups: RecordGroups): number[] =>
  Array.from({ length: groups.count }, (_, group) => group).filter(group => sizeOf(groups, group) > 1);

const drawRandomly = (groups: RecordGroups, comparison: RecordComparison, progress: LinkageProgress): PatternCounts => {
  const random = new PatternCounts(comparison);
  let drawn = 0;
  forEachRandomPair(groups, RANDOM_PAIRS, (first, second) => {
    if ((drawn++ & 4095) === 0) progress('sampling', drawn, RANDOM_PAIRS);
    comparison.compare(first, second);
    random.add(comparison.found, 1);
  });
  return random;
};

const linksAbove = (
  list: CandidateList,
  candidates: PatternCounts,
  weigh: PairWeight,
  twins: readonly number[],
  cut: number,
  comparison: RecordComparison,
): Links => {
  const found: { first: number; second: number; weight: number }[] = [];
  const levels = new Int8Array(candidates.fieldCount);
  for (let at = 0; at < list.length; at++) {
    const first = list.first(at);
    candidates.copyLevels(list.pattern(at), levels);
    const weight = weigh.ofLevels(first, list.second(at), levels);
    if (weight >= cut) found.push({ first, second: list.second(at), weight });
  }
  for (const group of twins) {
    comparison.compare(group, group);
    const weight = weigh.ofLevels(group, group, comparison.found);
    if (weight >= cut) found.push({ first: group, second: group, weight });
  }
  found.sort((a, b) => b.weight - a.weight || a.first - b.first || a.second - b.second);
  return {
    first: Uint32Array.from(found, ({ first }) => first),
    second: Uint32Array.from(found, ({ second }) => second),
    weight: Float64Array.from(found, ({ weight }) => weight),
  };
};

const marked = ({ first, second, weight }: Links, keep: (link: number) => boolean): Links => {
  const places = Uint32Array.from(first.keys()).filter(keep);
  return {
    first: Uint32Array.from(places, place => first[place]!),
    second: Uint32Array.from(places, place => second[place]!),
    weight: Float64Array.from(places, place => weight[place]!),
  };
};
