import { UnitSum } from '../../../../kernel/decimal.ts';
import { edgesOf, type FlowGraph } from './flow-graph.ts';

/** Exact sum of movements in one currency; `currency` is null where it is unknown. */
export interface FlowTotal {
  readonly currency: string | null;
  readonly units: bigint;
  readonly count: number;
}

/** What passes between a node and one of its neighbours: edges in order of day. */
export interface Neighbour {
  readonly node: number;
  /** Edges from the node to the neighbour. */
  readonly out: readonly number[];
  /** Edges from the neighbour to the node. */
  readonly in: readonly number[];
}

/** Exact sums of edges, one a currency, in order of the currencies' codes. Sums in different currencies are never added. */
export const flowTotals = (graph: FlowGraph, edges: Iterable<number>): FlowTotal[] => {
  const sums = new Map<number, { sum: UnitSum; count: number }>();
  for (const edge of edges) {
    const code = graph.edges.currency[edge]!;
    const known = sums.get(code) ?? { sum: new UnitSum(), count: 0 };
    known.sum.add(graph.edges.units[edge]!);
    known.count++;
    sums.set(code, known);
  }
  return [...sums]
    .map(([code, { sum, count }]) => ({
      currency: graph.table.currency?.values[code] ?? null,
      units: sum.value,
      count,
    }))
    .sort((a, b) => ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1));
};

/** The neighbours of a node, those with most movements first, then by name. */
export const neighboursOf = (graph: FlowGraph, node: number): Neighbour[] => {
  const found = new Map<number, { out: number[]; in: number[] }>();
  const at = (other: number): { out: number[]; in: number[] } => {
    const known = found.get(other) ?? { out: [], in: [] };
    found.set(other, known);
    return known;
  };
  for (const edge of edgesOf(graph.out, node)) at(graph.edges.to[edge]!).out.push(edge);
  for (const edge of edgesOf(graph.in, node)) at(graph.edges.from[edge]!).in.push(edge);
  const { names } = graph.nodes;
  return [...found]
    .map(([other, edges]) => ({ node: other, ...edges }))
    .sort(
      (a, b) => b.out.length + b.in.length - a.out.length - a.in.length || (names[a.node]! < names[b.node]! ? -1 : 1),
    );
};
