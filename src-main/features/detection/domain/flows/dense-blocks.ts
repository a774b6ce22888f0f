import { countOf, formatCount } from '../figures.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { type Adjacency, type FlowGraph, firstAtLeast } from './flow-graph.ts';
import { type FlowLinks, flowLinks } from './flow-links.ts';
import { orderByUnits } from './units-order.ts';

/** A node with more movements than this in an average window, out or in, is a hub (employer, tax office, shop): no part of a block. */
const HUB_MOVEMENTS = 32;
/** Neighbours of a node in a window that are looked at, at most. */
export const MOST_NEIGHBOURS = 200;
/** Movements looked at in one search at most. */
const STEP_BUDGET = 8_000_000;

/** Every payer is linked to every payee within the window. */
export interface Block {
  readonly payers: readonly number[];
  readonly payees: readonly number[];
  /** Movements from payers to payees in the window. */
  readonly edges: readonly number[];
  readonly firstDay: number;
}

export interface BlockSearch {
  readonly blocks: readonly Block[];
  readonly hubs: number;
  /** Payers whose links were not searched because the budget was spent. */
  readonly unsearched: number;
}

/**
 * True where a link belongs to a window of `days` days from `firstDay`: at least half of its movements lie in it, and one at the
 * least. Who deals with somebody all the year is no part of a sudden pattern; one other payment does not hide one.
 */
export const isWithin = (links: FlowLinks, day: Int32Array, link: number, firstDay: number, days: number): boolean => {
  const [first, last] = [links.firstDay[link]!, links.lastDay[link]!];
  if (first > firstDay + days || last < firstDay) return false;
  if (first >= firstDay && last <= firstDay + days) return true;
  const all = links.starts[link + 1]! - links.starts[link]!;
  return 2 * edgesWithin(links, day, link, firstDay, days).length >= all;
};

/** Movements of a link in a window, in order of day. */
export const edgesWithin = (
  links: FlowLinks,
  day: Int32Array,
  link: number,
  firstDay: number,
  days: number,
): Uint32Array => {
  const all = links.edges.subarray(links.starts[link]!, links.starts[link + 1]!);
  return all.filter(edge => day[edge]! >= firstDay && day[edge]! <= firstDay + days);
};

/** A link between two nodes, or -1: binary search among the payer's links (in order of payee). */
const linkBetween = (links: FlowLinks, payer: number, payee: number): number => {
  let low = links.firstOut[payer]!;
  const end = links.firstOut[payer + 1]!;
  for (let high = end; low < high; ) {
    const middle = (low + high) >>> 1;
    if (links.to[middle]! < payee) low = middle + 1;
    else high = middle;
  }
  return low < end && links.to[low] === payee ? low : -1;
};

/**
 * Grows a block from the candidates that share most neighbours: each is taken as long as enough neighbours stay common and the
 * block does not shrink (a greedy biclique; finding the largest is NP-hard). `sharedOf` gives a candidate's neighbours in the set.
 */
export const growBlock = (
  start: { readonly members: readonly number[]; readonly shared: ReadonlySet<number> },
  candidates: readonly { readonly node: number; readonly shared: ReadonlySet<number> }[],
  leastMembers: number,
  leastShared: number,
): { readonly members: readonly number[]; readonly shared: ReadonlySet<number> } => {
  const members = [...start.members];
  let { shared } = start;
  for (const candidate of candidates) {
    const common = new Set([...shared].filter(node => candidate.shared.has(node)));
    if (common.size < leastShared) continue;
    if (members.length >= leastMembers && (members.length + 1) * common.size < members.length * shared.size) continue;
    members.push(candidate.node);
    shared = common;
  }
  return { members, shared };
};

/** Whether a node can be a payee of a block whose window begins on a day: what else is asked of it. */
export type PayeeTest = (node: number, firstDay: number) => boolean;

