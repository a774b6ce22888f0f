import type { FlowGraph } from './flow-graph.ts';

/**
 * A link is everything that moved from one node to another. Links are in order of payer, then payee; the edges of link l are
 * edges[starts[l]] to edges[starts[l + 1] - 1], in order of day.
 */
export interface FlowLinks {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly starts: Uint32Array;
  readonly edges: Uint32Array;
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  readonly ofEdge: Uint32Array;
  /** Links that leave a node: firstOut[n] to firstOut[n + 1] - 1. */
  readonly firstOut: Uint32Array;
}

const build = (graph: FlowGraph): FlowLinks => {
  const { from, to, day } = graph.edges;
  const nodeCount = graph.nodes.names.length;
  // Edges by payee and day, then by payer (stable): payer, payee, day.
  const edges = new Uint32Array(from.length);
  const next = graph.out.starts.slice();
  for (const edge of graph.in.edges) edges[next[from[edge]!]!++] = edge;
  const starts = new Uint32Array(edges.length + 1);
  const ofEdge = new Uint32Array(edges.length);
  let count = 0;
  let payer = -1;
  let payee = -1;
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i]!;
    const [ownPayer, ownPayee] = [from[edge]!, to[edge]!];
    if (ownPayer !== payer || ownPayee !== payee) starts[count++] = i;
    payer = ownPayer;
    payee = ownPayee;
    ofEdge[edge] = count - 1;
  }
  starts[count] = edges.length;
  const [linkFrom, linkTo] = [new Int32Array(count), new Int32Array(count)];
  const [firstDay, lastDay] = [new Int32Array(count), new Int32Array(count)];
  const firstOut = new Uint32Array(nodeCount + 1);
  for (let link = 0; link < count; link++) {
    const first = edges[starts[link]!]!;
    linkFrom[link] = from[first]!;
    linkTo[link] = to[first]!;
    firstDay[link] = day[first]!;
    lastDay[link] = day[edges[starts[link + 1]! - 1]!]!;
    firstOut[linkFrom[link]! + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) firstOut[node + 1]! += firstOut[node]!;
  return {
    count,
    from: linkFrom,
    to: linkTo,
    starts: starts.slice(0, count + 1),
    edges,
    firstDay,
    lastDay,
    ofEdge,
    firstOut,
  };
};

const BUILT = new WeakMap<FlowGraph, FlowLinks>();

/** The links of a graph; built once per graph, in linear time. */
export const flowLinks = (graph: FlowGraph): FlowLinks => {
  const links = BUILT.get(graph) ?? build(graph);
  BUILT.set(graph, links);
  return links;
};
