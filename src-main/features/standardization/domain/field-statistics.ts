import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';

/** What is known of one field over all rows. */
export interface FieldStatistics<Value> {
  readonly rows: number;
  readonly known: number;
  /** Distinct known values; null where they are not told apart. */
  readonly distinct: number | null;
  /** The commonest values with their rows, the commonest first, equal ones in order of the value. */
  readonly top: readonly { readonly value: Value; readonly rows: number }[];
  readonly minimum: Value | null;
  readonly maximum: Value | null;
  /** The lower of the two middle values where their number is even: a value that occurs. */
  readonly median: Value | null;
}

const TOP = 10;

/** Statistics of a column of repeated texts. */
export const codedStatistics = ({ codes, values }: CodedColumn): FieldStatistics<string> => {
  const counts = new Uint32Array(values.length);
  let known = 0;
  for (const code of codes)
    if (code >= 0) {
      counts[code]! += 1;
      known += 1;
    }
  const present = values.flatMap((value, code) => (counts[code]! > 0 ? [{ value, rows: counts[code]! }] : []));
  present.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  return {
    rows: codes.length,
    known,
    distinct: present.length,
    top: present.slice(0, TOP),
    minimum: null,
    maximum: null,
    median: null,
  };
};

/** Statistics of a column of numbers: units of an amount (NaN is unknown) or days (UNKNOWN_DAY is unknown). */
export const numberStatistics = (column: Float64Array | Int32Array): FieldStatistics<number> => {
  const sorted = Float64Array.from(column)
    .filter(value => !Number.isNaN(value) && value !== UNKNOWN_DAY)
    .sort();
  const runs: { value: number; rows: number }[] = [];
  let distinct = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    distinct += 1;
    keepTop(runs, sorted[from]!, to - from);
    from = to;
  }
  return {
    rows: column.length,
    known: sorted.length,
    distinct,
    top: runs,
    minimum: sorted[0] ?? null,
    maximum: sorted.at(-1) ?? null,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
  };
};

/** Keeps the TOP commonest runs; values come in ascending order, so that the smaller of equally common ones stays first. */
const keepTop = (runs: { value: number; rows: number }[], value: number, rows: number): void => {
  if (runs.length === TOP && rows <= runs.at(-1)!.rows) return;
  let at = runs.findIndex(run => run.rows < rows);
  if (at < 0) at = runs.length;
  runs.splice(at, 0, { value, rows });
  if (runs.length > TOP) runs.pop();
};
