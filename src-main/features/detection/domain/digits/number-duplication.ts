import { formatUnits, parseDecimal, rescale } from '../../../../kernel/decimal.ts';
import { formatAmount, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { amountsUnderTest, rowsWhere } from './amounts-under-test.ts';
import { DIGIT_PARAMETERS } from './digit-scan.ts';
import { sortedSizes } from './sorted-sizes.ts';

const MOST_BINS = 50;
const MOST_FINDINGS = 10;
const LEAST_COUNT = 3;
const NEVER = { progress: () => undefined };

interface Repeated {
  readonly size: number;
  readonly count: number;
}

const FILTER = 4096;

/** Of each asked size the rows (indexes, ascending) that have it: one pass, most rows told by the last bits of their size. */
const rowsOfSizes = (sizes: Float64Array, asked: readonly Repeated[]): ReadonlyMap<number, Uint32Array> => {
  const rowsOf = new Map(asked.map(({ size, count }) => [size, { rows: new Uint32Array(count), found: 0 }]));
  const filter = new Uint8Array(FILTER);
  for (const { size } of asked) filter[size & (FILTER - 1)] = 1;
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    if (filter[size & (FILTER - 1)] === 0) continue;
    const own = rowsOf.get(size);
    if (own !== undefined) own.rows[own.found++] = row;
  }
  return new Map(Array.from(rowsOf, ([size, { rows }]) => [size, rows]));
};

/** Each different amount with its count. `sorted` ascends. */
const countsOf = (sorted: Float64Array): { readonly distinct: number; readonly repeated: Repeated[] } => {
  const repeated: Repeated[] = [];
  let distinct = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (sorted[end] === sorted[start]) end++;
    distinct++;
    if (end - start > 1) repeated.push({ size: sorted[start]!, count: end - start });
    start = end;
  }
  return { distinct, repeated };
};

/** The amounts that occur most often. Spec: docs/specs/number-duplication.md. */
export const numberDuplication: ForensicTest = {
  id: 'number-duplication',
  version: '1.1.0',
  title: 'Number duplication',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const { sizes, used, excluded } = amountsUnderTest(table, parameters, context);
    const { distinct, repeated } = countsOf(sortedSizes(table, parameters, context));
    const ranked = repeated.toSorted((a, b) => b.count - a.count || b.size - a.size);
    const squares = repeated.reduce((sum, { count }) => sum + count ** 2, 0);
    const expected = distinct === 0 ? 0 : used / distinct;
    const asked = ranked.filter(({ count }) => count >= LEAST_COUNT && count > expected).slice(0, MOST_FINDINGS);
    const rowsOf = rowsOfSizes(sizes, asked);
    return {
      population: { rows: table.rowCount, used, excluded },
      statistics: {
        observations: used,
        distinctAmounts: distinct,
        repeatedAmounts: repeated.length,
        numberFrequencyFactor: used === 0 ? null : squares / used ** 2,
      },
      bins: ranked.slice(0, MOST_BINS).map(({ size, count }) => ({
        key: formatUnits(size, table.amountScale, Math.min(2, table.amountScale)),
        count,
        expected: null,
        z: null,
      })),
      findings: inReportOrder(
        asked.map(({ size, count }) => ({
          key: String(size),
          rows: rowsOf.get(size)!,
          severity: 'info' as const,
          score: 1 - expected / count,
          reason: `The amount ${formatAmount(table, size, null)} occurs ${formatCount(count)} times, ${((100 * count) / used).toFixed(2)} % of all; an amount occurs ${expected.toFixed(1)} times on average.`,
        })),
      ),
      limits: [
        'Tariffs, subscriptions and limits repeat for innocent reasons: the ranking says where a list price ends and a habit begins.',
        ...(repeated.length > MOST_BINS
          ? [`The ${MOST_BINS} most frequent of ${formatCount(repeated.length)} repeated amounts are listed.`]
          : []),
        ...(used === 0 ? ['No amount could be tested: nothing was computed.'] : []),
      ],
    };
  },
  rowsOfBin(table, parameters, key) {
    const value = parseDecimal(key);
    const size = value === null ? undefined : rescale(value, table.amountScale)?.units;
    return rowsWhere(amountsUnderTest(table, parameters, NEVER).sizes, other => other === size);
  },
};
