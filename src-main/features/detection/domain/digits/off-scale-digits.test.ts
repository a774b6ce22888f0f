import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOffScaleBelow, offScaleDigits } from './off-scale-digits.ts';

describe('digits of an amount without exact units', () => {
  it('are those of its text, whether it is large or fine', () => {
    expect(offScaleDigits('-90071992547409930')).toEqual({
      negative: true,
      leadingThree: 900,
      significand: 9.007199254740993,
    });
    expect(offScaleDigits('0.001234567')).toEqual({ negative: false, leadingThree: 123, significand: 1.234567 });
    expect(offScaleDigits('0.000')).toBeNull();
    expect(offScaleDigits(undefined)).toBeNull();
  });

  it('are compared with a bound exactly (property, whole numbers of any size)', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.integer({ min: 0, max: 9 }),
        fc.nat(),
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
        (units, decimals, bound, scale, isNegative) => {
          const digits = String(units).padStart(decimals + 1, '0');
          const whole = digits.slice(0, digits.length - decimals);
          const text = `${isNegative ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
          const below = units * 10n ** BigInt(scale) < BigInt(bound) * 10n ** BigInt(decimals);
          expect(isOffScaleBelow(text, { units: bound, scale })).toBe(below);
        },
      ),
    );
    expect(isOffScaleBelow('10.000000000', { units: 10, scale: 0 })).toBe(false);
    expect(isOffScaleBelow('9.999999999', { units: 10, scale: 0 })).toBe(true);
  });
});