/** One search: its graph, rule, budget and counters. */
class BlockFinder {
  private readonly graph: FlowGraph;
  private readonly links: FlowLinks;
  private readonly days: number;
  private readonly least: number;
  private readonly mayBePayee: PayeeTest;
  private readonly isHub: Uint8Array;
  /** Last reading that met a node: tells distinct neighbours without clearing. */
  private readonly metIn: Uint32Array;
  private reading = 0;
  /** Payees of the seed that a node pays too; all 0 between seeds. */
  private readonly sharedWith: Uint8Array;
  steps = 0;
  readonly hubs: number;
  constructor(graph: FlowGraph, days: number, least: number, mayBePayee: PayeeTest) {
    this.graph = graph;
    this.links = flowLinks(graph);
    this.days = days;
    this.least = least;
    this.mayBePayee = mayBePayee;
    const nodeCount = graph.nodes.names.length;
    this.metIn = new Uint32Array(nodeCount);
    this.sharedWith = new Uint8Array(nodeCount);
    this.isHub = new Uint8Array(nodeCount);
    let hubs = 0;
    for (let node = 0; node < nodeCount; node++) {
      if (Math.max(this.perWindow(graph.out, node), this.perWindow(graph.in, node)) <= HUB_MOVEMENTS) continue;
      this.isHub[node] = 1;
      hubs++;
    }
    this.hubs = hubs;
  }

  /** Movements of a node in an average window of its life. */
  private perWindow({ starts, day }: Adjacency, node: number): number {
    const [start, end] = [starts[node]!, starts[node + 1]!];
    if (end - start <= HUB_MOVEMENTS) return end - start;
    const span = day[end - 1]! - day[start]! + 1;
    return (end - start) * Math.min(1, (this.days + 1) / span);
  }

  /**
   * Neighbours of a node over links that belong to [firstDay, firstDay + days]: whom it pays (`out`) or who pays it (`in`);
   * hubs left out, MOST_NEIGHBOURS at most.
   */
  private within(node: number, firstDay: number, side: 'out' | 'in', into: number[]): number[] {
    const { links, graph, days, metIn } = this;
    const { starts, edges, day } = graph[side];
    const other = side === 'out' ? graph.edges.to : graph.edges.from;
    const end = starts[node + 1]!;
    const reading = ++this.reading;
    into.length = 0;
    for (let i = firstAtLeast(day, firstDay, starts[node]!, end); i < end && day[i]! <= firstDay + days; i++) {
      this.steps++;
      const edge = edges[i]!;
      const neighbour = other[edge]!;
      if (metIn[neighbour] === reading) continue;
      metIn[neighbour] = reading;
      if (this.isHub[neighbour] === 1) continue;
      if (!isWithin(links, graph.edges.day, links.ofEdge[edge]!, firstDay, days)) continue;
      into.push(neighbour);
      if (into.length === MOST_NEIGHBOURS) break;
    }
    return into;
  }

  private readonly ownPayees: number[] = [];
  private readonly payers: number[] = [];

  /** Payers that share at least `least` payees with the seed in the window, and the payees they share; null where too few. */
  private candidates(payer: number, payees: readonly number[], firstDay: number): Map<number, Set<number>> | null {
    const { sharedWith, least } = this;
    const met: number[] = [];
    let enough = 0;
    for (const payee of payees)
      for (const node of this.within(payee, firstDay, 'in', this.payers)) {
        if (sharedWith[node]!++ === 0) met.push(node);
        if (sharedWith[node] === least) enough++;
      }
    const shared = new Map<number, Set<number>>();
    if (enough >= least)
      for (const node of met) if (sharedWith[node]! >= least && node !== payer) shared.set(node, new Set());
    for (const node of met) sharedWith[node] = 0;
    if (shared.size + 1 < least) return null;
    for (const payee of payees)
      for (const node of this.within(payee, firstDay, 'in', this.payers)) shared.get(node)?.add(payee);
    return shared;
  }

