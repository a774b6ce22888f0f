import type { GraphEdge, GraphNode } from '../../../contract/graphs.contract.ts';
import { isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal } from '../../../kernel/decimal.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { unitsAtLeast } from '../domain/amount-bound.ts';
import { type FlowGraph, flowGraph } from '../domain/flows/flow-graph.ts';
import { NODE_KINDS } from '../domain/flows/flow-nodes.ts';
import {
  bundlesAmong,
  bundlesAt,
  bundlesOfRows,
  edgesAt,
  type FlowBundle,
  type FlowFilter,
  nodeId,
  nodeOf,
  nodeView,
  rowsOfEdges,
} from '../domain/flows/flow-views.ts';
import { type FlowTotal, flowTotals } from '../domain/flows/neighbours.ts';
import { decidedView } from './decided-view.ts';
import { DetectionTable } from './detection-table.ts';
import { ANY_NODE, type FlowSet, flowSetName } from './flow-set.ts';

/** Which movements a question is about: checked texts of the caller; '' is no limit. */
export interface FlowLimits {
  readonly firstDate: string;
  readonly lastDate: string;
  readonly minimum: string;
}
const NO_LIMITS: FlowLimits = { firstDate: '', lastDate: '', minimum: '' };
const NO_FILTER: FlowFilter = { fromDay: null, toDay: null, minimumUnits: null };

export type FlowAsk =
  | { readonly kind: 'search'; readonly text: string; readonly limit: number }
  | {
      readonly kind: 'expand';
      readonly node: string;
      readonly sides: readonly ('payers' | 'payees')[];
      readonly shown: readonly string[];
      readonly limit: number;
      readonly limits: FlowLimits;
    }
  | { readonly kind: 'finding'; readonly findingId: string; readonly ids: Float64Array }
  | {
      readonly kind: 'rows';
      readonly from: string;
      readonly to: string;
      readonly ids: Float64Array | null;
      readonly limits: FlowLimits;
    };

export interface FlowGraphTask {
  readonly task: 'flow-graph';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  /** What the graph is made of: a worker that built it for the same basis before does not build it again. */
  readonly basis: string;
  readonly ask: FlowAsk;
}

interface BuiltGraph {
  readonly basis: string;
  readonly rows: DetectionTable;
  readonly graph: FlowGraph;
}

/** The last graph this worker built: expanding it step by step asks for the same one again and again. */
let last: BuiltGraph | null = null;

const graphOf = (task: FlowGraphTask): BuiltGraph => {
  if (last?.basis === task.basis) return last;
  const bank = task.sources.filter(source => source.side === 'bank');
  const examined = bank.length > 0 ? bank : task.sources;
  const rows = new DetectionTable(examined, decidedView(examined, task.events));
  last = { basis: task.basis, rows, graph: flowGraph(rows.table, 'signed') };
  return last;
};

const totalShapes = ({ table }: FlowGraph, totals: readonly FlowTotal[]): GraphNode['paid'] =>
  totals.map(({ currency, units, count }) => ({
    currency,
    amount: formatUnits(units, table.amountScale, Math.min(2, table.amountScale)),
    movements: count,
  }));

const nodeShape = (graph: FlowGraph, node: number): GraphNode => {
  const { paid, received, payees, payers } = nodeView(graph, node);
  return {
    id: nodeId(graph, node),
    name: graph.nodes.names[node]!,
    kind: NODE_KINDS[graph.nodes.kinds[node]!]!,
    paid: totalShapes(graph, paid),
    received: totalShapes(graph, received),
    payees,
    payers,
    paidRows: rowsOfEdges(graph, edgesAt(graph, node, 'paid', NO_FILTER)).length,
    receivedRows: rowsOfEdges(graph, edgesAt(graph, node, 'received', NO_FILTER)).length,
    paidSet: flowSetName({ from: nodeId(graph, node), to: ANY_NODE, findingId: null, ...NO_LIMITS }),
    receivedSet: flowSetName({ from: ANY_NODE, to: nodeId(graph, node), findingId: null, ...NO_LIMITS }),
  };
};

const edgeShape = (
  graph: FlowGraph,
  { from, to, edges }: FlowBundle,
  rows: number,
  within: Pick<FlowSet, 'findingId'> & FlowLimits,
): GraphEdge => ({
  from: nodeId(graph, from),
  to: nodeId(graph, to),
  totals: totalShapes(graph, flowTotals(graph, edges)),
  movements: edges.length,
  rows,
  first: isoDate(graph.edges.day[edges[0]!]!)!,
  last: isoDate(graph.edges.day[edges.at(-1)!]!)!,
  set: flowSetName({ from: nodeId(graph, from), to: nodeId(graph, to), ...within }),
});

const filterOf = ({ table }: FlowGraph, { firstDate, lastDate, minimum }: FlowLimits): FlowFilter => {
  const least = parseDecimal(minimum);
  return {
    fromDay: parseIsoDate(firstDate),
    toDay: parseIsoDate(lastDate),
    minimumUnits: least === null ? null : unitsAtLeast(least, table.amountScale),
  };
};

