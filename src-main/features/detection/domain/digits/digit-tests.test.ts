import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../../kernel/decimal.ts';
import type { ForensicTest, Parameters, TestResult } from '../forensic-test.ts';
import { resolveParameters } from '../parameters.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { benfordFirst } from './benford-first.ts';
import { benfordFirstThree } from './benford-first-three.ts';
import { benfordSecond } from './benford-second.ts';
import { benfordSecondOrder } from './benford-second-order.ts';
import { benfordSummation } from './benford-summation.ts';
import { binomialUpperTail } from './binomial.ts';
import { DIGIT_TESTS } from './digit-tests.ts';
import { lastTwoDigits } from './last-two-digits.ts';
import { numberDuplication } from './number-duplication.ts';
import { roundNumbers } from './round-numbers.ts';

const DATA = new URL('../../../../../../shared/data/benford/', import.meta.url);

/** Rows of a compressed table; amounts as decimal text, which 'scientific' values of R's output are turned into. */
const records = (file: string): Record<string, string>[] =>
  parse(gunzipSync(readFileSync(new URL(file, DATA))), { columns: true });
const decimal = (text: string): string => (/e/i.test(text) ? BigInt(Math.round(Number(text))).toString() : text);
const corporate = tableOf(records('corporate.payment.csv.gz').map(row => ({ amount: decimal(row.Amount ?? '') })));
const census = tableOf(records('census.2009.csv.gz').map(row => ({ amount: decimal(row['pop.2009'] ?? '') })));

interface Expected {
  readonly first_digits?: number;
  readonly sign?: string;
  readonly observations: number;
  readonly MAD: number;
  readonly chisq: number;
  readonly mantissa: { readonly mean: number; readonly var: number };
  readonly digit_counts: Readonly<Record<string, number>>;
}
const packageFacts = (file: string, digits: number, sign: string): Expected => {
  const { facts } = JSON.parse(readFileSync(new URL(`${file}.expected.json`, DATA), 'utf8')) as {
    facts: { how: string; expected: Expected }[];
  };
  const fact = facts.find(
    ({ how, expected }) =>
      how.startsWith('benford.analysis 0.1.5') && expected.first_digits === digits && expected.sign === sign,
  );
  if (fact === undefined) throw new Error(`${file} has no figures for ${digits} digits, ${sign}`);
  return fact.expected;
};
/** Cents of a sum with two decimals. */
const unitsOf = (amount: string): number => Number(amount.replace('.', ''));
const repeated = (amount: string, times: number): string[] => new Array<string>(times).fill(amount);
const countsOf = ({ bins }: TestResult): number[] => bins.map(bin => bin.count);

/** The first 500 Fibonacci numbers and the first 1,000 powers of two: up to 302 digits. */
const fibonacci = (): string[] => {
  const numbers = [1n, 1n];
  while (numbers.length < 500) numbers.push(numbers.at(-1)! + numbers.at(-2)!);
  return numbers.map(String);
};
const powersOfTwo = Array.from({ length: 1000 }, (_, i) => String(2n ** BigInt(i + 1)));
const tableOfAmounts = (amounts: readonly string[]) => tableOf(amounts.map(amount => ({ amount })));

