import type { ChannelName } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import type { AuditObject } from '../../features/audit/domain/audit-log.ts';
import type { CallQuota } from '../quota.ts';
import type { FloodSummary } from '../quota-flood.ts';
import type { OpenedSession } from '../session.ts';
import type { GateRefusal } from './refusals.ts';

/** Logs a refusal durably; a flood of them is stopped before it floods the log and holds up the others. */
export const logDenial = (
  opened: OpenedSession | null,
  quota: CallQuota,
  channel: ChannelName,
  { reason }: GateRefusal,
): void => {
  if (opened === null || opened.workspace.trail.isHeld) return;
  quota.deny(channel);
  append(opened, 'access.denied', { channel, permission: contract[channel].permission, reason });
};

/** One entry a flood. Without a workspace there is no log to hold it, and nothing that could be harmed. */
export const logFlood = (opened: OpenedSession | null, flood: FloodSummary): void =>
  append(opened, 'gateway.flood-refused', { ...flood });

/** Nothing where no log is open, or none that may be written to. */
const append = (opened: OpenedSession | null, act: string, obj: AuditObject): void => {
  if (opened === null || opened.workspace.trail.isHeld) return;
  const { write, trail } = opened.workspace;
  write.transaction(() => trail.append(write, opened, act, obj));
};
