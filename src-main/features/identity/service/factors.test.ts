import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Authenticator, enrol, FactorStation, PASSPHRASE } from './factor-station.fixture.ts';

const STEP_MS = 30_000;
let station: FactorStation;
beforeEach(async () => {
  station = new FactorStation();
  await station.create();
});
afterEach(() => station.close());

const prove = (code: string) => station.invoke('factors.prove', { code });
const refused = (code: string) => station.refusal('factors.prove', { code });
const now = () => station.clock.nowMs;

describe('setting one-time codes up', () => {
  it('holds from the first right code on; ten recovery codes are shown then, and only then', async () => {
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: null, recoveryCodesLeft: 0 });
    const { secret, uri } = await station.invoke('factors.enrol', {});
    expect(uri).toContain(secret);
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: { confirmedAt: null } });
    const authenticator = new Authenticator(secret);
    expect(await station.refusal('factors.confirm', { code: authenticator.wrongCode(now()) })).toMatchObject({
      code: 'factor.code-wrong',
      category: 'permission',
    });
    const { recoveryCodes } = await station.invoke('factors.confirm', { code: authenticator.code(now()) });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await station.invoke('factors.read', {})).toMatchObject({
      totp: { confirmedAt: '2026-01-02T03:04:15.000Z', failures: 0, triesLeft: 100 },
      recoveryCodesLeft: 10,
      secondStepDue: false,
      notice: expect.stringContaining('They carry no key'),
    });
    expect((await station.logged('factor.')).map(({ act }) => act)).toEqual([
      'factor.confirmed',
      'factor.refused',
      'factor.enrolment-started',
    ]);
  });

  it('leaves neither the secret nor a code in the log', async () => {
    const { authenticator, secret, recoveryCodes } = await enrol(station);
    await prove(authenticator.code(now()));
    await prove(recoveryCodes[0]!);
    const log = JSON.stringify(await station.logged(''));
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map(code => code.replaceAll('-', ''))])
      expect(log).not.toContain(text);
  });

  it('is refused while codes are in force; a begun one is begun anew', async () => {
    const first = await station.invoke('factors.enrol', {});
    const second = await station.invoke('factors.enrol', {});
    expect(second.secret).not.toBe(first.secret);
    const old = new Authenticator(first.secret).code(now());
    const current = new Authenticator(second.secret).code(now());
    if (old !== current)
      expect(await station.refusal('factors.confirm', { code: old })).toMatchObject({ category: 'permission' });
    await station.invoke('factors.confirm', { code: current });
    expect(await station.refusal('factors.enrol', {})).toMatchObject({ code: 'factor.enrolled' });
    expect(await station.refusal('factors.confirm', { code: current })).toMatchObject({ code: 'factor.enrolled' });
  });

  it('can be ended by the account itself, not as a reset', async () => {
    expect(await station.refusal('factors.disable', {})).toMatchObject({ code: 'factor.not-enrolled' });
    const { authenticator } = await enrol(station);
    await station.invoke('factors.disable', {});
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.not-enrolled' });
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: null, recoveryCodesLeft: 0 });
    await station.signOut();
    await station.signIn();
    expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: false });
  });
});

describe('a reset for a lost authenticator', () => {
  it('is another person’s to make, with a reason in the log; nobody resets their own', async () => {
    const { accountId, session } = await station.secondPerson('Bob');
    await enrol(station);
    await station.as(session, () => enrol(station));
    const { account } = await station.invoke('accounts.me', {});
    const reason = 'Lost the telephone.';
    expect(await station.refusal('factors.reset', { accountId: account.id, reason })).toMatchObject({
      code: 'factor.own',
    });
    expect(await station.refusal('factors.reset', { accountId: randomUUID(), reason })).toMatchObject({
      code: 'factor.not-enrolled',
    });
    expect(
      await station.as(session, () => station.refusal('factors.reset', { accountId: account.id, reason })),
    ).toMatchObject({ code: 'permission.denied' });
    await station.invoke('factors.reset', { accountId, reason });
    expect(await station.as(session, () => station.invoke('factors.read', {}))).toMatchObject({ totp: null });
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: { failures: 0 } });
    const [reset] = await station.logged('factor.reset-granted');
    expect(reset!.object).toContain(reason);
    expect(reset!.object).toContain(accountId);
  });
});

