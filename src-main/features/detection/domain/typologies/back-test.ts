import { civilParts, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { Hit, Units } from '../risk/finding-hits.ts';
import { evaluateTypology, markedRows, rowsOfFits } from './evaluate-typology.ts';
import type { Typology } from './typology.ts';

/** How a fact was decided; null: not decided. Explained counts as dismissed: the finding led to nothing. */
export type Decided = 'confirmed' | 'dismissed' | null;

export interface MonthHits {
  /** YYYY-MM. */
  readonly month: string;
  /** Units that fit by the rows of this month alone. */
  readonly units: number;
  /** Their rows of the month in the findings that count, ascending. */
  readonly rows: Uint32Array;
}

export interface JudgedTypology {
  readonly units: number;
  readonly fits: Uint8Array;
  readonly rows: Uint32Array;
  readonly months: readonly MonthHits[];
  /** Indexes of decided findings: confirmed and dismissed ones that share a row with a hit, confirmed ones that share none. */
  readonly confirmed: readonly number[];
  readonly dismissed: readonly number[];
  readonly missed: readonly number[];
}

const monthNumber = (day: number): number => {
  const { year, month } = civilParts(day);
  return year * 12 + month - 1;
};
const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

/**
 * A typology on the history of a case: in each month as if only that month's rows of the findings were there, and against what
 * people decided. A row without a day belongs to no month.
 */
export const judgeTypology = (
  typology: Typology,
  hits: readonly Hit[],
  units: Units,
  bookingDay: Int32Array,
  decided: readonly Decided[],
): JudgedTypology => {
  const whole = evaluateTypology(typology, hits, units);
  const rows = rowsOfFits(whole, hits, units);
  const inHit = new Uint8Array(units.rowCount);
  for (const row of rows) inHit[row] = 1;
  const shares = (hit: Hit): boolean => hit.rows.some(row => inHit[row] === 1);
  const where = (state: Decided, shared: boolean): number[] =>
    decided.flatMap((each, index) => (each === state && shares(hits[index]!) === shared ? [index] : []));
  return {
    units: whole.places.length,
    fits: whole.fits,
    rows,
    months: monthsOf(typology, hits, units, bookingDay),
    confirmed: where('confirmed', true),
    dismissed: where('dismissed', true),
    missed: where('confirmed', false),
  };
};

/** Evaluates the typology on units of each month: unit and month together are a unit of their own. */
const monthsOf = (
  typology: Typology,
  hits: readonly Hit[],
  units: Units,
  bookingDay: Int32Array,
): readonly MonthHits[] => {
  const codeOf = new Map<number, number>();
  const monthOfCode: number[] = [];
  const unitOf = new Int32Array(units.rowCount).fill(-1);
  for (const hit of hits)
    for (const row of hit.rows) {
      const unit = units.unitOf === null ? row : units.unitOf[row]!;
      const day = bookingDay[row]!;
      if (unitOf[row] !== -1 || unit < 0 || day === UNKNOWN_DAY) continue;
      const month = monthNumber(day);
      const key = unit * 120_000 + month;
      let code = codeOf.get(key);
      if (code === undefined) {
        code = monthOfCode.push(month) - 1;
        codeOf.set(key, code);
      }
      unitOf[row] = code;
    }
  const inMonths: Units = { count: monthOfCode.length, rowCount: units.rowCount, unitOf };
  const evaluated = evaluateTypology(typology, hits, inMonths);
  const counts = new Map<number, { units: number; marks: number[] }>();
  const at = (month: number) => {
    const known = counts.get(month) ?? { units: 0, marks: [] };
    counts.set(month, known);
    return known;
  };
  for (let code = 0; code < monthOfCode.length; code++)
    if (evaluated.fits[code] === 1) at(monthOfCode[code]!).units += 1;
  for (const row of rowsOfFits(evaluated, hits, inMonths)) at(monthOfCode[unitOf[row]!]!).marks.push(row);
  const found = [...counts.keys()];
  if (found.length === 0) return [];
  const first = found.reduce((least, month) => Math.min(least, month));
  const last = found.reduce((most, month) => Math.max(most, month));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const month = counts.get(first + i);
    return { month: monthText(first + i), units: month?.units ?? 0, rows: Uint32Array.from(month?.marks ?? []) };
  });
};

/** Units of two versions: hit by both, by the first only, by the second only, each with its rows. */
export const overlapOf = (
  a: JudgedTypology,
  b: JudgedTypology,
  units: Units,
): Readonly<Record<'both' | 'onlyA' | 'onlyB', { readonly units: number; readonly rows: Uint32Array }>> => {
  const part = (wanted: (inA: boolean, inB: boolean) => boolean) => {
    let count = 0;
    for (let unit = 0; unit < units.count; unit++) if (wanted(a.fits[unit] === 1, b.fits[unit] === 1)) count += 1;
    const marks = new Uint8Array(units.rowCount);
    for (const rows of [a.rows, b.rows])
      for (const row of rows) {
        const unit = units.unitOf === null ? row : units.unitOf[row]!;
        if (wanted(a.fits[unit] === 1, b.fits[unit] === 1)) marks[row] = 1;
      }
    return { units: count, rows: markedRows(marks) };
  };
  return {
    both: part((inA, inB) => inA && inB),
    onlyA: part((inA, inB) => inA && !inB),
    onlyB: part((inA, inB) => !inA && inB),
  };
};
