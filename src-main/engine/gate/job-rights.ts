import { NexusError } from '../../contract/errors.ts';
import type { ChannelName } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import { rightsOf } from '../../features/identity/domain/policy.ts';
import type { Session } from '../session.ts';
import { accountNow } from '../session-account.ts';
import { assertInScope } from './case-scope-gate.ts';

/** What a job's account may do now, of what it was let in for when the job began. */
export interface JobRights {
  /** True while the job may go on: the account's roles, as seen when it began, and its cases still allow it. */
  readonly mayRun: () => boolean;
  /** True while its result may be shown: the point of view taken now allows it as well. */
  readonly maySee: () => boolean;
}

/**
 * Work that outlives its call is judged again whenever it writes, ends or is asked for: a revoked account, a changed role
 * or a case taken away ends it. A point of view is one's own choice and narrows what is shown, not what was begun.
 */
export const jobRights = (session: Session, channel: ChannelName, input: unknown): JobRights => {
  const begun = session.opened;
  const { permission } = contract[channel];
  if (begun === null || permission === 'public') return { mayRun: () => true, maySee: () => true };
  const { pov } = begun;
  const inScope = (): boolean => {
    try {
      assertInScope(begun, channel, input);
      return true;
    } catch (error) {
      if (error instanceof NexusError) return false;
      throw error;
    }
  };
  const mayRun = (): boolean => {
    // Signed in anew, or no longer: whoever is there now did not begin it.
    if (session.opened !== begun) return false;
    const account = accountNow(begun);
    return account !== null && rightsOf(account, pov).has(permission) && inScope();
  };
  return { mayRun, maySee: () => mayRun() && rightsOf(begun.account, begun.pov).has(permission) };
};
