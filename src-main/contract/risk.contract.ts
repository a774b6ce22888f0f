import { z } from 'zod';
import { Count, InstantText, PageRequest, query, Uuid } from './channel.ts';
import { SEVERITIES } from './findings.contract.ts';

/** What a risk score or a typology is about: one transaction, one account, one party. */
export const RISK_LEVELS = ['transaction', 'account', 'party'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** What one test adds to a score. The points of all addends, added up, are the score. */
export const RiskAddend = z.strictObject({
  test: z.string(),
  title: z.string(),
  weight: z.number(),
  /** Of the strongest finding of this test that touches the unit. */
  severity: z.enum(SEVERITIES),
  score: z.number(),
  findingId: Uuid,
  reason: z.string(),
  /** The test's findings touch `rank` units at least this strongly, of `of` units in all. */
  rank: Count,
  of: Count,
  points: z.number(),
  /** Rows of the unit in findings of this test, and the filter `set` that opens exactly them; null where its name is too long. */
  rows: Count,
  set: z.string().nullable(),
});
export type RiskAddend = z.infer<typeof RiskAddend>;

export const RiskUnit = z.strictObject({
  /** Transaction id as text, account, or party; '' is "not stated". */
  key: z.string(),
  label: z.string(),
  /** 0 to 100 with two decimals. */
  score: z.number(),
  findings: Count,
  /** Rows of the unit in any finding, and the set that opens them. */
  rows: Count,
  set: z.string().nullable(),
  addends: z.array(z.strictObject({ test: z.string(), title: z.string(), points: z.number() })),
});
export type RiskUnit = z.infer<typeof RiskUnit>;

export const riskContract = {
  'risk.list': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary:
      'Transactions, accounts or parties ranked by risk score over the latest examination; null before the first',
    input: z.strictObject({
      caseId: Uuid,
      level: z.enum(RISK_LEVELS),
      /** Text contained in the account or party. */
      text: z.string().max(200).optional(),
      ...PageRequest,
    }),
    output: z
      .strictObject({
        ranAt: InstantText,
        stale: z.boolean(),
        /** Units with a finding (under the text, where one is given), and all units of the case. */
        total: Count,
        of: Count,
        units: z.array(RiskUnit),
      })
      .nullable(),
  }),
  'risk.read': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary: 'One transaction, account or party with every addend of its risk score',
    input: z.strictObject({ caseId: Uuid, level: z.enum(RISK_LEVELS), key: z.string().max(2000) }),
    output: z.strictObject({ unit: RiskUnit, rank: Count, addends: z.array(RiskAddend) }),
  }),
};
