import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benfordFirstTwo } from './digits/benford-first-two.ts';
import type { FindingDraft } from './forensic-test.ts';
import { fullRows } from './order-independence.fixture.ts';
import { comparable } from './random-rows.fixture.ts';
import { runTest } from './run-test.ts';
import { sequenceGap } from './sequence/sequence-gap.ts';
import { findTest, TEST_CATALOGUE } from './test-catalogue.ts';
import { resultOf, tableOf, UNCANCELLED } from './transaction-table.fixture.ts';

const amounts = tableOf([{ amount: '1.00' }]);

describe('runTest', () => {
  it('refuses an unknown parameter and lists those there are', () => {
    expect(runTest(benfordFirstTwo, amounts, { signs: 'both' }, UNCANCELLED)).toEqual({
      ok: false,
      error: {
        code: 'test.parameter-unknown',
        message: 'unknown parameter "signs": known are sign, minimum',
        parameter: 'signs',
        allowed: ['sign', 'minimum'],
      },
    });
  });

  it('refuses a wrong value and lists what is allowed', () => {
    const refused = (parameters: Record<string, string>, test = benfordFirstTwo): unknown => {
      const outcome = runTest(test, amounts, parameters, UNCANCELLED);
      return outcome.ok ? null : outcome.error.message;
    };
    expect(refused({ sign: 'plus' })).toBe('parameter "sign" cannot be "plus": allowed is positive, negative, both');
    expect(refused({ minimum: '1,5' })).toContain('allowed is a decimal number (point, no grouping) from 0');
    expect(refused({ minimum: '-1' })).toContain('cannot be "-1"');
    expect(refused({ minimum: '' })).toContain('cannot be ""');
    expect(refused({ 'minimum-members': '2.5' }, sequenceGap)).toContain('allowed is a whole number from 2 to 1000000');
    expect(refused({ 'minimum-fill': '1.01' }, sequenceGap)).toContain('from 0.0001 to 1');
  });

  it('names the columns that are missing', () => {
    const outcome = runTest(findTest('same-same-different')!, amounts, {}, UNCANCELLED);
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'test.column-missing',
        message: 'same-same-different needs party and reference, which this data does not have',
        columns: ['party', 'reference'],
      },
    });
  });

  it('returns every parameter in one spelling, defaults included', () => {
    const outcome = runTest(benfordFirstTwo, amounts, { minimum: '010.50' }, UNCANCELLED);
    expect(outcome).toMatchObject({ ok: true, value: { parameters: { sign: 'positive', minimum: '10.5' } } });
  });
});

describe('every test of the catalogue', () => {
  it('has its own id and is found by it', () => {
    for (const test of TEST_CATALOGUE) expect(findTest(test.id)).toBe(test);
    expect(findTest('no-such-test')).toBeNull();
  });

  it.each(TEST_CATALOGUE)('$id accepts its own defaults, a row of unknowns and an empty table', test => {
    const unknown = tableOf([UNKNOWN]);
    const { population, findings } = resultOf(test, unknown);
    expect(findings).toEqual([]);
    expect(population.rows).toBe(population.used + population.excluded.reduce((sum, { count }) => sum + count, 0));
    expect(resultOf(test, { ...tableOf([UNKNOWN]), ...emptied(unknown) }).findings).toEqual([]);
  });

  it.each(TEST_CATALOGUE)('$id stops when its context cancels', test => {
    const table = tableOf([
      {
        ...UNKNOWN,
        amount: '1.00',
        date: '2024-01-01',
        account: 'A',
        party: 'P',
        reference: 'R1',
        record: 'x',
        ledgerAccount: '1200',
        entry: 'E1',
      },
    ]);
    const cancel = {
      progress: (): void => {
        throw new Error('cancelled');
      },
    };
    expect(() => runTest(test, table, {}, cancel)).toThrow('cancelled');
  });

  it.each(TEST_CATALOGUE)('$id accounts for every row, orders its findings, and ignores the order of rows', test => {
    const parameters = LOOSE[test.id] ?? {};
    const shuffled = fullRows().chain(rows =>
      fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }).map(order => ({ rows, order })),
    );
    let found = 0;
    fc.assert(
      fc.property(shuffled, ({ rows, order }) => {
        const result = resultOf(test, tableOf(rows), parameters);
        const { population, findings } = result;
        found += findings.length;
        expect(population.rows).toBe(rows.length);
        expect(population.used + population.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
        expect(findings.toSorted(byReport)).toEqual(findings);
        expect(new Set(findings.map(finding => finding.key)).size).toBe(findings.length);
        for (const { rows: own, score } of findings) {
          expect([...own]).toEqual([...new Set(own)].sort((a, b) => a - b));
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        const other = resultOf(test, tableOf(order.map(i => rows[i]!)), parameters);
        // Of movements alike in parties, day and amount, any may stand for the step of a flow.
        const named = test.group === 'flows' ? (): number => 0 : (row: number): number => row;
        expect(comparable(other.findings, row => named(order[row]!))).toEqual(comparable(findings, named));
        expect(other.limits).toEqual(result.limits);
        expect(other.population).toEqual(population);
      }),
    );
    if (!FINDLESS.has(test.id)) expect(found).toBeGreaterThan(0);
  });
});

