import { z } from 'zod';
import { Count, InstantText, job, query, Uuid } from './channel.ts';

/** What a test found of motifs planted into a copy of the case's own records (docs/specs/calibration.md). */
export const CalibratedTest = z.strictObject({
  test: z.string(),
  version: z.string(),
  title: z.string(),
  /** Why it was not calibrated; null where it was, and then all figures are there. */
  notCalibrated: z.string().nullable(),
  motif: z.string().nullable(),
  planted: Count.nullable(),
  found: Count.nullable(),
  /** found ÷ planted. */
  recall: z.number().nullable(),
  /** Of the recall, 95 % (Clopper and Pearson 1934). */
  recallLow: z.number().nullable(),
  recallHigh: z.number().nullable(),
  /** Findings on the copy before anything was planted, in all and per 1,000 rows. */
  alarms: Count.nullable(),
  alarmsPerThousand: z.number().nullable(),
  /** Median place of the findings that hold a planted motif among all findings of the planted copy (1 is first), of how many. */
  medianRank: z.number().nullable(),
  ranked: Count.nullable(),
});
export type CalibratedTest = z.infer<typeof CalibratedTest>;

export const CalibrationShape = z.strictObject({
  id: Uuid,
  ranAt: InstantText,
  seed: Count,
  /** Motifs planted a test. */
  motifs: Count,
  rows: Count,
  tests: z.array(CalibratedTest),
});
export type CalibrationShape = z.infer<typeof CalibrationShape>;

export const calibrationsContract = {
  'calibrations.run': job({
    permission: 'detection.run',
    summary:
      'Plants motifs into a copy of the case’s columns and measures what each test finds; the records stay as they are',
    input: z.strictObject({
      caseId: Uuid,
      seed: z.number().int().min(0).max(0x7fffffff).default(1),
      motifs: z.number().int().min(1).max(200).default(20),
    }),
    output: CalibrationShape,
    audit: 'calibration.completed',
  }),
  'calibrations.read': query({
    permission: 'finding.read',
    summary:
      'The latest calibration of a case; null before the first. `stale`: records or decisions have changed since',
    input: z.strictObject({ caseId: Uuid }),
    output: CalibrationShape.extend({ stale: z.boolean() }).nullable(),
  }),
};
