import type { FieldOverlap } from './field-overlap.ts';
import { log2Odds, type MatchModel } from './match-model.ts';
import type { PreparedField } from './prepared-field.ts';
import { type RecordComparison, UNKNOWN_LEVEL } from './record-comparison.ts';
import { termFrequencies } from './term-frequency.ts';

/** What one field adds to a pair's weight, in bits. */
export interface Contribution {
  readonly field: number;
  /** −1: unknown in either record, which adds nothing. */
  readonly level: number;
  readonly bits: number;
}

/** A pair's weight and where it comes from: prior + the sum of the contributions = weight. */
export interface Waterfall {
  readonly prior: number;
  readonly contributions: readonly Contribution[];
  readonly weight: number;
}

/** Weighs pairs of groups under an estimated model. */
export interface PairWeight {
  /** Bits of the pair whose levels stand in `levels`. */
  ofLevels(first: number, second: number, levels: Int8Array): number;
  /** Compares two groups and weighs them. */
  readonly of: (first: number, second: number) => number;
  waterfall(first: number, second: number): Waterfall;
}

/**
 * Match weight = log2 of the prior odds + Σ log2(m ÷ u) over the fields known in both (Fellegi & Sunter 1969). Equality
 * counts by how frequent the value is instead of by u, and by `overlaps` less where another field's equality implies it.
 */
export const pairWeight = (
  { prior, m, u }: MatchModel,
  fields: readonly PreparedField[],
  columns: readonly Int32Array[],
  comparison: RecordComparison,
  overlaps: readonly FieldOverlap[],
): PairWeight => {
  const start = log2Odds(prior);
  const bits = m.map((levels, f) => levels.map((value, level) => Math.log2(value / u[f]![level]!)));
  const equal = m.map(levels => levels.length - 1);
  const equalBits = fields.map((field, f) =>
    termFrequencies(field, u[f]![equal[f]!]!).map(share => Math.log2(m[f]![equal[f]!]! / share)),
  );
  const weightOf = (first: number, f: number, levels: Int8Array): number => {
    const level = levels[f]!;
    if (level === UNKNOWN_LEVEL) return 0;
    if (level !== equal[f]) return bits[f]![level]!;
    let weight = equalBits[f]![columns[f]![first]!]!;
    for (const overlap of overlaps)
      if (overlap.second === f && levels[overlap.first] === equal[overlap.first])
        weight = Math.max(Math.min(weight, 0), weight - overlap.bits);
    return weight;
  };
  const ofLevels = (first: number, _second: number, levels: Int8Array): number => {
    let weight = start;
    for (let f = 0; f < equal.length; f++) weight += weightOf(first, f, levels);
    return weight;
  };
  return {
    ofLevels,
    of: (first, second) => {
      comparison.compare(first, second);
      return ofLevels(first, second, comparison.found);
    },
    waterfall: (first, second) => {
      comparison.compare(first, second);
      const levels = comparison.found;
      return {
        prior: start,
        contributions: fields.map((_, field) => ({
          field,
          level: levels[field]!,
          bits: weightOf(first, field, levels),
        })),
        weight: ofLevels(first, second, levels),
      };
    },
  };
};
