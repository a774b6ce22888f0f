import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onPreparedCommand, onQuery } from '../../../engine/handler.ts';
import { MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import { deleteFactor, factorOf, replaceFactor, unspentCodes, updateFactor } from '../storage/factor.repository.ts';
import { assertCode, markProved, notEnrolled, signedIn, spendFactor } from './factor-proof.ts';
import { needsSecondStep } from './factor-state.ts';
import { proveWhileHeld } from './held-factor-proof.ts';
import type { HeldProofs } from './held-proofs.ts';
import { renewRecoveryCodes } from './recovery-codes.ts';
import { newTotpSecret } from './totp.ts';

const NOTICE =
  'One-time codes, recovery codes and OpenID sign-ins prove that it is you. They carry no key: the password and the device secret alone open the workspace.';

const enrolledAlready = (): NexusError =>
  new NexusError({
    code: 'factor.enrolled',
    category: 'conflict',
    message: 'This account has one-time codes already.',
    kept: 'Nothing was changed.',
    remedy: 'End them first, then set up a new authenticator.',
  });

export const factorHandlers = (proofs: HeldProofs): Handlers => ({
  ...onQuery('factors.read', context => {
    const { account, secondStepDue } = signedIn(context);
    const factor = factorOf(context.store, account.id);
    return {
      totp:
        factor === undefined
          ? null
          : {
              confirmedAt: factor.confirmed_at,
              failures: factor.failures,
              triesLeft: MAX_FACTOR_FAILURES - factor.failures,
            },
      recoveryCodesLeft: unspentCodes(context.store, account.id).length,
      secondStepDue,
      notice: NOTICE,
    };
  }),

  ...onPreparedCommand('factors.enrol', {
    // Loaded when first needed: every start of the engine would wait for what draws QR codes.
    prepare: () => import('./totp-enrolment.ts'),
    run: (context, _input, { totpEnrolment }) => {
      const { account, workspace } = signedIn(context);
      if (needsSecondStep(context.store, account.id)) throw enrolledAlready();
      const secret = newTotpSecret();
      replaceFactor(context.store, {
        account_id: account.id,
        secret,
        enrolled_at: new Date(context.ports.clock.now()).toISOString(),
        confirmed_at: null,
        last_step: null,
        spent_steps: '[]',
        failures: 0,
      });
      context.audit({ kind: 'totp' });
      return totpEnrolment(secret, account.username, workspace.name);
    },
  }),

  ...onPreparedCommand('factors.confirm', {
    prepare: async (context, { code }) => {
      if (needsSecondStep(context.workspace().read, signedIn(context).account.id)) throw enrolledAlready();
      assertCode(context, code);
    },
    run: (context, { code }) => {
      const { account } = signedIn(context);
      if (needsSecondStep(context.store, account.id)) throw enrolledAlready();
      spendFactor(context.store, context, code);
      updateFactor(context.store, account.id, { confirmed_at: new Date(context.ports.clock.now()).toISOString() });
      const recoveryCodes = renewRecoveryCodes(context.store, account.id);
      context.audit({ kind: 'totp', recoveryCodes: recoveryCodes.length });
      return { recoveryCodes };
    },
  }),

  ...onCommand('factors.disable', context => {
    const { account } = signedIn(context);
    if (factorOf(context.store, account.id) === undefined) throw notEnrolled();
    deleteFactor(context.store, account.id);
    context.audit({ kind: 'totp' });
    return {};
  }),

  ...onCommand('factors.reset', (context, { accountId, reason }) => {
    if (accountId === signedIn(context).account.id)
      throw new NexusError({
        code: 'factor.own',
        category: 'conflict',
        message: 'A reset is for another person’s account.',
        kept: 'Nothing was changed.',
        remedy: 'End your own one-time codes under your own account.',
      });
    if (factorOf(context.store, accountId) === undefined) throw notEnrolled();
    deleteFactor(context.store, accountId);
    context.audit({ kind: 'totp', account: accountId, reason });
    return {};
  }),

  ...onCommand('factors.renewCodes', context => {
    const { account } = signedIn(context);
    if (!needsSecondStep(context.store, account.id)) throw notEnrolled();
    const recoveryCodes = renewRecoveryCodes(context.store, account.id);
    context.audit({ recoveryCodes: recoveryCodes.length });
    return { recoveryCodes };
  }),

  ...onPreparedCommand('factors.prove', {
    prepare: async (context, { code }) => {
      if (!needsSecondStep(context.workspace().read, signedIn(context).account.id)) throw notEnrolled();
      assertCode(context, code);
    },
    run: (context, { code }) => {
      const proved = spendFactor(context.store, context, code);
      context.audit({ by: proved.by, recoveryCodesLeft: proved.recoveryCodesLeft });
      markProved(context);
      return proved;
    },
    whileHeld: async (context, { code }) => proveWhileHeld(context, proofs, code),
  }),
});
