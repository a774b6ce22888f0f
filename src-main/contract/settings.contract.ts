import { z } from 'zod';
import { Count, command, Empty, InstantText, query } from './channel.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** When people of this workspace work: the threat rules take views outside it for a sign. */
export const BusinessHours = z.strictObject({
  /** ISO 8601 weekdays: 1 Monday … 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: TimeOfDay,
  to: TimeOfDay,
  /** IANA time zone; null: the station's own. */
  timeZone: z.string().min(1).max(64).nullable(),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

/** What holds for everybody in a workspace. */
export const WorkspaceSettings = z.strictObject({
  /** Idle minutes after which a session locks: at most 15. */
  idleLockMinutes: z.number().int().min(1).max(15),
  businessHours: BusinessHours,
  /** Words of the organisation that no password may rest on. */
  organisationWords: z.array(z.string().trim().min(3).max(100)).max(1000),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

export const DEFAULT_WORKSPACE_SETTINGS: WorkspaceSettings = {
  idleLockMinutes: 10,
  businessHours: { days: [1, 2, 3, 4, 5], from: '07:00', to: '20:00', timeZone: null },
  organisationWords: [],
};

const Stored = z.strictObject({
  /** Counts the changes; 0: never changed. A change names the version it was made on. */
  version: Count,
  changedBy: z.string().nullable(),
  changedAt: InstantText.nullable(),
  settings: WorkspaceSettings,
});

export const settingsContract = {
  'settings.read': query({
    permission: 'workspace.use',
    summary: 'What holds for everybody in the workspace: idle lock, business hours, words no password may rest on',
    input: Empty,
    output: Stored,
  }),
  'settings.change': command({
    permission: 'settings.manage',
    summary: 'Replaces the workspace’s settings; refused where someone changed them since they were read',
    input: z.strictObject({ base: Count, settings: WorkspaceSettings }),
    output: Stored,
    audit: 'settings.changed',
    stepUp: true,
  }),
};
