import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { Severity } from '../forensic-test.ts';
import type { Hit, Units } from '../risk/finding-hits.ts';
import { judgeTypology, overlapOf } from './back-test.ts';
import { evaluateTypology, rowsOfFits } from './evaluate-typology.ts';
import type { Expression, Typology } from './typology.ts';
import { typologyProblems } from './typology.ts';
import { typologySentence } from './typology-sentence.ts';

const hit = (test: string, ordinal: number, severity: Severity, score: number, rows: readonly number[]): Hit => ({
  test,
  ordinal,
  severity,
  score,
  rows: Uint32Array.from(rows),
});
const typology = (when: Expression, level: Typology['level'] = 'party'): Typology => ({
  id: 'trial',
  version: 1,
  title: 'Trial',
  level,
  tests: ['a', 'b', 'c'].map(test => ({ test, weight: 0.5 })),
  when,
});
// Rows 0–5 belong to parties 0 0 1 1 2 and none.
const PARTIES: Units = { count: 3, rowCount: 6, unitOf: Int32Array.from([0, 0, 1, 1, 2, -1]) };
const HITS = [hit('a', 1, 'high', 0.9, [0, 2]), hit('b', 2, 'low', 0.2, [1, 4]), hit('c', 3, 'medium', 0.5, [2, 5])];
const fitting = (when: Expression): number[] => {
  const { places, table } = evaluateTypology(typology(when), HITS, PARTIES);
  return [...places].map(place => table.units[place]!).sort();
};

describe('an expression over the tests that hit a unit', () => {
  it.each<[Expression, number[]]>([
    [{ test: 'a' }, [0, 1]],
    [{ test: 'a', minimumScore: 0.95 }, []],
    [{ test: 'b', minimumSeverity: 'medium' }, []],
    [{ all: [{ test: 'a' }, { test: 'b' }] }, [0]],
    [{ any: [{ test: 'b' }, { test: 'c' }] }, [0, 1, 2]],
    [{ all: [{ test: 'a' }, { not: { test: 'b' } }] }, [1]],
    [{ atLeast: 2, of: [{ test: 'a' }, { test: 'b' }, { test: 'c' }] }, [0, 1]],
  ])('%j', (when, units) => expect(fitting(when)).toEqual(units));

  it('counts only rows of findings it asks for', () => {
    const asked = evaluateTypology(typology({ all: [{ test: 'a' }, { not: { test: 'b' } }] }), HITS, PARTIES);
    expect([...rowsOfFits(asked, HITS, PARTIES)]).toEqual([2]);
  });

  it('agrees with evaluating each unit by itself, for any expression', () => {
    const leaf = fc.record({ test: fc.constantFrom('a', 'b', 'c') });
    const { tree } = fc.letrec<{ tree: Expression }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie('tree') }),
        fc.record({ atLeast: fc.constantFrom(1, 2), of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      ),
    }));
    const TESTS_OF = [['a', 'b'], ['a', 'c'], ['b']];
    const truth = (expression: Expression, tests: readonly string[]): boolean => {
      if ('test' in expression) return tests.includes(expression.test);
      if ('not' in expression) return !truth(expression.not, tests);
      if ('all' in expression) return expression.all.every(part => truth(part, tests));
      if ('any' in expression) return expression.any.some(part => truth(part, tests));
      return expression.of.filter(part => truth(part, tests)).length >= expression.atLeast;
    };
    fc.assert(
      fc.property(tree, when => {
        // Only units that a finding touches which the condition asks for can fit: others are checked to be left out.
        for (const unit of fitting(when)) expect(truth(when, TESTS_OF[unit]!)).toBe(true);
        const everyTest: Expression = { all: [{ any: [{ test: 'a' }, { test: 'b' }, { test: 'c' }] }, when] };
        expect(fitting(everyTest)).toEqual([0, 1, 2].filter(unit => truth(when, TESTS_OF[unit]!)));
      }),
    );
  });
});

describe('what is wrong with a typology', () => {
  const known = new Set(['a', 'b', 'c']);
  it('is nothing for a sound one', () => expect(typologyProblems(typology({ test: 'a' }), known)).toEqual([]));
  it.each<[Expression, RegExp]>([
    [{ test: 'z' }, /no test “z”/],
    [{ not: { test: 'a' } }, /asks for no test/],
    [{ atLeast: 3, of: [{ test: 'a' }, { test: 'b' }] }, /can never hold/],
  ])('%j', (when, message) => expect(typologyProblems(typology(when), known).join(' ')).toMatch(message));
  it('is a test without a weight', () => {
    const draft = { ...typology({ test: 'b' }), tests: [{ test: 'a', weight: 1 }] };
    expect(typologyProblems(draft, known)).toEqual(['The condition asks for “b”, which has no weight.']);
  });
});

it('is told as a sentence', () => {
  const when: Expression = {
    all: [{ test: 'a', minimumSeverity: 'high' }, { any: [{ test: 'b' }, { test: 'c' }] }, { not: { test: 'b' } }],
  };
  expect(typologySentence(typology(when), new Map([['a', 'Structuring']]))).toBe(
    'A party fits when findings of it come from “Structuring” (severity high or higher), (“b” or “c”) and not “b”.',
  );
});

describe('the back-test', () => {
  const days = Int32Array.from(
    ['2024-01-05', '2024-01-20', '2024-03-01', '2024-03-02', '2024-01-09', ''],
    text => parseIsoDate(text) ?? UNKNOWN_DAY,
  );
  const judge = (when: Expression, decided: readonly ('confirmed' | 'dismissed' | null)[] = [null, null, null]) =>
    judgeTypology(typology(when), HITS, PARTIES, days, decided);

  it('counts units by month, from the rows of each month alone, without a gap', () => {
    const { months } = judge({ test: 'a' });
    expect(months.map(({ month, units, rows }) => [month, units, [...rows]])).toEqual([
      ['2024-01', 1, [0]],
      ['2024-02', 0, []],
      ['2024-03', 1, [2]],
    ]);
  });

  it('sets hits against decisions', () => {
    const judged = judge({ test: 'a' }, ['confirmed', 'confirmed', 'dismissed']);
    // The hit rows are 0 and 2: finding 0 has both, finding 2 has row 2, finding 1 has neither.
    expect([judged.confirmed, judged.dismissed, judged.missed]).toEqual([[0], [2], [1]]);
  });

  it('shows what two versions share', () => {
    const overlap = overlapOf(judge({ test: 'a' }), judge({ test: 'b' }), PARTIES);
    expect([overlap.both.units, overlap.onlyA.units, overlap.onlyB.units]).toEqual([1, 1, 1]);
    expect([...overlap.both.rows]).toEqual([0, 1]);
    expect([...overlap.onlyB.rows]).toEqual([4]);
  });
});
