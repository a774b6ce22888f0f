import { describe, expect, it } from 'vitest';
import { proofWays } from './proof-ways.ts';

const TOTP = { confirmedAt: '2026-03-02T09:14:00.000Z', failures: 0, triesLeft: 10 };

describe('proofWays', () => {
  it('offers the passphrase alone to an account that has nothing else', () => {
    expect(proofWays({ factors: { totp: null, recoveryCodesLeft: 0 }, links: 0, withPassword: true })).toEqual([
      'password',
    ]);
  });

  it('puts the code first, and leaves the passphrase out where it was given already', () => {
    const factors = { totp: TOTP, recoveryCodesLeft: 10 };
    expect(proofWays({ factors, links: 1, withPassword: true })).toEqual(['code', 'password', 'provider']);
    expect(proofWays({ factors, links: 0, withPassword: false })).toEqual(['code']);
  });

  it('offers no code while the enrolment is not confirmed', () => {
    const factors = { totp: { ...TOTP, confirmedAt: null }, recoveryCodesLeft: 0 };
    expect(proofWays({ factors, links: 0, withPassword: true })).toEqual(['password']);
  });
});
