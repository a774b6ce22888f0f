import { type Decimal, powerOfTen } from '../../../../kernel/decimal.ts';
import { countOf } from '../figures.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import {
  type Block,
  blockLimits,
  edgesWithin,
  findBlocks,
  growBlock,
  isWithin,
  MOST_NEIGHBOURS,
} from './dense-blocks.ts';
import {
  DIRECTION_PARAMETER,
  daysOf,
  daysParameter,
  FLOW_NEEDS,
  FLOW_USES,
  flowResult,
  graphFor,
  leastParameter,
  namesOf,
  periodOf,
  SHARE_PARAMETER,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import { type FlowGraph, firstAtLeast } from './flow-graph.ts';
import { type FlowLinks, flowLinks } from './flow-links.ts';
import { type DatedUnits, passageOf } from './pass-through.ts';

/** Three layers; `upper` are the movements from payers to the middle, `lower` those from the middle to the payees. */
interface Layers {
  readonly payers: readonly number[];
  readonly middle: readonly number[];
  readonly payees: readonly number[];
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

/** The middle nodes that share most payees in the window of the block, with those payees; null where there are too few. */
const layersBelow = (graph: FlowGraph, links: FlowLinks, block: Block, days: number, least: number): Layers | null => {
  const { names } = graph.nodes;
  const { day, to } = graph.edges;
  const middlesOf = new Map<number, Map<number, number>>();
  for (const node of block.payees)
    for (let link = links.firstOut[node]!; link < links.firstOut[node + 1]!; link++) {
      const payee = links.to[link]!;
      if (!isWithin(links, day, link, block.firstDay, days)) continue;
      if (block.payers.includes(payee) || block.payees.includes(payee)) continue;
      const known = middlesOf.get(payee) ?? new Map<number, number>();
      middlesOf.set(payee, known.set(node, link));
    }
  const candidates = [...middlesOf]
    .filter(([, middles]) => middles.size >= least)
    .sort((a, b) => b[1].size - a[1].size || (names[a[0]]! < names[b[0]]! ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS)
    .map(([node, middles]) => ({ node, shared: new Set(middles.keys()) }));
  if (candidates.length < least) return null;
  const { members, shared } = growBlock({ members: [], shared: new Set(block.payees) }, candidates, least, least);
  if (members.length < least) return null;
  return {
    payers: block.payers,
    middle: [...shared],
    payees: members,
    upper: block.edges.filter(edge => shared.has(to[edge]!)),
    lower: members.flatMap(payee =>
      [...shared].flatMap(node => [...edgesWithin(links, day, middlesOf.get(payee)!.get(node)!, block.firstDay, days)]),
    ),
  };
};

/** Every middle node hands on what it received from the layer above, within the share, and only after it received it. */
const handsOn = (graph: FlowGraph, layers: Layers, share: Decimal): boolean => {
  const kept = share.units / (powerOfTen(share.scale) * 100);
  const { from, to, day, units, currency } = graph.edges;
  const dated = (edges: readonly number[]): DatedUnits => ({
    day: Int32Array.from(edges, edge => day[edge]!),
    units: Float64Array.from(edges, edge => units[edge]!),
  });
  const byDay = (edges: readonly number[]): number[] => edges.toSorted((a, b) => day[a]! - day[b]!);
  return layers.middle.every(node => {
    const receipts = byDay(layers.upper.filter(edge => to[edge] === node));
    const payments = byDay(layers.lower.filter(edge => from[edge] === node));
    if (new Set([...receipts, ...payments].map(edge => currency[edge]!)).size > 1) return false;
    const { received, paid, covered } = passageOf(dated(receipts), dated(payments));
    return covered >= (1 - kept) * received && covered >= (1 - kept) * paid;
  });
};

const findingOf = (graph: FlowGraph, layers: Layers, least: number): FindingDraft => {
  const { upper, lower } = layers;
  const sides = [layers.payers, layers.middle, layers.payees];
  const thinnest = Math.min(...sides.map(side => side.length));
  return subgraphFinding(graph, {
    key: JSON.stringify(sides.map(side => side.map(node => graph.nodes.names[node]!).sort())),
    edges: [...upper, ...lower],
    severity: 'high',
    score: thinnest / (thinnest + least - 1),
    reason: `Money went down three layers ${periodOf(graph, [...upper, ...lower])}: ${countOf(layers.payers.length, 'payer')} (${namesOf(graph, layers.payers)}) each paid each of ${countOf(layers.middle.length, 'intermediary', 'intermediaries')} (${namesOf(graph, layers.middle)}), ${sumOf(graph, upper)}, and each of these each of ${countOf(layers.payees.length, 'payee')} (${namesOf(graph, layers.payees)}), ${sumOf(graph, lower)}.`,
  });
};

/** Stacked bipartite flows: layer pays layer pays layer. Spec: docs/specs/stack.md. */
export const stack: ForensicTest = {
  id: 'stack',
  version: '1.0.0',
  title: 'Stacked flow',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(20, 'days from the first to the last movement, at most'),
    SHARE_PARAMETER,
    leastParameter(2, 2, 'nodes each layer must have'),
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const least = integerParameter(parameters, 'least');
    const share = decimalParameter(parameters, 'share');
    // A node of the middle layer pays at least so many times itself within the window.
    const paysOn = (node: number, firstDay: number): boolean => {
      const { day, starts } = graph.out;
      const at = firstAtLeast(day, firstDay, starts[node]!, starts[node + 1]!) + least - 1;
      return at < starts[node + 1]! && day[at]! <= firstDay + days;
    };
    const search = findBlocks(graph, days, least, context, paysOn);
    const links = flowLinks(graph);
    const findings: FindingDraft[] = [];
    for (const block of search.blocks) {
      const layers = layersBelow(graph, links, block, days, least);
      if (layers !== null && handsOn(graph, layers, share)) findings.push(findingOf(graph, layers, least));
    }
    return flowResult(graph, findings, { blocks: search.blocks.length }, [
      'The middle layer must hand on, within the share, what the layer above paid it; what it keeps longer than the window or mixes with other money is not found.',
      ...blockLimits(search),
    ]);
  },
};
