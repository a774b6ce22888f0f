import { z } from 'zod';
import { Count, Empty, FileGrant, job, query } from './channel.ts';

export const BinShape = z.strictObject({ key: z.string(), count: z.number(), expected: z.number(), z: z.number() });
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
  'files.test': job({
    permission: 'public',
    summary: 'Runs one forensic test on any table; stores nothing',
    input: z.strictObject({
      grant: FileGrant,
      test: z.string(),
      columns: z.partialRecord(
        z.enum(['amount', 'date', 'party', 'reference', 'account', 'currency', 'id']),
        z.string(),
      ),
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
