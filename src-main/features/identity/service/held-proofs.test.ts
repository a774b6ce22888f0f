import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderState } from '../../../engine/engine.fixture.ts';
import { CLIENT_ID, startProvider } from '../../../platform/oidc-provider.fixture.ts';
import { Authenticator, enrol, FactorStation, PASSPHRASE } from './factor-station.fixture.ts';

const REASON = 'Restored from the backup of the second of January.';
let station: FactorStation;
beforeEach(async () => {
  station = new FactorStation();
  await station.create();
});
afterEach(() => station.close());

const home = () => join(station.folder, 'home');
const folder = () => join(home(), 'Inquiry');
const now = () => station.clock.nowMs;
const prove = (code: string) => station.invoke('factors.prove', { code });
const refused = (code: string) => station.refusal('factors.prove', { code });
/** What the station keeps of proofs in held stores. */
const kept = () => readdirSync(join(home(), '.station')).filter(name => name.startsWith('held.'));

/** A workspace that went on after a backup, and whose backup was put back: the station knows of newer entries. */
const restoreBackup = async (goOn: () => Promise<unknown>): Promise<void> => {
  await station.signOut();
  cpSync(folder(), join(station.folder, 'backup'), { recursive: true });
  await station.signIn();
  await goOn();
  await station.signOut();
  cpSync(folder(), join(station.folder, 'newest'), { recursive: true });
  rmSync(folder(), { recursive: true });
  cpSync(join(station.folder, 'backup'), folder(), { recursive: true });
  station.wait(60_000);
};

/** An account with one-time codes at a station whose store is held. */
const held = async () => {
  const factor = await enrol(station);
  await restoreBackup(() => prove(factor.authenticator.code(now())));
  await station.signIn();
  expect(await station.invoke('workspaces.status', {})).toMatchObject({ anchor: { code: expect.any(String) } });
  return factor;
};

