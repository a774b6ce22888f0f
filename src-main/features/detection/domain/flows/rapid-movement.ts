import { unitsAtLeast } from '../amount-bound.ts';
import { countOf } from '../figures.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import {
  DIRECTION_PARAMETER,
  daysOf,
  daysParameter,
  FLOW_NEEDS,
  FLOW_USES,
  flowResult,
  graphFor,
  nameOf,
  periodOf,
  SHARE_PARAMETER,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';
import { type FlowGraph, firstAtLeast } from './flow-graph.ts';
import { NODE_KINDS } from './flow-nodes.ts';
import { amountBand } from './relays.ts';

/** Movements of such an amount that would fall into the window by chance, at most: above, an onward payment proves nothing. */
const MOST_EXPECTED = 0.1;
/** Parts in which a receipt may leave. */
const MOST_PARTS = 10;

interface Rule {
  readonly days: number;
  readonly band: ReturnType<typeof amountBand>;
  /** Days from the first movement of the graph to the last. */
  readonly span: number;
}

/** Finds, for one receipt, the movements that hand it on. Holds which edges were already given to a receipt. */
class OnwardSearch {
  private readonly graph: FlowGraph;
  private readonly rule: Rule;
  private readonly used: Uint8Array;
  /** So many payments of such an amount may fall into the window by chance MOST_EXPECTED times. */
  private readonly mostDistinct: number;
  indistinct = 0;
  constructor(graph: FlowGraph, rule: Rule) {
    this.graph = graph;
    this.rule = rule;
    this.used = new Uint8Array(graph.edges.row.length);
    const expected = (others: number): number => others * (rule.days + 1);
    let most = Math.floor((MOST_EXPECTED * (rule.span + 1)) / (rule.days + 1)) + 2;
    while (expected(most - 1) > MOST_EXPECTED * (rule.span + 1)) most--;
    this.mostDistinct = most;
  }

  /** Whether a node pays so seldom that each of its payments tells something, whatever its amount. */
  isDistinct(node: number): boolean {
    const { starts } = this.graph.out;
    return starts[node + 1]! - starts[node]! <= this.mostDistinct;
  }

  /** Edges that hand the receipt on, empty where none does. */
  of(receipt: number): number[] {
    const single = this.single(receipt);
    const found = single === null ? this.parts(receipt) : single;
    for (const edge of found) this.used[edge] = 1;
    return found;
  }

  /** One onward movement within the share, the nearest in time, then in amount. Null: no movement of such an amount at all. */
  private single(receipt: number): number[] | null {
    const { day, units, to, from, currency } = this.graph.edges;
    const { edges, starts, units: amounts } = this.graph.outByUnits;
    const node = to[receipt]!;
    const { band, days } = this.rule;
    const amount = units[receipt]!;
    const until = starts[node + 1]!;
    const high = band.high(amount);
    const start = firstAtLeast(amounts, band.low(amount), starts[node]!, until);
    if (start === until || amounts[start]! > high) return null;
    const beyond = start + this.mostDistinct;
    if (beyond < until && amounts[beyond]! <= high) {
      this.indistinct++;
      return [];
    }
    let best = -1;
    for (let i = start; i < until && amounts[i]! <= high; i++) {
      const edge = edges[i]!;
      const apart = day[edge]! - day[receipt]!;
      if (apart < 0 || apart > days || this.used[edge] === 1) continue;
      if (to[edge] === from[receipt] || currency[edge] !== currency[receipt]) continue;
      const nearer =
        best === -1 ||
        day[edge]! < day[best]! ||
        (day[edge] === day[best] && Math.abs(units[edge]! - amount) < Math.abs(units[best]! - amount));
      if (nearer) best = edge;
    }
    return best === -1 ? null : [best];
  }

  /**
   * Everything that left up to the end of a day, two to ten movements, sums to the receipt within the share, and nothing else
   * of note came in before: judged at the ends of days, since the order within a day is not known.
   */
  private parts(receipt: number): number[] {
    const { day, units, to, from, currency } = this.graph.edges;
    const { out } = this.graph;
    const node = to[receipt]!;
    const amount = units[receipt]!;
    const [low, high] = [this.rule.band.low(amount), this.rule.band.high(amount)];
    const parts: number[] = [];
    let sum = 0;
    const end = out.starts[node + 1]!;
    for (let i = firstAtLeast(out.day, day[receipt]!, out.starts[node]!, end); i <= end; i++) {
      const edge = out.edges[i]!;
      const dayEnds = parts.length > 0 && (i === end || day[edge] !== day[parts.at(-1)!]);
      if (dayEnds && sum >= low && parts.length >= 2) return this.isAlone(receipt, day[parts.at(-1)!]!) ? parts : [];
      if (i === end || day[edge]! > day[receipt]! + this.rule.days || parts.length === MOST_PARTS) return [];
      if (this.used[edge] === 1 || to[edge] === from[receipt] || currency[edge] !== currency[receipt]) return [];
      sum += units[edge]!;
      if (sum > high) return [];
      parts.push(edge);
    }
    return [];
  }

