import { type BlockingKey, blockingKeys } from './blocking-keys.ts';
import { BLOCK_CAP, type BlockingPass, blockPairs, makeKeyPass, makePass } from './blocking-pass.ts';
import type { PreparedField } from './prepared-field.ts';
import type { RecordGroups } from './record-groups.ts';
import { randomBelow, seededRandom } from './seeded-random.ts';

/** Pairs a group all passes together may give on average, and in all. */
const PAIRS_A_GROUP = 40;
const MOST_PAIRS = 24_000_000;
/** And one pass by one field; and one by two. */
const PASS_PAIRS_A_GROUP = 5;
const DOUBLE_PAIRS_A_GROUP = 1.5;
const PASS_LEAST_PAIRS = 200_000;
const MOST_PASSES = 20;
/** Passes a field may take part in beyond those of its own. */
const MOST_COMBINATIONS = 4;
/** Share of groups that must have a key for it to be of use. */
const LEAST_KEYED = 0.1;
/** Share of groups in blocks beyond the cap from which a key is too coarse to be used alone. */
const COARSE = 0.1;
/** Groups on which costs are estimated. */
const SAMPLE = 20_000;
const SEED = 0x5eed;

/** Keys of groups: 0 to below `size`, or NaN. */
interface GroupKeys {
  readonly name: string;
  readonly fields: readonly number[];
  key(group: number): number;
}

const single = ({ columns }: RecordGroups, fields: readonly PreparedField[], key: BlockingKey): GroupKeys => {
  const column = columns[key.field]!;
  return {
    name: `${fields[key.field]!.name}: ${key.name}`,
    fields: [key.field],
    key: group => {
      const code = column[group]!;
      const value = code < 0 ? -1 : key.keyOf[code]!;
      return value < 0 ? Number.NaN : value;
    },
  };
};

const both = (first: GroupKeys, second: GroupKeys, secondSize: number): GroupKeys => ({
  name: `${first.name} + ${second.name}`,
  fields: [...first.fields, ...second.fields],
  key: group => first.key(group) * secondSize + second.key(group),
});

/** Given name and surname in either order. */
const eitherOrder = (groups: RecordGroups, fields: readonly PreparedField[]): GroupKeys | null => {
  const g = fields.findIndex(field => field.kind === 'given-name');
  const s = fields.findIndex(field => field.kind === 'surname');
  if (g < 0 || s < 0) return null;
  const given = fields[g]!;
  const surname = fields[s]!;
  const numbers = new Map([...new Set([...given.values, ...surname.values])].map((value, number) => [value, number]));
  const ofGiven = given.values.map(value => numbers.get(value)!);
  const ofSurname = surname.values.map(value => numbers.get(value)!);
  return {
    name: `${given.name} and ${surname.name} in either order`,
    fields: [g, s],
    key: group => {
      const a = groups.columns[g]![group]!;
      const b = groups.columns[s]![group]!;
      if (a < 0 || b < 0) return Number.NaN;
      const x = ofGiven[a]!;
      const y = ofSurname[b]!;
      return Math.min(x, y) * numbers.size + Math.max(x, y);
    },
  };
};

interface Cost {
  readonly pairs: number;
  /** Share of groups in blocks beyond the cap. */
  readonly coarse: number;
  /** Share of groups that have a key. */
  readonly keyed: number;
}

