import { NexusError } from '../../../contract/errors.ts';
import type { HandlerContext } from '../../../engine/handler.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { factorWaitSeconds, MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import { readRecoveryCode } from '../domain/recovery-code.ts';
import { judgeTotp, totpStepOf } from '../domain/totp-judgement.ts';
import type { FactorRecord } from '../storage/factor.repository.ts';
import { factorOf, spendCode, unspentCodes, updateFactor } from '../storage/factor.repository.ts';
import { assertRested, noteFailure, noteSuccess } from './factor-rest.ts';
import { findRecoveryCode } from './recovery-codes.ts';
import { totpCode } from './totp.ts';

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

type Accepted =
  | { readonly by: 'totp'; readonly step: number }
  | { readonly by: 'recovery-code'; readonly ordinal: number };
interface Refused {
  readonly by: 'refused';
  /** What the log says of it. */
  readonly reason: 'wrong' | 'replayed' | 'clock';
  readonly hint: string;
  /** A step that the hint gives away: it is spent. */
  readonly spentStep: number | null;
  /** A guess that must slow the next one down; a recovery code cannot be guessed. */
  readonly counts: boolean;
}

const refused = (reason: Refused['reason'], hint: string, rest: Partial<Refused> = {}): Refused => ({
  by: 'refused',
  reason,
  hint,
  spentStep: null,
  counts: true,
  ...rest,
});

const judge = (store: ReadStore, factor: FactorRecord, code: string, nowMs: number): Accepted | Refused => {
  const recovery = readRecoveryCode(code);
  if (recovery !== null) {
    const ordinal = findRecoveryCode(store, factor.account_id, recovery);
    return ordinal === null
      ? refused('wrong', 'It is none of this account’s unused recovery codes.', { counts: false })
      : { by: 'recovery-code', ordinal };
  }
  const judgement = judgeTotp({
    code: code.replace(/\s/g, ''),
    codeAt: step => totpCode(factor.secret, step),
    nowStep: totpStepOf(nowMs),
    lastStep: factor.last_step,
    spentSteps: spentStepsOf(factor),
  });
  switch (judgement.verdict) {
    case 'accepted':
      return { by: 'totp', step: judgement.step };
    case 'replayed':
      return refused('replayed', 'It was used already, or this station’s clock went back. Wait for the next code.');
    case 'skewed': {
      const minutes = Math.ceil(Math.abs(judgement.minutesAhead));
      const side = judgement.minutesAhead > 0 ? 'ahead of' : 'behind';
      return refused(
        'clock',
        `It is the code of another time: the authenticator is about ${minutes} min ${side} this station. Set the clock that is wrong.`,
        { spentStep: judgement.step },
      );
    }
    case 'wrong':
      return refused('wrong', 'It does not belong to this account.');
  }
};

const spentStepsOf = (factor: FactorRecord): number[] => JSON.parse(factor.spent_steps) as number[];

const refusal = ({ reason, hint }: Refused, triesLeft: number): NexusError =>
  new NexusError({
    code: reason === 'wrong' ? 'factor.code-wrong' : reason === 'clock' ? 'factor.clock' : 'factor.code-used',
    category: 'permission',
    message: `The code was refused. ${hint}`,
    kept: 'Nothing was changed. The refusal is in the log.',
    remedy: `${triesLeft} tries left; then only a recovery code helps.`,
  });

const exhausted = (): NexusError =>
  new NexusError({
    code: 'factor.exhausted',
    category: 'permission',
    message: `One-time codes were refused ${MAX_FACTOR_FAILURES} times in a row and are no longer taken.`,
    kept: 'Nothing was changed.',
    remedy: 'Use a recovery code, or ask a supervisor to reset the one-time codes.',
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
  const judged = judge(workspace.read, factor, code, context.ports.clock.now());
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
): { readonly by: Accepted['by']; readonly recoveryCodesLeft: number } => {
  const { account, workspace } = signedIn(context);
  const factor = factorOf(store, account.id);
  if (factor === undefined) throw notEnrolled();
  // Judged again: between the two another window may have used it.
  const judged = judge(store, factor, code, context.ports.clock.now());
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
