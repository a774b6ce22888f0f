import type { PreparedField } from './prepared-field.ts';
import { normalized } from './shares.ts';
import { cannotReach, jaroWinkler, letterSet } from './string-similarity.ts';

/** Level of a field that is unknown in either record: it says nothing. */
export const UNKNOWN_LEVEL = -1;
const SWAPPED = 'names swapped';
const SWAPPED_MATCHES = 0.05;
/** Jaro-Winkler similarity from which a given name is the other record's surname. */
const SAME_NAME = 0.88;

/** Compares records field by field. Rows are named by their canonical positions. */
export interface RecordComparison {
  /** Words for each field's levels, lowest first; the last is equality. */
  readonly levels: readonly (readonly string[])[];
  /** How often matches are taken to fall on each before anything is estimated. */
  readonly assumed: readonly Float64Array[];
  /** The levels of the pair compared last. */
  readonly found: Int8Array;
  compare(first: number, second: number): void;
}

const equalLevel = (levels: readonly string[]): number => levels.length - 1;

/** The comparison of records of `fields`, whose codes stand in canonical order in `columns`. */
export const compareRecords = (fields: readonly PreparedField[], columns: readonly Int32Array[]): RecordComparison => {
  const given = fields.findIndex(field => field.kind === 'given-name');
  const surname = fields.findIndex(field => field.kind === 'surname');
  const names = given >= 0 && surname >= 0;
  const levels = fields.map(({ comparison }, f) =>
    names && (f === given || f === surname)
      ? [...comparison.levels.slice(0, -1), SWAPPED, comparison.levels.at(-1)!]
      : [...comparison.levels],
  );
  const assumed = fields.map(({ comparison }, f) => {
    const shares = comparison.assumed.slice();
    if (levels[f]!.length > shares.length) shares.splice(-1, 0, SWAPPED_MATCHES);
    return normalized(Float64Array.from(shares));
  });
  const found = new Int8Array(fields.length);
  const comparisons = fields.map(({ comparison }) => comparison);
  const equal = levels.map(equalLevel);
  const swapped = names ? crossedNames(fields[given]!, fields[surname]!, columns[given]!, columns[surname]!) : null;
  return {
    levels,
    assumed,
    found,
    compare: (first, second) => {
      for (let f = 0; f < columns.length; f++) {
        const a = columns[f]![first]!;
        const b = columns[f]![second]!;
        found[f] = a < 0 || b < 0 ? UNKNOWN_LEVEL : a === b ? equal[f]! : comparisons[f]!.between(a, b);
      }
      if (swapped === null || found[given]! > 1 || found[surname]! > 1 || !swapped(first, second)) return;
      if (found[given] !== UNKNOWN_LEVEL) found[given] = equal[given]! - 1;
      if (found[surname] !== UNKNOWN_LEVEL) found[surname] = equal[surname]! - 1;
    },
  };
};

/** Whether one record's given name is the other's surname, and the other way round where both are known. */
const crossedNames = (
  given: PreparedField,
  surname: PreparedField,
  givenCodes: Int32Array,
  surnameCodes: Int32Array,
): ((first: number, second: number) => boolean) => {
  const givenSets = Uint32Array.from(given.values, letterSet);
  const surnameSets = Uint32Array.from(surname.values, letterSet);
  const alike = (g: number, s: number): boolean => {
    const a = given.values[g]!;
    const b = surname.values[s]!;
    if (a === b) return true;
    if (a.length < 3 || b.length < 3 || cannotReach(SAME_NAME, a, b, givenSets[g]!, surnameSets[s]!)) return false;
    return jaroWinkler(a, b) >= SAME_NAME;
  };
  return (first, second) => {
    const g1 = givenCodes[first]!;
    const s1 = surnameCodes[first]!;
    const g2 = givenCodes[second]!;
    const s2 = surnameCodes[second]!;
    const forth = g1 >= 0 && s2 >= 0;
    const back = g2 >= 0 && s1 >= 0;
    if (!forth && !back) return false;
    return (!forth || alike(g1, s2)) && (!back || alike(g2, s1));
  };
};
