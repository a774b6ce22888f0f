/**
 * An exact decimal: `units` × 10^-`scale`. `units` is always a safe integer; nothing here passes through a binary float.
 * An amount whose digits do not fit is refused, never rounded.
 */
export interface Decimal {
  readonly units: number;
  readonly scale: number;
}

export const MAX_SCALE = 9;

/** 10^n for 0 ≤ n ≤ 15, as exact integers. */
export const powerOfTen = (n: number): number => POWERS[n] ?? Number.NaN;
const POWERS = Array.from({ length: 16 }, (_, n) => Number(`1e${n}`));

/** Plain decimal text (`-1234.50`, point, no grouping) to a Decimal; null when it is not one or exceeds 2^53 units or 9 decimals. */
export const parseDecimal = (text: string): Decimal | null => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return null;
  const fraction = match[3] ?? '';
  if (fraction.length > MAX_SCALE) return null;
  const units = Number(`${match[2]}${fraction}`);
  if (!Number.isSafeInteger(units)) return null;
  return { units: match[1] === '-' && units !== 0 ? -units : units, scale: fraction.length };
};

/** The same value at another scale; null when that would lose digits or overflow 2^53. */
export const rescale = (value: Decimal, scale: number): Decimal | null => {
  if (value.scale === scale) return value;
  const factor = powerOfTen(Math.abs(scale - value.scale));
  if (scale > value.scale) {
    const units = value.units * factor;
    return Number.isSafeInteger(units) ? { units, scale } : null;
  }
  return value.units % factor === 0 ? { units: value.units / factor, scale } : null;
};

/**
 * Integer units at a scale as plain decimal text. Trailing zeros beyond `minimumScale` are dropped:
 * formatUnits(150, 2) is "1.50", formatUnits(1500, 3, 2) is "1.50", formatUnits(1501, 3, 2) is "1.501".
 */
export const formatUnits = (units: number | bigint, scale: number, minimumScale: number = scale): string => {
  const negative = units < 0;
  const digits = String(negative ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = digits.slice(digits.length - scale);
  while (fraction.length > minimumScale && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  fraction = fraction.padEnd(minimumScale, '0');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
};

/** An exact running sum of integer units that cannot overflow: a safe number spilled into a bigint before 2^53. */
export class UnitSum {
  private small = 0;
  private large = 0n;
  add(units: number): void {
    const next = this.small + units;
    if (next > 4503599627370496 || next < -4503599627370496) {
      this.large += BigInt(this.small);
      this.small = units;
    } else this.small = next;
  }
  get value(): bigint {
    return this.large + BigInt(this.small);
  }
}