describe('benford-first', () => {
  // requirements/forensic-tests.md, "Check".
  it('has the known counts of Fibonacci numbers and powers of two, digits beyond 2^53 included', () => {
    const first = resultOf(benfordFirst, tableOfAmounts(fibonacci()));
    expect(countsOf(first)).toEqual([151, 88, 63, 47, 40, 33, 29, 27, 22]);
    expect(first.statistics.chiSquare).toBeCloseTo(0.1737, 4);
    expect(first.statistics.mad).toBeCloseTo(0.001268, 6);
    expect(first.statistics.conformity).toBe('close');
    const second = resultOf(benfordFirst, tableOfAmounts(powersOfTwo));
    expect(countsOf(second)).toEqual([301, 176, 125, 97, 79, 69, 56, 52, 45]);
    expect(second.statistics.chiSquare).toBeCloseTo(0.1586, 4);
    expect(second.statistics.mad).toBeCloseTo(0.000678, 6);
  });

  it.each(['positive', 'both'])('agrees with benford.analysis 0.1.5 on the corporate payments (%s)', sign => {
    const result = resultOf(benfordFirst, corporate, { sign });
    const expected = packageFacts('corporate.payment.csv.gz', 1, sign);
    expect(result.statistics.observations).toBe(expected.observations);
    expect(Object.fromEntries(result.bins.map(bin => [bin.key, bin.count]))).toEqual(expected.digit_counts);
    expect(result.statistics.chiSquare).toBeCloseTo(expected.chisq, 3);
    expect(result.statistics.mad).toBeCloseTo(expected.MAD, 9);
    expect(result.statistics.mantissaMean).toBeCloseTo(expected.mantissa.mean, 5);
    expect(result.statistics.mantissaVariance).toBeCloseTo(expected.mantissa.var, 5);
    expect(result.statistics.conformity).toBe('marginal');
    expect(result.findings.map(({ key }) => key)).toEqual(expect.arrayContaining(['1', '5']));
  });

  it('agrees with benford.analysis 0.1.5 on the census, which conforms: no finding', () => {
    const result = resultOf(benfordFirst, census);
    const expected = packageFacts('census.2009.csv.gz', 1, 'positive');
    expect(result.statistics.chiSquare).toBeCloseTo(expected.chisq, 3);
    expect(result.statistics.mad).toBeCloseTo(expected.MAD, 9);
    expect(result.findings).toEqual([]);
  });

  // benford.analysis, tests/testthat/test-benford.R (Nigrini 2012): amounts of at least 10, MAD of one digit.
  it('has the published MAD of amounts from 10', () => {
    const { statistics } = resultOf(benfordFirst, corporate, { minimum: '10' });
    expect(statistics.observations).toBe(177_763);
    expect(statistics.mad).toBeCloseTo(0.01464, 5);
  });
});

describe('benford-second and benford-first-three', () => {
  // requirements/forensic-tests.md: expected second digits.
  it('expects the published second-digit proportions', () => {
    const { bins } = resultOf(benfordSecond, tableOfAmounts(['12']));
    const expected = [0.11968, 0.11389, 0.10882, 0.10433, 0.10031, 0.09668, 0.09337, 0.09035, 0.08757, 0.085];
    for (const [digit, bin] of bins.entries()) expect(bin.expected).toBeCloseTo(expected[digit]!, 5);
  });

  it('counts the digits of the decimal text, recounted by strings', () => {
    const amounts = records('corporate.payment.csv.gz')
      .map(row => row.Amount ?? '')
      .filter(amount => Number(amount) > 0);
    const digits = (amount: string): string => amount.replace('.', '').replace(/^0+/, '').padEnd(3, '0');
    // In cents: what is below 0.10 has no second digit, what is below 1.00 no third one.
    const recount = (least: number, pick: (text: string) => number, classes: number, from: number): number[] => {
      const counts = new Array<number>(classes).fill(0);
      for (const amount of amounts)
        if (Math.round(Number(amount) * 100) >= least) counts[pick(digits(decimal(amount))) - from]!++;
      return counts;
    };
    expect(countsOf(resultOf(benfordSecond, corporate))).toEqual(recount(10, text => Number(text[1]), 10, 0));
    const three = resultOf(benfordFirstThree, corporate);
    expect(countsOf(three)).toEqual(recount(100, text => Number(text.slice(0, 3)), 900, 100));
    // Recomputed with Python decimal: 671 of 185,083 positive amounts are below 1.00; MAD of the 184,412 others .000452687.
    expect(three.population.used).toBe(184_412);
    expect(three.population.excluded).toContainEqual({
      reason: 'amount has fewer than 3 digits at the decimals its currency is kept in',
      count: 671,
    });
    expect(three.statistics.mad).toBeCloseTo(0.000_452_687_107_5, 12);
    expect(three.statistics.degreesOfFreedom).toBe(899);
    // Between the bands .00044 and .00050 of Nigrini (2012), table 7.1.
    expect(three.statistics.conformity).toBe('marginal');
  });
});