describe('the second step in a store that is held (R-08, R-17)', () => {
  it('is given by a one-time code, without writing to the store: then it is read, accepted and gone on with', async () => {
    const { authenticator } = await held();
    const before = folderState(folder());
    expect(await station.refusal('audits.acceptRollback', { reason: REASON })).toMatchObject({
      code: 'session.second-step-due',
    });
    expect(await refused(authenticator.wrongCode(now()))).toMatchObject({ code: 'factor.code-wrong' });
    expect(await prove(authenticator.code(now()))).toEqual({ by: 'totp', recoveryCodesLeft: 10 });
    expect((await station.invoke('cases.list', {})).cases).toEqual([]);
    expect(await station.done('audits.verify', {})).toMatchObject({ entries: expect.any(Number) });
    expect(folderState(folder())).toEqual(before);
    await station.invoke('audits.acceptRollback', { reason: REASON });
    expect(kept()).toEqual([]);
    await station.invoke('cases.create', { name: 'Goes on' });
    const log = (await station.logged('factor.', 'log.rollback')).map(({ act, object }) => [act, object]);
    expect(log.slice(0, 3)).toEqual([
      ['factor.proved', expect.stringContaining('"held-at":"2026-01-02T03:06:15.000Z"')],
      ['factor.refused', expect.stringContaining('"failures":1')],
      ['log.rollback-accepted', expect.stringContaining(REASON)],
    ]);
    station.wait(60_000);
    await station.signOut();
    await station.signIn();
    expect(await prove(authenticator.code(now()))).toMatchObject({ by: 'totp' });
  });

  it('takes no code twice: not in the same hold, not after a new sign-in, not after the acceptance', async () => {
    const { authenticator } = await held();
    const code = authenticator.code(now());
    await prove(code);
    expect(await refused(code)).toMatchObject({ code: 'factor.code-used' });
    await station.signOut();
    await station.signIn();
    expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: true });
    expect(await refused(code)).toMatchObject({ code: 'factor.code-used' });
    station.wait(30_000);
    await prove(authenticator.code(now()));
    await station.invoke('audits.acceptRollback', { reason: REASON });
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.code-used' });
  });

  it('forgives no wrong code by a new sign-in, nor by the acceptance', async () => {
    const { authenticator, recoveryCodes } = await held();
    for (let i = 0; i < 3; i++) await refused(authenticator.wrongCode(now()));
    await station.signOut();
    await station.signIn();
    // Three tries cost nothing, the fourth waits a second (factor-throttle.ts); the wait begins anew at the first try.
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.throttled' });
    expect(await prove(recoveryCodes[0]!)).toEqual({ by: 'recovery-code', recoveryCodesLeft: 9 });
    expect(await refused(recoveryCodes[0]!)).toMatchObject({ code: 'factor.code-wrong' });
    await station.invoke('audits.acceptRollback', { reason: REASON });
    expect(await refused(recoveryCodes[0]!)).toMatchObject({ code: 'factor.code-wrong' });
    expect(await station.invoke('factors.read', {})).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it('is in the log of the newest store where that one is put back instead', async () => {
    const { authenticator, recoveryCodes } = await enrol(station);
    // Spent in the newest store after the backup, and once more in the restored one, which cannot know that.
    await restoreBackup(async () => {
      await prove(authenticator.code(now()));
      await prove(recoveryCodes[0]!);
    });
    await station.signIn();
    await prove(recoveryCodes[0]!);
    await prove(authenticator.code(now()));
    await station.signOut();
    rmSync(folder(), { recursive: true });
    cpSync(join(station.folder, 'newest'), folder(), { recursive: true });
    await station.signIn();
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.code-used' });
    expect(kept()).toEqual([]);
    station.wait(30_000);
    await prove(authenticator.code(now()));
    expect(await station.invoke('workspaces.status', {})).toMatchObject({ anchor: null });
    expect((await station.logged('factor.proved')).map(({ object }) => object.includes('held-at'))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('where what the station kept is damaged, only a recovery code helps; the log says that something is lost', async () => {
    const { authenticator, recoveryCodes } = await held();
    await refused(authenticator.wrongCode(now()));
    const [name] = kept();
    writeFileSync(join(home(), '.station', name!), '{');
    expect(await refused(authenticator.code(now()))).toMatchObject({ code: 'factor.exhausted' });
    await prove(recoveryCodes[0]!);
    await station.invoke('audits.acceptRollback', { reason: REASON });
    expect((await station.logged('factor.held')).map(({ act }) => act)).toEqual(['factor.held-lost']);
  });

  it('the password proves anew there as well: what waited longer than a proof holds is still accepted', async () => {
    const { authenticator } = await held();
    await prove(authenticator.code(now()));
    station.wait(299_000);
    await station.invoke('sessions.touch', {});
    station.wait(2_000);
    expect(await station.refusal('audits.acceptRollback', { reason: REASON })).toMatchObject({
      code: 'session.step-up-needed',
    });
    await station.invoke('sessions.prove', { passphrase: PASSPHRASE });
    await station.invoke('audits.acceptRollback', { reason: REASON });
    expect((await station.logged('session.')).map(({ act }) => act)).toEqual(['session.proved']);
  });

  it('is given by a sign-in at a linked provider', async () => {
    const provider = await startProvider();
    try {
      const { id: providerId } = await station.invoke('oauth.saveProvider', {
        name: 'Office',
        issuer: provider.issuer,
        clientId: CLIENT_ID,
        scopes: [],
      });
      await station.done('oauth.link', { providerId });
      const { secret } = await enrol(station);
      await restoreBackup(() => prove(new Authenticator(secret).code(now())));
      await station.signIn();
      const before = folderState(folder());
      provider.conduct.subject = 'mallory';
      station.browser.forget();
      expect(await station.failed('oauth.prove', { providerId })).toMatchObject({ code: 'oauth.other-identity' });
      provider.conduct.subject = 'ada';
      station.browser.forget();
      await station.done('oauth.prove', { providerId });
      expect(folderState(folder())).toEqual(before);
      await station.invoke('audits.acceptRollback', { reason: REASON });
      expect((await station.logged('oauth.', 'factor.', 'log.rollback')).slice(0, 5).map(({ act }) => act)).toEqual([
        'oauth.proved',
        'oauth.sign-in-started',
        'factor.refused',
        'oauth.sign-in-started',
        'log.rollback-accepted',
      ]);
    } finally {
      await provider.close();
    }
  });
});
