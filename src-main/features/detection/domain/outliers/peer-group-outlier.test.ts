import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, randomRows } from '../random-rows.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { measure, peerDeviations } from './peer-deviations.ts';
import { peerGroupOutlier } from './peer-group-outlier.ts';
import { areaUnderCurve, precisionAt } from './ranking.fixture.ts';

const DATA = new URL('../../../../../../shared/data/', import.meta.url);

/** Ten payments of 100 to 109 to one party, and one of 1,000. */
const EXAMPLE: readonly FixtureRow[] = [
  ...Array.from({ length: 10 }, (_, i) => ({ amount: `-${100 + i}.00`, party: 'ACME' })),
  { amount: '-1000.00', party: 'ACME' },
];

describe('peer-group-outlier', () => {
  it('finds the worked example of the spec', () => {
    // Median 105, quartiles 102.5 and 107.5 (type 7): in logarithms |ln 1000 - ln 105| ÷ ((ln 107.5… - ln 102.5…) ÷ 1.349) = 63.7.
    const { findings, population } = resultOf(peerGroupOutlier, tableOf(EXAMPLE));
    expect(population).toEqual({ rows: 11, used: 11, excluded: [] });
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([10]);
    const logs = EXAMPLE.map(row => Math.log(-Number(row.amount))).sort((a, b) => a - b);
    const iqr = (logs[7]! + logs[8]!) / 2 - (logs[2]! + logs[3]!) / 2;
    const deviations = (Math.log(1000) - logs[5]!) / (iqr / 1.349);
    expect(findings[0]!.score).toBeCloseTo(deviations / (deviations + 3), 12);
    expect(findings[0]!.reason).toBe(
      `Lead, no verdict (-1,000.00, ACME): amount 1000 where the median of its 11 peers (ACME) is 105: 9.52381 times, ${deviations.toFixed(1)} robust standard deviations away.`,
    );
  });

  it('reaches the published bar on 401,146 real sales reports', () => {
    // dmwr2_sales.csv.gz.expected.json: AUC 0.9108 and precision 0.68 at the top 1,000 of 15,546 inspected rows for the plain rule
    // |ln unit price - product median| ÷ product IQR. pandas with our floor on the spread: 0.9111426990720235 and 0.682.
    const [, ...lines] = gunzipSync(readFileSync(new URL('fraud/dmwr2_sales.csv.gz', DATA)))
      .toString('utf8')
      .trim()
      .split('\n')
      .map(line => line.split(',').map(cell => cell.replaceAll('"', '')));
    const known = (text: string | undefined): string => (text === undefined || text === 'NA' ? '' : text);
    const table = tableOf(
      lines.map(([, product = '', quantity, value]) => ({
        amount: known(value),
        named: { Prod: product, Quant: known(quantity) },
      })),
    );
    const product = table.named.get('Prod')!;
    const { values } = measure(table, table.named.get('Quant')!, true);
    const { deviations } = peerDeviations(values, product.codes, product.values.length, 'iqr', 2, () => undefined);
    // The test itself lists the same rows first.
    const { findings, population } = resultOf(peerGroupOutlier, table, {
      group: 'Prod',
      quantity: 'Quant',
      least: '2',
    });
    expect(population.rows).toBe(401_146);
    const listed = findings.flatMap(({ rows }) => Array.from(rows, row => deviations[row]!));
    expect(listed.length).toBeGreaterThanOrEqual(1000);
    expect(Math.min(...listed)).toBe(
      deviations
        .filter(value => !Number.isNaN(value))
        .sort()
        .at(-1000),
    );
    const inspected = [...lines.keys()].filter(i => {
      const [, , quantity, value, label] = lines[i]!;
      return label !== 'unkn' && Number(known(quantity)) > 0 && Number(known(value)) > 0;
    });
    expect(inspected).toHaveLength(15_546);
    const scores = inspected.map(i => (Number.isNaN(deviations[i]!) ? 0 : deviations[i]!));
    const labels = inspected.map(i => lines[i]![4] === 'fraud');
    expect(areaUnderCurve(scores, labels)).toBeCloseTo(0.91114, 4);
    expect(precisionAt(scores, labels, 1000)).toBeGreaterThanOrEqual(0.68);
  }, 120_000);

  it('compares unit prices where a quantity is named, and leaves out rows without one', () => {
    const row = (amount: string, quantity: string): FixtureRow => ({ amount, named: { product: 'p', quantity } });
    const rows = [
      ...Array.from({ length: 12 }, (_, i) => row(`${(i + 1) * 10 + (i % 3)}.00`, String(i + 1))),
      row('500.00', '1'),
      row('7.00', ''),
      row('7.00', '0'),
    ];
    const { findings, population } = resultOf(peerGroupOutlier, tableOf(rows), {
      group: 'product',
      quantity: 'quantity',
    });
    expect(findings.map(finding => [...finding.rows])).toEqual([[12]]);
    expect(findings[0]!.reason).toContain('unit price 500 where the median of its 13 peers');
    expect(population.excluded).toEqual([{ reason: 'quantity is unknown or zero', count: 2 }]);
  });

  it('takes rows that state no currency for peers of each other, and of no others', () => {
    // By hand: ten of 100 to 109 in each group; 1,000 is far in the one, and alone (too few) in dollars.
    const rows = (currency: string): FixtureRow[] => EXAMPLE.slice(0, 10).map(row => ({ ...row, currency }));
    const table = tableOf([
      ...rows('EUR'),
      ...rows(''),
      { amount: '-1000.00', party: 'ACME', currency: '' },
      { amount: '-1000.00', party: 'ACME', currency: 'USD' },
    ]);
    const { findings, population, statistics } = resultOf(peerGroupOutlier, table);
    expect(population).toEqual({
      rows: 22,
      used: 21,
      excluded: [{ reason: 'group has fewer than 10 rows', count: 1 }],
    });
    expect(statistics.groups).toBe(2);
    expect(findings.map(finding => [...finding.rows])).toEqual([[20]]);
    expect(findings[0]!.reason).toContain('its 11 peers (ACME, no currency stated) is 105');
  });

  it('says so where all peers agree but one, where groups are small and where columns are missing', () => {
    const agreed = [
      ...new Array<FixtureRow>(12).fill({ amount: '50.00', party: 'A' }),
      { amount: '51.00', party: 'A' },
      { amount: '9.00', party: 'B' },
    ];
    const { findings, population } = resultOf(peerGroupOutlier, tableOf(agreed));
    expect(findings[0]!.reason).toContain('where all others agree');
    expect(findings[0]!.score).toBe(1);
    expect(population.excluded).toEqual([{ reason: 'group has fewer than 10 rows', count: 1 }]);
    const { limits } = resultOf(peerGroupOutlier, tableOf(agreed), { group: 'colour', quantity: 'pieces' });
    expect(limits).toContain('There is no column “colour”: it was left out of the groups.');
    expect(limits).toContain('There is no column “pieces”: amounts were compared, not unit prices.');
  });

  it('finds the same whatever the order of the rows and the scale of the amounts (property)', () => {
    fc.assert(
      fc.property(randomRows(60), fc.infiniteStream(fc.nat()), (rows, keys) => {
        const order = rows.map((_, i) => [keys.next().value as number, i] as const).sort((a, b) => a[0] - b[0]);
        const parameters = { least: '2', deviations: '0.5', leads: '100000' };
        const before = resultOf(peerGroupOutlier, tableOf(rows), parameters);
        const after = resultOf(peerGroupOutlier, tableOf(order.map(([, i]) => rows[i]!)), parameters);
        expect(comparable(after.findings, row => order[row]![1])).toEqual(comparable(before.findings, row => row));
      }),
      { numRuns: 50 },
    );
  });
});
