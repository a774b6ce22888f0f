import { countOf, formatAmount, formatCount } from '../figures.ts';
import type { FindingDraft, ForensicTest, Severity, TestContext } from '../forensic-test.ts';
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
  periodOf,
  SHARE_PARAMETER,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import type { FlowGraph } from './flow-graph.ts';
import { flowRelays, type Relays, relayLimits } from './relays.ts';

/** Movements followed at most; then the search stops and says so. */
const STEP_BUDGET = 5_000_000;
/** Weight of a round of two, mostly a refund: below any longer round with margins of 10 %, so that refunds never crowd rings out. */
const OF_TWO = 0.2;
/** Rounds kept at most, so that a dense graph cannot fill the memory. */
const MOST_ROUNDS = 50_000;

interface Round {
  readonly edges: readonly number[];
  /** Smallest ÷ largest amount of the round. */
  readonly ratio: number;
  /** Product of 1 ÷ onward movements at each step: 1 where no step had a choice. */
  readonly distinct: number;
}

interface Search {
  readonly rounds: readonly Round[];
  readonly steps: number;
  /** Rounds whose first movement is below these units were not searched; null where the search was complete. */
  readonly unsearchedBelow: number | null;
}

/** All temporal simple cycles of at most `longest` edges within `days`, from the largest first movements down. */
const searchRounds = (
  graph: FlowGraph,
  relays: Relays,
  days: number,
  longest: number,
  context: TestContext,
): Search => {
  const { from, to, day, units } = graph.edges;
  const { starts, counts, next } = relays;
  const rounds: Round[] = [];
  const withinDay = new Map<string, number>();
  const path = new Int32Array(longest + 1);
  const position = new Uint32Array(longest + 1);
  let steps = 0;
  for (let i = graph.byUnits.length - 1; i >= 0; i--) {
    reportProgress(context, graph.byUnits.length - 1 - i, graph.byUnits.length, 0.6, 1);
    const first = graph.byUnits[i]!;
    if (counts[first] === 0) continue;
    if (steps > STEP_BUDGET || rounds.length > MOST_ROUNDS) return { rounds, steps, unsearchedBelow: units[first]! };
    const home = from[first]!;
    const lastDay = day[first]! + days;
    path[0] = first;
    position[0] = starts[first]!;
    let depth = 0;
    while (depth >= 0) {
      const edge = path[depth]!;
      if (position[depth]! >= starts[edge]! + counts[edge]!) {
        depth--;
        continue;
      }
      const onward = next[position[depth]!++]!;
      steps++;
      if (day[onward]! > lastDay) continue;
      const node = to[onward]!;
      if (node === home) {
        path[depth + 1] = onward;
        const edges = Array.from(path.subarray(0, depth + 2));
        const round = roundOf(edges, units, counts);
        // A round within one day may start anywhere, and the share may let it run from one start and not from another: where
        // several do, the start with fewest choices counts, whatever the order of the rows.
        const sameDay = day[onward] === day[first] ? edges.toSorted((a, b) => a - b).join(' ') : null;
        const known = sameDay === null ? undefined : withinDay.get(sameDay);
        if (known === undefined) {
          if (sameDay !== null) withinDay.set(sameDay, rounds.length);
          rounds.push(round);
        } else if (round.distinct > rounds[known]!.distinct) rounds[known] = round;
        continue;
      }
      if (depth + 2 >= longest) continue;
      let visited = false;
      for (let step = 0; step <= depth; step++) if (to[path[step]!] === node) visited = true;
      if (visited) continue;
      depth++;
      path[depth] = onward;
      position[depth] = starts[onward]!;
    }
  }
  return { rounds, steps, unsearchedBelow: null };
};

const roundOf = (edges: readonly number[], units: Float64Array, counts: Uint8Array): Round => {
  const amounts = edges.map(edge => units[edge]!);
  let distinct = 1;
  for (const edge of edges.slice(0, -1)) distinct /= counts[edge]!;
  return { edges, ratio: Math.min(...amounts) / Math.max(...amounts), distinct };
};

