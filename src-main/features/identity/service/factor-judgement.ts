import { NexusError } from '../../../contract/errors.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import { readRecoveryCode } from '../domain/recovery-code.ts';
import { judgeTotp, totpStepOf } from '../domain/totp-judgement.ts';
import type { FactorRecord } from '../storage/factor.repository.ts';
import { findRecoveryCode } from './recovery-codes.ts';
import { totpCode } from './totp.ts';

/** A code that holds, and what it spends. */
export type FactorAcceptance =
  | { readonly by: 'totp'; readonly step: number }
  | { readonly by: 'recovery-code'; readonly ordinal: number };
/** A code that does not. */
export interface FactorRefusal {
  readonly by: 'refused';
  /** What the log says of it. */
  readonly reason: 'wrong' | 'replayed' | 'clock';
  readonly hint: string;
  /** A step that the hint gives away: it is spent. */
  readonly spentStep: number | null;
  /** A guess that must slow the next one down; a recovery code cannot be guessed. */
  readonly counts: boolean;
}

const refused = (reason: FactorRefusal['reason'], hint: string, rest: Partial<FactorRefusal> = {}): FactorRefusal => ({
  by: 'refused',
  reason,
  hint,
  spentStep: null,
  counts: true,
  ...rest,
});

/**
 * Judges a one-time code by the account’s factor, or a recovery code by the store. Changes nothing. `spentCodes`: ordinals
 * of recovery codes that are spent though the store does not know it.
 */
export const judgeFactor = (
  store: ReadStore,
  factor: FactorRecord,
  code: string,
  nowMs: number,
  spentCodes: readonly number[] = [],
): FactorAcceptance | FactorRefusal => {
  const recovery = readRecoveryCode(code);
  if (recovery !== null) {
    const ordinal = findRecoveryCode(store, factor.account_id, recovery);
    return ordinal === null || spentCodes.includes(ordinal)
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

/** Steps that hints gave away. */
export const spentStepsOf = (factor: FactorRecord): number[] => JSON.parse(factor.spent_steps) as number[];

export const refusal = ({ reason, hint }: FactorRefusal, triesLeft: number): NexusError =>
  new NexusError({
    code: reason === 'wrong' ? 'factor.code-wrong' : reason === 'clock' ? 'factor.clock' : 'factor.code-used',
    category: 'permission',
    message: `The code was refused. ${hint}`,
    kept: 'Nothing was changed. The refusal is in the log.',
    remedy: `${triesLeft} tries left; then only a recovery code helps.`,
  });

export const exhausted = (): NexusError =>
  new NexusError({
    code: 'factor.exhausted',
    category: 'permission',
    message: `One-time codes were refused ${MAX_FACTOR_FAILURES} times in a row and are no longer taken.`,
    kept: 'Nothing was changed.',
    remedy: 'Use a recovery code, or ask a supervisor to reset the one-time codes.',
  });
