import { NexusError } from '../../../contract/errors.ts';
import type { HandlerContext } from '../../../engine/handler.ts';
import type { WriteStore } from '../../../platform/store.ts';
import { factorWaitSeconds, MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import { readRecoveryCode } from '../domain/recovery-code.ts';
import { factorOf, spendCode, unspentCodes, updateFactor } from '../storage/factor.repository.ts';
import type { FactorAcceptance } from './factor-judgement.ts';
import { exhausted, judgeFactor, refusal, spentStepsOf } from './factor-judgement.ts';
import { assertRested, noteFailure, noteSuccess } from './factor-rest.ts';

/** The session's account and workspace, as a handler of an open workspace has them. */
export type SignedIn = NonNullable<HandlerContext['session']['opened']>;

export const signedIn = ({ session, workspace }: HandlerContext): SignedIn => {
  workspace(); // refuses a session without one
  return session.opened!;
};

export const notEnrolled = (): NexusError =>
  new NexusError({
    code: 'factor.not-enrolled',
    category: 'conflict',
    message: 'This account has no one-time codes.',
    kept: 'Nothing was changed.',
    remedy: 'Set them up first.',
  });

/**
 * Judges a code. A refusal is counted and logged in a unit of work of its own, since the command that asked is refused;
 * an acceptance changes nothing yet.
 */
export const assertCode = (context: HandlerContext, code: string): void => {
  const { account, workspace } = signedIn(context);
  const factor = factorOf(workspace.read, account.id);
  if (factor === undefined) throw notEnrolled();
  if (readRecoveryCode(code) === null) {
    if (factor.failures >= MAX_FACTOR_FAILURES) throw exhausted();
    assertRested(workspace, account.id, factorWaitSeconds(factor.failures), context.ports.clock.monotonic());
  }
  const judged = judgeFactor(workspace.read, factor, code, context.ports.clock.now());
  if (judged.by !== 'refused') return;
  const failures = factor.failures + (judged.counts ? 1 : 0);
  workspace.write.transaction(() => {
    updateFactor(workspace.write, account.id, {
      failures,
      ...(judged.spentStep === null
        ? {}
        : { spent_steps: JSON.stringify([...spentStepsOf(factor), judged.spentStep]) }),
    });
    workspace.trail.append(workspace.write, signedIn(context), 'factor.refused', { reason: judged.reason, failures });
  });
  if (judged.counts) noteFailure(workspace, account.id, context.ports.clock.monotonic());
  throw refusal(judged, MAX_FACTOR_FAILURES - failures);
};

/** Spends a code inside the unit of work it proves for: the time step moves on, the recovery code is used up. */
export const spendFactor = (
  store: WriteStore,
  context: HandlerContext,
  code: string,
): { readonly by: FactorAcceptance['by']; readonly recoveryCodesLeft: number } => {
  const { account, workspace } = signedIn(context);
  const factor = factorOf(store, account.id);
  if (factor === undefined) throw notEnrolled();
  // Judged again: between the two another window may have used it.
  const judged = judgeFactor(store, factor, code, context.ports.clock.now());
  if (judged.by === 'refused') throw refusal(judged, MAX_FACTOR_FAILURES - factor.failures);
  if (judged.by === 'totp')
    updateFactor(store, account.id, {
      last_step: judged.step,
      failures: 0,
      spent_steps: JSON.stringify(spentStepsOf(factor).filter(step => step > judged.step)),
    });
  else {
    spendCode(store, account.id, judged.ordinal, new Date(context.ports.clock.now()).toISOString());
    updateFactor(store, account.id, { failures: 0 });
  }
  noteSuccess(workspace, account.id);
  return { by: judged.by, recoveryCodesLeft: unspentCodes(store, account.id).length };
};

/** From now on the session counts as proved: its second step is given, and guarded actions are open for their while. */
export const markProved = (context: HandlerContext): void => {
  const opened = signedIn(context);
  opened.secondStepDue = false;
  opened.provedAtMs = context.ports.clock.monotonic();
};
