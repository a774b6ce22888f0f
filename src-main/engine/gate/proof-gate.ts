import type { ChannelEntry } from '../../contract/channel.ts';
import { SECOND_STEP_CHANNELS } from '../../contract/factors.contract.ts';
import type { OpenedSession } from '../session.ts';
import { refusal } from './refusals.ts';

/** A proof that it is this person holds so long for guarded actions. */
export const PROOF_HOLDS_MS = 5 * 60_000;

/** An account with one-time codes gives one right after its password: until then only what gives it, or leaves, answers. */
export const assertSecondStep = (opened: OpenedSession | null, channel: string, permission: string): void => {
  if (opened === null || !opened.secondStepDue || permission === 'public' || SECOND_STEP_CHANNELS.has(channel)) return;
  throw refusal(
    'second-step-due',
    'session.second-step-due',
    'The second step of the sign-in is due.',
    'Give the one-time code of your authenticator, or a recovery code.',
  );
};

/**
 * True for what needs a fresh proof: what its contract guards, and records that leave as a file. A report is shown on the
 * screen by the same channel that saves it, so it leaves under its log entry and not under a proof.
 */
export const needsProof = (entry: ChannelEntry): boolean =>
  entry.stepUp === true || (entry.kind === 'query' && entry.logs?.kind === 'export' && entry.logs.of === 'records');

/** A guarded action needs a proof within five minutes, on a clock that nobody can set. */
export const assertProved = (
  opened: OpenedSession | null,
  channel: string,
  entry: ChannelEntry,
  nowMs: number,
): void => {
  if (opened === null || !needsProof(entry)) return;
  if (opened.provedAtMs !== null && nowMs - opened.provedAtMs < PROOF_HOLDS_MS) return;
  throw refusal(
    'step-up-needed',
    'session.step-up-needed',
    `${channel} needs a proof from within the last five minutes that it is you.`,
    'Give your password or a one-time code again, then repeat.',
  );
};
