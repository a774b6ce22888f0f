import { BLOCK_CAP, WINDOW } from './blocking-pass.ts';
import type { FieldKind } from './field-kind.ts';
import type { GroupLinkage } from './link-groups.ts';
import { log2Odds } from './match-model.ts';

/** A level of agreement and what it says of a match, before the value's frequency is taken in. */
export interface LevelModel {
  readonly level: string;
  readonly m: number;
  readonly u: number;
  readonly bits: number;
}

/** The estimated model, to be shown and kept: what was compared, by which figures, with which limits. */
export interface LinkageModel {
  readonly version: string;
  readonly threshold: number;
  /**
   * Chance that two records drawn at random match, and its log2 odds: where every waterfall starts. 0 and null where
   * there were no two records.
   */
  readonly prior: number;
  readonly priorBits: number | null;
  readonly expectedMatches: number;
  readonly rounds: number;
  readonly converged: boolean;
  readonly fields: readonly {
    readonly name: string;
    readonly kind: FieldKind;
    readonly filled: number;
    readonly distinct: number;
    /** False: no other field's agreement gave pairs to estimate m from; the assumed values stand. */
    readonly estimated: boolean;
    readonly levels: readonly LevelModel[];
  }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Bits by which the second field's equality says less where the first is equal too. */
  readonly overlaps: readonly { readonly first: string; readonly second: string; readonly bits: number }[];
  readonly distinctRecords: number;
  readonly compared: number;
  readonly possible: number;
  /** By which fields records met; empty where all pairs were compared. */
  readonly blocking: readonly string[];
  readonly limits: readonly string[];
}

/** Stands in every result: figures of different versions may differ. */
export const LINKAGE_VERSION = '1.0.0';

export const describeModel = (linkage: GroupLinkage): LinkageModel => {
  const { fields, leftOut, groups, comparison, estimate, overlaps, passes, compared, settings } = linkage;
  const { prior, m, u } = estimate.model;
  return {
    version: LINKAGE_VERSION,
    threshold: settings.threshold,
    prior,
    priorBits: prior === 0 ? null : log2Odds(prior),
    expectedMatches: estimate.expectedMatches,
    rounds: estimate.rounds,
    converged: estimate.converged,
    fields: fields.map(({ name, kind, filled, values }, f) => ({
      name,
      kind,
      filled,
      distinct: values.length,
      estimated: !estimate.assumed.includes(f),
      levels: comparison.levels[f]!.map((level, i) => ({
        level,
        m: m[f]![i]!,
        u: u[f]![i]!,
        bits: Math.log2(m[f]![i]! / u[f]![i]!),
      })),
    })),
    leftOut,
    overlaps: overlaps.map(({ first, second, bits }) => ({
      first: fields[first]!.name,
      second: fields[second]!.name,
      bits,
    })),
    distinctRecords: groups.count,
    compared,
    possible: groups.totalPairs,
    blocking: passes?.map(({ name }) => name) ?? [],
    limits: limitsOf(linkage),
  };
};

const limitsOf = ({ groups, passes, estimate, fields, competing }: GroupLinkage): string[] => {
  if (groups.totalPairs === 0) return ['There were no two rows to compare.'];
  const limits: string[] = [];
  if (passes !== null) limits.push('Only records that meet in one of the ways listed under “blocking” were compared.');
  const windowed = passes?.filter(pass => pass.windowed > 0).map(({ name }) => name) ?? [];
  if (windowed.length > 0)
    limits.push(
      `Blocks of more than ${BLOCK_CAP} distinct records were compared with their next ${WINDOW} neighbours only: ${windowed.join('; ')}.`,
    );
  if (estimate.assumed.length > 0)
    limits.push(
      `Too few pairs agree on other fields to estimate how often matches agree on ${estimate.assumed.map(f => fields[f]!.name).join(', ')}: an assumption stands in.`,
    );
  if (!estimate.priorEstimated)
    limits.push('How many rows have a match could not be estimated: one row in ten is taken to have one.');
  if (!estimate.converged) limits.push('The estimate had not settled after the last round.');
  if (competing.first.length > 0)
    limits.push('Each row links with its best partner only; links that a better one outdoes are listed as competing.');
  return limits;
};
