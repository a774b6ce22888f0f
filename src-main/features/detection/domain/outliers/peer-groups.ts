import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { quantile } from './quantiles.ts';

/** Rows by group: the code of each row's group, -1 where a column of it is unknown. */
export interface PeerGroups {
  readonly codes: Int32Array;
  /** Values of the group's columns, in their order. */
  readonly names: readonly (readonly string[])[];
}

/** Rows that agree in all the columns are a group. No column: all rows are one. */
export const peerGroups = (columns: readonly CodedColumn[], rowCount: number): PeerGroups => {
  let codes = new Int32Array(rowCount);
  let names: string[][] = [[]];
  for (const column of columns) {
    const next = new Int32Array(rowCount);
    const nextNames: string[][] = [];
    const width = column.values.length;
    const known = pairNumbers(names.length, width);
    for (let row = 0; row < rowCount; row++) {
      const group = codes[row]!;
      const code = column.codes[row]!;
      if (group === -1 || code < 0) {
        next[row] = -1;
        continue;
      }
      let at = known.get(group * width + code);
      if (at === undefined) {
        at = nextNames.push([...names[group]!, column.values[code]!]) - 1;
        known.set(group * width + code, at);
      }
      next[row] = at;
    }
    [codes, names] = [next, nextNames];
  }
  return { codes, names };
};

/** Pairs for which a number each in an array is no waste. */
const MOST_DENSE_PAIRS = 1 << 20;

interface PairNumbers {
  get(pair: number): number | undefined;
  set(pair: number, at: number): void;
}

/** Numbers of pairs of a group and a code: an array where there can be few pairs, else a map. */
const pairNumbers = (groups: number, width: number): PairNumbers => {
  if (groups * width > MOST_DENSE_PAIRS) return new Map<number, number>();
  const numbers = new Int32Array(groups * width).fill(-1);
  return {
    get: pair => (numbers[pair] === -1 ? undefined : numbers[pair]),
    set(pair, at) {
      numbers[pair] = at;
    },
  };
};

/** Middle and spread of one group's values. */
export interface Spread {
  readonly median: number;
  /** In units of a standard deviation of a normal distribution: IQR ÷ 1.349 or MAD × 1.4826. */
  readonly sigma: number;
}

const IQR_OF_NORMAL = 1.349;
const MAD_TO_SIGMA = 1.4826;

/** Median and robust spread of ascending values (Tukey 1977; Hampel 1974). */
export const robustSpread = (ascending: Float64Array, method: 'iqr' | 'mad'): Spread => {
  const median = quantile(ascending, 0.5);
  if (method === 'iqr')
    return { median, sigma: (quantile(ascending, 0.75) - quantile(ascending, 0.25)) / IQR_OF_NORMAL };
  const distances = ascending.map(value => Math.abs(value - median)).sort();
  return { median, sigma: MAD_TO_SIGMA * quantile(distances, 0.5) };
};
