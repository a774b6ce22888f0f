import { z } from 'zod';
import { Count, DateText, DecimalText, InstantText, query, Uuid } from './channel.ts';

const FieldStatistics = z.strictObject({
  field: z.string(),
  rows: Count,
  known: Count,
  distinct: Count.nullable(),
  /** The commonest values with their rows. */
  top: z.array(z.strictObject({ value: z.string(), rows: Count })),
  /** Of amounts and dates. */
  minimum: z.union([DecimalText, DateText]).nullable(),
  maximum: z.union([DecimalText, DateText]).nullable(),
  /** A value that occurs: the lower of the two middle ones where their number is even. */
  median: z.union([DecimalText, DateText]).nullable(),
});

export const qualityContract = {
  'quality.fields': query({
    permission: 'evidence.read',
    summary: 'Statistics of each field of a case: how many values are known and distinct, the commonest, the range',
    input: z.strictObject({ caseId: Uuid, sourceId: Uuid.optional() }),
    output: z.strictObject({ fields: z.array(FieldStatistics) }),
  }),
  'quality.trend': query({
    permission: 'finding.read',
    summary: 'Scores of all examinations of a case, oldest first',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      runs: z.array(
        z.strictObject({
          runId: Uuid,
          ranAt: InstantText,
          score: z.number().nullable(),
          dimensions: z.record(z.string(), z.number().nullable()),
        }),
      ),
    }),
  }),
};
