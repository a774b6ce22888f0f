import { z } from 'zod';
import { Count, DateText, DecimalText, query, Uuid } from './channel.ts';

export const NODE_KINDS = ['examined-account', 'counterparty-account', 'party'] as const;

/** Sum of movements in one currency; null is a currency that is not stated. Sums of different currencies are never added. */
const CurrencyTotal = z.strictObject({ currency: z.string().nullable(), amount: DecimalText, movements: Count });

/** A node is addressed by its kind and name as stated (`examined-account:DE…`): the same in every build of the graph. */
const NodeId = z.string().min(1).max(300);

export const GraphNode = z.strictObject({
  id: NodeId,
  name: z.string(),
  kind: z.enum(NODE_KINDS),
  paid: z.array(CurrencyTotal),
  received: z.array(CurrencyTotal),
  payees: Count,
  payers: Count,
  /** Transactions that state what it paid and received, and the names of their sets (filter `set`). */
  paidRows: Count,
  receivedRows: Count,
  paidSet: z.string().nullable(),
  receivedSet: z.string().nullable(),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.strictObject({
  from: NodeId,
  to: NodeId,
  totals: z.array(CurrencyTotal),
  movements: Count,
  /** Transactions that state them: more than the movements where both statements show one. */
  rows: Count,
  first: DateText,
  last: DateText,
  /** Name of the set of exactly these transactions (filter `set`); null where it would be too long. */
  set: z.string().nullable(),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/** Neighbours that are not listed, as one. */
const Folded = z.strictObject({ neighbours: Count, totals: z.array(CurrencyTotal), movements: Count }).nullable();

/** Movements the graph shows: all conditions hold. */
const GraphFilter = z.strictObject({
  from: DateText.optional(),
  to: DateText.optional(),
  minimum: DecimalText.optional(),
});
export type GraphFilter = z.infer<typeof GraphFilter>;

const Excluded = z.array(z.strictObject({ reason: z.string(), count: Count }));

export const graphsContract = {
  'graphs.search': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'parties' },
    summary: 'Accounts and parties of the money-flow graph by a part of their name; examined accounts first',
    input: z.strictObject({
      caseId: Uuid,
      text: z.string().max(200).default(''),
      limit: z.number().int().min(1).max(100).default(20),
    }),
    output: z.strictObject({
      nodes: z.array(GraphNode),
      /** Nodes whose name holds the text. */
      total: Count,
      movements: Count,
      /** Movements that two statements show, counted once. */
      mirrored: Count,
      excluded: Excluded,
    }),
  }),
  'graphs.expand': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'parties' },
    summary:
      'The payers and payees of a node with the largest sums, the rest folded, and the edges among what is shown',
    input: z.strictObject({
      caseId: Uuid,
      node: NodeId,
      side: z.enum(['payers', 'payees', 'both']).default('both'),
      /** Nodes shown already: edges between them and the new ones are answered too. */
      shown: z.array(NodeId).max(200).default([]),
      limit: z.number().int().min(1).max(50).default(8),
      filter: GraphFilter.default({}),
    }),
    output: z.strictObject({
      node: GraphNode,
      payers: z.array(GraphNode),
      payees: z.array(GraphNode),
      foldedPayers: Folded,
      foldedPayees: Folded,
      edges: z.array(GraphEdge),
    }),
  }),
  'graphs.finding': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'parties' },
    summary: 'The sub-graph of a finding: the nodes and edges its rows are, which are its evidence',
    input: z.strictObject({ findingId: Uuid }),
    output: z.strictObject({ nodes: z.array(GraphNode), edges: z.array(GraphEdge), rowsOutside: Count }),
  }),
};