/** A row that says nothing in any column. */
const UNKNOWN = {
  amount: '',
  date: '',
  account: '',
  party: '',
  currency: '',
  reference: '',
  record: '',
  valueDate: '',
  entered: '',
  time: '',
  counterpartyAccount: '',
  type: '',
  category: '',
  ledgerAccount: '',
  entry: '',
  poster: '',
  description: 'invoice for January',
};

/** Parameters under which small random tables have findings. */
const LOOSE: Readonly<Record<string, Record<string, string>>> = {
  velocity: { factor: '1' },
  'relative-size-factor': { ratio: '1' },
  'just-below-threshold': { 'minimum-count': '2' },
  'unusual-amount-for-party': { 'minimum-rows': '3', z: '1' },
  'split-transaction': { 'least-part': '0' },
  'out-of-order': { 'most-displaced': '100' },
  'period-end': { factor: '1', significance: '0.9', 'minimum-count': '1' },
  'activity-burst': { 'minimum-rows': '2', 'minimum-windows': '3', window: '2', factor: '1', z: '0.5' },
  'fan-out': { least: '2', deviations: '0' },
  'fan-in': { least: '2', deviations: '0' },
  bipartite: { least: '2' },
  'pass-through': { least: '1', share: '100' },
  'peer-group-outlier': { least: '2', deviations: '0.5' },
  'largest-growth': { factor: '1' },
  'dormant-account-reactivated': { days: '2' },
  'one-time-vendor': { minimum: '1' },
};

/**
 * Tests that find nothing in small random tables: profiles and second-order digits have no findings, digits need hundreds of
 * rows, and motifs of several steps do not come about by chance. Each has properties of its own beside it.
 */
const FINDLESS = new Set([
  ...TEST_CATALOGUE.filter(({ group }) => group === 'digits').map(({ id }) => id),
  'stratification',
  'ageing',
  'scatter-gather',
  'stack',
  'rapid-movement',
  'circular-flow',
  'same-same-similar',
  'duplicate-fuzzy',
  'period-end',
  ...TEST_CATALOGUE.filter(({ group }) => group === 'journal').map(({ id }) => id),
]);

const byReport = (a: FindingDraft, b: FindingDraft): number => b.score - a.score || a.rows[0]! - b.rows[0]!;

const NO_CODES = { codes: new Int32Array(0), values: [] };

/** The columns of a table, cut to no rows at all. */
const emptied = (table: ReturnType<typeof tableOf>) => ({
  ...table,
  rowCount: 0,
  rowNumber: new Uint32Array(0),
  amountUnits: new Float64Array(0),
  bookingDay: new Int32Array(0),
  valueDay: new Int32Array(0),
  enteredDay: new Int32Array(0),
  minute: new Int32Array(0),
  referenceHash: new Float64Array(0),
  seriesNumber: new Float64Array(0),
  recordHashHigh: new Uint32Array(0),
  recordHashLow: new Uint32Array(0),
  account: NO_CODES,
  party: NO_CODES,
  currency: NO_CODES,
  series: NO_CODES,
  counterpartyAccount: NO_CODES,
  type: NO_CODES,
  category: NO_CODES,
  ledgerAccount: NO_CODES,
  entry: NO_CODES,
  poster: NO_CODES,
});
