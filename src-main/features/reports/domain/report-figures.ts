import { REPORT_CAPS } from './report-caps.ts';

/** Stands for a value that the source does not give. */
export const NOT_GIVEN = '—';

const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A whole number with grouped thousands: 12345 is "12,345". */
export const formatCount = (count: number): string => groupThousands(String(count));

/** A count with its noun: "1 row", "2,000 rows", "2 entries". */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;

/** Exact decimal text with grouped thousands: "-1234.50" is "-1,234.50". No digit is added or dropped. */
export const formatAmount = (decimal: string): string => {
  const [whole = '', fraction] = decimal.split('.');
  return fraction === undefined ? groupThousands(whole) : `${groupThousands(whole)}.${fraction}`;
};

/** A currency code, or a dash where the source gives none. */
export const formatCurrency = (currency: string | null): string => currency ?? NOT_GIVEN;

/** An ISO instant (UTC) as "2026-03-01 14:05:09 UTC"; fractions of a second are cut. */
export const formatInstant = (instant: string): string => {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(instant);
  return match === null ? instant : `${match[1]} ${match[2]} UTC`;
};

/** A period of days; what is not known is said. */
export const formatPeriod = (from: string | null, to: string | null): string => {
  if (from === null && to === null) return 'no date known';
  return from === to ? `${from}` : `${from ?? 'not known'} to ${to ?? 'not known'}`;
};

/** A score of 0 to 100 cut (never rounded up) after one decimal, so that 99.97 does not print as perfect. */
export const formatScore = (score: number | null): string =>
  score === null ? 'not measured' : `${(Math.floor(score * 10 + 1e-6) / 10).toFixed(1)} of 100`;

/** passed ÷ tested as a percentage cut after two decimals; computed on integers. */
export const formatShare = (passed: number, tested: number): string =>
  tested === 0 ? 'nothing to test' : `${Number((BigInt(passed) * 10_000n) / BigInt(tested)) / 100} %`;

/** A threshold given as a share (0 to 1): 0.995 is "99.5 %". */
export const formatThreshold = (share: number): string => `${Number((share * 100).toFixed(4))} %`;

/** A statistic: whole numbers in full, others to five significant digits, very small ones as a power of ten. */
export const formatStatistic = (value: number | string | null): string => {
  if (value === null) return 'could not be computed';
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return 'could not be computed';
  if (Number.isSafeInteger(value)) return formatCount(value);
  const size = Math.abs(value);
  if (size < 1e-6) {
    const [digits = '', exponent = ''] = value.toExponential(2).split('e');
    return `${digits} × 10^${Number(exponent)}`;
  }
  // Whole digits are always kept, however many: only decimals are rounded off.
  const decimals = Math.max(0, 4 - Math.floor(Math.log10(size)));
  const text = value.toFixed(Math.min(decimals, 10));
  return formatAmount(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
};

/** A z statistic or an expected count, to the given decimals. */
export const formatFixed = (value: number, decimals: number): string => formatAmount(value.toFixed(decimals));

/** Text for a table: its beginning where it is long, with how long it is (in Unicode characters). */
export const shorten = (text: string, most: number = REPORT_CAPS.cellCharacters): string => {
  if (text.length <= most) return text;
  let beginning = '';
  let count = 0;
  for (const character of text) if (count++ < most) beginning += character;
  return count <= most ? text : `${beginning}… [cut; ${formatCount(count)} characters in all]`;
};

/** A figure's or parameter's name in words: "degreesOfFreedom" and "minimum-count" are "degrees of freedom", "minimum count". */
export const wordsOf = (name: string): string =>
  name.replace(/[-_]+/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** Parameters as one line: "sign = positive, minimum = 0"; "none" where there are none. */
export const formatParameters = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ') || 'none';
