import { z } from 'zod';
import { Count, DateText, DecimalText, query, Uuid } from './channel.ts';

/**
 * present: statement or transactions cover the month. balanced / discrepant: the statement's own balances agree or not.
 * overlapping: two files cover the same days. partial: only some days are covered. missing: none, between months that are.
 */
export const COVERAGE_STATES = ['present', 'balanced', 'discrepant', 'overlapping', 'partial', 'missing'] as const;

export const CoverageShape = z.strictObject({
  /** YYYY-MM, without a gap from the first to the last. */
  months: z.array(z.string()),
  accounts: z.array(
    z.strictObject({
      account: z.string().nullable(),
      currency: z.string().nullable(),
      institution: z.string().nullable(),
      from: DateText.nullable(),
      to: DateText.nullable(),
      /** One cell a month. */
      cells: z.array(
        z.strictObject({
          state: z.enum(COVERAGE_STATES),
          transactions: Count,
          /** Sources whose statements or transactions cover days of the month. */
          sources: z.array(Uuid),
          reason: z.string(),
        }),
      ),
      /** Where a statement's opening balance is not the closing balance before it, or days lie between them. */
      breaks: z.array(
        z.strictObject({
          kind: z.enum(['gap', 'overlap', 'balance']),
          from: DateText,
          to: DateText,
          difference: DecimalText.nullable(),
          message: z.string(),
        }),
      ),
    }),
  ),
});

export const coverageContract = {
  'coverage.read': query({
    permission: 'evidence.read',
    summary: 'Accounts by month: what is covered, balanced, discrepant, overlapping or missing',
    input: z.strictObject({ caseId: Uuid }),
    output: CoverageShape,
  }),
  'coverage.export': query({
    permission: 'evidence.read',
    summary: 'The coverage grid as CSV',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ name: z.string(), csv: z.string() }),
  }),
};
