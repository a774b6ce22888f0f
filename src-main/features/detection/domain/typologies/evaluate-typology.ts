import type { Hit, Units } from '../risk/finding-hits.ts';
import { isAtLeast } from '../risk/finding-hits.ts';
import type { RiskTable } from '../risk/risk-score.ts';
import { riskTable } from '../risk/risk-score.ts';
import type { Expression, TestCondition, Typology } from './typology.ts';
import { conditionsOf } from './typology.ts';

/** The units a typology hits, strongest first, and what their scores are made of. */
export interface TypologyHits {
  readonly table: RiskTable;
  /** Places of the table whose units fit, in its order: highest score first. */
  readonly places: Uint32Array;
  /** 1 for each unit that fits. */
  readonly fits: Uint8Array;
  /** Indexes of the hits (among those given) that count: of a test it asks for, strong enough. */
  readonly counted: Uint32Array;
}

const meets = (hit: Hit, { test, minimumScore, minimumSeverity }: TestCondition): boolean =>
  hit.test === test &&
  (minimumScore === undefined || hit.score >= minimumScore) &&
  (minimumSeverity === undefined || isAtLeast(hit.severity, minimumSeverity));

const markUnits = (hits: readonly Hit[], units: Units, condition: TestCondition): Uint8Array => {
  const marks = new Uint8Array(units.count);
  for (const hit of hits) {
    if (!meets(hit, condition)) continue;
    for (const row of hit.rows) {
      const unit = units.unitOf === null ? row : units.unitOf[row]!;
      if (unit >= 0) marks[unit] = 1;
    }
  }
  return marks;
};

/** Truth of an expression for every unit, 0 or 1: one pass over the units a group. */
const holds = (expression: Expression, of: (condition: TestCondition) => Uint8Array): Uint8Array => {
  if ('test' in expression) return of(expression);
  if ('not' in expression) return holds(expression.not, of).map(mark => 1 - mark);
  const parts = 'all' in expression ? expression.all : 'any' in expression ? expression.any : expression.of;
  const least = 'all' in expression ? parts.length : 'any' in expression ? 1 : expression.atLeast;
  const [first, ...others] = parts.map(part => holds(part, of));
  const counted = first!.slice();
  for (const marks of others) for (let unit = 0; unit < marks.length; unit++) counted[unit]! += marks[unit]!;
  return counted.map(sum => (sum >= least ? 1 : 0));
};

/**
 * Which units a typology hits: those for which its condition holds and that at least one finding touches which the condition
 * asks for. Scores use the typology's own weights over the findings that count.
 */
export const evaluateTypology = (typology: Typology, hits: readonly Hit[], units: Units): TypologyHits => {
  const asked = conditionsOf(typology.when).flatMap(({ condition, negated }) => (negated ? [] : [condition]));
  const counts = (hit: Hit): boolean => asked.some(condition => meets(hit, condition));
  const counted = hits.flatMap((hit, index) => (counts(hit) ? [index] : []));
  const weights = new Map(typology.tests.map(({ test, weight }) => [test, weight]));
  const fits = holds(typology.when, condition => markUnits(hits, units, condition));
  const own = counted.map(index => hits[index]!);
  const table = riskTable(own, units, weights);
  const touched = new Uint8Array(units.count);
  for (const unit of table.units) touched[unit] = 1;
  for (let unit = 0; unit < fits.length; unit++) fits[unit]! &= touched[unit]!;
  return {
    table: { ...table, hitOf: table.hitOf.map(index => counted[index]!) },
    places: Uint32Array.from(table.units.keys()).filter(place => fits[table.units[place]!] === 1),
    fits,
    counted: Uint32Array.from(counted),
  };
};

/** Rows, ascending, that the units which fit have in the findings that count. */
export const rowsOfFits = ({ fits, counted }: TypologyHits, hits: readonly Hit[], units: Units): Uint32Array => {
  const marks = new Uint8Array(units.rowCount);
  for (const index of counted)
    for (const row of hits[index]!.rows) {
      const unit = units.unitOf === null ? row : units.unitOf[row]!;
      if (unit >= 0 && fits[unit] === 1) marks[row] = 1;
    }
  return markedRows(marks);
};

/** Indexes of the marks that are set, ascending. */
export const markedRows = (marks: Uint8Array): Uint32Array => {
  let count = 0;
  for (const mark of marks) count += mark;
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < marks.length; row++) if (marks[row] === 1) rows[at++] = row;
  return rows;
};
