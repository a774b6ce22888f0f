import type { GraphEdge } from '../../../src-main/contract/graphs.contract.ts';
import type { FlowView, Fold, ShownNode } from './flow-view.ts';

export const NODE_WIDTH = 204;
export const NODE_HEIGHT = 46;
const COLUMN_GAP = 128;
const ROW_GAP = 14;
const MARGIN = 24;
const THINNEST = 1.5;
const THICKEST = 7;

export interface PlacedNode {
  readonly node: ShownNode;
  readonly x: number;
  readonly y: number;
}
export interface PlacedFold {
  readonly fold: Fold;
  readonly x: number;
  readonly y: number;
}
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly path: string;
  readonly width: number;
  /** Where its figure stands: near the end that shares its node with fewer edges. */
  readonly figure: { readonly x: number; readonly y: number };
  /** Against the direction of reading: the money returns, or stays in the column. */
  readonly returns: boolean;
}
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly folds: readonly PlacedFold[];
  readonly edges: readonly PlacedEdge[];
}

/** Size of an edge for the eye only: sums of different currencies have no common size, so the largest one counts. */
const sizeOf = (edge: GraphEdge): number => Math.max(0, ...edge.totals.map(({ amount }) => Number(amount)));

/** Share of the way at which a figure stands clear of the node. */
const NEAR_START = 0.32;

/** How far across a cubic with horizontal ends has come at a parameter (0 to 1), its handles at half way. */
const along = (at: number): number => 1.5 * at * (1 - at) ** 2 + 1.5 * at ** 2 * (1 - at) + at ** 3;

const pathOf = (from: PlacedNode, to: PlacedNode, nearStart: boolean): Omit<PlacedEdge, 'edge' | 'width'> => {
  const [startY, endY] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT / 2];
  if (from.node.column < to.node.column) {
    const [startX, endX] = [from.x + NODE_WIDTH, to.x];
    const bend = (endX - startX) / 2;
    const at = nearStart ? NEAR_START : 1 - NEAR_START;
    return {
      path: `M${startX},${startY} C${startX + bend},${startY} ${endX - bend},${endY} ${endX - 2},${endY}`,
      figure: { x: startX + (endX - startX) * along(at), y: startY + (endY - startY) * (3 - 2 * at) * at ** 2 },
      returns: false,
    };
  }
  // Money that turns back leaves at the lower edge and comes in at the lower edge, below the nodes between.
  const [startX, endX] = [from.x + NODE_WIDTH * 0.6, to.x + NODE_WIDTH * 0.4];
  const [startBottom, endBottom] = [from.y + NODE_HEIGHT, to.y + NODE_HEIGHT];
  const low = Math.max(startBottom, endBottom) + 34;
  return {
    path: `M${startX},${startBottom} C${startX},${low} ${endX},${low} ${endX},${endBottom + 2}`,
    figure: { x: (startX + endX) / 2, y: (startBottom + endBottom + 6 * low) / 8 },
    returns: true,
  };
};

/** Places a view: columns from left to right, each centred; the same view always gives the same picture. */
export const layoutOf = (view: FlowView): FlowLayout => {
  const columns = [...new Set(view.nodes.map(({ column }) => column))].sort((a, b) => a - b);
  const entriesOf = (column: number): (ShownNode | Fold)[] => [
    ...view.nodes.filter(node => node.column === column),
    ...view.folds.filter(fold => {
      const owner = view.nodes.find(node => node.id === fold.node);
      return owner !== undefined && owner.column + (fold.side === 'payers' ? -1 : 1) === column;
    }),
  ];
  const first = columns[0] ?? 0;
  const last = columns.at(-1) ?? 0;
  // A fold may stand in a column that no node has yet.
  const all = Array.from({ length: last - first + 3 }, (_, i) => first - 1 + i)
    .map(column => ({ column, entries: entriesOf(column) }))
    .filter(({ entries }) => entries.length > 0);
  const tallest = Math.max(1, ...all.map(({ entries }) => entries.length));
  const pitch = NODE_HEIGHT + ROW_GAP;
  const nodes: PlacedNode[] = [];
  const folds: PlacedFold[] = [];
  for (const [at, { entries }] of all.entries()) {
    const x = MARGIN + at * (NODE_WIDTH + COLUMN_GAP);
    const top = MARGIN + ((tallest - entries.length) * pitch) / 2;
    for (const [place, entry] of entries.entries()) {
      const y = top + place * pitch;
      if ('folded' in entry) folds.push({ fold: entry, x, y });
      else nodes.push({ node: entry, x, y });
    }
  }
  const placed = new Map(nodes.map(entry => [entry.node.id, entry]));
  const largest = Math.max(1, ...view.edges.map(sizeOf));
  const paidBy = (id: string): number => view.edges.filter(edge => edge.to === id).length;
  const paidTo = (id: string): number => view.edges.filter(edge => edge.from === id).length;
  const edges = view.edges.flatMap(edge => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const width = THINNEST + (THICKEST - THINNEST) * Math.sqrt(sizeOf(edge) / largest);
    const nearStart = paidBy(edge.to) > paidTo(edge.from);
    return [{ edge, width, ...pathOf(from, to, nearStart) }];
  });
  const returning = edges.some(({ returns }) => returns);
  return {
    width: 2 * MARGIN + all.length * NODE_WIDTH + Math.max(0, all.length - 1) * COLUMN_GAP,
    height: 2 * MARGIN + tallest * pitch + (returning ? 40 : 0),
    nodes,
    folds,
    edges,
  };
};