describe('the second step', () => {
  it('is due after every password of an account with one-time codes, until a code is given', async () => {
    const { authenticator, recoveryCodes } = await enrol(station);
    for (const code of [() => authenticator.code(now()), () => recoveryCodes[3]!]) {
      await station.signOut();
      await station.signIn();
      expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: true });
      await prove(code());
      expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: false });
    }
  });
});

describe('someone who has the password only', () => {
  const due = { code: 'session.second-step-due', category: 'permission' };

  it('gets no further, and cannot end the codes, renew them, replace the password or prove by it', async () => {
    const { authenticator } = await enrol(station);
    await station.signOut();
    await station.signIn();
    expect(await station.refusal('cases.list', {})).toMatchObject(due);
    expect(await station.refusal('sessions.prove', { passphrase: PASSPHRASE })).toMatchObject(due);
    expect(await station.refusal('factors.disable', {})).toMatchObject(due);
    expect(await station.refusal('factors.renewCodes', {})).toMatchObject(due);
    expect(await station.refusal('oauth.link', { providerId: randomUUID() })).toMatchObject(due);
    const change = { passphrase: PASSPHRASE, newPassphrase: 'another password of some length' };
    expect(await station.refusal('accounts.changePassword', change)).toMatchObject(due);
    expect((await station.invoke('factors.read', {})).totp).not.toBeNull();
    await prove(authenticator.code(now()));
    await station.invoke('cases.list', {});
    await station.invoke('factors.disable', {});
  });

  it('and nobody ends the codes five minutes after the last proof without proving again', async () => {
    const { authenticator } = await enrol(station);
    station.wait(5 * 60_000);
    expect(await station.refusal('factors.disable', {})).toMatchObject({ code: 'session.step-up-needed' });
    await prove(authenticator.code(now()));
    await station.invoke('factors.disable', {});
  });
});

