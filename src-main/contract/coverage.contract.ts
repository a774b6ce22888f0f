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

/**
 * A test on one account in one month. tested: every row has what the test needs. partly: some rows lack it. untestable: none has it.
 * empty: no rows. not-run: the test did not run.
 */
export const TEST_COVERAGE_STATES = ['tested', 'partly', 'untestable', 'empty', 'not-run'] as const;

/** What days without a file could change. */
const MissingStatement = z.strictObject({
  account: z.string().nullable(),
  currency: z.string().nullable(),
  from: DateText,
  to: DateText,
  days: Count,
  /** Opening balance after the days less the closing balance before them; null where one is not stated. */
  difference: DecimalText.nullable(),
  /** Transactions that the account would have in as many days, by its median day; null where nothing can be said. */
  expectedTransactions: z.number().nullable(),
  /** Tests whose answers the days could change: findings and rows of theirs on this account within `windowDays` of the days. */
  windowFrom: DateText,
  windowTo: DateText,
  tests: z.array(
    z.strictObject({
      test: z.string(),
      title: z.string(),
      findings: Count,
      rows: Count,
      set: z.string(),
      why: z.string(),
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
  'coverage.tests': query({
    permission: 'finding.read',
    summary: 'Which tests ran on which accounts and months, which cannot, and what missing statements could change',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      /** Whether the latest examination rests on what the case holds now; null before the first. */
      current: z.boolean().nullable(),
      tests: z.array(
        z.strictObject({
          test: z.string(),
          title: z.string(),
          group: z.string(),
          state: z.enum(['run', 'cannot-run', 'not-run']),
          /** Why it did not or cannot run; null where it ran. */
          reason: z.string().nullable(),
          findings: Count,
          /** Accounts and months, counted by state of the test in them. */
          cells: z.record(z.enum(TEST_COVERAGE_STATES), Count),
        }),
      ),
      missing: z.array(MissingStatement),
    }),
  }),
  'coverage.test': query({
    permission: 'finding.read',
    summary:
      'One test by account and month: the rows it could use, in the order of accounts and months of coverage.read',
    input: z.strictObject({ caseId: Uuid, test: z.string().max(80) }),
    output: z.strictObject({
      accounts: z.array(
        z.array(
          z.strictObject({
            state: z.enum(TEST_COVERAGE_STATES),
            rows: Count,
            usable: Count,
            reason: z.string(),
          }),
        ),
      ),
    }),
  }),
  'coverage.export': query({
    permission: 'evidence.read',
    logs: { kind: 'export', of: 'records' },
    summary: 'The coverage grid as CSV',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ name: z.string(), csv: z.string() }),
  }),
};
