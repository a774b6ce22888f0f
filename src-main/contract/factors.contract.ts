import { z } from 'zod';
import { Count, command, Empty, InstantText, query, Uuid } from './channel.ts';

/**
 * Channels open to a session whose second step is due: enough to give it, or to leave. An account with one-time codes
 * has to give one right after its password before any other channel answers.
 */
export const SECOND_STEP_CHANNELS: ReadonlySet<string> = new Set([
  'factors.read',
  'factors.prove',
  'oauth.list',
  'oauth.prove',
  'sessions.lock',
  'workspaces.close',
  'jobs.read',
  'jobs.cancel',
]);

/** Six digits of an authenticator, or a recovery code as printed (spaces, dashes and case do not matter). */
const CodeText = z.string().min(6).max(64);

/** A QR code as rows of modules, `#` dark and `.` light, for the window to draw: no image, no markup to trust. */
const QrModules = z.array(z.string().regex(/^[#.]+$/)).max(177);

/** What proves a person beyond the password. None of it carries key material: it never opens a workspace by itself. */
const FactorState = z.strictObject({
  /** One-time codes of an authenticator; null when none was begun. */
  totp: z
    .strictObject({
      confirmedAt: InstantText.nullable(),
      /** Wrong codes since the last right one, and how many are taken before only a recovery code helps. */
      failures: Count,
      triesLeft: Count,
    })
    .nullable(),
  recoveryCodesLeft: Count,
  /** True while this session has yet to give its second step. */
  secondStepDue: z.boolean(),
  /** What the codes are not: said here so that every screen says the same. */
  notice: z.string(),
});

export const factorsContract = {
  'factors.read': query({
    permission: 'account.own',
    summary: 'Own one-time codes and recovery codes: step-up only, they carry no key material',
    input: Empty,
    output: FactorState,
  }),
  'factors.enrol': command({
    permission: 'account.own',
    summary: 'Begins one-time codes: a new secret to load into an authenticator (RFC 6238); holds once confirmed',
    input: Empty,
    output: z.strictObject({ secret: z.string(), uri: z.string(), qr: QrModules }),
    audit: 'factor.enrolment-started',
    stepUp: true,
  }),
  'factors.confirm': command({
    permission: 'account.own',
    summary: 'Confirms one-time codes with a first code; answers ten recovery codes, shown once',
    input: z.strictObject({ code: CodeText }),
    output: z.strictObject({ recoveryCodes: z.array(z.string()) }),
    audit: 'factor.confirmed',
  }),
  'factors.disable': command({
    permission: 'account.own',
    summary: 'Ends one-time codes and recovery codes of the own account',
    input: Empty,
    output: Empty,
    audit: 'factor.disabled',
    stepUp: true,
  }),
  'factors.reset': command({
    permission: 'account.manage',
    summary: 'Ends one-time codes and recovery codes of another account whose authenticator is lost',
    input: z.strictObject({ accountId: Uuid, reason: z.string().min(3).max(400) }),
    output: Empty,
    audit: 'factor.reset-granted',
    stepUp: true,
  }),
  'factors.renewCodes': command({
    permission: 'account.own',
    summary: 'Ten new recovery codes, shown once; the old ones end',
    input: Empty,
    output: z.strictObject({ recoveryCodes: z.array(z.string()) }),
    audit: 'factor.codes-renewed',
    stepUp: true,
  }),
  'factors.prove': command({
    permission: 'account.own',
    summary: 'Proves by a one-time or recovery code that it is this person: the second step, and step-up',
    input: z.strictObject({ code: CodeText }),
    output: z.strictObject({ by: z.enum(['totp', 'recovery-code']), recoveryCodesLeft: Count }),
    audit: 'factor.proved',
  }),
};
