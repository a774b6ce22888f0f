import { countOf, formatCount } from '../figures.ts';
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
  SHARE_PARAMETER,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import type { FlowGraph } from './flow-graph.ts';
import { flowRelays, type Relays, relayLimits } from './relays.ts';

/** Relays of one origin and beneficiary that are searched at most: beyond, the pair trades through everybody. */
const MOST_RELAYS = 2000;

/** One hand-over: `scatter` reaches an intermediary, `gather` leaves it. */
interface HandOver {
  readonly scatter: number;
  readonly gather: number;
}

const hashOf = (origin: number, beneficiary: number): number =>
  Math.imul(Math.imul(origin + 1, 0x9e3779b1) ^ Math.imul(beneficiary + 1, 0x85ebca6b), 0x27d4eb2f);

/** Hand-overs by origin and beneficiary, for the pairs that may have enough: a counting filter first, so that few are held. */
const handOversByPair = (
  graph: FlowGraph,
  { starts, counts: onward, next }: Relays,
  least: number,
  context: TestContext,
) => {
  const { from, to } = graph.edges;
  const bits = Math.max(10, Math.ceil(Math.log2(next.length * 2 + 1)));
  const counts = new Uint8Array(2 ** bits);
  const slot = (scatter: number, gather: number): number => hashOf(from[scatter]!, to[gather]!) >>> (32 - bits);
  const eachHandOver = (visit: (scatter: number, gather: number) => void): void => {
    for (let scatter = 0; scatter < from.length; scatter++) {
      reportProgress(context, scatter, from.length, 0.6, 1);
      for (let i = starts[scatter]!; i < starts[scatter]! + onward[scatter]!; i++)
        if (to[next[i]!] !== from[scatter]) visit(scatter, next[i]!);
    }
  };
  eachHandOver((scatter, gather) => {
    const at = slot(scatter, gather);
    if (counts[at]! < 255) counts[at]!++;
  });
  const pairs = new Map<number, HandOver[]>();
  eachHandOver((scatter, gather) => {
    if (counts[slot(scatter, gather)]! < Math.min(least, 255)) return;
    const pair = from[scatter]! * graph.nodes.names.length + to[gather]!;
    const known = pairs.get(pair);
    if (known === undefined) pairs.set(pair, [{ scatter, gather }]);
    else known.push({ scatter, gather });
  });
  return pairs;
};

/** Of the hand-overs in the window from `day`: one for each intermediary, the closest in amount; no movement twice. */
const windowFrom = (graph: FlowGraph, all: readonly HandOver[], firstDay: number, days: number): HandOver[] => {
  const { day, units, to } = graph.edges;
  const lost = ({ scatter, gather }: HandOver): number => Math.abs(units[scatter]! - units[gather]!) / units[scatter]!;
  const best = new Map<number, HandOver>();
  for (const handOver of all) {
    if (day[handOver.scatter]! < firstDay || day[handOver.gather]! > firstDay + days) continue;
    const node = to[handOver.scatter]!;
    const known = best.get(node);
    if (known === undefined || lost(handOver) < lost(known)) best.set(node, handOver);
  }
  return [...best.values()];
};

/** The window with most intermediaries; then, without its movements, the next, as long as there are `least`. */
const scatterings = (graph: FlowGraph, given: readonly HandOver[], days: number, least: number): HandOver[][] => {
  const { day, to } = graph.edges;
  const found: HandOver[][] = [];
  let rest = given;
  while (new Set(rest.map(({ scatter }) => to[scatter]!)).size >= least) {
    let best: HandOver[] = [];
    const starts = [...new Set(rest.map(({ scatter }) => day[scatter]!))].sort((a, b) => a - b);
    for (const start of starts) {
      const window = windowFrom(graph, rest, start, days);
      if (window.length > best.length) best = window;
    }
    if (best.length < least) break;
    found.push(best);
    const used = new Set(best.flatMap(({ scatter, gather }) => [scatter, gather]));
    rest = rest.filter(({ scatter, gather }) => !used.has(scatter) && !used.has(gather));
  }
  return found;
};

const findingOf = (graph: FlowGraph, handOvers: readonly HandOver[], least: number): FindingDraft => {
  const { from, to, day } = graph.edges;
  const scatter = handOvers.map(handOver => handOver.scatter);
  const gather = handOvers.map(handOver => handOver.gather);
  const [origin, beneficiary] = [from[scatter[0]!]!, to[gather[0]!]!];
  const between = scatter.map(edge => to[edge]!);
  const ordered = Math.max(...scatter.map(edge => day[edge]!)) <= Math.min(...gather.map(edge => day[edge]!));
  return subgraphFinding(graph, {
    key: JSON.stringify([graph.nodes.names[origin], graph.nodes.names[beneficiary], periodOf(graph, scatter)]),
    edges: [...scatter, ...gather],
    severity: between.length >= 2 * least ? 'high' : 'medium',
    score: (between.length / (between.length + least)) * (ordered ? 1 : 0.9),
    reason: `From ${nameOf(graph, origin)}, ${sumOf(graph, scatter)} went out through ${countOf(between.length, 'intermediary', 'intermediaries')} (${namesOf(graph, between)}), and ${sumOf(graph, gather)} came together again at ${nameOf(graph, beneficiary)}, ${periodOf(graph, [...scatter, ...gather])}.`,
  });
};

/** Money scattered over several intermediaries and gathered by one beneficiary. Spec: docs/specs/scatter-gather.md. */
export const scatterGather: ForensicTest = {
  id: 'scatter-gather',
  version: '1.0.0',
  title: 'Scatter-gather',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(20, 'days from the first payment out of the origin to the last into the beneficiary, at most'),
    SHARE_PARAMETER,
    leastParameter(3, 2, 'intermediaries there must be'),
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const least = integerParameter(parameters, 'least');
    const relays = flowRelays(graph, days, decimalParameter(parameters, 'share'), context);
    const findings: FindingDraft[] = [];
    let skipped = 0;
    for (const handOvers of handOversByPair(graph, relays, least, context).values()) {
      if (handOvers.length < least) continue;
      if (handOvers.length > MOST_RELAYS) skipped++;
      else
        for (const found of scatterings(graph, handOvers, days, least)) findings.push(findingOf(graph, found, least));
    }
    return flowResult(graph, findings, { handOvers: relays.next.length }, [
      ...(skipped > 0
        ? [
            `${countOf(skipped, 'pair')} of origin and beneficiary with more than ${formatCount(MOST_RELAYS)} hand-overs were not searched.`,
          ]
        : []),
      ...relayLimits(relays),
    ]);
  },
};
