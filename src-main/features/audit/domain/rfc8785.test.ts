import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { canonicalEntry, parseCanonical } from './canonical-text.ts';

/**
 * The six test files of RFC 8785's authors (cyberphone/json-canonicalization, testdata/input and testdata/output,
 * Apache-2.0). Entries of the log are a subset: numbers are safe integers and null does not occur.
 */
const VECTORS: readonly [name: string, input: string, output: string, inLog: boolean][] = [
  ['arrays', '[56, {"d": true, "10": null, "1": []}]', '[56,{"1":[],"10":null,"d":true}]', false],
  [
    'french',
    '{"peach": "This sorting order", "péché": "is wrong according to French", "pêche": "but canonicalization MUST", "sin": "ingnore locale"}',
    '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    true,
  ],
  [
    'structures',
    '{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { }}',
    '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    true,
  ],
  ['unicode', '{"Unnormalized Unicode": "A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}', true],
  [
    'values',
    '{"numbers": [1E30, 4.50, 333333333.33333329, 2e-3, 0.000000000000000000000000001], "escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
    '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false],"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}',
    false,
  ],
  [
    'weird',
    '{"\\u20ac": "Euro Sign", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley", "\\u00f6": "Latin Small Letter O With Diaeresis", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge"}',
    '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    true,
  ],
];

describe('RFC 8785 (R-35)', () => {
  it.each(VECTORS)('%s', (_name, input, output, inLog) => {
    const value = JSON.parse(input) as object;
    expect(canonicalize(value)).toBe(output);
    if (inLog) {
      expect(canonicalEntry(value)).toBe(output);
      expect(parseCanonical(output)).toEqual({ value, isCanonical: true });
      expect(parseCanonical(input)).toEqual({ value, isCanonical: false });
    } else expect(() => canonicalEntry(value)).toThrow();
  });

  it('refuses what a log never holds, in values, names and depth', () => {
    const nested = (depth: number): object => (depth === 0 ? {} : [nested(depth - 1)]);
    expect(() => canonicalEntry(nested(62))).not.toThrow();
    for (const value of [nested(63), { a: null }, { a: 0.5 }, { a: '\ud800' }, { '\ud800': 1 }, { a: undefined }])
      expect(() => canonicalEntry(value)).toThrow('audit');
  });
});
