/** Exact decimal text as units × 10^-scale, of any size. */
const unitsOf = (decimal: string): { units: bigint; scale: number } => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) throw new RangeError(`not plain decimal text: ${decimal}`);
  const units = BigInt(`${match[2]}${match[3] ?? ''}`);
  return { units: match[1] === '-' ? -units : units, scale: match[3]?.length ?? 0 };
};

/** first − the others, exactly, as decimal text with the most decimals of any of them. Throws RangeError on other text. */
export const subtractDecimals = (first: string, ...others: readonly string[]): string => {
  const figures = [first, ...others].map(unitsOf);
  const scale = Math.max(...figures.map(figure => figure.scale));
  const [head = 0n, ...rest] = figures.map(figure => figure.units * 10n ** BigInt(scale - figure.scale));
  const units = rest.reduce((left, part) => left - part, head);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
};

/** True when the decimal text is zero, however written. */
export const isZeroDecimal = (decimal: string): boolean => unitsOf(decimal).units === 0n;
