import type { GraphEdge, GraphNode } from '../../../src-main/contract/graphs.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type Expansion = ChannelAnswer<'graphs.expand'>;
export type FlowSide = 'payers' | 'payees';

/** A node on the screen. Money flows from left to right: payers stand in the column before, payees in the one after. */
export interface ShownNode extends GraphNode {
  readonly column: number;
}

/** Neighbours of a node that are not shown, as one. */
export interface Fold {
  readonly node: string;
  readonly side: FlowSide;
  readonly folded: NonNullable<Expansion['foldedPayers']>;
}

/** What the screen shows. Nodes of a column stand in the order of the list. */
export interface FlowView {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly GraphEdge[];
  readonly folds: readonly Fold[];
}

export const EMPTY_VIEW: FlowView = { nodes: [], edges: [], folds: [] };

/** More nodes than this on one screen are read by nobody (reading degrades past about a hundred). */
export const MOST_NODES = 100;

const foldsOf = ({ node, foldedPayers, foldedPayees }: Expansion): Fold[] => [
  ...(foldedPayers === null ? [] : [{ node: node.id, side: 'payers' as const, folded: foldedPayers }]),
  ...(foldedPayees === null ? [] : [{ node: node.id, side: 'payees' as const, folded: foldedPayees }]),
];

/** The view after the neighbours of a node came in: new ones stand beside it, those shown stay where they are. */
export const expanded = (view: FlowView, answer: Expansion, sides: readonly FlowSide[]): FlowView => {
  const known = new Map(view.nodes.map(node => [node.id, node]));
  const column = known.get(answer.node.id)?.column ?? 0;
  const nodes: ShownNode[] = [...view.nodes];
  const add = (node: GraphNode, at: number): void => {
    if (known.has(node.id)) return;
    const shown = { ...node, column: at };
    known.set(node.id, shown);
    nodes.push(shown);
  };
  add(answer.node, column);
  for (const payer of answer.payers) add(payer, column - 1);
  for (const payee of answer.payees) add(payee, column + 1);
  const kept = view.folds.filter(fold => fold.node !== answer.node.id || !sides.includes(fold.side));
  return { nodes, edges: answer.edges, folds: [...kept, ...foldsOf(answer)] };
};

/** The sub-graph of a finding in columns: a node stands after all it is paid by, as far as the money does not turn back. */
export const viewOfFinding = (nodes: readonly GraphNode[], edges: readonly GraphEdge[]): FlowView => {
  const columns = new Map(nodes.map(node => [node.id, 0]));
  // A longest path in a graph of n nodes has n − 1 edges; a circle stops there too.
  for (let round = 1; round < nodes.length; round++)
    for (const edge of edges) {
      const next = (columns.get(edge.from) ?? 0) + 1;
      if (next > (columns.get(edge.to) ?? 0) && next < nodes.length) columns.set(edge.to, next);
    }
  const used = [...new Set(columns.values())].sort((a, b) => a - b);
  return {
    nodes: nodes.map(node => ({ ...node, column: used.indexOf(columns.get(node.id) ?? 0) })),
    edges,
    folds: [],
  };
};

/** The view without a node; its edges and folds go with it. */
export const hidden = (view: FlowView, id: string): FlowView => ({
  nodes: view.nodes.filter(node => node.id !== id),
  edges: view.edges.filter(edge => edge.from !== id && edge.to !== id),
  folds: view.folds.filter(fold => fold.node !== id),
});

/** The view with a node one place up (-1) or down (1) in its column; the same view where it is there already. */
export const moved = (view: FlowView, id: string, by: -1 | 1): FlowView => {
  const node = view.nodes.find(shown => shown.id === id);
  const column = view.nodes.filter(shown => shown.column === node?.column);
  const other = column[column.findIndex(shown => shown.id === id) + by];
  if (node === undefined || other === undefined) return view;
  return {
    ...view,
    nodes: view.nodes.map(shown => (shown.id === id ? other : shown.id === other.id ? node : shown)),
  };
};

/** The node that an arrow key reaches: within the column up and down, else the nearest in the neighbouring column. */
export const neighbour = (
  view: FlowView,
  id: string,
  key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight',
): string | null => {
  const node = view.nodes.find(shown => shown.id === id);
  if (node === undefined) return null;
  const columnAt = (column: number): readonly ShownNode[] => view.nodes.filter(shown => shown.column === column);
  const place = columnAt(node.column).findIndex(shown => shown.id === id);
  if (key === 'ArrowUp' || key === 'ArrowDown')
    return columnAt(node.column)[place + (key === 'ArrowUp' ? -1 : 1)]?.id ?? null;
  const next = columnAt(node.column + (key === 'ArrowLeft' ? -1 : 1));
  const linked = next.find(({ id: other }) =>
    view.edges.some(edge => (edge.from === id && edge.to === other) || (edge.to === id && edge.from === other)),
  );
  return (linked ?? next[Math.min(place, next.length - 1)])?.id ?? null;
};
