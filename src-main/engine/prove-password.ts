import { NexusError } from '../contract/errors.ts';
import type { Credentials } from '../features/identity/service/open-slot.ts';
import { assertInForce } from '../features/identity/service/sign-in.ts';
import type { PasswordSlot } from '../platform/key-slots.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import { readHeader } from '../platform/workspace-files.ts';
import type { HandlerContext } from './handler.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';

/**
 * Proves by the password (and its device secret) that the person at the station is the session's account; answers the
 * slot. A failed try counts like one at sign-in; the log is told of it, and of failed sign-ins that it does not know of yet.
 * Throws `workspace.locked`, `workspace.older-header` and what throttling throws.
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
  const header = readHeader(workspace.folder);
  let told = 0;
  try {
    const found = await entrance.unlock(header, { username: actor, password, keyFile });
    found.dataKey.fill(0);
    assertInForce(workspace, header, found);
    if (found.slot === null) throw new Error('the header has no accounts');
    opened.provedAtMs = context.ports.clock.monotonic();
    return found.slot;
  } catch (error) {
    const { code } = errorDataOf(error);
    if (error instanceof NexusError && !workspace.trail.isHeld) {
      workspace.write.transaction(() =>
        workspace.trail.append(workspace.write, opened, 'session.proof-refused', { code }),
      );
      told = code === 'workspace.locked' ? 1 : 0;
    }
    throw error;
  } finally {
    await entrance.logMissed(workspace, told);
  }
};
