import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { QUALITY_RULES, type QualityInput } from './quality-rules.ts';
import { DIMENSION_WEIGHTS, qualityScore } from './quality-score.ts';

interface Row {
  readonly statement?: number;
  readonly booking?: number;
  readonly value?: number;
  readonly amount?: number;
  readonly currency?: number;
  readonly counterparty?: number;
  readonly reference?: number;
  readonly account?: number;
}

/** A statement that follows no other. */
const ALONE = { continues: null, gapless: null };

const input = (rows: readonly Row[], rest: Partial<QualityInput> = {}): QualityInput => ({
  rowCount: rows.length,
  columns: {
    statement: Int32Array.from(rows, row => row.statement ?? 0),
    bookingDay: Int32Array.from(rows, row => row.booking ?? 19_800),
    valueDay: Int32Array.from(rows, row => row.value ?? 19_800),
    amountUnits: Float64Array.from(rows, row => row.amount ?? 100),
    currency: Int32Array.from(rows, row => row.currency ?? 0),
    counterparty: Int32Array.from(rows, row => row.counterparty ?? 0),
    counterpartyAccount: Int32Array.from(rows, row => row.account ?? -1),
    referenceHash: Float64Array.from(rows, row => row.reference ?? 77),
  },
  currencies: ['EUR', 'eur'],
  // Example of the SWIFT IBAN Registry, and the same with a wrong last digit.
  accounts: ['DE89370400440532013000', 'DE89370400440532013001'],
  controlledFiles: [],
  overlapDuplicates: null,
  rejectedCount: 0,
  statements: [{ from: 19_790, to: 19_810, currency: 'EUR', balanced: true, ...ALONE }],
  exactDuplicates: { total: 0, rows: new Uint32Array() },
  nearDuplicates: { total: 0, rows: new Uint32Array() },
  examinationDay: 20_000,
  ...rest,
});

const rule = (result: ReturnType<typeof qualityScore>, id: string) => result.rules.find(found => found.id === id);

