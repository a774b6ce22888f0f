import type { OrderedRows } from './ordered-rows.ts';

/** Rows of one side that belong together by themselves. */
export interface Bundle {
  /** Row indexes in the order of their ranks. */
  readonly members: readonly number[];
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface Bundles {
  readonly count: number;
  withSum(currency: number, sum: number): readonly Bundle[];
}

const MOST_MEMBERS = 1000;

/**
 * The sums of rows with one reference, of rows with one text on one day, and of all rows of one day in one direction (a
 * day's takings): each is one candidate, so that a batch needs no search and may be of any size.
 */
export const bundlesBySum = (ordered: OrderedRows): Bundles => {
  const { rows, order } = ordered;
  const byKey = new Map<string, number[]>();
  const enter = (key: string, index: number): void => {
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [index]);
    else if (members.length <= MOST_MEMBERS) members.push(index);
  };
  for (const index of order) {
    const currency = rows.currency[index] ?? 0;
    const day = rows.day[index] ?? 0;
    const direction = (rows.amount[index] ?? 0) < 0 ? 'out' : 'in';
    const reference = rows.reference[index]?.key ?? '';
    const text = rows.text[index]?.key ?? '';
    if (reference !== '') enter(`reference ${currency} ${reference}`, index);
    if (text !== '') enter(`text ${currency} ${day} ${text}`, index);
    enter(`day ${currency} ${day} ${direction}`, index);
  }
  const bySum = new Map<string, Bundle[]>();
  const known = new Set<string>();
  for (const members of byKey.values()) {
    if (members.length < 2 || members.length > MOST_MEMBERS) continue;
    // The same rows under two names are one bundle.
    const name = members.join();
    if (known.has(name)) continue;
    known.add(name);
    const sum = members.reduce((total, index) => total + (rows.amount[index] ?? 0), 0);
    if (!Number.isSafeInteger(sum)) continue;
    const key = `${rows.currency[members[0] ?? 0] ?? 0} ${sum}`;
    const days = members.map(index => rows.day[index] ?? 0);
    const bundle = { members, firstDay: Math.min(...days), lastDay: Math.max(...days) };
    const list = bySum.get(key);
    if (list === undefined) bySum.set(key, [bundle]);
    else list.push(bundle);
  }
  return { count: known.size, withSum: (currency, sum) => bySum.get(`${currency} ${sum}`) ?? [] };
};
