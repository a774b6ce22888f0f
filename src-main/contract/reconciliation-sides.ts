import { z } from 'zod';
import { Uuid } from './channel.ts';

/**
 * One side of a reconciliation. All given conditions must hold; none given: every row of the case.
 * '' as account or ledger account: rows that state none.
 */
export const SideChoice = z.strictObject({
  /** Files that were imported as this side. */
  side: z.enum(['bank', 'ledger']).optional(),
  sourceIds: z.array(Uuid).min(1).max(1000).optional(),
  accounts: z.array(z.string().max(400)).min(1).max(1000).optional(),
  /** Accounts of the ledger that the rows are booked to. */
  ledgerAccounts: z.array(z.string().max(400)).min(1).max(1000).optional(),
});
export type SideChoice = z.infer<typeof SideChoice>;

/** What an examination reconciles. */
export const DEFAULT_SIDES: { readonly a: SideChoice; readonly b: SideChoice } = {
  a: { side: 'bank' },
  b: { side: 'ledger' },
};
