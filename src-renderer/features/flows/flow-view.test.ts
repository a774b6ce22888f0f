import { describe, expect, it } from 'vitest';
import type { GraphEdge, GraphNode } from '../../../src-main/contract/graphs.contract.ts';
import { layoutOf, NODE_WIDTH } from './flow-layout.ts';
import { EMPTY_VIEW, type Expansion, expanded, hidden, moved, neighbour, viewOfFinding } from './flow-view.ts';

const node = (id: string): GraphNode => ({
  id,
  name: id.toUpperCase(),
  kind: 'party',
  paid: [],
  received: [],
  payees: 0,
  payers: 0,
  paidRows: 0,
  receivedRows: 0,
  paidSet: null,
  receivedSet: null,
});
const edge = (from: string, to: string, amount = '10.00'): GraphEdge => ({
  from,
  to,
  totals: [{ currency: 'EUR', amount, movements: 1 }],
  movements: 1,
  rows: 1,
  first: '2025-01-01',
  last: '2025-01-01',
  set: null,
});
const expansion = (id: string, payers: string[], payees: string[], edges: GraphEdge[], more = 0): Expansion => ({
  node: node(id),
  payers: payers.map(node),
  payees: payees.map(node),
  foldedPayers: null,
  foldedPayees: more === 0 ? null : { neighbours: more, totals: [], movements: more },
  edges,
});

const start = expanded(
  EMPTY_VIEW,
  expansion('a', ['p'], ['x', 'y'], [edge('p', 'a'), edge('a', 'x'), edge('a', 'y')], 3),
  ['payers', 'payees'],
);

describe('a view of the money-flow graph', () => {
  it('puts payers left and payees right, and keeps nodes where they are', () => {
    expect(start.nodes.map(({ id, column }) => [id, column])).toEqual([
      ['a', 0],
      ['p', -1],
      ['x', 1],
      ['y', 1],
    ]);
    const further = expanded(start, expansion('x', [], ['a', 'z'], [edge('x', 'z')]), ['payees']);
    expect(further.nodes.map(({ id, column }) => [id, column]).slice(-2)).toEqual([
      ['y', 1],
      ['z', 2],
    ]);
    expect(further.folds).toEqual(start.folds);
  });

  it('replaces the fold of a side that was asked again', () => {
    expect(start.folds.map(({ folded }) => folded.neighbours)).toEqual([3]);
    const again = expanded(start, expansion('a', [], ['z'], []), ['payees']);
    expect(again.folds).toEqual([]);
  });

  it('hides a node with its edges and folds', () => {
    const without = hidden(start, 'a');
    expect(without.nodes.map(({ id }) => id)).toEqual(['p', 'x', 'y']);
    expect(without.edges).toEqual([]);
    expect(without.folds).toEqual([]);
  });

  it('moves a node within its column only', () => {
    const ids = (view: typeof start): string[] => view.nodes.filter(({ column }) => column === 1).map(({ id }) => id);
    expect(ids(moved(start, 'y', -1))).toEqual(['y', 'x']);
    expect(moved(start, 'x', -1)).toBe(start);
    expect(moved(start, 'p', 1)).toBe(start);
  });

  it('walks by arrows along the edges', () => {
    expect(neighbour(start, 'a', 'ArrowRight')).toBe('x');
    expect(neighbour(start, 'x', 'ArrowDown')).toBe('y');
    expect(neighbour(start, 'y', 'ArrowLeft')).toBe('a');
    expect(neighbour(start, 'p', 'ArrowLeft')).toBeNull();
  });

  it('reads a finding from left to right, and a circle ends', () => {
    const line = viewOfFinding(['a', 'b', 'c'].map(node), [edge('b', 'c'), edge('a', 'b')]);
    expect(line.nodes.map(({ column }) => column)).toEqual([0, 1, 2]);
    const circle = viewOfFinding(['a', 'b', 'c'].map(node), [edge('a', 'b'), edge('b', 'c'), edge('c', 'a')]);
    expect(new Set(circle.nodes.map(({ column }) => column)).size).toBeGreaterThan(1);
  });
});

describe('layoutOf', () => {
  it('places every node and fold apart, columns from left to right, the larger sum thicker', () => {
    const view = { ...start, edges: [edge('a', 'x', '900.00'), edge('a', 'y', '1.00'), edge('y', 'a', '1.00')] };
    const layout = layoutOf(view);
    const places = [...layout.nodes, ...layout.folds].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(5);
    const x = (id: string): number => layout.nodes.find(placed => placed.node.id === id)!.x;
    expect(x('p') + NODE_WIDTH).toBeLessThan(x('a'));
    expect(x('a') + NODE_WIDTH).toBeLessThan(x('x'));
    expect(layout.edges[0]!.width).toBeGreaterThan(layout.edges[1]!.width);
    expect(layout.edges.map(({ returns }) => returns)).toEqual([false, false, true]);
    expect(layoutOf(view)).toEqual(layout);
  });

  it('shows nothing of nothing', () => expect(layoutOf(EMPTY_VIEW).nodes).toEqual([]));
});
