import { z } from 'zod';
import { Count, command, InstantText, PageRequest, query, Uuid } from './channel.ts';

export const ALERT_RULES = [
  'failed-unlocks',
  'mass-export',
  'off-hours-views',
  'clock-anomaly',
  'chain-anomaly',
  'permission-probing',
  'new-station',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** An alert of the threat rules: which entries of the log it rests on, and who has looked at it. */
export const AlertShape = z.strictObject({
  id: Uuid,
  rule: z.enum(ALERT_RULES),
  severity: z.enum(['high', 'medium']),
  raisedAt: InstantText,
  /** Whose doing raised it; 'system' where nobody’s. */
  actor: z.string(),
  /** What was seen, in a sentence with its figures. */
  words: z.string(),
  /** First and last entry of the log it rests on, and how many events these record. */
  firstSeq: Count,
  lastSeq: Count,
  events: Count,
  acknowledged: z.strictObject({ by: z.string(), at: InstantText, note: z.string() }).nullable(),
});
export type AlertShape = z.infer<typeof AlertShape>;

export const alertsContract = {
  'alerts.list': query({
    permission: 'security.read',
    summary: 'Alerts of the threat rules, newest first',
    input: z.strictObject({ state: z.enum(['open', 'all']).default('open'), ...PageRequest }),
    output: z.strictObject({ total: Count, open: Count, alerts: z.array(AlertShape) }),
  }),
  'alerts.acknowledge': command({
    permission: 'security.read',
    summary: 'Notes who has looked at an alert and what came of it; the alert stays',
    input: z.strictObject({ alertId: Uuid, note: z.string().trim().min(1).max(2000) }),
    output: AlertShape,
    audit: 'security.alert-acknowledged',
  }),
};
