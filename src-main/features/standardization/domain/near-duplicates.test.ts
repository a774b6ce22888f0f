import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import {
  NEAR_DUPLICATE_DEFAULTS,
  type NearDuplicateColumns,
  type NearDuplicateParameters,
  nearDuplicates,
} from './near-duplicates.ts';

interface Row {
  readonly amount?: number;
  readonly day?: number;
  readonly account?: number;
  readonly currency?: number;
  readonly party?: number;
  readonly statement?: number;
  readonly reference?: number;
  readonly description?: number;
  readonly record?: number;
}

/** Rows with distinct records unless told otherwise. */
const columns = (rows: readonly Row[]): NearDuplicateColumns => ({
  rowCount: rows.length,
  amountUnits: Float64Array.from(rows, row => row.amount ?? 5000),
  bookingDay: Int32Array.from(rows, row => row.day ?? 19_800),
  account: Int32Array.from(rows, row => row.account ?? 0),
  currency: Int32Array.from(rows, row => row.currency ?? 0),
  party: Int32Array.from(rows, row => row.party ?? 0),
  statement: Int32Array.from(rows, row => row.statement ?? 0),
  referenceHash: Float64Array.from(rows, row => row.reference ?? 0),
  descriptionHash: Float64Array.from(rows, row => row.description ?? 0),
  recordHashHigh: Uint32Array.from(rows, (row, i) => row.record ?? i + 1),
  recordHashLow: Uint32Array.from(rows, () => 1),
});

const run = (rows: readonly Row[], set: Partial<NearDuplicateParameters> = {}) =>
  nearDuplicates(columns(rows), { ...NEAR_DUPLICATE_DEFAULTS, ...set });

