/** Significant digits that spreadsheet programs keep and show; the rest of a binary float is noise. */
const SIGNIFICANT_DIGITS = 15;
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Plain digits with at most one point, short enough to be exact, without needless zeros. */
const isPlain = (text: string): boolean => {
  let p = text.charCodeAt(0) === 45 ? 1 : 0;
  const length = text.length;
  if (length - p > SIGNIFICANT_DIGITS || length === p) return false;
  const first = text.charCodeAt(p);
  if (first === 48 && length > p + 1 && text.charCodeAt(p + 1) !== 46) return false;
  if (text === '-0' || first === 46 || text.charCodeAt(length - 1) === 46) return false;
  let points = 0;
  for (; p < length; p++) {
    const code = text.charCodeAt(p);
    if (code === 46) points++;
    else if (code < 48 || code > 57) return false;
  }
  return points === 0 || (points === 1 && text.charCodeAt(length - 1) !== 48);
};

/** Digits of a number as written, with the place of its point. */
const expand = (sign: string, whole: string, fraction: string, exponent: number): string => {
  let digits = whole + fraction;
  let point = whole.length + exponent;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  if (point > digits.length) digits += '0'.repeat(point - digits.length);
  const integer = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const rest = digits.slice(point).replace(/0+$/, '');
  const text = rest === '' ? integer : `${integer}.${rest}`;
  return sign === '-' && text !== '0' ? `-${text}` : text;
};

/**
 * A number as a workbook stores it, as plain decimal text: no exponent, no grouping, a point. Workbooks store binary
 * floats; they are shown as spreadsheet programs show them, with 15 significant digits (ECMA-376 part 1, 18.3.1.96 and
 * 18.8.30), so that `1234.5600000000001` is 1234.56; but never coarser than two decimals, which are cents. Whole
 * numbers of any length are kept digit by digit. Null for text that is no number.
 */
export const plainNumber = (stored: string): string | null => {
  if (isPlain(stored)) return stored;
  const match = NUMBER.exec(stored.trim());
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return null;
  const exact = expand(match[1]!, match[2]!, match[3] ?? '', Number(match[4] ?? '0'));
  const point = exact.indexOf('.');
  if (point < 0 || exact.replace(/^-?0?\.?0*/, '').length <= SIGNIFICANT_DIGITS) return exact;
  const value = Number(stored);
  const wholeDigits = exact.startsWith('-') ? point - 1 : point;
  const rounded = wholeDigits > SIGNIFICANT_DIGITS - 2 ? value.toFixed(2) : value.toPrecision(SIGNIFICANT_DIGITS);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(rounded) ?? [];
  return expand(sign, whole, fraction, Number(exponent));
};
