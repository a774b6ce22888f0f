import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { FLOW_TESTS } from './flow-tests.ts';
import { plantedFlows } from './planted-flows.fixture.ts';

/** Patterns of each kind that must be found, of 20 (ten in each of two years of 20,000 payments): docs/specs/flows.md. */
const LEAST_FOUND: Readonly<Record<string, number>> = {
  'fan-out': 15,
  'fan-in': 15,
  'circular-flow': 20,
  'scatter-gather': 20,
  bipartite: 19,
  stack: 19,
  'rapid-movement': 20,
  'pass-through': 20,
};
/** Findings that touch no planted pattern, at most, over both years (refunds are rounds of two: only longer rounds count). */
const MOST_FALSE = 4;

describe('planted flows', () => {
  const years = [1, 2].map(seed => {
    const { rows, planted } = plantedFlows(seed, 1000, 20_000, 10);
    return { table: tableOf(rows), planted, touched: new Set(planted.flatMap(pattern => pattern.rows)) };
  });

  for (const test of FLOW_TESTS)
    it(`${test.id} finds what was planted, and little else`, () => {
      let found = 0;
      let falseAlarms = 0;
      for (const { table, planted, touched } of years) {
        const { findings } = resultOf(test, table);
        for (const pattern of planted.filter(({ test: kind }) => kind === test.id)) {
          const holds = findings.some(({ rows }) => {
            const held = new Set(rows);
            return pattern.rows.filter(row => held.has(row)).length >= 0.8 * pattern.rows.length;
          });
          if (holds) found++;
        }
        falseAlarms += findings.filter(
          ({ rows, severity }) => severity !== 'low' && !rows.some(row => touched.has(row)),
        ).length;
      }
      expect(found).toBeGreaterThanOrEqual(LEAST_FOUND[test.id]!);
      expect(falseAlarms).toBeLessThanOrEqual(MOST_FALSE);
    });
});
