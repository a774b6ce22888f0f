import { z } from 'zod';
import { Count, DecimalText, Empty, FileGrant, InstantText, job, query, Uuid } from './channel.ts';

/** The parts that a column of a table can play in a test. */
export const TABLE_PARTS = [
  'amount',
  'debit',
  'credit',
  'date',
  'value-date',
  'entered',
  'time',
  'party',
  'reference',
  'account',
  'counterparty-account',
  'currency',
  'type',
  'category',
  'ledger-account',
  'entry',
  'poster',
  'description',
  'id',
] as const;

export const BinShape = z.strictObject({
  key: z.string(),
  count: z.number(),
  /** Rows that the class opens, where `count` counts something else. */
  rows: Count.optional(),
  /** Null where the method expects nothing in particular. */
  expected: z.number().nullable(),
  /** Null where the test has no statistic for a single class. */
  z: z.number().nullable(),
  /** Sums, where the test is about money: exact decimal text. */
  amount: DecimalText.optional(),
  expectedAmount: DecimalText.optional(),
});
export const PopulationShape = z.strictObject({
  rows: Count,
  used: Count,
  excluded: z.array(z.strictObject({ reason: z.string(), count: Count })),
});
export const TestRunShape = z.strictObject({
  test: z.string(),
  version: z.string(),
  title: z.string(),
  parameters: z.record(z.string(), z.string()),
  population: PopulationShape,
  statistics: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  bins: z.array(BinShape),
  limits: z.array(z.string()),
  findings: Count,
  /** Why the test could not run; null when it ran. */
  notRun: z.string().nullable(),
  /** The same as a word, with the columns that are missing; absent when it ran. */
  notRunCode: z
    .enum(['column-missing', 'no-ledger', 'switched-off', 'not-asked', 'left-for-later', 'unfinished', 'fault'])
    .optional(),
  missing: z.array(z.string()).optional(),
  /** Absent in runs of before these were recorded. */
  side: z.enum(['bank', 'ledger']).optional(),
  /** Columns the test read. */
  columns: z.array(z.string()).optional(),
  /** SHA-256 over what the result depends on: test, version, parameters, sources and decisions behind the columns it read. */
  basis: z.string().optional(),
  /** When it was computed: earlier than the examination where the result was taken over. */
  ranAt: InstantText.optional(),
  /** The result is that of an earlier examination, with the same basis. */
  reused: z.boolean().optional(),
});
export type TestRunShape = z.infer<typeof TestRunShape>;

export const testsContract = {
  'tests.list': query({
    permission: 'public',
    summary: 'The forensic tests with versions, needed columns and parameters',
    input: Empty,
    output: z.strictObject({
      tests: z.array(
        z.strictObject({
          id: z.string(),
          version: z.string(),
          title: z.string(),
          group: z.string(),
          needs: z.array(z.string()),
          uses: z.array(z.string()),
          parameters: z.array(
            z.strictObject({
              name: z.string(),
              kind: z.string(),
              default: z.string(),
              choices: z.array(z.string()).optional(),
              meaning: z.string(),
            }),
          ),
        }),
      ),
    }),
  }),
  'tests.catalogue': query({
    permission: 'finding.read',
    summary:
      'Every test as it stands in a case: what it needs, whether it can run, its parameters in force, its last run',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      settingsVersion: Count,
      /** Sources that the tests of each side run on. */
      rows: z.strictObject({ bank: Count, ledger: Count }),
      tests: z.array(
        z.strictObject({
          id: z.string(),
          version: z.string(),
          title: z.string(),
          group: z.string(),
          side: z.enum(['bank', 'ledger']),
          needs: z.array(z.string()),
          uses: z.array(z.string()),
          explanations: z.array(z.string()),
          hasBins: z.boolean(),
          /** Needed columns that no source of its side states. */
          missing: z.array(z.string()),
          /** A test of the ledger in a case without one. */
          noLedger: z.boolean(),
          /** Why the case does not run it; null when it does. */
          off: z.string().nullable(),
          parameters: z.array(
            z.strictObject({
              name: z.string(),
              kind: z.string(),
              choices: z.array(z.string()).optional(),
              meaning: z.string(),
              default: z.string(),
              /** What the next run takes, and where it comes from. */
              value: z.string(),
              origin: z.enum(['default', 'examination', 'case', 'test']),
            }),
          ),
          last: TestRunShape.nullable(),
          /** The last run would come out of other data or parameters now. */
          stale: z.boolean(),
        }),
      ),
      /** Names of the sources that state each column, by side. */
      statedIn: z.strictObject({
        bank: z.record(z.string(), z.array(z.string())),
        ledger: z.record(z.string(), z.array(z.string())),
      }),
    }),
  }),
  'files.test': job({
    permission: 'public',
    summary: 'Runs one forensic test on any table; stores nothing',
    input: z.strictObject({
      grant: FileGrant,
      test: z.string(),
      /** Header name or number of the column that plays each part; `debit` and `credit` together are an amount. */
      columns: z.partialRecord(z.enum(TABLE_PARTS), z.string()),
      parameters: z.record(z.string(), z.string()).default({}),
    }),
    output: z.strictObject({
      test: z.string(),
      version: z.string(),
      parameters: z.record(z.string(), z.string()),
      population: PopulationShape,
      statistics: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      bins: z.array(BinShape),
      findings: z.array(
        z.strictObject({
          rows: z.array(z.union([z.number(), z.string()])),
          score: z.number(),
          reason: z.string(),
          severity: z.string(),
        }),
      ),
      limits: z.array(z.string()),
    }),
    audit: null,
  }),
};
