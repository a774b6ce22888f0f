import { z } from 'zod';
import {
  Count,
  DateText,
  DecimalText,
  FileGrant,
  job,
  Overrides,
  PageRequest,
  query,
  RowNumber,
  Sha256Text,
  Uuid,
} from './channel.ts';
import { RejectedShape, WarningShape } from './imports.contract.ts';
import { TransactionRow } from './transactions.contract.ts';

const MatchRow = z.strictObject({
  status: z.enum(['confirmed', 'proposed']),
  kind: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  bank: z.array(TransactionRow),
  ledger: z.array(TransactionRow),
});
const OrphanRow = z.strictObject({ transaction: TransactionRow, candidates: z.array(z.string()) });
/** One currency: total = confirmed (matched) + proposed + unmatched on each side. */
export const ProofLine = z.strictObject({
  currency: z.string().nullable(),
  bankTotal: DecimalText,
  ledgerTotal: DecimalText,
  matchedBank: DecimalText,
  matchedLedger: DecimalText,
  proposedBank: DecimalText,
  proposedLedger: DecimalText,
  unmatchedBank: DecimalText,
  unmatchedLedger: DecimalText,
  difference: DecimalText,
  foots: z.boolean(),
});
export const BalanceLine = z.strictObject({
  account: z.string().nullable(),
  currency: z.string().nullable(),
  source: z.string(),
  from: DateText.nullable(),
  to: DateText.nullable(),
  opening: DecimalText.nullable(),
  credits: DecimalText,
  debits: DecimalText,
  closing: DecimalText.nullable(),
  balanced: z.boolean().nullable(),
  difference: DecimalText.nullable(),
});
const CashFigureShape = z.strictObject({
  /** Null: a balance is not stated. */
  amount: DecimalText.nullable(),
  bankRows: z.array(RowNumber),
  ledgerRows: z.array(RowNumber),
});
/** Four-column proof of cash, a month and currency at a time; disbursements are positive. */
const ProofOfCashShape = z.strictObject({
  months: z.array(
    z.strictObject({
      currency: z.string().nullable(),
      from: DateText,
      to: DateText,
      lines: z.array(
        z.strictObject({
          line: z.string(),
          opening: CashFigureShape,
          receipts: CashFigureShape,
          disbursements: CashFigureShape,
          closing: CashFigureShape,
        }),
      ),
      footsAcross: z.boolean().nullable(),
      crossFoots: z.boolean(),
      balancesAgree: z.boolean().nullable(),
      proposedRows: Count,
    }),
  ),
  unplacedBank: z.array(RowNumber),
  unplacedLedger: z.array(RowNumber),
  limits: z.array(z.string()),
});
/** What an unmatched row probably is; never more than a proposal. */
const OrphanProposalShape = z.strictObject({
  kind: z.string(),
  text: z.string(),
  bank: z.array(RowNumber),
  ledger: z.array(RowNumber),
});
/** A file of a reconciliation: how many rows were read, and each that could not be, which is in no match and in no total. */
const ReconciledFile = z.strictObject({
  side: z.enum(['bank', 'ledger']),
  name: z.string(),
  sha256: Sha256Text,
  rows: Count,
  rejected: z.array(RejectedShape),
  warnings: z.array(WarningShape),
});
const FileOrphan = z.strictObject({
  row: RowNumber,
  candidates: z.array(z.string()),
  proposals: z.array(OrphanProposalShape),
  limits: z.array(z.string()),
});
const ChainIssue = z.strictObject({
  kind: z.enum(['break', 'gap', 'overlap']),
  account: z.string().nullable(),
  message: z.string(),
});
export const ReconciliationSummary = z.strictObject({
  /** Null: no ledger side was given, so nothing was matched (balances are still checked). */
  matched: z
    .strictObject({
      confirmed: Count,
      proposed: Count,
      unmatchedBank: Count,
      unmatchedLedger: Count,
      sign: z.string(),
      limits: z.array(z.string()),
      proof: z.array(ProofLine),
      parameters: z.record(z.string(), z.string()),
    })
    .nullable(),
  balances: z.array(BalanceLine),
  chain: z.array(ChainIssue),
});
export type ReconciliationSummary = z.infer<typeof ReconciliationSummary>;

export const reconciliationsContract = {
  'reconciliations.matches': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Pairs of the latest reconciliation, each with why it matched',
    input: z.strictObject({ caseId: Uuid, status: z.enum(['confirmed', 'proposed']), ...PageRequest }),
    output: z.strictObject({ total: Count, matches: z.array(MatchRow) }),
  }),
  'reconciliations.orphans': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Unmatched transactions of one side, each with its nearest candidates and why they were refused',
    input: z.strictObject({ caseId: Uuid, side: z.enum(['bank', 'ledger']), ...PageRequest }),
    output: z.strictObject({ total: Count, orphans: z.array(OrphanRow) }),
  }),
  'files.reconcile': job({
    permission: 'public',
    summary: 'Reconciles two files directly; stores nothing',
    input: z.strictObject({
      bank: FileGrant,
      ledger: FileGrant,
      parameters: z.record(z.string(), z.string()).default({}),
      overrides: z
        .strictObject({ bank: Overrides.default({}), ledger: Overrides.default({}) })
        .default({ bank: {}, ledger: {} }),
    }),
    output: z.strictObject({
      /** The bank file, then the ledger file. */
      files: z.array(ReconciledFile),
      matches: z.array(
        z.strictObject({
          bank: z.array(RowNumber),
          ledger: z.array(RowNumber),
          kind: z.string(),
          score: z.number(),
          status: z.string(),
          reasons: z.array(z.string()),
        }),
      ),
      unmatchedBank: z.array(RowNumber),
      unmatchedLedger: z.array(RowNumber),
      orphans: z.strictObject({
        bank: z.array(FileOrphan),
        ledger: z.array(FileOrphan),
      }),
      balance: z.strictObject({
        bank: z.array(BalanceLine),
        ledger: z.array(BalanceLine),
        /** Where the statements of one account do not follow each other. */
        chain: z.strictObject({ bank: z.array(ChainIssue), ledger: z.array(ChainIssue) }),
        proof: z.array(ProofLine),
        proofOfCash: ProofOfCashShape,
      }),
      parameters: z.record(z.string(), z.string()),
      sign: z.string(),
      limits: z.array(z.string()),
    }),
    audit: null,
  }),
};

/** Names of the matching's parameters, as `--set` takes them. */
export const RECONCILIATION_PARAMETERS = [
  'amount-tolerance',
  'day-window',
  'sign',
  'confirm-threshold',
  'propose-threshold',
  'amount-tolerance-percent',
  'group-size',
  'fee-percent',
  'fee-amount',
  'rates',
  'rate-tolerance-percent',
  'search-steps',
] as const;