const search = ({ graph }: BuiltGraph, { text, limit }: Extract<FlowAsk, { kind: 'search' }>) => {
  const wanted = text.trim().toUpperCase();
  const { names, kinds } = graph.nodes;
  const moves = (node: number): number =>
    graph.out.starts[node + 1]! - graph.out.starts[node]! + graph.in.starts[node + 1]! - graph.in.starts[node]!;
  const found = names.flatMap((name, node) =>
    moves(node) > 0 && name.toUpperCase().includes(wanted) ? [{ node, moves: moves(node) }] : [],
  );
  found.sort(
    (a, b) => kinds[a.node]! - kinds[b.node]! || b.moves - a.moves || (names[a.node]! < names[b.node]! ? -1 : 1),
  );
  return {
    nodes: found.slice(0, limit).map(({ node }) => nodeShape(graph, node)),
    total: found.length,
    movements: graph.edges.row.length,
    mirrored: graph.mirrored,
    excluded: [...graph.excluded],
  };
};

const folded = (graph: FlowGraph, rest: readonly FlowBundle[]) =>
  rest.length === 0
    ? null
    : {
        neighbours: rest.length,
        totals: totalShapes(
          graph,
          flowTotals(
            graph,
            rest.flatMap(({ edges }) => edges),
          ),
        ),
        movements: rest.reduce((sum, { edges }) => sum + edges.length, 0),
      };

const expand = ({ graph }: BuiltGraph, ask: Extract<FlowAsk, { kind: 'expand' }>) => {
  const node = nodeOf(graph, ask.node);
  if (node === -1) return null;
  const filter = filterOf(graph, ask.limits);
  const shown = ask.shown.map(id => nodeOf(graph, id)).filter(known => known !== -1);
  const known = new Set([...shown, node]);
  const sideOf = (side: 'payers' | 'payees') => {
    if (!ask.sides.includes(side)) return { listed: [], rest: [] };
    const bundles = bundlesAt(graph, node, side, filter);
    const otherOf = (bundle: FlowBundle): number => (side === 'payees' ? bundle.to : bundle.from);
    // Those on the screen stay; the fold stands for the ones that are not.
    const fresh = bundles.filter(bundle => !known.has(otherOf(bundle)));
    return { listed: fresh.slice(0, ask.limit).map(otherOf), rest: fresh.slice(ask.limit) };
  };
  const payers = sideOf('payers');
  for (const payer of payers.listed) known.add(payer);
  const payees = sideOf('payees');
  for (const payee of payees.listed) known.add(payee);
  return {
    node: nodeShape(graph, node),
    payers: payers.listed.map(other => nodeShape(graph, other)),
    payees: payees.listed.map(other => nodeShape(graph, other)),
    foldedPayers: folded(graph, payers.rest),
    foldedPayees: folded(graph, payees.rest),
    edges: bundlesAmong(graph, [...known], filter).map(bundle =>
      edgeShape(graph, bundle, rowsOfEdges(graph, bundle.edges).length, { findingId: null, ...ask.limits }),
    ),
  };
};

/** Rows of the table by transaction id. */
const rowsById = (rows: DetectionTable, ids: Float64Array): number[] => {
  const wanted = new Set(ids);
  const found: number[] = [];
  for (let row = 0; row < rows.table.rowCount; row++) if (wanted.has(rows.transactionId(row))) found.push(row);
  return found;
};

const findingGraph = ({ graph, rows }: BuiltGraph, { findingId, ids }: Extract<FlowAsk, { kind: 'finding' }>) => {
  const own = rowsById(rows, ids);
  const ownRows = new Set(own);
  const { bundles, outside } = bundlesOfRows(graph, own);
  const nodes = [...new Set(bundles.flatMap(({ from, to }) => [from, to]))];
  return {
    nodes: nodes.map(node => nodeShape(graph, node)),
    edges: bundles.map(bundle => {
      const count = rowsOfEdges(graph, bundle.edges).filter(row => ownRows.has(row)).length;
      return edgeShape(graph, bundle, count, { findingId, ...NO_LIMITS });
    }),
    rowsOutside: outside + ids.length - own.length,
  };
};

/** Movements from one node to another, or of one node with any. */
const edgesBetween = (graph: FlowGraph, from: string, to: string, filter: FlowFilter): readonly number[] => {
  const [payer, payee] = [nodeOf(graph, from), nodeOf(graph, to)];
  if (from === ANY_NODE) return payee === -1 ? [] : edgesAt(graph, payee, 'received', filter);
  if (payer === -1) return [];
  const paid = edgesAt(graph, payer, 'paid', filter);
  return to === ANY_NODE ? paid : paid.filter(edge => graph.edges.to[edge] === payee);
};

const edgeRows = (
  { graph, rows }: BuiltGraph,
  { from, to, ids, limits }: Extract<FlowAsk, { kind: 'rows' }>,
): Float64Array => {
  const edges = edgesBetween(graph, from, to, filterOf(graph, limits));
  const all = rows.transactionIds(rowsOfEdges(graph, edges));
  if (ids === null) return all;
  const limited = new Set(ids);
  return all.filter(id => limited.has(id));
};

/** Answers a question to the money-flow graph of a case; null where it names a node that is not there. */
export const askFlowGraph = (task: FlowGraphTask): unknown => {
  const built = graphOf(task);
  switch (task.ask.kind) {
    case 'search':
      return search(built, task.ask);
    case 'expand':
      return expand(built, task.ask);
    case 'finding':
      return findingGraph(built, task.ask);
    case 'rows':
      return edgeRows(built, task.ask);
  }
};
