/** U+2212, as wide as the digits; a hyphen would be narrower and break the column. */
const MINUS = '\u2212';

/**
 * Decimal text as a person reads it: digits grouped in threes, a real minus sign, every decimal kept.
 * Works on the text alone; the amount never becomes a binary float. Text that is no plain decimal comes back unchanged.
 */
export const groupedDecimal = (decimal: string): string => {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const grouped = match[2]!.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${match[1] === '-' ? MINUS : ''}${grouped}${match[3] ?? ''}`;
};

/** −1, 0 or 1 of decimal text, read from its characters. */
export const signOf = (decimal: string): -1 | 0 | 1 => {
  if (!/[1-9]/.test(decimal)) return 0;
  return decimal.startsWith('-') ? -1 : 1;
};

/** Keeps the sign of an amount visible where in and out stand in one column: `+1,200.00`, `−35.10`, `0.00`. */
export const signedDecimal = (decimal: string): string =>
  signOf(decimal) === 1 ? `+${groupedDecimal(decimal)}` : groupedDecimal(decimal);
