import { NexusError } from '../../../contract/errors.ts';

/**
 * When each account of an open workspace last gave a wrong code, on the monotonic clock: setting the wall clock shortens
 * no wait. The count that sets the length is in the store; after a restart the wait begins anew.
 */
const lastFailureMs = new WeakMap<object, Map<string, number>>();

const restsOf = (workspace: object): Map<string, number> => {
  const known = lastFailureMs.get(workspace) ?? new Map<string, number>();
  lastFailureMs.set(workspace, known);
  return known;
};

/** Refuses a try that comes before its wait is over. */
export const assertRested = (workspace: object, accountId: string, waitSeconds: number, nowMs: number): void => {
  if (waitSeconds === 0) return;
  const rests = restsOf(workspace);
  const since = rests.get(accountId) ?? nowMs;
  rests.set(accountId, since);
  const leftSeconds = Math.ceil(waitSeconds - (nowMs - since) / 1000);
  if (leftSeconds <= 0) return;
  throw new NexusError({
    code: 'factor.throttled',
    category: 'permission',
    message: `Too many wrong codes: the next try is in ${leftSeconds} s.`,
    kept: 'Nothing was changed; the code was not looked at.',
    remedy: 'Wait, or use a recovery code.',
  });
};

export const noteFailure = (workspace: object, accountId: string, nowMs: number): void => {
  restsOf(workspace).set(accountId, nowMs);
};

export const noteSuccess = (workspace: object, accountId: string): void => {
  restsOf(workspace).delete(accountId);
};