describe('nearDuplicates', () => {
  // Scores by hand from the weights in docs/specs/near-duplicates.md: party 0.35, reference 0.30, description 0.20, day 0.15.
  it('proposes one movement that two files tell with different references', () => {
    expect(
      run([
        { statement: 0, reference: 1, description: 9 },
        { statement: 1, reference: 2, description: 9 },
      ]).pairs,
    ).toEqual([{ a: 0, b: 1, score: 0.7, agree: ['party', 'description', 'day'], differ: ['reference'] }]);
  });

  it('proposes one reference entered twice on nearby days', () => {
    // 0.35 + 0.30 + 0 + 0.15 × (1 − 2/4)
    expect(
      run([
        { reference: 1, description: 8, day: 10 },
        { reference: 1, description: 9, day: 12 },
      ]).pairs,
    ).toEqual([{ a: 0, b: 1, score: 0.725, agree: ['party', 'reference'], differ: ['description', 'day'] }]);
  });

  it('does not propose true twins: same day, amount, party and text, two references on one statement', () => {
    // (0.35 + 0.20 + 0.15) / 2
    const twins: Row[] = [
      { reference: 1, description: 9 },
      { reference: 2, description: 9 },
    ];
    expect(run(twins).pairs).toEqual([]);
    expect(run(twins, { threshold: 0.35 }).pairs[0]?.score).toBe(0.35);
    expect(run(twins, { threshold: 0.36 }).pairs).toEqual([]);
  });

  it('proposes nothing on amount and day alone', () => {
    const bare: Row[] = [
      { party: -1, reference: 0, description: 0 },
      { party: -1, reference: 0, description: 0 },
    ];
    // half of 0.35 + 0.30 + 0.20, and 0.15
    expect(run(bare).pairs).toEqual([]);
    expect(run(bare, { threshold: 0.575 }).pairs).toHaveLength(1);
  });

  it('leaves out exact duplicates, other accounts, currencies and amounts, and days too far apart', () => {
    const likely: Row = { reference: 7, description: 9 };
    expect(
      run([
        { ...likely, record: 5 },
        { ...likely, record: 5 },
      ]).total,
    ).toBe(0);
    expect(run([likely, { ...likely, account: 1 }]).total).toBe(0);
    expect(run([likely, { ...likely, account: -1 }]).total).toBe(0);
    expect(run([likely, { ...likely, currency: 1 }]).total).toBe(0);
    expect(run([likely, { ...likely, amount: 5001 }]).total).toBe(0);
    expect(run([likely, { ...likely, amount: -5000 }]).total).toBe(0);
    expect(
      run([
        { ...likely, day: 10 },
        { ...likely, day: 13 },
      ]).total,
    ).toBe(1);
    expect(
      run([
        { ...likely, day: 10 },
        { ...likely, day: 14 },
      ]).total,
    ).toBe(0);
    expect(
      run([
        { ...likely, account: -1 },
        { ...likely, account: -1 },
      ]).total,
    ).toBe(1);
  });

  it('compares rows without amount or date with nothing and counts them', () => {
    const result = run([
      { amount: Number.NaN },
      { amount: Number.NaN },
      { day: UNKNOWN_DAY },
      { day: UNKNOWN_DAY },
      {},
    ]);
    expect(result).toMatchObject({ pairs: [], total: 0, rowsNotCompared: 4 });
  });

  it('works with amount and day only', () => {
    const bare = columns([{}, {}]);
    const result = nearDuplicates(
      {
        ...bare,
        account: null,
        currency: null,
        party: null,
        statement: null,
        referenceHash: null,
        descriptionHash: null,
        recordHashHigh: null,
        recordHashLow: null,
      },
      { ...NEAR_DUPLICATE_DEFAULTS, threshold: 0.5 },
    );
    expect(result.pairs).toEqual([{ a: 0, b: 1, score: 0.575, agree: ['day'], differ: [] }]);
  });

  it('lists the best pairs up to the limit and counts all', () => {
    // Every two of 200 rows on one statement with one reference: 19,900 pairs, of which 64 a row are compared.
    const rows = Array.from({ length: 200 }, (_, i): Row => ({ reference: 1, description: i < 2 ? 5 : 100 + i }));
    const result = run(rows, { limit: 10 });
    expect(result.pairs).toHaveLength(10);
    expect(result.pairs[0]).toMatchObject({ a: 0, b: 1, score: 1 });
    expect(result.total + result.comparisonsLeftOut).toBe((200 * 199) / 2);
    // Rows 0…135 leave out 200 − 1 − i − 64 each: sum of 135 … 1.
    expect(result.comparisonsLeftOut).toBe((135 * 136) / 2);
  });

  const row = fc.record({
    amount: fc.constantFrom(100, 200, -100),
    day: fc.integer({ min: 0, max: 8 }),
    account: fc.constantFrom(-1, 0, 1),
    currency: fc.constantFrom(0, 1),
    party: fc.constantFrom(-1, 0, 1),
    statement: fc.constantFrom(0, 1),
    reference: fc.constantFrom(0, 1, 2),
    description: fc.constantFrom(0, 1, 2),
    record: fc.integer({ min: 0, max: 30 }),
  });

  /** The definition of docs/specs/near-duplicates.md, written down once more over all pairs of rows. */
  const byDefinition = (rows: readonly Required<Row>[]): string[] => {
    const found: string[] = [];
    rows.forEach((x, a) => {
      rows.slice(a + 1).forEach((y, k) => {
        const apart = Math.abs(x.day - y.day);
        if (x.amount !== y.amount || x.account !== y.account || x.currency !== y.currency) return;
        if (apart > 3 || x.record === y.record) return;
        const part = (weight: number, p: number, q: number, unknown: number) =>
          p === unknown || q === unknown ? weight / 2 : p === q ? weight : 0;
        let score =
          part(3500, x.party, y.party, -1) +
          part(3000, x.reference, y.reference, 0) +
          part(2000, x.description, y.description, 0) +
          1500 * (1 - apart / 4);
        const twins =
          x.statement === y.statement && x.reference !== 0 && y.reference !== 0 && x.reference !== y.reference;
        if (twins) score /= 2;
        if (Math.round(score) >= 6000) found.push(`${a}-${a + 1 + k}-${Math.round(score) / 10_000}`);
      });
    });
    return found.sort();
  };

  it('finds exactly the pairs of the definition', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 50 }), rows => {
        const result = run(rows);
        expect(result.pairs.map(({ a, b, score }) => `${a}-${b}-${score}`).sort()).toEqual(byDefinition(rows));
        expect(result.total).toBe(result.pairs.length);
      }),
    );
  });

  it('finds the same pairs whatever the order of the rows, and loses none when rows are added', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.array(row, { maxLength: 10 }), (rows, more) => {
        const forward = run(rows).pairs.map(({ a, b, score }) => `${a}-${b}-${score}`);
        const last = rows.length - 1;
        const backward = run([...rows].reverse()).pairs.map(({ a, b, score }) => `${last - b}-${last - a}-${score}`);
        expect(backward.sort()).toEqual([...forward].sort());
        const extended = new Set(run([...rows, ...more]).pairs.map(({ a, b, score }) => `${a}-${b}-${score}`));
        expect(forward.every(pair => extended.has(pair))).toBe(true);
      }),
    );
  });

  it('prints the time for 1,000,000 rows and finds the pair planted among them', () => {
    const count = 1_000_000;
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    const planted = columns([]);
    const big: NearDuplicateColumns = {
      ...planted,
      rowCount: count,
      amountUnits: Float64Array.from({ length: count }, () => Math.round(Math.exp(8.5 + 4.6 * random()))),
      bookingDay: Int32Array.from({ length: count }, (_, i) => 19_358 + Math.floor((i * 731) / count)),
      account: Int32Array.from({ length: count }, () => Math.floor(random() * 200)),
      currency: Int32Array.from({ length: count }, () => (random() < 0.94 ? 0 : 1)),
      party: Int32Array.from({ length: count }, () => Math.floor(random() * 50_000)),
      statement: new Int32Array(count),
      referenceHash: Float64Array.from({ length: count }, (_, i) => i + 1),
      descriptionHash: Float64Array.from({ length: count }, (_, i) => i + 1),
      recordHashHigh: Uint32Array.from({ length: count }, (_, i) => i),
      recordHashLow: new Uint32Array(count),
    };
    for (const column of [big.amountUnits, big.account, big.currency, big.party, big.referenceHash])
      if (column !== null) column[500_100] = column[500_000] ?? 0;
    for (let turn = 0; turn < 3; turn++) {
      const started = performance.now();
      const result = nearDuplicates(big, NEAR_DUPLICATE_DEFAULTS);
      console.log(`near duplicates, 1,000,000 rows: ${(performance.now() - started).toFixed(0)} ms`);
      expect(result.pairs.map(({ a, b }) => [a, b])).toEqual([[500_000, 500_100]]);
    }
  });
});
