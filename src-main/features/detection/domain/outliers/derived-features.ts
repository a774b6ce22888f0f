import { civilParts, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import { knownDays } from '../calendar.ts';
import { valueAtRank } from '../order-statistics.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { columnNamed, numbersOf } from './named-columns.ts';

/** One number a row, NaN where it is unknown: of row r it is written to into[r × stride + offset]. */
export interface Feature {
  readonly name: string;
  readonly write: (into: Float64Array, offset: number, stride: number) => void;
}

const logAmounts = (table: TransactionTable, units: Float64Array): Float64Array => {
  const unit = powerOfTen(table.amountScale);
  const logs = new Float64Array(units.length);
  for (let row = 0; row < units.length; row++) logs[row] = Math.log10(Math.abs(units[row]!) / unit + 1);
  return logs;
};

const dayFeatures = (days: Int32Array): Feature[] => {
  const ofKnownDays = (name: string, figureOf: (day: number) => number): Feature => ({
    name,
    write(into, offset, stride) {
      const span = knownDays(days) ?? { first: 0, last: -1 };
      const figures = new Uint8Array(span.last - span.first + 1);
      for (let day = span.first; day <= span.last; day++) figures[day - span.first] = figureOf(day);
      for (let row = 0, at = offset; row < days.length; row++, at += stride)
        into[at] = days[row] === UNKNOWN_DAY ? Number.NaN : figures[days[row]! - span.first]!;
    },
  });
  return [
    // 1970-01-01 was a Thursday: Monday is 0.
    ofKnownDays('day of the week', day => (((day + 3) % 7) + 7) % 7),
    ofKnownDays('day of the month', day => civilParts(day).day),
  ];
};

/** A group for every row: its code, and one more for the rows whose code is unknown. */
const groupsOf = (codes: Int32Array, groups: number): Int32Array => {
  const own = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) own[row] = codes[row]! < 0 ? groups : codes[row]!;
  return own;
};

/** Days since the group's previous day with rows; of its first day, one more than the whole period. Rows of one day have the same. */
const daysSinceLast = (groups: Int32Array, groupCount: number, days: Int32Array): Feature['write'] => {
  return (into, offset, stride) => {
    for (let row = 0, at = offset; row < days.length; row++, at += stride) into[at] = Number.NaN;
    const span = knownDays(days);
    if (span === null) return;
    const dated = new Int32Array(groups.length);
    for (let row = 0; row < groups.length; row++) dated[row] = days[row] === UNKNOWN_DAY ? -1 : groups[row]!;
    const { starts, rows } = rowsByCodeInTime(dated, groupCount, days, span);
    for (let group = 0; group < groupCount; group++) {
      let before = UNKNOWN_DAY;
      let current = UNKNOWN_DAY;
      for (let i = starts[group]!; i < starts[group + 1]!; i++) {
        const day = days[rows[i]!]!;
        if (day !== current) [before, current] = [current, day];
        into[rows[i]! * stride + offset] = before === UNKNOWN_DAY ? span.last - span.first + 1 : day - before;
      }
    }
  };
};

/** The middle of known values, or the mean of the two middle ones; reorders them. NaN where there are none. */
const middleOf = (values: Float64Array): number => {
  const { length } = values;
  if (length === 0) return Number.NaN;
  const lower = valueAtRank(values, (length - 1) >> 1);
  if (length % 2 === 1) return lower;
  // What lies beyond the rank is not smaller than what lies at it.
  let upper = Infinity;
  for (let i = length >> 1; i < length; i++) if (values[i]! < upper) upper = values[i]!;
  return (lower + upper) / 2;
};

/** The logarithm of each row's amount against the median of its group; rows without an amount do not count. */
const againstMedian = (groups: Int32Array, groupCount: number, logs: Float64Array): Feature['write'] => {
  return (into, offset, stride) => {
    const { starts, rows } = rowsByCode(groups, groupCount);
    const own = new Float64Array(rows.length);
    for (let group = 0; group < groupCount; group++) {
      let length = 0;
      for (let i = starts[group]!; i < starts[group + 1]!; i++)
        if (!Number.isNaN(logs[rows[i]!]!)) own[length++] = logs[rows[i]!]!;
      const middle = middleOf(own.subarray(0, length));
      for (let i = starts[group]!; i < starts[group + 1]!; i++)
        into[rows[i]! * stride + offset] = logs[rows[i]!]! - middle;
    }
  };
};

/** Of each row the figure of its code. */
const ofCodes = (codes: Int32Array, figures: Float64Array): Feature['write'] => {
  return (into, offset, stride) => {
    for (let row = 0, at = offset; row < codes.length; row++, at += stride)
      into[at] = codes[row]! < 0 ? Number.NaN : figures[codes[row]!]!;
  };
};

/** What a table says of each row without being asked: amount, calendar, rhythm and customs of its party (or account). */
export const derivedFeatures = (table: TransactionTable): Feature[] => {
  const features: Feature[] = [];
  const logs = table.amountUnits === null ? null : logAmounts(table, table.amountUnits);
  if (logs !== null)
    features.push({
      name: 'log amount',
      write(into, offset, stride) {
        for (let row = 0, at = offset; row < logs.length; row++, at += stride) into[at] = logs[row]!;
      },
    });
  if (table.bookingDay !== null) features.push(...dayFeatures(table.bookingDay));
  const [who, column] = table.party === null ? ['account', table.account] : ['party', table.party];
  if (column === null) return features;
  const groupCount = column.values.length + 1;
  const groups = groupsOf(column.codes, column.values.length);
  if (table.bookingDay !== null)
    features.push({
      name: `days since the last row of the ${who}`,
      write: daysSinceLast(groups, groupCount, table.bookingDay),
    });
  const counts = new Uint32Array(groupCount);
  for (let row = 0; row < groups.length; row++) counts[groups[row]!]!++;
  features.push({
    name: `log frequency of the ${who}`,
    write: ofCodes(
      groups,
      Float64Array.from(counts, count => Math.log10(count)),
    ),
  });
  if (logs !== null)
    features.push({
      name: `amount against the median of the ${who}`,
      write: againstMedian(groups, groupCount, logs),
    });
  return features;
};

/**
 * Features from named columns: the number where at least half of the filled cells are numbers (the others are unknown), else how often
 * the value occurs (its logarithm): a rare category is far from the common ones. Names that no column has are returned.
 */
export const namedFeatures = (
  table: TransactionTable,
  names: readonly string[],
): { readonly features: readonly Feature[]; readonly missing: readonly string[] } => {
  const missing: string[] = [];
  const features: Feature[] = [];
  for (const name of names) {
    const column = columnNamed(table, name);
    if (column === null) {
      missing.push(name);
      continue;
    }
    const counts = new Uint32Array(column.values.length);
    for (const code of column.codes) if (code >= 0) counts[code]!++;
    const numbers = numbersOf(column);
    let [filled, numeric] = [0, 0];
    for (let code = 0; code < counts.length; code++) {
      filled += counts[code]!;
      if (!Number.isNaN(numbers[code]!)) numeric += counts[code]!;
    }
    const isNumeric = 2 * numeric >= filled;
    const of = isNumeric ? numbers : Float64Array.from(counts, count => Math.log10(count));
    features.push({
      name: isNumeric ? name : `log frequency of ${name}`,
      write: ofCodes(column.codes, of),
    });
  }
  return { features, missing };
};
