import { edgesOf, type FlowGraph } from './flow-graph.ts';
import { NODE_KINDS } from './flow-nodes.ts';
import { type FlowTotal, flowTotals } from './neighbours.ts';

/** Which movements are looked at. */
export interface FlowFilter {
  readonly fromDay: number | null;
  readonly toDay: number | null;
  /** Smallest amount in units of the graph's table. */
  readonly minimumUnits: number | null;
}

const passes = (graph: FlowGraph, edge: number, { fromDay, toDay, minimumUnits }: FlowFilter): boolean =>
  (fromDay === null || graph.edges.day[edge]! >= fromDay) &&
  (toDay === null || graph.edges.day[edge]! <= toDay) &&
  (minimumUnits === null || graph.edges.units[edge]! >= minimumUnits);

/** A node's address: its kind and its name as stated. */
export const nodeId = ({ nodes }: FlowGraph, node: number): string =>
  `${NODE_KINDS[nodes.kinds[node]!]!}:${nodes.names[node]!}`;

const ADDRESSES = new WeakMap<FlowGraph, Map<string, number>>();

/** The node of an address; -1 where there is none. */
export const nodeOf = (graph: FlowGraph, id: string): number => {
  let known = ADDRESSES.get(graph);
  if (known === undefined) {
    known = new Map(graph.nodes.names.map((_, node) => [nodeId(graph, node), node]));
    ADDRESSES.set(graph, known);
  }
  return known.get(id) ?? -1;
};

/** All movements from one node to another. */
export interface FlowBundle {
  readonly from: number;
  readonly to: number;
  /** In order of day. */
  readonly edges: readonly number[];
}

const bundlesOf = (graph: FlowGraph, edges: Iterable<number>): FlowBundle[] => {
  const bundles = new Map<number, { from: number; to: number; edges: number[] }>();
  const nodes = graph.nodes.names.length;
  for (const edge of edges) {
    const [from, to] = [graph.edges.from[edge]!, graph.edges.to[edge]!];
    const key = from * nodes + to;
    const known = bundles.get(key);
    if (known === undefined) bundles.set(key, { from, to, edges: [edge] });
    else known.edges.push(edge);
  }
  return [...bundles.values()];
};

const unitsOf = (graph: FlowGraph, { edges }: FlowBundle): number =>
  edges.reduce((sum, edge) => sum + graph.edges.units[edge]!, 0);

/** Movements with each payer (or payee) of a node, the largest sum first, then by name. */
export const bundlesAt = (
  graph: FlowGraph,
  node: number,
  side: 'payers' | 'payees',
  filter: FlowFilter,
): FlowBundle[] => {
  const adjacent = edgesOf(side === 'payees' ? graph.out : graph.in, node);
  const bundles = bundlesOf(
    graph,
    Array.from(adjacent).filter(edge => passes(graph, edge, filter)),
  );
  const otherOf = (bundle: FlowBundle): string => graph.nodes.names[side === 'payees' ? bundle.to : bundle.from]!;
  const ranked = bundles.map(bundle => ({ bundle, units: unitsOf(graph, bundle), name: otherOf(bundle) }));
  ranked.sort((a, b) => b.units - a.units || (a.name < b.name ? -1 : 1));
  return ranked.map(({ bundle }) => bundle);
};

/** Movements among a set of nodes, in order of the nodes. */
export const bundlesAmong = (graph: FlowGraph, nodes: readonly number[], filter: FlowFilter): FlowBundle[] => {
  const shown = new Set(nodes);
  return nodes.flatMap(node =>
    bundlesOf(
      graph,
      Array.from(edgesOf(graph.out, node)).filter(
        edge => shown.has(graph.edges.to[edge]!) && passes(graph, edge, filter),
      ),
    ),
  );
};

/** Movements that the given rows state, bundled; a row that is no movement of the graph is counted. */
export const bundlesOfRows = (
  graph: FlowGraph,
  rows: ArrayLike<number>,
): { readonly bundles: FlowBundle[]; readonly outside: number } => {
  const wanted = new Set(Array.from(rows));
  const found: number[] = [];
  let placed = 0;
  for (let edge = 0; edge < graph.edges.row.length; edge++) {
    const own = wanted.has(graph.edges.row[edge]!);
    const twin = wanted.has(graph.edges.twin[edge]!);
    if (!own && !twin) continue;
    placed += (own ? 1 : 0) + (twin ? 1 : 0);
    found.push(edge);
  }
  return { bundles: bundlesOf(graph, found), outside: wanted.size - placed };
};

/** Rows of the table that state the movements, ascending: both where two statements show one. */
export const rowsOfEdges = (graph: FlowGraph, edges: Iterable<number>): Uint32Array => {
  const rows: number[] = [];
  for (const edge of edges) {
    rows.push(graph.edges.row[edge]!);
    if (graph.edges.twin[edge] !== -1) rows.push(graph.edges.twin[edge]!);
  }
  return Uint32Array.from(rows).sort();
};

/** What a node is and moves, whatever the filter. */
export interface FlowNodeView {
  readonly node: number;
  readonly paid: readonly FlowTotal[];
  readonly received: readonly FlowTotal[];
  readonly payees: number;
  readonly payers: number;
}

const neighbourCount = (edges: Uint32Array, ends: Int32Array): number => {
  const others = new Set<number>();
  for (const edge of edges) others.add(ends[edge]!);
  return others.size;
};

/** Movements that a node pays (or receives), as far as a filter lets them through. */
export const edgesAt = (graph: FlowGraph, node: number, side: 'paid' | 'received', filter: FlowFilter): number[] =>
  Array.from(edgesOf(side === 'paid' ? graph.out : graph.in, node)).filter(edge => passes(graph, edge, filter));

export const nodeView = (graph: FlowGraph, node: number): FlowNodeView => {
  const [out, into] = [edgesOf(graph.out, node), edgesOf(graph.in, node)];
  return {
    node,
    paid: flowTotals(graph, out),
    received: flowTotals(graph, into),
    payees: neighbourCount(out, graph.edges.to),
    payers: neighbourCount(into, graph.edges.from),
  };
};
