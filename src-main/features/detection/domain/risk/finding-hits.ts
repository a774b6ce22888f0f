import type { Severity } from '../forensic-test.ts';

/** A finding as scoring sees it: `rows` are indexes into the rows of the case, ascending, each once. */
export interface Hit {
  readonly test: string;
  /** The finding's number in the store: names it and breaks ties. */
  readonly ordinal: number;
  readonly severity: Severity;
  /** 0 to 1, comparable within its test only. */
  readonly score: number;
  readonly rows: Uint32Array;
}

/** What is scored: `unitOf[row]` is the unit (0 … count − 1) that a row belongs to, -1 for none; null: each row is a unit. */
export interface Units {
  readonly count: number;
  readonly rowCount: number;
  readonly unitOf: Int32Array | null;
}

/** What the findings of one test say of the units they touch: parallel arrays, strongest first. */
export interface TestHits {
  readonly test: string;
  readonly units: Uint32Array;
  /** Index (in the list of hits) of the strongest finding that touches the unit. */
  readonly strongest: Uint32Array;
  /** How many units are touched at least as strongly, itself included: 1 is the strongest; equals share the higher number. */
  readonly rank: Uint32Array;
  /** Rows of the unit in findings of the test, each counted once. */
  readonly rows: Uint32Array;
  /** Findings of the test that touch the unit. */
  readonly findings: Uint32Array;
}

/** From the mildest. */
const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** Whether one severity is at least as severe as another. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITY_ORDER[severity] >= SEVERITY_ORDER[least];

/** Negative where `a` is the stronger of two findings of one test: by severity, then by score. */
export const byStrength = (a: Hit, b: Hit): number =>
  SEVERITY_ORDER[b.severity] - SEVERITY_ORDER[a.severity] || b.score - a.score;

/** Findings by test, in the order of the tests' ids. */
export const hitsOfTests = (hits: readonly Hit[]): Map<string, number[]> => {
  const byTest = new Map<string, number[]>();
  for (const [at, { test }] of hits.entries()) {
    const list = byTest.get(test);
    if (list === undefined) byTest.set(test, [at]);
    else list.push(at);
  }
  return new Map([...byTest].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/**
 * What each test says of each unit. Linear in the rows of the findings: one pass over them a test, with marks that are never
 * cleared (the test's number marks them).
 */
export const testHits = (hits: readonly Hit[], units: Units): TestHits[] => {
  const placeOf = new Uint32Array(units.count);
  const markedBy = new Uint32Array(units.count);
  const rowSeenBy = new Uint32Array(units.rowCount);
  const countedIn = new Uint32Array(units.count);
  let mark = 0;
  let finding = 0;
  return [...hitsOfTests(hits)].map(([test, indexes]): TestHits => {
    mark += 1;
    const ordered = indexes.toSorted((a, b) => byStrength(hits[a]!, hits[b]!) || hits[a]!.ordinal - hits[b]!.ordinal);
    const touched: number[] = [];
    const strongest: number[] = [];
    const rank: number[] = [];
    const rows: number[] = [];
    const findings: number[] = [];
    for (const [at, index] of ordered.entries()) {
      const hit = hits[index]!;
      finding += 1;
      for (const row of hit.rows) {
        const unit = units.unitOf === null ? row : units.unitOf[row]!;
        if (unit < 0) continue;
        if (markedBy[unit] !== mark) {
          markedBy[unit] = mark;
          placeOf[unit] = touched.push(unit) - 1;
          strongest.push(index);
          rows.push(0);
          findings.push(0);
        }
        const place = placeOf[unit]!;
        if (countedIn[unit] !== finding) {
          countedIn[unit] = finding;
          findings[place]! += 1;
        }
        if (rowSeenBy[row] !== mark) {
          rowSeenBy[row] = mark;
          rows[place]! += 1;
        }
      }
      const next = ordered[at + 1];
      // Findings that are equally strong share the number of all units touched by them and by stronger ones.
      if (next === undefined || byStrength(hit, hits[next]!) !== 0)
        for (const count = touched.length; rank.length < count; ) rank.push(count);
    }
    return {
      test,
      units: Uint32Array.from(touched),
      strongest: Uint32Array.from(strongest),
      rank: Uint32Array.from(rank),
      rows: Uint32Array.from(rows),
      findings: Uint32Array.from(findings),
    };
  });
};
