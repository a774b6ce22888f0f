import { z } from 'zod';
import { Count, DateText, DecimalText, PageRequest, query, RowNumber, Uuid } from './channel.ts';

/**
 * All given conditions must hold. `findingId`, `qualityRule` and `set` are how a number opens exactly its rows.
 * Empty text as account, currency, type, category or party: rows that state none.
 */
export const TransactionFilter = z.strictObject({
  side: z.enum(['bank', 'ledger']).optional(),
  sourceId: Uuid.optional(),
  account: z.string().optional(),
  currency: z.string().optional(),
  type: z.string().optional(),
  category: z.string().optional(),
  /** Standardized party key, exactly. */
  party: z.string().optional(),
  direction: z.enum(['in', 'out']).optional(),
  from: DateText.optional(),
  to: DateText.optional(),
  minimum: DecimalText.optional(),
  maximum: DecimalText.optional(),
  /** Text contained in counterparty, reference or description (case-insensitive). */
  text: z.string().max(200).optional(),
  findingId: Uuid.optional(),
  /** Figure of the latest quality score: rows that failed this rule. */
  qualityRule: z.string().optional(),
  /** Figure of the latest standardization run: its rows (`rule:<id>`, `category:<origin>:<name>`, `problem:<field>` …). */
  set: z.string().max(400).optional(),
  /** Figure of the current reconciliation: its rows (`a:open`, `b:matched:EUR`, `pairs:suggested`, `match:17` …). */
  reconciliation: z.string().max(400).optional(),
  /** A class of a test in the latest examination, as `TEST:KEY` (`benford-first-two:49`): the rows counted there. */
  testBin: z.string().max(200).optional(),
});
export type TransactionFilter = z.infer<typeof TransactionFilter>;

export const SORTS = ['place', 'date', 'amount', 'party'] as const;

export const TransactionRow = z.strictObject({
  /** The transaction's id in the store; stable for the life of the workspace. */
  id: z.number().int().positive(),
  sourceId: Uuid,
  row: RowNumber,
  account: z.string().nullable(),
  date: DateText.nullable(),
  valueDate: DateText.nullable(),
  amount: DecimalText,
  currency: z.string().nullable(),
  counterparty: z.string(),
  reference: z.string(),
  description: z.string(),
  type: z.string(),
  /** As the file states them; absent where it does not. */
  category: z.string().optional(),
  ledgerAccount: z.string().optional(),
  entry: z.string().optional(),
  /** Who entered it, on which day and at what time of day (HH:MM). */
  poster: z.string().optional(),
  entered: DateText.optional(),
  time: z.string().optional(),
});
export type TransactionRow = z.infer<typeof TransactionRow>;

const FacetValue = z.strictObject({ value: z.string().nullable(), count: Count });

export const transactionsContract = {
  'transactions.page': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'A page of transactions under a filter and order, with the total count and sums per currency',
    input: z.strictObject({
      caseId: Uuid,
      filter: TransactionFilter.default({}),
      sort: z.enum(SORTS).default('place'),
      descending: z.boolean().default(false),
      ...PageRequest,
    }),
    output: z.strictObject({
      total: Count,
      /** All transactions of the case, filter or not. */
      all: Count,
      sums: z.array(z.strictObject({ currency: z.string().nullable(), credits: DecimalText, debits: DecimalText })),
      rows: z.array(TransactionRow),
    }),
  }),
  'transactions.facets': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Counts per account, currency, type, source, month, direction and category under a filter',
    input: z.strictObject({ caseId: Uuid, filter: TransactionFilter.default({}) }),
    output: z.strictObject({
      facets: z.array(
        z.strictObject({
          name: z.enum(['sourceId', 'account', 'currency', 'type', 'direction', 'month', 'party', 'category']),
          values: z.array(FacetValue),
          more: Count,
        }),
      ),
    }),
  }),
  'transactions.read': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'originals' },
    summary:
      'One transaction beside its raw record from the sealed original, with its lineage and the findings that touch it',
    input: z.strictObject({ caseId: Uuid, transactionId: z.number().int().positive() }),
    output: z.strictObject({
      transaction: TransactionRow,
      party: z.string().nullable(),
      source: z.strictObject({ id: Uuid, name: z.string(), sha256: z.string(), format: z.string() }),
      raw: z.strictObject({ text: z.string(), byteOffset: Count, byteLength: Count, truncated: z.boolean() }),
      lineage: z.array(z.strictObject({ field: z.string(), from: z.string(), step: z.string() })),
      findings: z.array(z.strictObject({ id: Uuid, test: z.string(), severity: z.string(), reason: z.string() })),
    }),
  }),
};