describe('qualityScore', () => {
  it('gives 100 to data in which nothing fails', () => {
    const result = qualityScore(
      input([{}, {}, { account: 0 }], {
        statements: [{ from: 19_790, to: 19_810, currency: 'EUR', balanced: true, continues: true, gapless: true }],
        controlledFiles: [true],
        overlapDuplicates: { total: 0, rows: new Uint32Array() },
      }),
    );
    expect(result.score).toBe(100);
    expect(result.rules.every(({ meetsThreshold, failedTotal }) => meetsThreshold === true && failedTotal === 0)).toBe(
      true,
    );
  });

  it('weighs the dimensions to 100 and has rules with distinct ids in each', () => {
    expect(Object.values(DIMENSION_WEIGHTS).reduce((a, b) => a + b)).toBe(100);
    expect(new Set(QUALITY_RULES.map(({ id }) => id)).size).toBe(QUALITY_RULES.length);
    expect(new Set(QUALITY_RULES.map(({ dimension }) => dimension)).size).toBe(6);
  });

  // The worked example of docs/specs/data-quality.md, by hand.
  it('computes the worked example', () => {
    const result = qualityScore(
      input(
        [
          {},
          { counterparty: -1, currency: -1 },
          { amount: 0, value: 19_700 },
          { booking: 19_850, value: UNKNOWN_DAY, reference: 0 },
        ],
        {
          rejectedCount: 1,
          exactDuplicates: { total: 1, rows: Uint32Array.of(3) },
          nearDuplicates: null,
          statements: [
            { from: 19_790, to: 19_810, currency: 'EUR', balanced: true, ...ALONE },
            { from: UNKNOWN_DAY, to: UNKNOWN_DAY, currency: null, balanced: false, ...ALONE },
            { from: UNKNOWN_DAY, to: UNKNOWN_DAY, currency: null, balanced: null, ...ALONE },
          ],
        },
      ),
    );
    const scores = Object.fromEntries(result.dimensions.map(({ dimension, score }) => [dimension, score]));
    expect(scores).toEqual({
      completeness: 85, // (4/4 + 4/4 + 3/4 + 3/4 + 3/4) / 5
      validity: 88.7, // (4/5 + 3/3 + 3/4 + 4/4) / 4 = 88.75, rounded down
      consistency: 80.5, // (2/3 + 3/4 + 3/3) / 3 = 80.55…
      uniqueness: 75, // exact only: 3/4
      timeliness: 83.3, // (4/4 + 2/3) / 2
      accuracy: 50, // 1 of 2 statements that state both balances
    });
    // (20×85 + 20×88.75 + 15×80.5555… + 15×75 + 10×83.3333… + 20×50) / 100 = 76.416…
    expect(result.score).toBe(76.4);
    expect(rule(result, 'uniqueness.near')).toMatchObject({ tested: null, share: null, meetsThreshold: null });
    expect(result.dimensions[3]?.explanation).toBe(
      'mean of uniqueness.exact 75.00 %; not measurable and not counted: uniqueness.near, uniqueness.overlap',
    );
    expect([...(rule(result, 'consistency.statement-period')?.failed ?? [])]).toEqual([3]);
    expect([...(rule(result, 'accuracy.statement-balance')?.failed ?? [])]).toEqual([1]);
    expect(rule(result, 'validity.readable-record')).toMatchObject({
      tested: 5,
      passed: 4,
      share: 0.8,
      failedTotal: 1,
    });
  });

  it('does not count what cannot be measured, and says so', () => {
    const result = qualityScore(
      input([{ value: UNKNOWN_DAY, statement: -1 }], {
        statements: [],
        exactDuplicates: null,
        nearDuplicates: null,
        examinationDay: UNKNOWN_DAY,
      }),
    );
    expect(result.score).toBe(100);
    expect(result.explanation).toBe(
      'weighted mean of completeness 100 (weight 20), validity 100 (weight 20); not measurable and not counted: consistency, uniqueness, timeliness, accuracy',
    );
    expect(qualityScore(input([], { statements: [] })).score).toBeNull();
  });

  it('finds a currency that is not a code, another currency than the statement’s, and a date in the future', () => {
    const result = qualityScore(
      input([{ currency: 1 }, { booking: 20_001 }], {
        statements: [{ from: UNKNOWN_DAY, to: UNKNOWN_DAY, currency: 'EUR', balanced: null, ...ALONE }],
      }),
    );
    expect([...(rule(result, 'validity.currency-code')?.failed ?? [])]).toEqual([0]);
    expect([...(rule(result, 'consistency.statement-currency')?.failed ?? [])]).toEqual([0]);
    expect([...(rule(result, 'timeliness.not-in-future')?.failed ?? [])]).toEqual([1]);
  });

  it('finds an IBAN that is wrong, a broken chain of balances, a gap, control totals that disagree', () => {
    const follows = { from: UNKNOWN_DAY, to: UNKNOWN_DAY, currency: null, balanced: null };
    const result = qualityScore(
      input([{ account: 0 }, { account: 1 }], {
        statements: [
          { ...follows, ...ALONE },
          { ...follows, continues: true, gapless: false },
          { ...follows, continues: false, gapless: true },
        ],
        controlledFiles: [true, false],
        overlapDuplicates: { total: 1, rows: Uint32Array.of(1) },
      }),
    );
    const failed = (id: string): number[] => [...(rule(result, id)?.failed ?? [])];
    expect(failed('validity.account-check-digits')).toEqual([1]);
    expect(failed('accuracy.balance-chain')).toEqual([2]);
    expect(failed('accuracy.period-gaps')).toEqual([1]);
    expect(failed('accuracy.control-totals')).toEqual([1]);
    expect(failed('uniqueness.overlap')).toEqual([1]);
    expect(rule(result, 'accuracy.balance-chain')).toMatchObject({ tested: 2, share: 0.5 });
  });

  it('counts and lists every failed row, and never shows 100 for one failure in a million', () => {
    const many = qualityScore(input(Array.from({ length: 3000 }, () => ({ counterparty: -1 }))));
    expect(rule(many, 'completeness.counterparty')?.failedTotal).toBe(3000);
    expect(rule(many, 'completeness.counterparty')?.failed).toHaveLength(3000);
    const one = Array.from({ length: 20_000 }, (_, i) => (i === 7 ? { counterparty: -1 } : {}));
    expect(qualityScore(input(one)).score).toBe(99.9);
  });

  it('keeps passed + failed = tested, and a rule’s failures are those an independent count finds', () => {
    const row = fc.record({
      booking: fc.constantFrom(-5, 19_800, 19_850, UNKNOWN_DAY),
      value: fc.constantFrom(19_700, 19_800, UNKNOWN_DAY),
      amount: fc.constantFrom(0, 5, Number.NaN),
      currency: fc.constantFrom(-1, 0, 1),
      counterparty: fc.constantFrom(-1, 0),
      reference: fc.constantFrom(0, 9),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), rows => {
        const result = qualityScore(input(rows));
        for (const { tested, passed, failedTotal, share } of result.rules)
          if (tested !== null) {
            expect((passed ?? 0) + (failedTotal ?? 0)).toBe(tested);
            expect(share).toBe((passed ?? 0) / tested);
          }
        expect(rule(result, 'validity.amount-not-zero')?.failedTotal ?? 0).toBe(
          rows.filter(({ amount }) => amount === 0).length,
        );
        expect(rule(result, 'completeness.booking-date')?.failedTotal).toBe(
          rows.filter(({ booking }) => booking === UNKNOWN_DAY).length,
        );
        if (result.score !== null) {
          expect(result.score).toBeGreaterThanOrEqual(0);
          expect(result.score).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('prints the time for 1,000,000 rows', () => {
    const count = 1_000_000;
    const filled = input([]);
    const columns: QualityInput['columns'] = {
      statement: new Int32Array(count),
      bookingDay: new Int32Array(count).fill(19_800),
      valueDay: new Int32Array(count).fill(19_801),
      amountUnits: Float64Array.from({ length: count }, (_, i) => i),
      currency: new Int32Array(count),
      counterparty: Int32Array.from({ length: count }, (_, i) => (i % 100) - 1),
      counterpartyAccount: Int32Array.from({ length: count }, (_, i) => (i % 3) - 1),
      referenceHash: Float64Array.from({ length: count }, (_, i) => i % 200),
    };
    for (let turn = 0; turn < 3; turn++) {
      const started = performance.now();
      const result = qualityScore({ ...filled, rowCount: count, columns });
      console.log(`quality score, 1,000,000 rows: ${(performance.now() - started).toFixed(0)} ms`);
      expect(rule(result, 'completeness.counterparty')?.failedTotal).toBe(10_000);
    }
  });
});
