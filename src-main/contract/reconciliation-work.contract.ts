import { z } from 'zod';
import { Count, DateText, DecimalText, InstantText, job, PageRequest, query, RowNumber, Uuid } from './channel.ts';
import { SideChoice } from './reconciliation-sides.ts';
import { BalanceLine, ReconciliationSummary } from './reconciliations.contract.ts';
import { TransactionRow } from './transactions.contract.ts';

/**
 * What became of a match. `suggested`: the engine proposes, nobody has decided. `confirmed`: the engine is sure. `accepted`: a
 * person accepted it. `hand`: a person made it. `rejected`: a person rejected it, its rows stand alone.
 */
export const JUDGMENTS = ['suggested', 'confirmed', 'accepted', 'hand', 'rejected'] as const;
/** A judgment, or all that settle their rows: confirmed, accepted and made by hand. */
export const JUDGMENT_FILTERS = [...JUDGMENTS, 'matched'] as const;
export const MATCH_KINDS = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many', 'own-transfer'] as const;
export const MATCH_SORTS = ['score', 'amount', 'date'] as const;
export const Score = z.number().min(0).max(1);
export const Currency = z.string().regex(/^[A-Z]{3}$/);

const Figure = z.strictObject({ amount: DecimalText, rows: Count });
const SideProof = z.strictObject({ total: Figure, matched: Figure, suggested: Figure, open: Figure });
/** One currency: on each side total = matched + suggested + open; the difference of the totals is that of the parts. */
const CurrencyProof = z.strictObject({
  currency: z.string().nullable(),
  a: SideProof,
  /** In the sign of side A. */
  b: SideProof,
  difference: DecimalText,
  /** What the matched rows themselves leave over (matches by hand with a reason, tolerances). */
  matchedDifference: DecimalText,
  /** Differences of what is not matched yet: suggested and open rows. */
  openDifference: DecimalText,
  foots: z.boolean(),
});
export const DifferenceShape = z.strictObject({ currency: z.string().nullable(), amount: DecimalText });
const Lock = z.strictObject({
  seq: Count,
  from: DateText,
  to: DateText,
  reason: z.string(),
  actor: z.string(),
  at: InstantText,
});
const Rate = z.strictObject({
  seq: Count,
  base: Currency,
  quote: Currency,
  rate: DecimalText,
  day: DateText,
  source: z.string(),
  actor: z.string(),
});
const Sides = z.strictObject({ a: SideChoice, b: SideChoice });

export const MatchShape = z.strictObject({
  /** Names the match among those shown: the smallest id of its rows; a rejected one `r` and the step that rejected it. */
  key: z.string(),
  judgment: z.enum(JUDGMENTS),
  kind: z.enum(MATCH_KINDS),
  score: z.number().nullable(),
  reasons: z.array(z.string()),
  a: z.array(TransactionRow),
  b: z.array(TransactionRow),
  /** What its two sides leave over; [] where that is nothing. In the sign of side A. */
  differences: z.array(DifferenceShape),
  /** What the examiner said of it. */
  note: z.string(),
  /** The decision it rests on. */
  seq: Count.nullable(),
  /** A row of it lies in a locked period: nothing decides it until that is unlocked. */
  locked: z.boolean(),
});
export type MatchShape = z.infer<typeof MatchShape>;

/** Lines of a four-column proof of cash, in order (docs/specs/proof-of-cash.md). */
export const CASH_LINES = [
  'per-bank',
  'in-transit-begin',
  'in-transit-end',
  'outstanding-begin',
  'outstanding-end',
  'own-transfers-bank',
  'adjusted-bank',
  'per-books',
  'charges-not-booked-begin',
  'charges-not-booked-end',
  'interest-not-booked-begin',
  'interest-not-booked-end',
  'other-not-booked-begin',
  'other-not-booked-end',
  'within-matches',
  'own-transfers-books',
  'adjusted-books',
  'difference',
] as const;
/** `set` names the rows behind the figure; null for a balance that is carried forward, or a sum of lines. */
const CashFigure = z.strictObject({ amount: DecimalText.nullable(), rows: Count, set: z.string().nullable() });
const CashLine = z.strictObject({
  line: z.enum(CASH_LINES),
  opening: CashFigure,
  receipts: CashFigure,
  disbursements: CashFigure,
  closing: CashFigure,
});
export const CashProof = z.strictObject({
  currency: z.string().nullable(),
  from: DateText,
  to: DateText,
  lines: z.array(CashLine),
  /** Every line: opening + receipts − disbursements = closing; null where a balance is not stated. */
  footsAcross: z.boolean().nullable(),
  /** Adjusted bank and adjusted books agree in receipts and disbursements. */
  crossFoots: z.boolean(),
  balancesAgree: z.boolean().nullable(),
  /** Rows whose match is only suggested; they count as matched here. */
  suggestedRows: Count,
});
export type CashProof = z.infer<typeof CashProof>;