describe('benford-second-order', () => {
  // README of benford.analysis: 65,504 differences; its test-benford.R: 64,578 from 10.
  it('has the published number of differences of the corporate payments', () => {
    expect(resultOf(benfordSecondOrder, corporate).statistics.observations).toBe(65_504);
    expect(resultOf(benfordSecondOrder, corporate, { minimum: '10' }).statistics.observations).toBe(64_578);
  });

  it('lists the rows whose amounts end a difference', () => {
    // Sorted 1.00 1.00 1.50 4.50: differences 0.50 and 3.00.
    const table = tableOfAmounts(['4.50', '1.00', '1.50', '1.00']);
    const result = resultOf(benfordSecondOrder, table);
    expect(result.bins.filter(bin => bin.count > 0).map(({ key, count }) => [key, count])).toEqual([
      ['30', 1],
      ['50', 1],
    ]);
    expect(result.bins.find(({ key }) => key === '30')).toMatchObject({ count: 1, rows: 1 });
    expect([...rowsOfBin(benfordSecondOrder, table, '30')]).toEqual([0]);
    expect([...rowsOfBin(benfordSecondOrder, table, '50')]).toEqual([2]);
  });
});

describe('benford-summation', () => {
  // benford.analysis, tests/testthat/test-benford.R (Nigrini 2012): the six largest excesses from 10.
  it('ranks the published first-two digits by their sums', () => {
    const { bins, statistics } = resultOf(benfordSummation, corporate, { minimum: '10' });
    const ranked = bins.toSorted((a, b) => unitsOf(b.amount!) - unitsOf(a.amount!)).map(bin => Number(bin.key));
    expect(ranked.slice(0, 6)).toEqual([15, 26, 10, 14, 11, 50]);
    const total = records('corporate.payment.csv.gz')
      .map(row => Math.round(Number(row.Amount) * 100))
      .filter(units => units >= 1000)
      .reduce((sum, units) => sum + units, 0);
    expect(statistics.total).toBe(formatUnits(total, 2, 0));
    expect(bins.reduce((sum, bin) => sum + unitsOf(bin.amount!), 0)).toBe(total);
    expect(new Set(bins.map(bin => bin.expectedAmount))).toEqual(new Set([formatUnits(Math.round(total / 90), 2)]));
    // The rows of a class are counted, whatever they sum to; n of benford.analysis, test-benford.R: 177,763 amounts from 10.
    expect(bins.reduce((count, bin) => count + bin.count, 0)).toBe(177_763);
  });

  it('asks for the class that holds more than twice its share, by exact sums', () => {
    // By hand: 299 amounts of 10.01 and one of 990.00: total 3,982.99; an equal share is 44.255…, so 44.26.
    const { bins, findings } = resultOf(benfordSummation, tableOfAmounts([...repeated('10.01', 299), '990.00']));
    expect(bins.filter(({ count }) => count > 0)).toEqual([
      { key: '10', count: 299, expected: null, z: null, amount: '2992.99', expectedAmount: '44.26' },
      { key: '99', count: 1, expected: null, z: null, amount: '990.00', expectedAmount: '44.26' },
    ]);
    expect(findings.map(({ key, rows }) => [key, rows.length])).toEqual([
      ['10', 299],
      ['99', 1],
    ]);
    expect(findings[0]?.reason).toContain('sum to 2,992.99 in 299 rows, 67.6 times the 44.26 of an equal share');
  });
});

describe('last-two-digits', () => {
  it('counts cents, whole amounts by their integer digits, and asks for the ending that is too frequent', () => {
    const amounts = Array.from({ length: 2000 }, (_, i) => `${i}.${String(i % 100).padStart(2, '0')}`).slice(1);
    const even = resultOf(lastTwoDigits, tableOfAmounts(amounts));
    expect(even.statistics).toMatchObject({ decimals: 2, degreesOfFreedom: 99 });
    expect(even.findings).toEqual([]);
    const bent = resultOf(lastTwoDigits, tableOfAmounts([...amounts, ...new Array<string>(150).fill('10.37')]));
    expect(bent.findings.map(({ key, rows }) => [key, rows.length])).toEqual([['37', 170]]);
    const whole = resultOf(lastTwoDigits, tableOfAmounts(['1234.00', '99.00']));
    expect(whole.statistics.decimals).toBe(0);
    expect(whole.bins.filter(bin => bin.count > 0).map(bin => bin.key)).toEqual(['34', '99']);
  });
});

