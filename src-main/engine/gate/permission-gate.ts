import { mayUse } from '../../features/identity/domain/policy.ts';
import type { OpenedSession } from '../session.ts';
import { refusal } from './refusals.ts';

const povOf = ({ role, pov }: OpenedSession): string =>
  role === pov ? `The role ${role}` : `The role ${role}, from the point of view ${pov},`;

/** First gate: the account's roles, seen from its point of view, allow the channel. */
export const assertPermission = (opened: OpenedSession | null, channel: string, permission: string): void => {
  if (mayUse(opened?.account ?? null, opened?.pov ?? null, permission)) return;
  if (opened === null)
    throw refusal('workspace-closed', 'workspace.closed', 'No workspace is open.', 'Open a workspace first.');
  throw refusal(
    'permission',
    'permission.denied',
    `${povOf(opened)} may not use ${channel} (needs ${permission}).`,
    'Ask someone whose role allows it.',
  );
};
