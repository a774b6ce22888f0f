import { expect, it } from 'vitest';
import { compareCodes } from './compare-codes.ts';
import { compareDates } from './compare-dates.ts';
import { compareEmails } from './compare-emails.ts';
import { compareNumbers } from './compare-numbers.ts';
import { compareNames, compareTexts } from './compare-phrases.ts';
import { comparePostcodes } from './compare-postcodes.ts';
import { compareWords } from './compare-words.ts';
import { parseLooseDate } from './loose-date.ts';
import { weighTokens } from './token-weights.ts';
import type { ValueComparison } from './value-comparison.ts';
import { remembered } from './value-comparison.ts';

const level = (comparison: ValueComparison): string => {
  expect(comparison.between(0, 1)).toBe(comparison.between(1, 0));
  return comparison.levels[comparison.between(0, 1)]!;
};

it.each([
  ['michelle', 'michael', 'much alike'],
  ['shackleford', 'shackelford', 'nearly equal'],
  ['j', 'john', 'alike'],
  ['anna', 'zoltan', 'differ'],
])('words %s and %s: %s', (a, b, expected) => {
  expect(level(compareWords([a, b]))).toBe(expected);
});

it.each([
  ['7364009', '7364090', 'one slip'],
  ['7364009', '736400', 'one slip'],
  ['7364009', '1364000', 'differ'],
  ['de89370400440532013000', 'de89370400440532013099', 'two slips'],
  ['493012345', '3012345', 'one begins or ends the other'],
  ['12', '13', 'differ'],
])('codes %s and %s: %s', (a, b, expected) => {
  expect(level(compareCodes([a, b]))).toBe(expected);
});

it.each([
  ['2015-10-29', '2015-10-28', 'one slip'],
  ['2015-10-05', '2015-05-10', 'one slip'],
  ['2015-10-29', '2015-11-16', 'within a month'],
  ['2015-10-29', '2016-01-27', 'within a year'],
  ['2015-10-29', '2009-01-27', 'within ten years'],
  ['2015-10-29', '1969-01-27', 'differ'],
])('dates %s and %s: %s', (a, b, expected) => {
  expect(level(compareDates([a, b], [parseLooseDate(a, 'dmy'), parseLooseDate(b, 'dmy')]))).toBe(expected);
});

it.each([
  [100, 100.5, 'within 1 %'],
  [100, 92, 'within 10 %'],
  [100, 75, 'within 30 %'],
  [100, -100, 'differ'],
])('numbers %f and %f: %s', (a, b, expected) => {
  expect(level(compareNumbers([a, b]))).toBe(expected);
});

it('compares e-mail addresses and postcodes', () => {
  expect(level(compareEmails(['hannah88@powers.com', 'hannah88@power.com']))).toBe('nearly equal');
  expect(level(compareEmails(['hannah88@powers.com', 'hannah88@elsewhere-inc.net']))).toBe('same name at another host');
  expect(level(comparePostcodes(['4011', '4101']))).toBe('one slip');
  expect(level(comparePostcodes(['4011', '4099']))).toBe('same region');
});

const names = (...cores: string[]): ValueComparison =>
  compareNames(cores, weighTokens(cores, new Uint32Array(cores.length).fill(1)));

it('compares names by their words', () => {
  const rest = ['foods', 'print', 'harbor logistics', 'delta energy', 'atlas media', 'lumen trading', 'oak street 12'];
  expect(level(names('bel air hotel', 'hotel bel air', ...rest))).toBe('same but for form');
  expect(level(names('elk i', 'elki', ...rest))).toBe('same but for form');
  expect(level(names('koelner stadtwerke', 'kolner stadtwerke', ...rest))).toBe('nearly equal');
  expect(level(names('mifune', 'mifune japan center kintetsu building', ...rest))).toBe('one contains the other');
  expect(level(names('oak street 12', 'oak street 14', ...rest.slice(0, -1)))).toBe('alike, other numbers');
  expect(level(names('harbor foods', 'delta print', ...rest))).toBe('differ');
});

it('weighs texts by the cosine of their words', () => {
  // Worked by hand: four texts of two words each once; idf = ln(5 / rows). “red lamp” and “red chair” share “red” (2 rows):
  // w(red) = ln 2 · ln 2.5, w(lamp) = ln 2 · ln 5; cosine = ln²2.5 ÷ (ln²2.5 + ln²5) = 0.8396 ÷ 3.4299 = 0.2448.
  const texts = ['red lamp', 'red chair', 'blue sofa', 'green desk'];
  const weights = weighTokens(texts, new Uint32Array(4).fill(1));
  expect(level(compareTexts(weights))).toBe('cosine from 0.2');
  const [first] = weights.weights;
  const red = weights.words.indexOf('red');
  expect(weights.rows[red]).toBe(2);
  expect([...weights.weights.subarray(0, 2)].reduce((sum, w) => sum + w * w, 0)).toBeCloseTo(1, 12);
  expect(first).toBeCloseTo(Math.log(5) / Math.hypot(Math.log(5), Math.log(2.5)), 12);
});

it('remembers levels without changing them, in few values and in many', () => {
  for (const count of [50, 3_000]) {
    const values = Array.from({ length: count }, (_, i) => `name${(i * 7919) % 100_003}`);
    const plain = compareWords(values);
    const kept = remembered(compareWords(values), count);
    for (let i = 0; i < 20_000; i++) {
      const a = (i * 31) % count;
      const b = (i * 17 + 1) % count;
      if (a !== b) expect(kept.between(a, b)).toBe(plain.between(a, b));
    }
  }
});