/** The nodes of a round in order, from the smallest name: the same ring whichever payment came first. */
const ringOf = (graph: FlowGraph, { edges }: Round): string[] => {
  const names = edges.map(edge => graph.nodes.names[graph.edges.from[edge]!]!);
  const start = names.reduce((least, name, i) => (name < names[least]! ? i : least), 0);
  return [...names.slice(start), ...names.slice(0, start)];
};

/** Of overlapping rounds of one ring, the closest in amount: no movement stands in two rounds. */
const separateRounds = (rounds: readonly Round[], day: Int32Array): Round[] => {
  const used = new Set<number>();
  const ordered = rounds.toSorted(
    (a, b) =>
      b.ratio - a.ratio ||
      day[a.edges.at(-1)!]! - day[a.edges[0]!]! - (day[b.edges.at(-1)!]! - day[b.edges[0]!]!) ||
      a.edges[0]! - b.edges[0]!,
  );
  return ordered.filter(({ edges }) => {
    if (edges.some(edge => used.has(edge))) return false;
    for (const edge of edges) used.add(edge);
    return true;
  });
};

const findingOf = (graph: FlowGraph, ring: readonly string[], all: readonly Round[]): FindingDraft => {
  const rounds = separateRounds(all, graph.edges.day);
  const best = rounds[0]!;
  const edges = rounds.flatMap(round => round.edges);
  const longer = ring.length > 2;
  const severity: Severity = !longer ? 'low' : best.distinct === 1 ? 'high' : 'medium';
  const lost = ((1 - best.ratio) * 100).toFixed(1);
  return subgraphFinding(graph, {
    key: JSON.stringify(ring),
    edges,
    severity,
    score: best.ratio * (longer ? 1 : OF_TWO) * best.distinct ** (1 / best.edges.length),
    reason: `Money went round ${[...ring, ring[0]!].join(' → ')} ${periodOf(graph, edges)}: ${countOf(rounds.length, 'round')}, ${countOf(edges.length, 'movement')}, ${sumOf(graph, edges)} in all; in the closest round the amounts differ by ${lost} % at most.`,
  });
};

/** Money that returns to where it started, forward in time. Spec: docs/specs/circular-flow.md. */
export const circularFlow: ForensicTest = {
  id: 'circular-flow',
  version: '1.0.0',
  title: 'Circular flow',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(20, 'days from the first to the last movement of a round, at most'),
    SHARE_PARAMETER,
    {
      name: 'longest',
      kind: 'integer',
      default: '10',
      minimum: 2,
      maximum: 12,
      meaning: 'movements in a round, at most',
    },
    DIRECTION_PARAMETER,
  ],
  explanations: ['reversed', 'own-transfer', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const relays = flowRelays(graph, days, decimalParameter(parameters, 'share'), context);
    const { rounds, steps, unsearchedBelow } = searchRounds(
      graph,
      relays,
      days,
      integerParameter(parameters, 'longest'),
      context,
    );
    const rings = Map.groupBy(rounds, round => JSON.stringify(ringOf(graph, round)));
    const findings = [...rings].map(([key, own]) => findingOf(graph, JSON.parse(key) as string[], own));
    return flowResult(graph, findings, { rounds: rounds.length, steps }, [
      'Where the same parties trade both ways, equal amounts come back by chance; a refund is a round of two.',
      ...(unsearchedBelow === null
        ? []
        : [
            `The search was stopped after ${formatCount(steps)} steps and ${countOf(rounds.length, 'round')}: rounds that begin with less than ${formatAmount(table, unsearchedBelow, null)} were not all searched. Use fewer days, a narrower share or shorter rounds.`,
          ]),
      ...relayLimits(relays),
    ]);
  },
};
