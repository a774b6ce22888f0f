import { NexusError } from '../contract/errors.ts';
import type { Actor } from '../features/audit/service/audit-trail.ts';
import type { RightsHolder, RoleName } from '../features/identity/domain/policy.ts';
import type { SessionId } from './engine-client.ts';
import type { OpenWorkspace } from './open-workspace.ts';

/** The account that signed in, as the engine holds it while the session lasts. */
export interface SessionAccount extends RightsHolder {
  readonly id: string;
  readonly username: string;
}

/** A session in a workspace: who acts, as what, through which point of view. */
export interface OpenedSession {
  readonly workspace: OpenWorkspace;
  /** Read afresh at each call, so that a revocation or a change of roles holds from the next call on. */
  account: SessionAccount;
  /** The account's user name, as the log and decisions carry it. */
  readonly actor: string;
  /** The account's primary role. */
  role: RoleName;
  /** The point of view taken: it only narrows. */
  pov: RoleName;
  /** Monotonic milliseconds of the last proof that it is this person (password, one-time code); null: none since sign-in ended. */
  provedAtMs: number | null;
  /**
   * True from the password until a one-time code, a recovery code or a linked provider proved the second step, for an
   * account that has one-time codes: until then only SECOND_STEP_CHANNELS answer.
   */
  secondStepDue: boolean;
  /** When it signed in: ISO 8601, and on the monotonic clock. */
  readonly since: string;
  readonly sinceMs: number;
  /** Monotonic milliseconds of the last sign of a person in it: idleness counts from there. */
  lastCallMs: number;
  /** The account's sign-in before this one, and failed tries since. */
  readonly lastSignIn: { readonly at: string | null; readonly failedSince: number };
}

/** One window, command or connection. Lives in the engine; hosts hold only its id. */
export interface Session {
  readonly id: SessionId;
  /** Null until a workspace is open. */
  opened: OpenedSession | null;
  /** True once the host ended it; what is still under way may not open anything for it. */
  ended: boolean;
}

/** Who acts in a session, as its log entries name it. */
export const actorOf = ({ actor, role, pov }: OpenedSession): Actor => ({ actor, role, pov });

/** The workspace of a session. Throws `workspace.closed` where none is open. */
export const workspaceOf = (session: Session): OpenWorkspace => {
  if (session.opened !== null) return session.opened.workspace;
  throw new NexusError({
    code: 'workspace.closed',
    category: 'permission',
    message: 'No workspace is open.',
    kept: 'Nothing was changed.',
    remedy: 'Open a workspace first.',
  });
};