/** The pairs keys give and the share of groups in blocks beyond the cap, estimated on a sample of the groups. */
const costEstimate = (groupCount: number): ((keys: GroupKeys) => Cost) => {
  const next = seededRandom(SEED);
  const sample =
    groupCount <= SAMPLE
      ? Uint32Array.from({ length: groupCount }, (_, group) => group)
      : Uint32Array.from({ length: SAMPLE }, () => randomBelow(next, groupCount));
  const scale = groupCount / Math.max(1, sample.length);
  return keys => {
    const sizes = new Map<number, number>();
    for (const group of sample) {
      const key = keys.key(group);
      if (!Number.isNaN(key)) sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    let pairs = 0;
    let inLarge = 0;
    let keyed = 0;
    for (const size of sizes.values()) {
      keyed += size;
      if (size * scale > BLOCK_CAP) {
        inLarge += size;
        pairs += blockPairs(size * scale);
      } else pairs += ((size * (size - 1)) / 2) * scale * scale;
    }
    const all = Math.max(1, sample.length);
    return { pairs, coarse: inLarge / all, keyed: keyed / all };
  };
};

/** Groups that share a rare word of a field: words from the rarest up, as long as their pairs keep to the budget. */
const rareWords = (
  groups: RecordGroups,
  field: PreparedField,
  index: number,
  budget: number,
): { pass: BlockingPass; pairs: number } | null => {
  const { tokens } = field;
  if (tokens === null) return null;
  const column = groups.columns[index]!;
  const holders = new Uint32Array(tokens.words.length);
  for (const value of column)
    if (value >= 0)
      for (let t = tokens.starts[value]!; t < tokens.starts[value + 1]!; t++)
        holders[tokens.tokens[t]!] = holders[tokens.tokens[t]!]! + 1;
  const words = [...tokens.words.keys()].filter(word => holders[word]! > 1 && holders[word]! <= BLOCK_CAP);
  words.sort((a, b) => holders[a]! - holders[b]! || a - b);
  const blockOf = new Int32Array(tokens.words.length).fill(-1);
  let pairs = 0;
  let blocks = 0;
  for (const word of words) {
    const more = blockPairs(holders[word]!);
    if (pairs + more > budget) break;
    pairs += more;
    blockOf[word] = blocks++;
  }
  const starts = new Uint32Array(groups.count + 1);
  const entries: number[] = [];
  for (let group = 0; group < groups.count; group++) {
    const value = column[group]!;
    if (value >= 0)
      for (let t = tokens.starts[value]!; t < tokens.starts[value + 1]!; t++) {
        const block = blockOf[tokens.tokens[t]!]!;
        if (block >= 0) entries.push(block);
      }
    starts[group + 1] = entries.length;
  }
  return {
    pairs,
    pass: makePass(`${field.name}: rare words`, groups.count, starts, Uint32Array.from(entries), blocks),
  };
};

const passOf = (groups: RecordGroups, keys: GroupKeys): BlockingPass =>
  makeKeyPass(
    keys.name,
    Float64Array.from({ length: groups.count }, (_, group) => keys.key(group)),
  );

/** For every two fields the combination of their readings that gives the most pairs within the budget; those with the fewest pairs first. */
const combinations = (
  readings: readonly { readonly keys: GroupKeys; readonly size: number }[],
  cost: (keys: GroupKeys) => Cost,
  budget: number,
): { keys: GroupKeys; pairs: number }[] => {
  const best = new Map<string, { keys: GroupKeys; pairs: number }>();
  readings.forEach(({ keys: first }, i) => {
    for (const { keys: second, size } of readings.slice(i + 1)) {
      if (second.fields[0] === first.fields[0]) continue;
      const keys = both(first, second, size);
      const { pairs, coarse, keyed } = cost(keys);
      if (pairs === 0 || pairs > budget || coarse > COARSE || keyed < LEAST_KEYED) continue;
      const known = best.get(keys.fields.join());
      if (known === undefined || pairs > known.pairs) best.set(keys.fields.join(), { keys, pairs });
    }
  });
  return [...best.values()].sort((a, b) => a.pairs - b.pairs);
};

/**
 * Chooses the passes by which records meet: each reading of a field that keeps to its budget of pairs, rare words, names
 * in either order, then combinations of two fields' readings. The choice rests on the values alone. Where nothing else
 * is left, neighbours in canonical order meet.
 */
export const choosePasses = (groups: RecordGroups, fields: readonly PreparedField[]): BlockingPass[] => {
  const budget = Math.min(MOST_PAIRS, Math.max(4 * PASS_LEAST_PAIRS, PAIRS_A_GROUP * groups.count));
  const passBudget = Math.max(PASS_LEAST_PAIRS, PASS_PAIRS_A_GROUP * groups.count);
  const cost = costEstimate(groups.count);
  const passes: BlockingPass[] = [];
  let spent = 0;
  const admit = (pairs: number, pass: BlockingPass): void => {
    spent += pairs;
    passes.push(pass);
  };
  const swapped = eitherOrder(groups, fields);
  if (swapped !== null) {
    const { pairs } = cost(swapped);
    if (pairs <= passBudget) admit(pairs, passOf(groups, swapped));
  }
  const readings = fields.map((field, index) => blockingKeys(field, index).filter(({ keyCount }) => keyCount > 1));
  const rest: { keys: GroupKeys; size: number }[] = [];
  for (const fieldReadings of readings)
    for (const reading of fieldReadings) {
      const keys = single(groups, fields, reading);
      const { pairs, coarse, keyed } = cost(keys);
      if (keyed < LEAST_KEYED) continue;
      if (pairs <= passBudget && coarse <= COARSE && spent + pairs <= budget && passes.length < MOST_PASSES)
        admit(pairs, passOf(groups, keys));
      else rest.push({ keys, size: reading.keyCount });
    }
  fields.forEach((field, index) => {
    const words = rareWords(groups, field, index, Math.min(passBudget, budget - spent));
    if (words !== null && words.pairs > 0) admit(words.pairs, words.pass);
  });
  const doubleBudget = Math.max(PASS_LEAST_PAIRS, DOUBLE_PAIRS_A_GROUP * groups.count);
  const taken = new Uint8Array(fields.length);
  for (const { keys, pairs } of combinations(rest, cost, doubleBudget)) {
    if (passes.length >= MOST_PASSES) break;
    if (spent + pairs > budget || keys.fields.some(field => taken[field]! >= MOST_COMBINATIONS)) continue;
    for (const field of keys.fields) taken[field] = taken[field]! + 1;
    admit(pairs, passOf(groups, keys));
  }
  if (passes.length === 0) passes.push(makeKeyPass('neighbours in sorted order', new Float64Array(groups.count)));
  return passes;
};