  /** Other receipts from the receipt's day to `until` amount to no more than the share. */
  private isAlone(receipt: number, until: number): boolean {
    const { day, units, to } = this.graph.edges;
    const entering = this.graph.in;
    const end = entering.starts[to[receipt]! + 1]!;
    let others = -units[receipt]!;
    for (let i = firstAtLeast(entering.day, day[receipt]!, entering.starts[to[receipt]!]!, end); i < end; i++) {
      if (entering.day[i]! > until) break;
      others += entering.units[i]!;
    }
    return others <= this.rule.band.high(units[receipt]!) - units[receipt]!;
  }
}

/** What a node received in one currency, and what of it moved on. */
interface Followed {
  received: number;
  moved: number;
  readonly in: number[];
  readonly out: number[];
}

const spanOf = (day: Int32Array): number => (day.length === 0 ? 0 : day.at(-1)! - day[0]!);

/** Receipts that leave again within few days. Spec: docs/specs/rapid-movement.md. */
export const rapidMovement: ForensicTest = {
  id: 'rapid-movement',
  version: '1.0.0',
  title: 'Rapid movement',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(3, 'days after a receipt within which it must leave again'),
    SHARE_PARAMETER,
    {
      name: 'least-share',
      kind: 'decimal',
      default: '50',
      minimum: 0,
      maximum: 100,
      meaning: 'per cent of all that an account received (in a currency) that must have moved on rapidly',
    },
    {
      name: 'materiality',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'receipts below this amount are not followed',
    },
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'reversed', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const days = daysOf(parameters);
    const leastShare = decimalParameter(parameters, 'least-share');
    const share = leastShare.units / 10 ** (leastShare.scale + 2);
    const search = new OnwardSearch(graph, {
      days,
      band: amountBand(decimalParameter(parameters, 'share')),
      span: spanOf(graph.edges.day),
    });
    const leastUnits = unitsAtLeast(decimalParameter(parameters, 'materiality'), table.amountScale);
    const findings: FindingDraft[] = [];
    let moved = 0;
    const nodeCount = graph.nodes.names.length;
    for (let node = 0; node < nodeCount; node++) {
      reportProgress(context, node, nodeCount, 0.2, 1);
      if (graph.out.starts[node] === graph.out.starts[node + 1]) continue;
      const byCurrency = new Map<number, Followed>();
      const distinct = search.isDistinct(node);
      const { day: outDay } = graph.out;
      const outUntil = graph.out.starts[node + 1]!;
      let outFrom = graph.out.starts[node]!;
      let lastCode = Number.NaN;
      let own: Followed = { received: 0, moved: 0, in: [], out: [] };
      for (let i = graph.in.starts[node]!; i < graph.in.starts[node + 1]!; i++) {
        const amount = graph.in.units[i]!;
        const code = graph.in.currency[i]!;
        if (code !== lastCode) {
          own = byCurrency.get(code) ?? { received: 0, moved: 0, in: [], out: [] };
          byCurrency.set(code, own);
          lastCode = code;
        }
        own.received += amount;
        if (amount < leastUnits) continue;
        const today = graph.in.day[i]!;
        while (outFrom < outUntil && outDay[outFrom]! < today) outFrom++;
        // Where every payment tells something and none falls into the window, nothing was handed on.
        if (distinct && (outFrom === outUntil || outDay[outFrom]! > today + days)) continue;
        const receipt = graph.in.edges[i]!;
        const onward = search.of(receipt);
        if (onward.length === 0) continue;
        moved++;
        own.moved += amount;
        own.in.push(receipt);
        own.out.push(...onward);
      }
      for (const [code, own] of byCurrency) {
        if (own.in.length === 0 || own.moved < share * own.received) continue;
        const part = own.moved / own.received;
        const currencyName = table.currency?.values[code] ?? null;
        const name = nameOf(graph, node);
        findings.push(
          subgraphFinding(graph, {
            key: JSON.stringify([graph.nodes.names[node], currencyName]),
            edges: [...own.in, ...own.out],
            severity: NODE_KINDS[graph.nodes.kinds[node]!] === 'examined-account' ? 'medium' : 'low',
            score: (part * own.in.length) / (own.in.length + 1),
            reason: `${name[0]!.toUpperCase()}${name.slice(1)} received ${sumOf(graph, own.in)} in ${countOf(own.in.length, 'receipt')} that left again within ${countOf(days, 'day')} (${sumOf(graph, own.out)} in ${countOf(own.out.length, 'payment')}, ${periodOf(graph, [...own.in, ...own.out])}): ${(part * 100).toFixed(1)} % of all it received${currencyName === null ? '' : ` in ${currencyName}`}.`,
          }),
        );
      }
    }
    return flowResult(graph, findings, { receiptsMoved: moved }, [
      'Of an account that is not itself examined only the movements with examined accounts are seen.',
      ...(search.indistinct > 0
        ? [
            `${countOf(search.indistinct, 'receipt')} came to accounts that so often pay such amounts that an onward payment proves nothing: they were not followed.`,
          ]
        : []),
    ]);
  },
};
