import type { Decimal } from '../../../../kernel/decimal.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { type FlowGraph, firstAtLeast } from './flow-graph.ts';

/** Onward movements of one receipt at most: with more, nothing tells which of them carries the money on. */
export const MOST_CANDIDATES = 5;
/** Edges looked at in one build at most. */
const STEP_BUDGET = 200_000_000;

/**
 * For each edge, the edges that may hand its money on: they leave the node it enters, on the same day or at most `days` later, in
 * the same currency, with an amount within `share` %. Those of edge e are next[starts[e]] to next[starts[e] + counts[e] - 1], ascending.
 */
export interface Relays {
  readonly starts: Uint32Array;
  readonly counts: Uint8Array;
  readonly next: Uint32Array;
  /** Edges with more than MOST_CANDIDATES onward movements: none is given for them. */
  readonly indistinct: number;
  /** Edges that were not looked at because the budget was spent: a limit that must be reported. */
  readonly unsearched: number;
}

/** Amounts within a share of an amount, both bounds rounded in favour of a match. Exact below 2^53 / 10^(2 + decimals). */
export const amountBand = (
  share: Decimal,
): { readonly low: (units: number) => number; readonly high: (units: number) => number } => {
  const whole = 100 * 10 ** share.scale;
  return {
    low: units => Math.floor((units * (whole - share.units)) / whole),
    high: units => Math.ceil((units * (whole + share.units)) / whole),
  };
};

/** Movements in a window from which a search by amount may be the shorter one. */
const LONG_WINDOW = 256;

/** Ascending order of a few elements in place. */
const sortFew = (values: Uint32Array, from: number, to: number): void => {
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    let j = i - 1;
    for (; j >= from && values[j]! > value; j--) values[j + 1] = values[j]!;
    values[j + 1] = value;
  }
};

const build = (graph: FlowGraph, days: number, share: Decimal, context: TestContext): Relays => {
  const { units } = graph.edges;
  const { out, in: entering, outByUnits } = graph;
  const band = amountBand(share);
  const starts = new Uint32Array(units.length);
  const counts = new Uint8Array(units.length);
  const nodeCount = graph.nodes.names.length;
  let next = new Uint32Array(Math.max(1024, units.length >> 2));
  let length = 0;
  let indistinct = 0;
  let unsearched = 0;
  let steps = 0;
  for (let node = 0; node < nodeCount; node++) {
    reportProgress(context, node, nodeCount, 0.1, 0.6);
    const [from, until] = [out.starts[node]!, out.starts[node + 1]!];
    if (from === until) continue;
    // Receipts come in order of day: the window of payments moves with them.
    let [windowFrom, windowUntil] = [from, from];
    for (let i = entering.starts[node]!; i < entering.starts[node + 1]!; i++) {
      const edge = entering.edges[i]!;
      starts[edge] = length;
      if (steps > STEP_BUDGET) {
        unsearched++;
        continue;
      }
      const today = entering.day[i]!;
      while (windowFrom < until && out.day[windowFrom]! < today) windowFrom++;
      if (windowUntil < windowFrom) windowUntil = windowFrom;
      while (windowUntil < until && out.day[windowUntil]! <= today + days) windowUntil++;
      if (windowFrom === windowUntil) continue;
      const low = band.low(entering.units[i]!);
      const high = band.high(entering.units[i]!);
      // What lies in the window of days is looked at by amount, or what has such an amount by day: whichever is less.
      let byDay = true;
      let [at, end] = [windowFrom, windowUntil];
      if (end - at > LONG_WINDOW) {
        const least = firstAtLeast(outByUnits.units, low, from, until);
        const most = firstAtLeast(outByUnits.units, high + 1, least, until);
        if (most - least < end - at) [byDay, at, end] = [false, least, most];
      }
      if (length + MOST_CANDIDATES + 1 > next.length) {
        const larger = new Uint32Array(next.length * 2);
        larger.set(next);
        next = larger;
      }
      const first = length;
      const { edges, currency } = byDay ? out : outByUnits;
      const ownCurrency = entering.currency[i]!;
      steps += end - at;
      for (; at < end; at++) {
        if (byDay) {
          const amount = out.units[at]!;
          if (amount < low || amount > high) continue;
        } else {
          const day = outByUnits.day[at]!;
          if (day < today || day > today + days) continue;
        }
        if (currency[at] !== ownCurrency) continue;
        next[length++] = edges[at]!;
        if (length - first > MOST_CANDIDATES) {
          steps -= end - at;
          length = first;
          indistinct++;
          break;
        }
      }
      sortFew(next, first, length);
      counts[edge] = length - first;
    }
  }
  return { starts, counts, next: next.slice(0, length), indistinct, unsearched };
};

const BUILT = new WeakMap<FlowGraph, { readonly key: string; readonly relays: Relays }>();

/** The relays of a graph; the last ones built are kept, since several tests ask for the same. */
export const flowRelays = (graph: FlowGraph, days: number, share: Decimal, context: TestContext): Relays => {
  const key = `${days} ${share.units} ${share.scale}`;
  const known = BUILT.get(graph);
  if (known?.key === key) return known.relays;
  const relays = build(graph, days, share, context);
  BUILT.set(graph, { key, relays });
  return relays;
};

/** What the relays leave out, in words. */
export const relayLimits = ({ indistinct, unsearched }: Relays): string[] => [
  'Money is followed from movement to movement: a receipt that is handed on in several parts, or together with others, is not followed.',
  ...(indistinct > 0
    ? [
        `${indistinct} movements reach accounts with more than ${MOST_CANDIDATES} onward movements of such an amount in the window: nothing tells which carries the money on, and they were not followed. A narrower share or fewer days follow more.`,
      ]
    : []),
  ...(unsearched > 0
    ? [
        `The search was stopped after ${STEP_BUDGET} comparisons: ${unsearched} later movements were not followed. Use fewer days or a narrower share.`,
      ]
    : []),
];
