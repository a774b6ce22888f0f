import type { SignDecision } from './sign-convention.ts';

/** One bank row to one ledger row, one to many, many to one, many to many; or two rows of one side: money moved between own accounts. */
export type MatchKind = 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many' | 'own-transfer';

/** Rows of both sides by row index; a pair of own accounts has both rows on one side and none on the other. */
export interface DecidedRows {
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
}

/** What people decided: the engine never goes against it. */
export interface ReconciliationDecisions {
  /** Matches that people made, confirmed or locked: they stand as confirmed. */
  readonly settled: readonly DecidedRows[];
  /** Rows that are never matched together again. */
  readonly rejected: readonly DecidedRows[];
}

/** Rows of both sides that belong together. `bank` and `ledger` are row indexes (not row numbers). */
export interface ReconciliationMatch {
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly kind: MatchKind;
  /** 0 to 1, four decimals. */
  readonly score: number;
  /** Only a confirmed match settles its rows; a proposal waits for the examiner. */
  readonly status: 'confirmed' | 'proposed';
  /** Each field's agreement, and what keeps a proposal from being confirmed, in plain words. */
  readonly reasons: readonly string[];
}

/** What an unmatched row probably is. A proposal to look at, never a fact: nothing is booked, moved or removed by it. */
export type OrphanProposalKind =
  | 'duplicate'
  | 'reversed-sign'
  | 'transposed-digits'
  | 'wrong-amount'
  | 'bank-fee'
  | 'bank-interest'
  | 'timing-difference'
  | 'deposit-in-transit'
  | 'outstanding-payment'
  | 'not-booked';

export interface OrphanProposal {
  readonly kind: OrphanProposalKind;
  /** The rows it rests on beside the orphan itself. */
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  /** In plain words, with the figures. */
  readonly text: string;
}

export interface NearCandidate {
  /** Row index on the other side. */
  readonly index: number;
  /** Why it was not matched, in plain words; at least one. */
  readonly refusedBecause: readonly string[];
}

/** A row without a partner. */
export interface UnmatchedRow {
  readonly index: number;
  /** Why it could not take part at all; null where it did. */
  readonly excludedBecause: string | null;
  /** The nearest rows of the other side, at most three. */
  readonly candidates: readonly NearCandidate[];
  /** What it probably is, likeliest first. */
  readonly proposals: readonly OrphanProposal[];
  /** Limits of the search that this row met, in plain words; empty where it was complete. */
  readonly limits: readonly string[];
}

export interface ReconciliationResult {
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly sign: SignDecision;
  /** By bank row index. Each row occurs in one match at most. */
  readonly matches: readonly ReconciliationMatch[];
  /** By row index. */
  readonly unmatchedBank: readonly UnmatchedRow[];
  readonly unmatchedLedger: readonly UnmatchedRow[];
  /** The currency each row was compared in, by row index; null where none is stated on either side or it could not be told. */
  readonly bankCurrency: (index: number) => string | null;
  readonly ledgerCurrency: (index: number) => string | null;
  /** Assumptions made and limits met, in plain words. */
  readonly notes: readonly string[];
}

/** What kind of match sides of these sizes make. */
export const kindOf = (bankRows: number, ledgerRows: number): MatchKind => {
  if (bankRows === 0 || ledgerRows === 0) return 'own-transfer';
  if (bankRows === 1) return ledgerRows === 1 ? 'one-to-one' : 'one-to-many';
  return ledgerRows === 1 ? 'many-to-one' : 'many-to-many';
};