export const reconciliationWorkContract = {
  'reconciliations.options': query({
    permission: 'finding.read',
    summary: 'What two sides can be chosen from: files, their accounts and ledger accounts, with row counts',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      sources: z.array(
        z.strictObject({
          id: Uuid,
          name: z.string(),
          side: z.enum(['bank', 'ledger']),
          rows: Count,
          accounts: z.array(z.strictObject({ account: z.string(), rows: Count })),
          ledgerAccounts: z.array(z.strictObject({ account: z.string(), rows: Count })),
        }),
      ),
    }),
  }),
  'reconciliations.run': job({
    permission: 'detection.run',
    summary: 'Matches two chosen sides of a case and makes that its current reconciliation; decisions are kept',
    input: z.strictObject({
      caseId: Uuid,
      a: SideChoice,
      b: SideChoice,
      parameters: z.record(z.string().max(100), z.string().max(4000)).default({}),
    }),
    output: z.strictObject({ runId: Uuid, summary: ReconciliationSummary }),
    audit: 'reconciliation.completed',
  }),
  'reconciliations.read': query({
    permission: 'finding.read',
    summary: 'The current reconciliation with every decision applied: counts, proof, balances, locks and rates',
    input: z.strictObject({ caseId: Uuid }),
    output: z
      .strictObject({
        runId: Uuid,
        ranAt: InstantText,
        origin: z.enum(['examination', 'own']),
        sides: Sides,
        /** False: one side has no row, so nothing was matched. */
        hasBothSides: z.boolean(),
        stale: z.boolean(),
        /** Decisions taken since the matching ran: it would use them when run again. */
        decisionsSince: Count,
        sign: z.string(),
        parameters: z.record(z.string(), z.string()),
        limits: z.array(z.string()),
        counts: z.strictObject({
          judgments: z.record(z.enum(JUDGMENTS), Count),
          matched: Count,
          suggested: Count,
          openA: Count,
          openB: Count,
          explained: Count,
        }),
        /** Kinds of proposals on open rows, with how many rows of each side they are made for. */
        proposals: z.array(z.strictObject({ kind: z.string(), a: Count, b: Count })),
        proof: z.array(CurrencyProof),
        balances: z.array(BalanceLine),
        chain: ReconciliationSummary.shape.chain,
        locks: z.array(Lock),
        rates: z.array(Rate),
      })
      .nullable(),
  }),
  'reconciliations.pairs': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Matches with every decision applied, with facet counts; each with why',
    input: z.strictObject({
      caseId: Uuid,
      judgment: z.enum(JUDGMENT_FILTERS).optional(),
      kind: z.enum(MATCH_KINDS).optional(),
      minimumScore: Score.optional(),
      maximumScore: Score.optional(),
      sort: z.enum(MATCH_SORTS).default('score'),
      descending: z.boolean().default(true),
      ...PageRequest,
    }),
    output: z.strictObject({
      total: Count,
      byJudgment: z.record(z.string(), Count),
      byKind: z.record(z.string(), Count),
      /** Matches by tenths of their score, from 0.0 to 1.0; those without a score are in none. */
      byScore: z.array(z.strictObject({ from: z.number(), count: Count })),
      pairs: z.array(MatchShape),
    }),
  }),
  'reconciliations.leftovers': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary:
      'Why rows stand without a partner: nearest candidates with the reasons they were refused, and what they may be',
    input: z.strictObject({ caseId: Uuid, transactionIds: z.array(z.number().int().positive()).min(1).max(500) }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          transactionId: z.number().int().positive(),
          side: z.enum(['a', 'b']).nullable(),
          state: z.enum(['open', 'suggested', 'matched']),
          candidates: z.array(z.string()),
          proposals: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
          explanation: z
            .strictObject({
              seq: Count,
              accepted: z.boolean(),
              proposal: z.string(),
              text: z.string(),
              note: z.string(),
              actor: z.string(),
            })
            .nullable(),
          locked: z.boolean(),
        }),
      ),
    }),
  }),
  'reconciliations.proofOfCash': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Four-column proofs of cash by currency and month; every figure names its rows',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      /** Accounts of side A that the proofs speak of, all together. */
      accounts: z.array(z.string()),
      proofs: z.array(CashProof),
      /** Rows that stand in no month: no amount or day, or confirmed to repeat others. */
      unplaced: z.strictObject({ a: Count, b: Count }),
    }),
  }),
  'reconciliations.export': query({
    permission: 'finding.read',
    logs: { kind: 'export', of: 'records' },
    summary:
      'Matched, suggested and open rows as CSV (RFC 4180), in parts; the last part holds the totals proving to zero',
    input: z.strictObject({
      caseId: Uuid,
      /** Only matches of this judgment; none: all, and the open rows of both sides. */
      judgment: z.enum(JUDGMENT_FILTERS).optional(),
      kind: z.enum(MATCH_KINDS).optional(),
      minimumScore: Score.optional(),
      maximumScore: Score.optional(),
      offset: Count.default(0),
      limit: z.number().int().min(1).max(20_000).default(10_000),
    }),
    output: z.strictObject({
      total: Count,
      lines: RowNumber.or(z.literal(0)),
      fileName: z.string(),
      content: z.string(),
    }),
  }),
};