  /** The block around one payer in the window from one day; null where there is none. */
  around(payer: number, firstDay: number): Block | null {
    const { links, least } = this;
    const own = this.within(payer, firstDay, 'out', this.ownPayees).filter(node => this.mayBePayee(node, firstDay));
    if (own.length < least) return null;
    const shared = this.candidates(payer, own, firstDay);
    if (shared === null) return null;
    const { names } = this.graph.nodes;
    const candidates = [...shared]
      .sort((a, b) => b[1].size - a[1].size || (names[a[0]]! < names[b[0]]! ? -1 : 1))
      .map(([node, payees]) => ({ node, shared: payees }));
    const { members, shared: common } = growBlock({ members: [payer], shared: new Set(own) }, candidates, least, least);
    // Who pays and is paid within one block belongs to neither side.
    const payees = [...common].filter(node => !members.includes(node));
    if (members.length < least || payees.length < least) return null;
    return {
      payers: members,
      payees,
      edges: members.flatMap(node =>
        payees.flatMap(payee => [
          ...edgesWithin(links, this.graph.edges.day, linkBetween(links, node, payee), firstDay, this.days),
        ]),
      ),
      firstDay,
    };
  }

  /** Days on which a payer starts a window with enough movements, ascending; none for a hub. */
  startDays(payer: number): number[] {
    const { least, days } = this;
    if (this.isHub[payer] === 1) return [];
    const { starts, day } = this.graph.out;
    const end = starts[payer + 1]!;
    const found: number[] = [];
    for (let i = starts[payer]!; i + least <= end; i++)
      if (day[i + least - 1]! <= day[i]! + days && day[i] !== found.at(-1)) found.push(day[i]!);
    return found;
  }

  get isSpent(): boolean {
    return this.steps > STEP_BUDGET;
  }
}

/** Nodes by the number of their payments, fewest first. */
const quietFirst = ({ starts }: Adjacency, nodeCount: number): Uint32Array => {
  const payments = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) payments[node] = starts[node + 1]! - starts[node]!;
  return orderByUnits(payments);
};

/**
 * Sets of at least `least` payers that each paid each of at least `least` payees within `days`. Largest blocks first; no
 * movement in two blocks.
 */
export const findBlocks = (
  graph: FlowGraph,
  days: number,
  least: number,
  context: TestContext,
  mayBePayee: PayeeTest = () => true,
): BlockSearch => {
  const finder = new BlockFinder(graph, days, least, mayBePayee);
  const nodeCount = graph.nodes.names.length;
  const found: Block[] = [];
  let unsearched = 0;
  for (const [i, node] of quietFirst(graph.out, nodeCount).entries()) {
    reportProgress(context, i, nodeCount, 0.3, 0.9);
    for (const day of finder.startDays(node)) {
      if (finder.isSpent) {
        unsearched++;
        break;
      }
      const block = finder.around(node, day);
      if (block !== null) found.push(block);
    }
  }
  const { names } = graph.nodes;
  const keyOf = (block: Block): string =>
    block.payers
      .map(payer => names[payer]!)
      .sort()
      .join('\n');
  const taken = new Set<number>();
  const blocks = found
    .map(block => ({ block, key: keyOf(block) }))
    .sort(
      (a, b) =>
        b.block.payers.length * b.block.payees.length - a.block.payers.length * a.block.payees.length ||
        b.block.firstDay - a.block.firstDay ||
        (a.key < b.key ? -1 : 1),
    )
    .filter(({ block }) => {
      if (block.edges.some(edge => taken.has(edge))) return false;
      for (const edge of block.edges) taken.add(edge);
      return true;
    })
    .map(({ block }) => block);
  return { blocks, hubs: finder.hubs, unsearched };
};

/** What the search leaves out, in words. */
export const blockLimits = ({ hubs, unsearched }: BlockSearch): string[] => [
  'Two nodes count as linked only where at least half of their movements lie within the window: whoever deals with each other throughout is left out.',
  ...(hubs > 0
    ? [
        `${countOf(hubs, 'node')} with more than ${HUB_MOVEMENTS} movements in an average window are hubs and no part of a pattern.`,
      ]
    : []),
  ...(unsearched > 0
    ? [
        `The search was stopped after ${formatCount(STEP_BUDGET)} movements, the quietest nodes first: the payments of the ${countOf(unsearched, 'busiest node')} were not all searched. Use fewer days.`,
      ]
    : []),
];
