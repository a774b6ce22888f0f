import type { Permission } from '../../src-main/contract/channel.ts';
import { useChannel } from './engine/channel-hooks.ts';

/** What the session may do. False while it is not known yet: a button appears late rather than fails. */
export const usePermission = (permission: Permission): boolean =>
  useChannel('workspaces.status', {}).data?.permissions.includes(permission) ?? false;
