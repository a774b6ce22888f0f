import { powerOfTen } from '../../../../kernel/decimal.ts';
import { countOf } from '../figures.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
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
  periodOf,
  SHARE_PARAMETER,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import type { Adjacency } from './flow-graph.ts';
import { NODE_KINDS } from './flow-nodes.ts';

/** What passed through a node in one currency, first in, first out. */
interface Passage {
  readonly received: number;
  readonly paid: number;
  /** Units of payments that receipts before them cover. */
  readonly covered: number;
  /** Days those units stayed, on average, weighted by amount; NaN where nothing passed. */
  readonly holdingDays: number;
}

/** Amounts and their days, in order of day. */
export interface DatedUnits {
  readonly day: Int32Array;
  readonly units: Float64Array;
}

/**
 * Follows payments back to receipts, first in, first out. What came in on a day may leave the same day. Payments that no earlier
 * receipt covers come from elsewhere (an opening balance) and do not count as passed on.
 */
export const passageOf = (receipts: DatedUnits, payments: DatedUnits): Passage => {
  let [received, paid, covered, unitDays] = [0, 0, 0, 0];
  const receiptCount = receipts.units.length;
  for (let i = 0; i < receiptCount; i++) received += receipts.units[i]!;
  let oldest = 0;
  let left = receiptCount === 0 ? 0 : receipts.units[0]!;
  let oldestDay = receiptCount === 0 ? Infinity : receipts.day[0]!;
  for (let i = 0; i < payments.units.length; i++) {
    let open = payments.units[i]!;
    paid += open;
    const day = payments.day[i]!;
    while (open > 0 && oldestDay <= day) {
      const part = Math.min(open, left);
      covered += part;
      unitDays += part * (day - oldestDay);
      open -= part;
      left -= part;
      if (left > 0) continue;
      oldest++;
      left = oldest < receiptCount ? receipts.units[oldest]! : 0;
      oldestDay = oldest < receiptCount ? receipts.day[oldest]! : Infinity;
    }
  }
  return { received, paid, covered, holdingDays: covered === 0 ? Number.NaN : unitDays / covered };
};

/** Currencies of a node's edges, in order of first appearance. */
const codesOf = ({ currency, starts }: Adjacency, node: number): number[] => {
  const codes: number[] = [];
  let last = Number.NaN;
  for (let i = starts[node]!; i < starts[node + 1]!; i++) {
    if (currency[i] === last) continue;
    last = currency[i]!;
    if (!codes.includes(last)) codes.push(last);
  }
  return codes;
};

/** Edges of a node in one currency, with their days and units: copied into room that is used again for the next node. */
class OwnEdges implements DatedUnits {
  private readonly adjacent: Adjacency;
  private room: { readonly edges: Uint32Array; readonly day: Int32Array; readonly units: Float64Array };
  edges: Uint32Array = new Uint32Array();
  day: Int32Array = new Int32Array();
  units: Float64Array = new Float64Array();
  constructor(adjacent: Adjacency) {
    this.adjacent = adjacent;
    this.room = { edges: this.edges, day: this.day, units: this.units };
  }

  /** Reads those of a node in a currency; answers how many they are. */
  read(node: number, code: number): number {
    const { starts, edges, day, units, currency } = this.adjacent;
    const [from, to] = [starts[node]!, starts[node + 1]!];
    if (this.room.edges.length < to - from) {
      const length = 2 * (to - from);
      this.room = { edges: new Uint32Array(length), day: new Int32Array(length), units: new Float64Array(length) };
    }
    const { room } = this;
    let count = 0;
    for (let i = from; i < to; i++) {
      if (currency[i] !== code) continue;
      room.edges[count] = edges[i]!;
      room.day[count] = day[i]!;
      room.units[count] = units[i]!;
      count++;
    }
    this.edges = room.edges.subarray(0, count);
    this.day = room.day.subarray(0, count);
    this.units = room.units.subarray(0, count);
    return count;
  }
}

/** An account that hands on nearly all it receives. Spec: docs/specs/pass-through.md. */
export const passThrough: ForensicTest = {
  id: 'pass-through',
  version: '1.0.0',
  title: 'Pass-through account',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(5, 'days that money stays on the account, on average (first in, first out), at most'),
    SHARE_PARAMETER,
    leastParameter(3, 1, 'receipts the account must have'),
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const least = integerParameter(parameters, 'least');
    const share = decimalParameter(parameters, 'share');
    const kept = share.units / (powerOfTen(share.scale) * 100);
    const { from, to } = graph.edges;
    const [received, paidOut] = [new OwnEdges(graph.in), new OwnEdges(graph.out)];
    const findings: FindingDraft[] = [];
    const nodeCount = graph.nodes.names.length;
    let tested = 0;
    for (let node = 0; node < nodeCount; node++) {
      reportProgress(context, node, nodeCount, 0.2, 1);
      const entering = graph.in.starts[node + 1]! - graph.in.starts[node]!;
      if (entering < least || graph.out.starts[node] === graph.out.starts[node + 1]) continue;
      tested++;
      for (const code of codesOf(graph.in, node)) {
        if (received.read(node, code) < least || paidOut.read(node, code) === 0) continue;
        const { received: sumReceived, paid, covered, holdingDays } = passageOf(received, paidOut);
        if (covered < (1 - kept) * sumReceived || covered < (1 - kept) * paid || !(holdingDays <= days)) continue;
        const [receipts, payments] = [received.edges, paidOut.edges];
        const others = new Set<number>();
        for (const edge of receipts) others.add(from[edge]!);
        for (const edge of payments) others.add(to[edge]!);
        // With one counterparty only, money went to and fro between the two: that is no passage.
        if (others.size < 2) continue;
        const name = nameOf(graph, node);
        const currencyName = table.currency?.values[code] ?? null;
        const edges = [...receipts, ...payments];
        findings.push(
          subgraphFinding(graph, {
            key: JSON.stringify([graph.nodes.names[node], currencyName]),
            edges,
            severity: NODE_KINDS[graph.nodes.kinds[node]!] === 'examined-account' ? 'medium' : 'low',
            score: (covered / Math.max(sumReceived, paid)) * (1 - holdingDays / (2 * (days + 1))),
            reason: `${name[0]!.toUpperCase()}${name.slice(1)} received ${sumOf(graph, receipts)} in ${countOf(receipts.length, 'receipt')} and paid out ${sumOf(graph, payments)} in ${countOf(payments.length, 'payment')} ${periodOf(graph, edges)}: ${((covered / sumReceived) * 100).toFixed(1)} % was handed on, after ${holdingDays.toFixed(1)} days on average.`,
          }),
        );
      }
    }
    return flowResult(graph, findings, { tested }, [
      'Balances are not read: what was on the account before its first receipt does not count as passed on.',
      'Of an account that is not itself examined only the movements with examined accounts are seen; cash pools and clearing accounts pass money on by design.',
    ]);
  },
};