describe('round-numbers', () => {
  // pandas 1.5.3 (expected.json): 530 positive amounts are multiples of 1,000.
  it('counts the round thousands of the corporate payments', () => {
    const { statistics } = resultOf(roundNumbers, corporate, { sign: 'positive' });
    expect(statistics.multiplesOf1000).toBe(530);
  });

  it('asks for the party whose amounts are round against the others', () => {
    const rows: FixtureRow[] = [
      ...Array.from({ length: 400 }, (_, i) => ({ party: `P${i % 40}`, amount: `${150 + i}.37` })),
      ...Array.from({ length: 8 }, (_, i) => ({ party: 'ROUND LTD', amount: `${(i + 1) * 500}.00` })),
    ];
    const { findings, statistics } = resultOf(roundNumbers, tableOf(rows));
    expect(statistics).toMatchObject({ observations: 408, round: 8, multiplesOf100: 8, multiplesOf1000: 4 });
    expect(findings.map(({ key, rows: found }) => [key, found.length])).toEqual([['ROUND LTD', 8]]);
  });

  it('has the exact binomial tail (R 4.2.2: pbinom(2, 10, 0.1, lower.tail = FALSE))', () => {
    expect(binomialUpperTail(3, 10, 0.1)).toBeCloseTo(0.0701908264, 9);
    expect(binomialUpperTail(0, 10, 0.1)).toBe(1);
    expect(binomialUpperTail(11, 10, 0.1)).toBe(0);
  });
});

describe('number-duplication', () => {
  // benford.analysis, tests/testthat/test-benford.R (Nigrini 2012): the most frequent amounts from 10.
  it('ranks the published amounts', () => {
    const { bins } = resultOf(numberDuplication, corporate, { minimum: '10' });
    expect(bins.slice(0, 6).map(({ key, count }) => [key, count])).toEqual([
      ['50.00', 6022],
      ['1153.35', 2264],
      ['1083.45', 1185],
      ['150.00', 1056],
      ['988.35', 1018],
      ['1159.35', 976],
    ]);
  });

  // Nigrini 2012: NFF = Σ c² / n² over amounts that occur more than once: (3² + 2²) / 6² here.
  it('has the number frequency factor', () => {
    const { statistics } = resultOf(numberDuplication, tableOfAmounts(['5', '5', '5', '7', '7', '9']));
    expect(statistics.numberFrequencyFactor).toBeCloseTo(13 / 36, 12);
  });
});

const rowsOfBin = (
  test: ForensicTest,
  table: ReturnType<typeof tableOf>,
  key: string,
  parameters: Parameters = {},
): Uint32Array => {
  const resolved = resolveParameters(test.parameters, parameters);
  if (!resolved.ok) throw new Error(resolved.error.message);
  if (test.rowsOfBin === undefined) throw new Error(`${test.id} has no classes`);
  return test.rowsOfBin(table, resolved.value, key);
};

describe.each(DIGIT_TESTS.map(test => [test.id, test] as const))('%s', (_, test) => {
  const cents = fc.array(fc.integer({ min: -300_000, max: 300_000 }), { maxLength: 80 });
  const toTable = (amounts: readonly number[]) =>
    tableOf([
      ...amounts.map((amount, i) => ({ amount: formatUnits(amount, 2), party: `P${i % 3}` })),
      { amount: '', party: 'P0' },
    ]);

  it('opens exactly the rows it counted in each class (property)', () => {
    fc.assert(
      fc.property(cents, amounts => {
        const table = toTable(amounts);
        const result = resultOf(test, table);
        for (const bin of result.bins) {
          const rows = rowsOfBin(test, table, bin.key);
          expect(rows).toHaveLength(bin.rows ?? bin.count);
          if (test === benfordSecondOrder) expect(rows.length > 0).toBe(bin.count > 0);
          if (bin.amount === undefined) continue;
          const sum = [...rows].reduce((total, row) => total + Math.abs(table.amountUnits![row]!), 0);
          expect(bin.amount).toBe(formatUnits(sum, table.amountScale, Math.min(2, table.amountScale)));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('counts every row as used or left out, and does not depend on the order of the rows (property)', () => {
    fc.assert(
      fc.property(cents, amounts => {
        const result = resultOf(test, toTable(amounts));
        const left = result.population.excluded.reduce((sum, { count }) => sum + count, 0);
        expect(result.population.used + left).toBe(result.population.rows);
        const turned = resultOf(
          test,
          tableOf([
            ...Array.from(amounts, (amount, i) => ({ amount: formatUnits(amount, 2), party: `P${i % 3}` })).reverse(),
            { amount: '', party: 'P0' },
          ]),
        );
        expect(turned.bins).toEqual(result.bins);
        expect(turned.findings.map(({ key }) => key)).toEqual(result.findings.map(({ key }) => key));
      }),
      { numRuns: 25 },
    );
  });
});
