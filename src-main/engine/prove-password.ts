import { NexusError } from '../contract/errors.ts';
import type { Credentials } from '../features/identity/service/open-slot.ts';
import type { PasswordSlot } from '../platform/key-slots.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import { readHeader } from '../platform/workspace-files.ts';
import type { HandlerContext } from './handler.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';

/**
 * Proves by the password (and its device secret) that the person at the station is the session's account; answers the
 * slot. A failed try counts like one at sign-in, and is logged at once. Throws `workspace.locked` and what throttling throws.
 */
export const provePassword = async (
  context: HandlerContext,
  entrance: WorkspaceEntrance,
  password: string,
  keyFile: Credentials['keyFile'],
): Promise<PasswordSlot> => {
  const { opened } = context.session;
  if (opened === null) throw new Error('the session has no workspace');
  const { workspace, actor } = opened;
  try {
    const { dataKey, slot } = await entrance.unlock(readHeader(workspace.folder), {
      username: actor,
      password,
      keyFile,
    });
    dataKey.fill(0);
    if (slot === null) throw new Error('the header has no accounts');
    opened.provedAtMs = context.ports.clock.monotonic();
    return slot;
  } catch (error) {
    const { code } = errorDataOf(error);
    if (error instanceof NexusError && !workspace.trail.isHeld) {
      workspace.write.transaction(() =>
        workspace.trail.append(workspace.write, opened, 'session.proof-refused', { code }),
      );
      await entrance.throttle.logged(workspace.workspaceId);
    }
    throw error;
  }
};
