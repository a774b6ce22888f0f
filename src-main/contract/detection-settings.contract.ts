import { z } from 'zod';
import { Count, command, InstantText, query, Uuid } from './channel.ts';

const Values = z.record(z.string().max(100), z.string().max(2000));

/** Shared values, values for one test, and tests that are switched off, each with its reason. */
export const DetectionSettingsShape = z.strictObject({
  values: Values,
  overrides: z.record(z.string().max(100), Values),
  off: z.record(z.string().max(100), z.string().max(1000)),
});
export type DetectionSettingsShape = z.infer<typeof DetectionSettingsShape>;

const SettingsState = z.strictObject({
  /** 0 before the first change. */
  version: Count,
  settings: DetectionSettingsShape,
});

export const detectionSettingsContract = {
  'detection-settings.read': query({
    permission: 'case.read',
    summary: "The case's settings of its tests, what may be set, and who changed what",
    input: z.strictObject({ caseId: Uuid }),
    output: SettingsState.extend({
      shared: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.string(),
          choices: z.array(z.string()).optional(),
          meaning: z.string(),
          /** Tests that declare it. */
          tests: z.array(z.string()),
        }),
      ),
      /** Newest first. */
      history: z.array(
        z.strictObject({
          version: Count,
          at: InstantText,
          actor: z.string(),
          changes: z.array(z.string()),
          settings: DetectionSettingsShape,
        }),
      ),
    }),
  }),
  'detection-settings.change': command({
    permission: 'detection.run',
    summary: "Replaces the case's settings of its tests by a new version",
    input: z.strictObject({
      caseId: Uuid,
      /** The version the change was made on: a change that somebody made meanwhile is not overwritten. */
      base: Count,
      settings: DetectionSettingsShape,
    }),
    output: SettingsState,
    audit: 'detection-settings.changed',
  }),
};
