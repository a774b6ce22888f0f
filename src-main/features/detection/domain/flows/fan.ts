import { countOf } from '../figures.ts';
import type { FindingDraft, ForensicTest, TestContext } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import {
  DIRECTION_PARAMETER,
  daysOf,
  daysParameter,
  FLOW_NEEDS,
  FLOW_USES,
  flowResult,
  graphFor,
  leastParameter,
  nameOf,
  namesOf,
  periodOf,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import type { FlowGraph } from './flow-graph.ts';
import { flowLinks } from './flow-links.ts';
import { NODE_KINDS } from './flow-nodes.ts';

/** Fewer nodes of a kind than this have no distribution to be compared with. */
const LEAST_PEERS = 8;
/** Standard deviations of an even (Poisson) spread that a window must exceed. */
const CHANCE_DEVIATIONS = 4;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SIGMA = 1.4826;

type Side = 'out' | 'in';
interface Window {
  /** Positions in the node's candidate edges, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly counterparties: number;
}

/** Counts distinct counterparties in a moving window; holds its counters between calls. */
class WindowCounter {
  private readonly day: Int32Array;
  private readonly other: Int32Array;
  private readonly seen: Uint32Array;
  private readonly days: number;
  constructor(graph: FlowGraph, side: Side, days: number) {
    this.day = graph.edges.day;
    this.other = side === 'out' ? graph.edges.to : graph.edges.from;
    this.seen = new Uint32Array(graph.nodes.names.length);
    this.days = days;
  }

  /** The window of at most `days` days with most distinct counterparties among edges[from…to - 1] (in order of day); the earliest of equals. */
  busiest(edges: Uint32Array, from: number, to: number): Window {
    const { day, other, seen, days } = this;
    let start = from;
    let distinct = 0;
    let [bestStart, bestEnd, most] = [from, from, 0];
    for (let end = from; end < to; end++) {
      const edge = edges[end]!;
      if (seen[other[edge]!]!++ === 0) distinct++;
      const firstDay = day[edge]! - days;
      while (day[edges[start]!]! < firstDay) if (--seen[other[edges[start++]!]!]! === 0) distinct--;
      // A window holds all movements of its days, also those that add no counterparty.
      if (distinct < most || (distinct === most && start !== bestStart)) continue;
      [bestStart, bestEnd, most] = [start, end + 1, distinct];
    }
    while (start < to) seen[other[edges[start++]!]!] = 0;
    return { start: bestStart, end: bestEnd, counterparties: most };
  }
}

const median = (ascending: Uint32Array): number => {
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle]! : (ascending[middle - 1]! + ascending[middle]!) / 2;
};

/** Per kind of node: median + deviations × 1.4826 × MAD (at least 1) of the busiest windows; 0 where there are too few nodes. */
const fences = (graph: FlowGraph, peaks: Uint32Array, deviations: number): number[] =>
  NODE_KINDS.map((_, kind) => {
    const own = peaks.filter((peak, node) => peak > 0 && graph.nodes.kinds[node] === kind).sort();
    if (own.length < LEAST_PEERS) return 0;
    const middle = median(own);
    const distances = own.map(peak => Math.round(Math.abs(peak - middle))).sort();
    return middle + deviations * Math.max(1, MAD_TO_SIGMA * median(distances));
  });

interface NodeFlow {
  /** Edges to counterparties that are not usual ones, in order of day. */
  readonly edges: Uint32Array;
  /** Distinct counterparties of those. */
  readonly distinct: number;
  /** Days from the node's first movement to its last, in either direction. */
  readonly span: number;
}

const PASSING = 1;
const FIRST_OF_LINK = 2;

/** For each edge: PASSING where its link spans at most 2 × days (no usual counterparty), FIRST_OF_LINK too where it is its link's first. */
const passingEdges = (graph: FlowGraph, days: number): Uint8Array => {
  const { starts, edges, firstDay, lastDay, count } = flowLinks(graph);
  const marks = new Uint8Array(edges.length);
  for (let link = 0; link < count; link++) {
    if (lastDay[link]! - firstDay[link]! > 2 * days) continue;
    for (let i = starts[link]!; i < starts[link + 1]!; i++) marks[edges[i]!] = PASSING;
    marks[edges[starts[link]!]!] = PASSING | FIRST_OF_LINK;
  }
  return marks;
};

const nodeFlow = (graph: FlowGraph, side: Side, marks: Uint8Array, node: number, into: Uint32Array): NodeFlow => {
  const { edges, starts } = graph[side];
  let length = 0;
  let distinct = 0;
  for (let i = starts[node]!; i < starts[node + 1]!; i++) {
    const mark = marks[edges[i]!]!;
    if (mark === 0) continue;
    into[length++] = edges[i]!;
    if (mark !== PASSING) distinct++;
  }
  let first = Infinity;
  let last = -Infinity;
  for (const both of [graph.in, graph.out]) {
    const [start, end] = [both.starts[node]!, both.starts[node + 1]!];
    if (start === end) continue;
    first = Math.min(first, both.day[start]!);
    last = Math.max(last, both.day[end - 1]!);
  }
  return { edges: into.subarray(0, length), distinct, span: last - first };
};

/** What a window must exceed for this node: the larger of the twofold and the four-sigma bound over an even spread. 0: no history to compare with. */
const ownBound = ({ distinct, span }: NodeFlow, days: number): number => {
  if (span <= 2 * days) return 0;
  const expected = (distinct * (days + 1)) / (span + 1);
  return Math.max(2 * expected, expected + CHANCE_DEVIATIONS * Math.sqrt(expected));
};

const WORDS = {
  out: { verb: 'paid', nothing: 'paying' },
  in: { verb: 'received from', nothing: 'receiving' },
} as const;

const findFans = (
  graph: FlowGraph,
  side: Side,
  days: number,
  least: number,
  deviations: number,
  context: TestContext,
) => {
  const counter = new WindowCounter(graph, side, days);
  const nodeCount = graph.nodes.names.length;
  const buffer = new Uint32Array(graph.edges.row.length);
  const peaks = new Uint32Array(nodeCount);
  const marks = passingEdges(graph, days);
  for (let node = 0; node < nodeCount; node++) {
    reportProgress(context, node, nodeCount, 0.2, 0.8);
    if (graph[side].starts[node] === graph[side].starts[node + 1]) continue;
    const { edges } = nodeFlow(graph, side, marks, node, buffer);
    peaks[node] = edges.length < 2 ? edges.length : counter.busiest(edges, 0, edges.length).counterparties;
  }
  const fence = fences(graph, peaks, deviations);
  const findings: FindingDraft[] = [];
  const other = side === 'out' ? graph.edges.to : graph.edges.from;
  for (let node = 0; node < nodeCount; node++) {
    const usual = fence[graph.nodes.kinds[node]!]!;
    if (peaks[node]! < least || peaks[node]! <= usual) continue;
    const flow = nodeFlow(graph, side, marks, node, buffer);
    const bound = Math.max(usual, ownBound(flow, days));
    const parts: [number, number][] = [[0, flow.edges.length]];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const { start, end, counterparties } = counter.busiest(flow.edges, part[0], part[1]);
      if (counterparties < least || counterparties <= bound) continue;
      const edges = flow.edges.slice(start, end);
      const others = new Set(Array.from(edges, edge => other[edge]!));
      const name = nameOf(graph, node);
      const period = periodOf(graph, edges);
      const compared =
        bound > 0
          ? `; up to ${bound.toFixed(1)} would be usual for its kind and its own history`
          : '; it has no longer history to compare with';
      findings.push(
        subgraphFinding(graph, {
          key: JSON.stringify([graph.nodes.names[node], period]),
          edges,
          severity: 'medium',
          score: counterparties / (counterparties + Math.max(bound, least)),
          reason: `${name[0]!.toUpperCase()}${name.slice(1)} ${WORDS[side].verb} ${countOf(counterparties, 'counterparty', 'counterparties')} ${period} (${namesOf(graph, others)}): ${countOf(edges.length, 'movement')}, ${sumOf(graph, edges)}${compared}.`,
        }),
      );
      parts.push([part[0], start], [end, part[1]]);
    }
  }
  const compared = NODE_KINDS.filter((_, kind) => fence[kind]! > 0);
  return { findings, compared };
};

