import { z } from 'zod';
import { Count, FileGrant, job } from './channel.ts';

/** The id column's value, else the row's number in its file. */
const RowName = z.union([z.string(), z.number()]);
const Evidence = z.strictObject({
  field: z.string(),
  level: z.string(),
  a: z.string(),
  b: z.string(),
  bits: z.number(),
});
const Pair = z.strictObject({
  a: RowName,
  b: RowName,
  /** Probability of a match, and the same in bits (log2 of the odds). */
  score: z.number(),
  weight: z.number(),
});
const Why = { prior: z.number(), contributions: z.array(Evidence) };

export const LinkageModelShape = z.strictObject({
  version: z.string(),
  threshold: z.number(),
  prior: z.number(),
  /** Null where there were no two rows to compare. */
  priorBits: z.number().nullable(),
  expectedMatches: z.number(),
  rounds: Count,
  converged: z.boolean(),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      filled: Count,
      distinct: Count,
      estimated: z.boolean(),
      levels: z.array(z.strictObject({ level: z.string(), m: z.number(), u: z.number(), bits: z.number() })),
    }),
  ),
  leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
  overlaps: z.array(z.strictObject({ first: z.string(), second: z.string(), bits: z.number() })),
  distinctRecords: Count,
  compared: Count,
  possible: Count,
  blocking: z.array(z.string()),
  limits: z.array(z.string()),
});

export const partiesContract = {
  'tables.link': job({
    permission: 'public',
    summary: 'Finds rows of a table, or of two tables across, that are the same real-world thing; stores nothing',
    input: z.strictObject({
      grants: z.array(FileGrant).min(1).max(2),
      id: z.string().max(400).optional(),
      fields: z.array(z.string().max(400)).min(1).max(200).optional(),
      parameters: z.record(z.string(), z.string()).default({}),
    }),
    output: z.strictObject({
      rows: Count,
      pairs: z.array(Pair.extend({ prior: Why.prior.optional(), contributions: Why.contributions.optional() })),
      clusters: z.array(z.array(RowName)),
      /** Of two tables: pairs at or above the threshold that a better pair of one of their rows outdoes. */
      competing: z.array(Pair),
      model: LinkageModelShape,
      /** The largest clusters, each with the evidence of its first row's weakest pair. */
      explained: z.array(Pair.extend({ size: Count, ids: z.array(RowName), ...Why })),
    }),
    audit: null,
  }),
};
