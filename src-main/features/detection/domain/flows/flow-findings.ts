import { isoDate } from '../../../../kernel/civil-date.ts';
import { formatUnits } from '../../../../kernel/decimal.ts';
import { countOf, formatAmount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ParameterSpec, Parameters, Severity, TestResult } from '../forensic-test.ts';
import { integerParameter, textParameter } from '../parameters.ts';
import type { ColumnName, TransactionTable } from '../transaction-table.ts';
import { type FlowGraph, flowGraph } from './flow-graph.ts';
import { PARTY } from './flow-nodes.ts';
import { DIRECTIONS, type Direction } from './flow-rows.ts';
import { MIRROR_DAYS } from './mirrored-rows.ts';
import { flowTotals } from './neighbours.ts';

/** Findings a flow test reports at most: the strongest. The rest is counted in the limits. */
const MOST_FINDINGS = 200;

export const FLOW_NEEDS: readonly ColumnName[] = ['amount', 'date', 'account'];
export const FLOW_USES: readonly ColumnName[] = ['counterparty-account', 'party', 'currency'];

export const DIRECTION_PARAMETER: ParameterSpec = {
  name: 'direction',
  kind: 'choice',
  default: 'auto',
  choices: DIRECTIONS,
  meaning:
    'signed: a negative amount left the account, a positive one came in; account-to-party and party-to-account: the rows are a list of transfers whose sign says nothing; auto: signed where any amount is negative, else account-to-party',
};

export const daysParameter = (days: number, meaning: string): ParameterSpec => ({
  name: 'days',
  kind: 'integer',
  default: String(days),
  minimum: 0,
  maximum: 3660,
  meaning,
});

/** AMLSim takes a margin of 10 % at each hand (conf.json, `margin_ratio`). */
export const SHARE_PARAMETER: ParameterSpec = {
  name: 'share',
  kind: 'decimal',
  default: '10',
  minimum: 0,
  maximum: 100,
  meaning: 'an amount passed on may differ from the amount received by this many per cent',
};

export const leastParameter = (least: number, smallest: number, meaning: string): ParameterSpec => ({
  name: 'least',
  kind: 'integer',
  default: String(least),
  minimum: smallest,
  maximum: 1_000_000,
  meaning,
});

/** The graph that the resolved parameters ask for. */
export const graphFor = (table: TransactionTable, parameters: Parameters): FlowGraph =>
  flowGraph(table, textParameter(parameters, 'direction') as Direction);

export const daysOf = (parameters: Parameters): number => integerParameter(parameters, 'days');

/** A node in words: `account DE12…` or the party's name. */
export const nameOf = (graph: FlowGraph, node: number): string =>
  graph.nodes.kinds[node] === PARTY ? graph.nodes.names[node]! : `account ${graph.nodes.names[node]!}`;

/** The first few of several nodes by name, and how many more: `A, B, C and 4 more`. */
export const namesOf = (graph: FlowGraph, nodes: Iterable<number>, shown = 4): string => {
  const names = Array.from(nodes, node => graph.nodes.names[node]!).sort();
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(', ')} and ${more} more` : names.join(', ');
};

/** Sums of edges in words, one a currency. Exact. */
export const sumOf = (graph: FlowGraph, edges: Iterable<number>): string =>
  flowTotals(graph, edges)
    .map(({ units, currency }) => {
      const safe = Number(units);
      if (Number.isSafeInteger(safe)) return formatAmount(graph.table, safe, currency);
      return `${formatUnits(units, graph.table.amountScale)}${currency === null ? '' : ` ${currency}`}`;
    })
    .join(' and ');

/** `on 2024-01-05` or `from 2024-01-05 to 2024-01-09`. */
export const periodOf = (graph: FlowGraph, edges: Iterable<number>): string => {
  let first = Infinity;
  let last = -Infinity;
  for (const edge of edges) {
    first = Math.min(first, graph.edges.day[edge]!);
    last = Math.max(last, graph.edges.day[edge]!);
  }
  return first === last ? `on ${isoDate(first)}` : `from ${isoDate(first)} to ${isoDate(last)}`;
};

/** A finding whose rows are exactly the given edges: the sub-graph is the evidence. */
export const subgraphFinding = (
  graph: FlowGraph,
  found: {
    readonly key: string;
    readonly edges: Iterable<number>;
    readonly severity: Severity;
    readonly score: number;
    readonly reason: string;
  },
): FindingDraft => ({
  key: found.key,
  rows: Uint32Array.from(found.edges, edge => graph.edges.row[edge]!).sort(),
  severity: found.severity,
  score: found.score,
  reason: found.reason,
});

const READ_AS = {
  signed: 'The sign of the amount says where the money went: negative out of the account, positive into it.',
  'account-to-party': 'Every row was read as money from the account to the counterparty, whatever its sign.',
  'party-to-account': 'Every row was read as money from the counterparty to the account, whatever its sign.',
} as const;

/** The result of a flow test: findings ranked and capped (the cap is said), population, how the graph was read. */
export const flowResult = (
  graph: FlowGraph,
  findings: readonly FindingDraft[],
  statistics: TestResult['statistics'],
  limits: readonly string[],
): TestResult => {
  const ranked = inReportOrder(findings);
  const left = ranked.length - MOST_FINDINGS;
  const movements = graph.edges.row.length;
  return {
    population: { rows: graph.table.rowCount, used: movements + graph.mirrored, excluded: graph.excluded },
    statistics: {
      nodes: graph.nodes.names.length,
      movements,
      mirrored: graph.mirrored,
      direction: graph.direction,
      ...statistics,
      flagged: findings.length,
    },
    bins: [],
    findings: ranked.slice(0, MOST_FINDINGS),
    limits: [
      READ_AS[graph.direction],
      ...(graph.mirrored > 0
        ? [
            `${countOf(graph.mirrored, 'transfer')} between examined accounts stand in both statements (same accounts, amount and currency, at most ${MIRROR_DAYS} days apart) and were counted once, by the payer’s row.`,
          ]
        : []),
      ...(graph.table.counterpartyAccount === null && graph.table.party === null
        ? ['The data names no counterparty: there are no flows to examine.']
        : []),
      ...(left > 0 ? [`${countOf(left, 'weaker finding')} beyond the first ${MOST_FINDINGS} are not listed.`] : []),
      'The order of movements within a day is not known: what came in may have been handed on the same day.',
      ...limits,
    ],
  };
};
