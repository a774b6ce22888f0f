import { z } from 'zod';
import { Count, command, DecimalText, InstantText, job, PageRequest, query, Uuid } from './channel.ts';

const PartyKey = z.string().min(1).max(400);
const PartyFacts = z.strictObject({
  /** Standardized key. */
  party: z.string(),
  spellings: z.array(z.string()),
  accounts: z.array(z.string()),
  rows: Count,
  sums: z.array(z.strictObject({ currency: z.string().nullable(), credits: DecimalText, debits: DecimalText })),
  sources: z.array(z.string()),
});
/** One step of the waterfall: how much evidence a field gives, in bits (log2 of the Bayes factor). */
const Contribution = z.strictObject({
  field: z.string(),
  level: z.string(),
  a: z.string(),
  b: z.string(),
  bits: z.number(),
});

export const partyReviewsContract = {
  'parties.propose': job({
    permission: 'detection.run',
    summary: 'Looks for parties that are the same under several names or accounts; proposes, merges nothing',
    input: z.strictObject({ caseId: Uuid, threshold: z.number().min(0.5).max(0.999).optional() }),
    output: z.strictObject({ parties: Count, pairs: Count, clusters: Count, threshold: z.number() }),
    audit: 'parties.proposed',
  }),
  'parties.list': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'parties' },
    summary: 'Parties of a case, merged ones as one, those with most rows first',
    input: z.strictObject({ caseId: Uuid, text: z.string().max(200).optional(), ...PageRequest }),
    output: z.strictObject({
      total: Count,
      parties: z.array(
        z.strictObject({ name: z.string(), members: z.array(PartyFacts), rows: Count, confirmed: z.boolean() }),
      ),
    }),
  }),
  'parties.proposals': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'parties' },
    summary: 'Proposed clusters that nobody has decided on, strongest first, with the pairs that hold them together',
    input: z.strictObject({ caseId: Uuid, ...PageRequest }),
    output: z.strictObject({
      proposedAt: InstantText.nullable(),
      threshold: z.number().nullable(),
      /** Records or rules have changed since the proposals were made. */
      stale: z.boolean(),
      total: Count,
      clusters: z.array(
        z.strictObject({
          members: z.array(PartyFacts),
          pairs: z.array(
            z.strictObject({
              a: z.string(),
              b: z.string(),
              /** Probability of being the same party. */
              score: z.number(),
              /** log2 of the prior odds, then one contribution a field: they add up to `bits`. */
              prior: z.number(),
              bits: z.number(),
              contributions: z.array(Contribution),
            }),
          ),
        }),
      ),
    }),
  }),
  'parties.merge': command({
    permission: 'case.write',
    summary: 'Confirms that party keys stand for one party; a step that can be undone',
    input: z.strictObject({
      caseId: Uuid,
      parties: z.array(PartyKey).min(2).max(1000),
      name: z.string().trim().min(1).max(400),
    }),
    output: z.strictObject({ seq: Count }),
    audit: 'parties.merged',
  }),
  'parties.split': command({
    permission: 'case.write',
    summary: 'Takes party keys out of the party they were merged into',
    input: z.strictObject({ caseId: Uuid, parties: z.array(PartyKey).min(1).max(1000) }),
    output: z.strictObject({ seq: Count }),
    audit: 'parties.separated',
  }),
  'parties.keepApart': command({
    permission: 'case.write',
    summary: 'Decides that party keys are different parties: they are not proposed again',
    input: z.strictObject({ caseId: Uuid, parties: z.array(PartyKey).min(2).max(100) }),
    output: z.strictObject({ seq: Count }),
    audit: 'parties.distinguished',
  }),
};
