import type { ColumnProfile } from './csv-column-profile.ts';
import type { ColumnRole, HeaderPart } from './csv-header-lexicon.ts';

/** Columns chosen for a role (0-based; most roles have one), with how sure and why. */
export interface ColumnChoice {
  /**
   * Several for a description (joined by blanks), for a ledger account (number and name), and for a counterparty or its
   * account: then the payer's, which is meant where money comes in, and the payee's.
   */
  readonly columns: readonly number[];
  readonly confidence: number;
  readonly reason: string;
}

export type ColumnChoices = Partial<Record<ColumnRole, ColumnChoice>>;

/** A role that the file leaves open: the columns that could play it, and why none of them is taken. */
export interface OpenRole {
  readonly role: ColumnRole;
  readonly candidates: readonly number[];
  readonly why: string;
}

/** A part that a column could play. */
export interface RoleClaim {
  readonly role: ColumnRole;
  readonly column: number;
  readonly confidence: number;
  readonly reason: string;
}

/** The choice of columns while it is made. */
export interface ColumnPlan {
  /** Names of the columns, null without a header. */
  readonly header: readonly string[] | null;
  /** Sample of the data. */
  readonly rows: readonly (readonly string[])[];
  /** Those of them that no state keeps out of the account. */
  booked: readonly (readonly string[])[];
  readonly profiles: readonly ColumnProfile[];
  /** The table lists postings of a ledger: its accounts are ledger accounts, and debits are positive. */
  ledger: boolean;
  /** Columns by the parts that are settled into roles later. */
  readonly parts: Partial<Record<HeaderPart, ColumnChoice>>;
  readonly choices: ColumnChoices;
  readonly taken: Set<number>;
  readonly open: OpenRole[];
  readonly claims: RoleClaim[];
}

/** Confidence between 0 and 1 with two decimals. */
export const rounded = (confidence: number): number => Math.round(100 * Math.min(1, Math.max(0, confidence))) / 100;

/** Gives a role to columns. */
export const choose = (
  plan: ColumnPlan,
  role: ColumnRole,
  columns: readonly number[],
  confidence: number,
  reason: string,
): void => {
  plan.choices[role] = { columns, confidence: rounded(confidence), reason };
  for (const column of columns) plan.taken.add(column);
};

/** Takes a role from its columns. */
export const release = (plan: ColumnPlan, role: ColumnRole): void => {
  for (const column of plan.choices[role]?.columns ?? []) plan.taken.delete(column);
  delete plan.choices[role];
};