describe('a one-time code', () => {
  it('is taken once, not again within its window, not after a new sign-in, not by two calls at once', async () => {
    const { authenticator } = await enrol(station);
    const code = authenticator.code(now());
    const answers = await Promise.all(
      [1, 2].map(() => station.engine.invoke(station.session, 'factors.prove', { code })),
    );
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await refused(code)).toMatchObject({ code: 'factor.code-used' });
    await station.signOut();
    await station.signIn();
    expect(await refused(code)).toMatchObject({ code: 'factor.code-used' });
    station.wait(STEP_MS);
    expect(await prove(authenticator.code(now()))).toEqual({ by: 'totp', recoveryCodesLeft: 10 });
  });

  it('is refused after the clock went back, though it is right for that time (R-17)', async () => {
    const { authenticator } = await enrol(station);
    const seen = authenticator.code(now());
    await prove(seen);
    station.wait(10 * STEP_MS);
    await prove(authenticator.code(now()));
    station.clock.nowMs -= 10 * STEP_MS;
    expect(authenticator.code(now())).toBe(seen);
    expect(await refused(seen)).toMatchObject({ code: 'factor.code-used', message: expect.stringContaining('clock') });
    await station.signOut();
    await station.signIn();
    expect(await refused(seen)).toMatchObject({ code: 'factor.code-used' });
  });

  it('of a wrong clock is refused with how wrong it is, and not taken when its time comes', async () => {
    const { authenticator } = await enrol(station);
    const ahead = authenticator.code(now(), 10);
    expect(await refused(ahead)).toMatchObject({
      code: 'factor.clock',
      message: expect.stringContaining('about 10 min ahead of this station'),
    });
    expect(await refused(authenticator.code(now(), -25))).toMatchObject({
      message: expect.stringContaining('about 25 min behind this station'),
    });
    await station.work(10 * 60_000);
    expect(await refused(ahead)).toMatchObject({ code: 'factor.code-used' });
    station.wait(STEP_MS);
    expect(await prove(authenticator.code(now()))).toMatchObject({ by: 'totp' });
  });

  it('wrong thrice is slowed down by the monotonic clock alone, also after a new sign-in', async () => {
    const { authenticator } = await enrol(station);
    for (let i = 0; i < 4; i++) {
      const { code } = await refused(authenticator.wrongCode(now()));
      if (i < 3) expect(code).toBe('factor.code-wrong');
      else expect(code).toBe('factor.throttled');
    }
    station.clock.nowMs += 365 * 86_400_000; // the wall clock shortens no wait
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.throttled' });
    station.wait(1_000);
    expect(await refused(authenticator.wrongCode(now()))).toMatchObject({ code: 'factor.code-wrong' });
    station.wait(1_000);
    expect(await refused(authenticator.code(now()))).toMatchObject({
      code: 'factor.throttled',
      message: expect.stringContaining('in 1 s'),
    });
    await station.signOut();
    await station.signIn();
    expect(await refused(authenticator.code(now()))).toMatchObject({
      code: 'factor.throttled',
      message: expect.stringContaining('in 2 s'),
    });
    station.wait(2_000);
    await prove(authenticator.code(now()));
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: { failures: 0 } });
  });

  it('refused a hundred times in a row is taken no more; a recovery code helps', async () => {
    const { authenticator, recoveryCodes } = await enrol(station);
    for (let counted = 0; counted < 100; ) {
      const { code } = await refused('wrong!');
      if (code === 'factor.throttled') await station.work(3_600_000);
      else if (code === 'workspace.closed')
        await station.signIn(); // locked after its longest day
      else counted += 1;
      expect(['factor.throttled', 'workspace.closed', 'factor.code-wrong']).toContain(code);
    }
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.exhausted' });
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: { failures: 100, triesLeft: 0 } });
    await prove(recoveryCodes[0]!);
    expect(await prove(authenticator.code(now()))).toMatchObject({ by: 'totp' });
    expect((await station.logged('factor.refused')).length).toBe(100);
  }, 60_000);
});

describe('recovery codes', () => {
  it('are used once each, in any spelling', async () => {
    const { recoveryCodes } = await enrol(station);
    expect(await prove(recoveryCodes[0]!)).toEqual({ by: 'recovery-code', recoveryCodesLeft: 9 });
    expect(await refused(recoveryCodes[0]!)).toMatchObject({ code: 'factor.code-wrong' });
    expect(await prove(recoveryCodes[1]!.toLowerCase().replaceAll('-', ' '))).toMatchObject({ recoveryCodesLeft: 8 });
    await station.signOut();
    await station.signIn();
    expect(await refused(recoveryCodes[1]!)).toMatchObject({ code: 'factor.code-wrong' });
    await prove(recoveryCodes[2]!);
  });

  it('end when new ones are made', async () => {
    const { recoveryCodes: old } = await enrol(station);
    const { recoveryCodes } = await station.invoke('factors.renewCodes', {});
    expect(recoveryCodes.filter(code => old.includes(code))).toEqual([]);
    expect(await refused(old[0]!)).toMatchObject({ code: 'factor.code-wrong' });
    expect(await prove(recoveryCodes[0]!)).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await station.logged('factor.codes-renewed')).length).toBe(1);
  });

  it('wrong ones do not count against the authenticator: nobody can guess 120 bits', async () => {
    await enrol(station);
    for (let i = 0; i < 5; i++)
      expect(await refused('ABCD-ABCD-ABCD-ABCD-ABCD-ABCD')).toMatchObject({ code: 'factor.code-wrong' });
    expect(await station.invoke('factors.read', {})).toMatchObject({ totp: { failures: 0 } });
  });
});
