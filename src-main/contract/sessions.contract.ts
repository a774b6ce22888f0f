import { z } from 'zod';
import { Count, command, Empty, FileGrant, InstantText, query } from './channel.ts';
import { Passphrase, Role, WorkspaceStatus } from './workspaces.contract.ts';

/** Why a session was locked. */
export const LOCK_REASONS = [
  'user',
  'idle',
  'too-long',
  'suspended',
  'system-locked',
  'revoked',
  'ended',
  'engine-stopped',
] as const;
export const LockReason = z.enum(LOCK_REASONS);
export type LockReason = z.infer<typeof LockReason>;

const SessionView = z.strictObject({
  id: z.string(),
  username: z.string(),
  pov: Role,
  since: InstantText,
  /** Whole seconds since its person last did anything. */
  idleSeconds: Count,
  current: z.boolean(),
});

export const sessionsContract = {
  'sessions.list': query({
    permission: 'account.own',
    summary: 'Sessions in this workspace on this station: one’s own; all for a supervisor',
    input: Empty,
    output: z.strictObject({ sessions: z.array(SessionView) }),
  }),
  'sessions.end': command({
    permission: 'account.own',
    summary: 'Ends a session: one of one’s own; any for a supervisor',
    input: z.strictObject({ id: z.string().min(1).max(100) }),
    output: z.strictObject({ sessions: z.array(SessionView) }),
    audit: 'session.ended',
  }),
  'sessions.prove': command({
    permission: 'account.own',
    summary: 'Proves by the password (and what goes with it) that it is still this person: for guarded actions',
    input: z.strictObject({ passphrase: Passphrase, keyFile: FileGrant.optional() }),
    output: z.strictObject({ provedForMs: Count }),
    audit: 'session.proved',
  }),
  'sessions.touch': query({
    permission: 'public',
    summary: 'Says that a person touched the window: puts the idle lock off, as commands do and queries do not',
    input: Empty,
    output: Empty,
  }),
  'sessions.lock': command({
    permission: 'workspace.use',
    summary: 'Locks every session of this station: the program part that holds the keys ends',
    input: Empty,
    output: WorkspaceStatus,
    audit: 'session.locked',
  }),
};
