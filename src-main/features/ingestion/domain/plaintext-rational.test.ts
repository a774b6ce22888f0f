import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  divide,
  exactDecimal,
  isWithin,
  multiply,
  negate,
  rationalText,
  roundHalfEven,
  subtract,
} from './plaintext-rational.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 10_000n }))
  .map(([n, d]) => ({ n, d }));
const equal = (a: { n: bigint; d: bigint }, b: { n: bigint; d: bigint }): boolean => a.n * b.d === b.n * a.d;

describe('exact numbers', () => {
  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(equal(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        expect(equal(subtract(add(a, b), b), a)).toBe(true);
        expect(equal(add(a, negate(a)), { n: 0n, d: 1n })).toBe(true);
        const quotient = divide(a, b);
        if (b.n === 0n) expect(quotient).toBeNull();
        else expect(equal(multiply(quotient!, b), a)).toBe(true);
      }),
    );
  });

  it('become decimals where they are ones, and never by rounding', () => {
    expect(exactDecimal({ n: 1n, d: 4n }, 0)).toEqual({ units: 25, scale: 2 });
    expect(exactDecimal({ n: 1n, d: 4n }, 3)).toEqual({ units: 250, scale: 3 });
    expect(exactDecimal({ n: -5n, d: 1n }, 2)).toEqual({ units: -500, scale: 2 });
    expect(exactDecimal({ n: 0n, d: 7n }, 0)).toEqual({ units: 0, scale: 0 });
    expect(exactDecimal({ n: 1n, d: 3n }, 2)).toBeNull();
    expect(exactDecimal({ n: 1n, d: 10n ** 10n }, 2)).toBeNull();
    expect(exactDecimal({ n: 2n ** 53n, d: 1n }, 0)).toBeNull();
  });

  it('round half to even (IEEE 754, roundTiesToEven)', () => {
    const rounded = (n: bigint, d: bigint): string => rationalText(roundHalfEven({ n, d }, 0));
    expect([
      rounded(1n, 2n),
      rounded(3n, 2n),
      rounded(5n, 2n),
      rounded(-1n, 2n),
      rounded(-3n, 2n),
      rounded(7n, 4n),
    ]).toEqual(['0', '2', '2', '0', '-2', '2']);
  });

  it('compare and print', () => {
    expect(isWithin({ n: -1n, d: 200n }, { n: 1n, d: 200n })).toBe(true);
    expect(isWithin({ n: 1n, d: 199n }, { n: 1n, d: 200n })).toBe(false);
    expect(rationalText({ n: -12_345n, d: 100n })).toBe('-123.45');
    expect(rationalText({ n: 1n, d: 3n })).toBe('0.333333333…');
  });
});