/** fan-out and fan-in are one method on the two sides of a node. Specs: docs/specs/fan-out.md, docs/specs/fan-in.md. */
export const fanTest = (id: string, title: string, side: Side): ForensicTest => ({
  id,
  version: '1.0.0',
  title,
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(20, 'days from the first to the last movement of a fan, at most'),
    leastParameter(5, 2, 'different counterparties a fan must have'),
    {
      name: 'deviations',
      kind: 'decimal',
      default: '3',
      minimum: 0,
      maximum: 1000,
      meaning: 'a fan must exceed the median of its kind of node by more than this many robust standard deviations',
    },
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'fixed-tariff', 'distinct-references', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const deviations = decimalParameter(parameters, 'deviations');
    const { findings, compared } = findFans(
      graph,
      side,
      days,
      integerParameter(parameters, 'least'),
      deviations.units / 10 ** deviations.scale,
      context,
    );
    return flowResult(graph, findings, {}, [
      `Counterparties with whom a node deals for more than ${2 * days} days are its usual ones and do not count; salaries, refunds and sales on a few days of a year are fans for innocent reasons.`,
      ...(compared.length === NODE_KINDS.length
        ? []
        : [
            `Nodes of a kind with fewer than ${LEAST_PEERS} nodes ${WORDS[side].nothing} money were compared with their own history only; compared with each other: ${compared.length === 0 ? 'none' : compared.join(', ')}.`,
          ]),
    ]);
  },
});
