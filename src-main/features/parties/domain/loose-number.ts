/**
 * Reads a number with its currency signs and grouping for comparison only, never for a figure: the last of point and
 * comma is the decimal sign where both stand or where other than three digits follow it. Null for a text that is none.
 */
export const parseLooseNumber = (text: string): number | null => {
  const trimmed = text.normalize('NFKC').replaceAll(/[\s'’$€£¥]|^[A-Z]{3}|[A-Z]{3}$/gu, '');
  if (!/^[+-]?\d[\d.,]*$/.test(trimmed)) return null;
  const point = trimmed.lastIndexOf('.');
  const comma = trimmed.lastIndexOf(',');
  const last = Math.max(point, comma);
  if (last < 0) return Number(trimmed);
  const sign = trimmed[last]!;
  const only = point < 0 || comma < 0;
  const repeated = trimmed.indexOf(sign) !== last;
  const grouping = only && (repeated || (sign === ',' && trimmed.length - last - 1 === 3));
  const whole = (grouping ? trimmed : trimmed.slice(0, last)).replaceAll(/[.,]/g, '');
  return Number(grouping ? whole : `${whole}.${trimmed.slice(last + 1)}`);
};
