import type { HandlerContext } from '../../../engine/handler.ts';
import { factorWaitSeconds, MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import { readRecoveryCode } from '../domain/recovery-code.ts';
import { factorOf, unspentCodes } from '../storage/factor.repository.ts';
import type { FactorAcceptance } from './factor-judgement.ts';
import { exhausted, judgeFactor, refusal } from './factor-judgement.ts';
import { markProved, notEnrolled, signedIn } from './factor-proof.ts';
import { assertRested, noteFailure, noteSuccess } from './factor-rest.ts';
import type { HeldProofs } from './held-proofs.ts';

/**
 * Proves by a code in a store that is held, without writing to it: judged as ever, by what the store has and what was
 * spent since; what it spends is kept beside the store. Throws what a code is refused with.
 */
export const proveWhileHeld = (
  context: HandlerContext,
  proofs: HeldProofs,
  code: string,
): { readonly by: FactorAcceptance['by']; readonly recoveryCodesLeft: number } => {
  const opened = signedIn(context);
  const { account, workspace } = opened;
  const nowMs = context.ports.clock.monotonic();
  const stored = factorOf(workspace.read, account.id);
  if (stored === undefined || stored.confirmed_at === null) throw notEnrolled();
  const factor = proofs.factor(workspace, stored);
  if (readRecoveryCode(code) === null) {
    if (factor.failures >= MAX_FACTOR_FAILURES) throw exhausted();
    assertRested(workspace, account.id, factorWaitSeconds(factor.failures), nowMs);
  }
  const asOfNow = {
    ...stored,
    last_step: factor.lastStep,
    spent_steps: JSON.stringify(factor.spentSteps),
    failures: factor.failures,
  };
  const judged = judgeFactor(workspace.read, asOfNow, code, context.ports.clock.now(), factor.spentCodes);
  if (judged.by === 'refused') {
    const failures = factor.failures + (judged.counts ? 1 : 0);
    const spentSteps = judged.spentStep === null ? factor.spentSteps : [...factor.spentSteps, judged.spentStep];
    proofs.keep(workspace, account.id, { ...factor, failures, spentSteps });
    proofs.note(workspace, opened, 'factor.refused', { reason: judged.reason, failures });
    if (judged.counts) noteFailure(workspace, account.id, nowMs);
    throw refusal(judged, MAX_FACTOR_FAILURES - failures);
  }
  const spentCodes = judged.by === 'totp' ? factor.spentCodes : [...factor.spentCodes, judged.ordinal];
  const lastStep = judged.by === 'totp' ? judged.step : factor.lastStep;
  proofs.keep(workspace, account.id, { ...factor, lastStep, failures: 0, spentCodes });
  const left = unspentCodes(workspace.read, account.id).filter(({ ordinal }) => !spentCodes.includes(ordinal));
  const proved = { by: judged.by, recoveryCodesLeft: left.length };
  proofs.note(workspace, opened, 'factor.proved', proved);
  noteSuccess(workspace, account.id);
  markProved(context);
  return proved;
};
