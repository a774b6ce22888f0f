import { type Decimal, MAX_SCALE } from '../../../kernel/decimal.ts';

/** An exact number n/d, d > 0. Plain-text ledgers multiply and divide; nothing of that passes through a float. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };

export const add = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : reduced(a.n * b.d + b.n * a.d, a.d * b.d);

export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });

export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));

export const multiply = (a: Rational, b: Rational): Rational => reduced(a.n * b.n, a.d * b.d);

/** a / b; null for a division by zero. */
export const divide = (a: Rational, b: Rational): Rational | null =>
  b.n === 0n ? null : reduced(b.n < 0n ? -a.n * b.d : a.n * b.d, a.d * (b.n < 0n ? -b.n : b.n));

export const magnitude = (a: Rational): Rational => (a.n < 0n ? negate(a) : a);

/** Whether |a| ≤ |b|. */
export const isWithin = (a: Rational, b: Rational): boolean => {
  const [x, y] = [magnitude(a), magnitude(b)];
  return x.n * y.d <= y.n * x.d;
};

/** Half a unit in the last of `decimals` places. */
export const halfUnit = (decimals: number): Rational => ({ n: 1n, d: 2n * 10n ** BigInt(decimals) });

/** The number as a decimal of at least `scale` places; null where it has more than 9 places or 2^53 units: never rounded. */
export const exactDecimal = (a: Rational, scale: number): Decimal | null => {
  for (let places = Math.min(scale, MAX_SCALE); places <= MAX_SCALE; places++) {
    const shifted = a.n * 10n ** BigInt(places);
    if (shifted % a.d !== 0n) continue;
    const units = Number(shifted / a.d);
    return Number.isSafeInteger(units) ? { units: units === 0 ? 0 : units, scale: places } : null;
  }
  return null;
};

/** The number rounded to `decimals` places, half to even. */
export const roundHalfEven = (a: Rational, decimals: number): Rational => {
  const d = 10n ** BigInt(decimals);
  const scaled = a.n * d * 2n;
  const twice = a.d * 2n;
  let quotient = scaled / twice;
  const rest = scaled - quotient * twice;
  const half = (rest < 0n ? -rest : rest) * 2n;
  if (half > twice || (half === twice && quotient % 2n !== 0n)) quotient += a.n < 0n ? -1n : 1n;
  return { n: quotient, d };
};

/** The number as text: exactly where it has at most nine places, else with `…` behind nine. */
export const rationalText = (a: Rational): string => {
  const places = BigInt(MAX_SCALE);
  const shifted = (a.n * 10n ** places) / a.d;
  const digits = String(shifted < 0n ? -shifted : shifted).padStart(MAX_SCALE + 1, '0');
  const whole = digits.slice(0, -MAX_SCALE);
  const fraction = digits.slice(-MAX_SCALE).replace(/0+$/, '');
  const isExact = shifted * a.d === a.n * 10n ** places;
  return `${a.n < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}${isExact ? '' : '…'}`;
};

const reduced = (n: bigint, d: bigint): Rational => {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a > 1n ? { n: n / a, d: d / a } : { n, d };
};
