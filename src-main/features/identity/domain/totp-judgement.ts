/** Time step of RFC 6238 in seconds, as every authenticator has it. */
export const TOTP_STEP_SECONDS = 30;
/** Steps before and after the current one whose code is taken (RFC 6238, section 5.2: transmission and small drift). */
export const TOTP_WINDOW = 1;
/** How far a code is looked for to tell a wrong clock from a wrong code: one hour either way. */
const SKEW_STEPS = 120;

export type TotpJudgement =
  | { readonly verdict: 'accepted'; readonly step: number }
  /** The code of a step at or before the last accepted one: used already, or the clock went back. */
  | { readonly verdict: 'replayed'; readonly step: number }
  /** The code of another time within the hour: a clock is wrong. Minutes the authenticator is ahead of this station. */
  | { readonly verdict: 'skewed'; readonly step: number; readonly minutesAhead: number }
  | { readonly verdict: 'wrong' };

export interface TotpQuestion {
  readonly code: string;
  /** The code of a time step, by the account's secret. */
  readonly codeAt: (step: number) => string;
  readonly nowStep: number;
  /** The greatest step ever accepted; every accepted step is greater, whatever the clock says. Null: none yet. */
  readonly lastStep: number | null;
  /** Steps that a hint gave away as `skewed`: whoever guesses must not learn a code that will be good in ten minutes. */
  readonly spentSteps: readonly number[];
}

/** The time step of an instant. */
export const totpStepOf = (epochMs: number): number => Math.floor(epochMs / 1000 / TOTP_STEP_SECONDS);

/**
 * Judges a one-time code (RFC 6238, section 5.2: a code is accepted once only). Steps are looked at nearest first, each
 * compared in full, so the time taken tells nothing of a digit.
 */
export const judgeTotp = ({ code, codeAt, nowStep, lastStep, spentSteps }: TotpQuestion): TotpJudgement => {
  const offsets = Array.from({ length: 2 * SKEW_STEPS + 1 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2));
  const matching = offsets.map(offset => nowStep + offset).filter(step => step >= 0 && sameText(codeAt(step), code));
  const isFresh = (step: number): boolean => (lastStep === null || step > lastStep) && !spentSteps.includes(step);
  const inWindow = matching.filter(step => Math.abs(step - nowStep) <= TOTP_WINDOW);
  const accepted = inWindow.find(isFresh);
  if (accepted !== undefined) return { verdict: 'accepted', step: accepted };
  const [used] = inWindow;
  if (used !== undefined) return { verdict: 'replayed', step: used };
  const [other] = matching;
  if (other === undefined) return { verdict: 'wrong' };
  if (spentSteps.includes(other)) return { verdict: 'replayed', step: other };
  return { verdict: 'skewed', step: other, minutesAhead: ((other - nowStep) * TOTP_STEP_SECONDS) / 60 };
};

const sameText = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
};
