import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cannotReach, editDistance, jaroWinkler, letterSet, lettersMissing } from './string-similarity.ts';

describe('jaroWinkler', () => {
  // Winkler (1990), "String Comparator Metrics and Enhanced Decision Rules", table 3 and Winkler (2006), "Overview of Record
  // Linkage and Current Research Directions", table 6: the values to three places.
  it.each([
    ['shackleford', 'shackelford', 0.982],
    ['dunningham', 'cunnigham', 0.896],
    ['nichleson', 'nichulson', 0.956],
    ['jones', 'johnson', 0.832],
    ['massey', 'massie', 0.933],
    ['abroms', 'abrams', 0.922],
    ['jeraldine', 'geraldine', 0.926],
    ['marhta', 'martha', 0.961],
    ['michelle', 'michael', 0.921],
    ['julies', 'julius', 0.933],
    ['tanya', 'tonya', 0.88],
    ['dwayne', 'duane', 0.84],
    ['sean', 'susan', 0.805],
    ['jon', 'john', 0.933],
    ['jon', 'jan', 0.8],
    ['dixon', 'dicksonx', 0.813],
  ])('%s and %s: %f', (a, b, published) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(published, 3);
  });

  it('is 0 where no letter is common or a text is empty', () => {
    expect([jaroWinkler('abc', 'xyz'), jaroWinkler('', 'a'), jaroWinkler('', '')]).toEqual([0, 0, 0]);
  });

  it('is symmetric, in [0, 1], and 1 for equal texts only', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const value = jaroWinkler(a, b);
        expect(value).toBeCloseTo(jaroWinkler(b, a), 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value === 1).toBe(a === b);
      }),
    );
  });

  it('is never above what the quick test calls out of reach', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefghij'), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(word, word, fc.constantFrom(0.7, 0.8, 0.9), (a, b, least) => {
        if (cannotReach(least, a, b, letterSet(a), letterSet(b))) expect(jaroWinkler(a, b)).toBeLessThan(least);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Damerau's distance by its definition, without bounds or rows kept (Boytsov 2011, "Indexing methods for approximate dictionary searching", 2.1). */
const byDefinition = (a: string, b: string): number => {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, d[i - 2]![j - 2]! + 1);
      d[i]![j] = least;
    }
  return d[a.length]![b.length]!;
};

describe('editDistance', () => {
  it.each([
    ['20150731', '20150713', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
  ])('%s and %s: %i', (a, b, distance) => {
    expect(editDistance(a, b, 9)).toBe(distance);
  });

  it('agrees with the definition, cut at the bound', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(byDefinition(a, b), most + 1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is at least the number of letters one text lacks', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(lettersMissing(letterSet(a), letterSet(b))).toBeLessThanOrEqual(byDefinition(a, b));
      }),
    );
  });
});
