import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelAnswer } from '../contract/index.ts';
import {
  currentHeader,
  newAccountKeys,
  saveHeader,
  withAccountSlot,
} from '../features/identity/service/account-keys.ts';
import type { Keychain } from '../platform/keychain.ts';
import { testSecurity } from '../platform/station-security.fixture.ts';
import { systemPorts } from '../platform/system-ports.ts';
import { dataKeyOf, folderState, generate, PASSPHRASE, Station, WORKSPACE } from './engine.fixture.ts';
import { Engine } from './engine.ts';
import type { SessionId } from './engine-client.ts';

const location = { name: WORKSPACE };
const BOBS = 'wandering teapots admire ferrets';
const SECOND = 'quiet lanterns below the harbour';

let station: Station;
let created: ChannelAnswer<'workspaces.create'>;
beforeEach(async () => {
  station = new Station();
  created = await station.invoke('workspaces.create', { location, passphrase: PASSPHRASE, actor: 'Ada' });
});
afterEach(() => station.close());

const header = () => readFileSync(join(station.workspaceFolder, 'workspace.json'), 'utf8');
const signIn = (session: SessionId, actor: string, passphrase: string, more: object = {}) =>
  station.call('workspaces.open', { location, passphrase, actor, ...more }, session);

/** Bob, registered and signed in by a password of his own, in a window of his own. */
const registerBob = async (): Promise<{ session: SessionId; id: string; initialPassword: string }> => {
  const { account, initialPassword } = await station.invoke('accounts.register', { username: 'Bob', role: 'judge' });
  const session = station.engine.openSession();
  const answer = await signIn(session, 'bob', initialPassword, { newPassphrase: BOBS });
  expect(answer).toMatchObject({ ok: true, value: { actor: 'Bob', role: 'judge' } });
  return { session, id: account.id, initialPassword };
};

describe('the first account', () => {
  it('examines and supervises; its kit is shown once', async () => {
    expect(created).toMatchObject({
      account: { username: 'Ada', role: 'financial_examiner', supervisor: true },
      secondSecret: 'none',
      lastSignIn: { at: null, failedSince: 0 },
      kit: {
        workspaceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        recoveryCode: expect.stringMatching(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/),
        verificationKey: expect.stringContaining('nexus/workspace/'),
        firstKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        keyFile: null,
      },
    });
    expect(header()).not.toMatch(/ada/i);
    expect(header()).not.toContain(created.kit.recoveryCode);
    expect(await station.invoke('accounts.list', {})).toMatchObject({
      accounts: [{ username: 'Ada', createdBy: 'Ada' }],
    });
  });

  it('needs a password that the policy takes', async () => {
    const other = station.engine.openSession();
    for (const passphrase of ['too short', 'password baseball', 'ada new workspace'])
      for (const temporary of [false, true]) {
        const request = { location: { name: 'New' }, passphrase, actor: 'Ada', temporary };
        expect(await station.refusal('workspaces.create', request, other)).toMatchObject({
          code: 'password.refused',
          category: 'usage',
        });
      }
  });
});

describe('a further account', () => {
  it('replaces its initial password at the first sign-in: nobody else knows the one it opens with', async () => {
    const { account, initialPassword } = await station.invoke('accounts.register', {
      username: 'Bob',
      role: 'prosecutor',
      secondaryRoles: ['executive', 'prosecutor'],
    });
    expect(account).toMatchObject({ initialPassword: true, secondaryRoles: ['executive'], supervisor: false });
    const session = station.engine.openSession();
    expect(await signIn(session, 'Bob', initialPassword)).toMatchObject({
      ok: false,
      error: { code: 'account.initial-password' },
    });
    expect(await signIn(session, 'Bob', initialPassword, { newPassphrase: 'short' })).toMatchObject({
      error: { code: 'password.refused' },
    });
    expect(await signIn(session, 'BOB', initialPassword, { newPassphrase: BOBS })).toMatchObject({ ok: true });
    await station.closeWorkspace(session);
    expect(await signIn(session, 'Bob', initialPassword, { newPassphrase: SECOND })).toMatchObject({
      error: { code: 'workspace.locked' },
    });
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ ok: true, value: { lastSignIn: { failedSince: 1 } } });
  });

  it('has a name of its own for ever', async () => {
    const { id } = await registerBob();
    for (const username of ['BOB', ' bob ', 'Ｂob'])
      expect(await station.refusal('accounts.register', { username, role: 'judge' })).toMatchObject({
        code: 'account.exists',
      });
    await station.invoke('accounts.revoke', { accountId: id, reason: 'left the office' });
    expect(await station.refusal('accounts.register', { username: 'bob', role: 'judge' })).toMatchObject({
      code: 'account.exists',
    });
    await expect(station.inStore(db => db.exec('DELETE FROM accounts'), 'write')).rejects.toThrow(
      /revoked, never deleted/,
    );
    await expect(station.inStore(db => db.exec(`UPDATE accounts SET username = 'Eve'`), 'write')).rejects.toThrow(
      /keeps its name/,
    );
    await expect(station.inStore(db => db.exec('DELETE FROM account_events'), 'write')).rejects.toThrow(/append-only/);
  });

  it('is told apart by its password where no name is given; one password for two is refused', async () => {
    const { session } = await registerBob();
    await station.closeWorkspace(session);
    expect(await station.call('workspaces.open', { location, passphrase: BOBS }, session)).toMatchObject({
      value: { actor: 'Bob' },
    });
    await station.invoke('accounts.changePassword', { passphrase: BOBS, newPassphrase: PASSPHRASE }, session);
    await station.closeWorkspace(session);
    expect(await station.call('workspaces.open', { location, passphrase: PASSPHRASE }, session)).toMatchObject({
      ok: false,
      error: { code: 'account.ambiguous' },
    });
  });

  it('answers the same for a name that nobody has as for a wrong password', async () => {
    const session = station.engine.openSession();
    const wrong = await signIn(session, 'Ada', `${PASSPHRASE}?`);
    const nobody = await signIn(session, 'Nobody', PASSPHRASE);
    if (wrong.ok || nobody.ok) throw new Error('it opened');
    const withoutCount = (text: string | undefined) => text?.replace(/\d+/, 'n');
    expect(nobody.error.code).toBe(wrong.error.code);
    expect(nobody.error.message).toBe(wrong.error.message);
    expect(withoutCount(nobody.error.remedy)).toBe(withoutCount(wrong.error.remedy));
    expect(wrong.error.remedy).toMatch(/Tries left before only the recovery code helps: 99/);
  });
});

describe('changing a password', () => {
  it('wraps the key anew and encrypts nothing anew: the store has the same data key', async () => {
    const before = await dataKeyOf(station.workspaceFolder);
    const caseId = await station.createCase('Kept');
    expect(
      await station.refusal('accounts.changePassword', { passphrase: 'wrong', newPassphrase: SECOND }),
    ).toMatchObject({ code: 'workspace.locked' });
    await station.invoke('accounts.changePassword', { passphrase: PASSPHRASE, newPassphrase: SECOND });
    expect(await dataKeyOf(station.workspaceFolder, SECOND)).toEqual(before);
    await expect(dataKeyOf(station.workspaceFolder, PASSPHRASE)).rejects.toThrow(/does not open/);
    await station.closeWorkspace();
    expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({ ok: true, value: { caseCount: 1 } });
    expect((await station.invoke('cases.list', {})).cases.map(known => known.id)).toEqual([caseId]);
    const acts = await station.acts();
    expect(acts).toEqual(expect.arrayContaining(['session.proof-refused', 'account.password-changed']));
  });

  it('leaves evidence and rows as they are, byte for byte: only the pages of the log and the accounts change', async () => {
    const path = join(station.folder, 'rows.csv');
    generate(path, 30_000);
    await station.import(await station.createCase(), [path]);
    const pages = async (): Promise<string[]> => {
      await station.closeWorkspace();
      const store = readFileSync(join(station.workspaceFolder, 'store.db'));
      return Array.from({ length: store.length / 4096 }, (_, page) =>
        store.subarray(page * 4096, (page + 1) * 4096).toString('base64'),
      );
    };
    const before = await pages();
    const evidence = folderState(join(station.workspaceFolder, 'evidence'));
    await station.open();
    await station.invoke('accounts.changePassword', { passphrase: PASSPHRASE, newPassphrase: SECOND });
    const after = await pages();
    expect(folderState(join(station.workspaceFolder, 'evidence'))).toEqual(evidence);
    // Every page written anew has a new initialization vector: an unchanged page was not written.
    const changed = after.filter((page, at) => page !== before[at]).length;
    expect(before.length).toBeGreaterThan(500);
    expect(changed).toBeLessThan(60);
  });

  it('to a key file: neither file nor password alone opens it; the file of before opens nothing', async () => {
    const { keyFile } = await station.invoke('accounts.changePassword', {
      passphrase: PASSPHRASE,
      newPassphrase: SECOND,
      secondSecret: 'key-file',
    });
    const path = station.file('ada.nexus-key', keyFile!.content);
    expect(await station.invoke('workspaces.status', {})).toMatchObject({ secondSecret: 'key-file' });
    await station.closeWorkspace();
    expect((await station.invoke('workspaces.list', {})).workspaces).toMatchObject([{ secondSecrets: ['key-file'] }]);
    expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({
      error: { code: 'workspace.locked', remedy: expect.stringContaining('key file') },
    });
    const wrong = { keyFile: station.grant(path) };
    expect(await signIn(station.session, 'Ada', PASSPHRASE, wrong)).toMatchObject({
      error: { code: 'workspace.locked' },
    });
    writeFileSync(`${path}.damaged`, keyFile!.content.replace(/"secret": "../, '"secret": "ff'));
    expect(await signIn(station.session, 'Ada', SECOND, { keyFile: station.grant(`${path}.damaged`) })).toMatchObject({
      error: { code: 'key-file.damaged' },
    });
    const answer = await signIn(station.session, 'Ada', SECOND, { keyFile: station.grant(path) });
    expect(answer).toMatchObject({ ok: true });
    const again = await station.invoke('accounts.changePassword', {
      passphrase: SECOND,
      keyFile: station.grant(path),
      newPassphrase: PASSPHRASE,
    });
    expect(again.keyFile!.content).not.toBe(keyFile!.content);
  });
});

describe('revocation (R-27)', () => {
  it('holds from the next call on in a window that is open, ends its key, and can be undone', async () => {
    const { session, id } = await registerBob();
    expect(await station.call('cases.list', {}, session)).toMatchObject({ ok: true });
    await station.invoke('accounts.revoke', { accountId: id, reason: 'left the office' });
    // The window is locked at once and told why; it does not wait for a call.
    expect(station.events.filter(told => told.session === session).map(({ event }) => event)).toContainEqual({
      name: 'session.locked',
      payload: { reason: 'revoked' },
    });
    expect(await station.refusal('cases.list', {}, session)).toMatchObject({ code: 'workspace.closed' });
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ error: { code: 'workspace.locked' } });
    const { initialPassword } = await station.invoke('accounts.reinstate', { accountId: id, reason: 'came back' });
    expect(await signIn(session, 'Bob', initialPassword, { newPassphrase: SECOND })).toMatchObject({ ok: true });
  });

  it('an older header put back does not let the revoked account in, and is noticed', async () => {
    const { session, id } = await registerBob();
    const older = header();
    await station.invoke('accounts.revoke', { accountId: id, reason: 'left the office' });
    await station.call('workspaces.status', {}, session);
    writeFileSync(join(station.workspaceFolder, 'workspace.json'), older);
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ error: { code: 'account.revoked' } });
    await station.closeWorkspace();
    await station.open();
    expect(await station.acts()).toContain('keys.header-differs');
  });

  it('nor does it bring a replaced password back: refused, logged, one alert; the newest one opens again', async () => {
    await registerBob();
    const older = header();
    await station.invoke('accounts.changePassword', { passphrase: PASSPHRASE, newPassphrase: SECOND });
    const newest = header();
    await station.closeWorkspace();
    const put = (text: string) => writeFileSync(join(station.workspaceFolder, 'workspace.json'), text);
    put(older);
    for (let i = 0; i < 2; i++)
      expect(await signIn(station.session, 'Ada', PASSPHRASE)).toMatchObject({
        error: { code: 'workspace.older-header', category: 'integrity' },
      });
    // Whose password was not replaced since comes in; the header is not taken for the known one.
    const bob = station.engine.openSession();
    for (let i = 0; i < 2; i++) {
      expect(await signIn(bob, 'Bob', BOBS)).toMatchObject({ ok: true });
      await station.closeWorkspace(bob);
    }
    put(newest);
    expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({ ok: true });
    // Two refusals and two of Bob's sign-ins; the newest header was known all along, so it is no other one.
    expect((await station.acts()).filter(act => act === 'keys.header-differs')).toHaveLength(4);
    expect(await station.invoke('alerts.list', {})).toMatchObject({
      total: 1,
      alerts: [{ rule: 'chain-anomaly', severity: 'high', words: expect.stringContaining('header') }],
    });
  });

  it('nor a spent recovery code, nor a password inside the header that is open now', async () => {
    const older = header();
    await station.invoke('accounts.renewKit', {});
    await station.invoke('accounts.changePassword', { passphrase: PASSPHRASE, newPassphrase: SECOND });
    writeFileSync(join(station.workspaceFolder, 'workspace.json'), older);
    expect(await station.refusal('sessions.prove', { passphrase: PASSPHRASE })).toMatchObject({
      code: 'workspace.older-header',
    });
    await station.closeWorkspace();
    const { recoveryCode } = created.kit;
    expect(
      await station.refusal('workspaces.recover', { location, recoveryCode, actor: 'Ada', passphrase: BOBS }),
    ).toMatchObject({ code: 'recovery.refused' });
  });

  it('a header of which only the newest is lost is known again once a supervisor gave new passwords', async () => {
    const { id, session } = await registerBob();
    const older = header();
    await station.invoke('accounts.changePassword', { passphrase: BOBS, newPassphrase: SECOND }, session);
    writeFileSync(join(station.workspaceFolder, 'workspace.json'), older);
    await station.closeWorkspace(session);
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ error: { code: 'workspace.older-header' } });
    const { initialPassword } = await station.invoke('accounts.resetPassword', {
      accountId: id,
      reason: 'header lost',
    });
    expect(await signIn(session, 'Bob', initialPassword, { newPassphrase: SECOND })).toMatchObject({ ok: true });
    await station.closeWorkspace(session);
    const before = (await station.acts()).filter(act => act === 'keys.header-differs').length;
    expect(await signIn(session, 'Bob', SECOND)).toMatchObject({ ok: true });
    expect((await station.acts()).filter(act => act === 'keys.header-differs')).toHaveLength(before);
  });

  it('a change of keys that was cut short before the store had it is no older header: it opens, is logged and known', async () => {
    const olderStore = join(station.folder, 'older');
    await station.closeWorkspace();
    const before = header();
    await station.open();
    // The kill comes between the header's rename and the store's commit: the header is made as that command makes it.
    const dataKey = await dataKeyOf(station.workspaceFolder);
    const { slot } = await newAccountKeys(
      dataKey,
      {
        workspaceId: created.kit.workspaceId,
        workspaceName: WORKSPACE,
        username: 'Ada',
        password: SECOND,
        second: 'none',
        initial: false,
      },
      testSecurity(olderStore),
    );
    await station.closeWorkspace();
    saveHeader(station.workspaceFolder, withAccountSlot(currentHeader(station.workspaceFolder), slot));
    expect(header()).not.toBe(before);
    for (let i = 0; i < 2; i++) {
      expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({ ok: true });
      if (i === 0) await station.closeWorkspace();
    }
    expect((await station.acts()).filter(act => act === 'keys.header-differs')).toHaveLength(1);
    expect(await station.invoke('alerts.list', {})).toMatchObject({ total: 1 });
  });

  it('nobody revokes oneself, and only a supervisor anybody', async () => {
    const { session } = await registerBob();
    const me = await station.invoke('accounts.me', {});
    expect(await station.refusal('accounts.revoke', { accountId: me.account.id, reason: 'a try' })).toMatchObject({
      code: 'account.own',
    });
    expect(
      await station.refusal('accounts.revoke', { accountId: me.account.id, reason: 'a try' }, session),
    ).toMatchObject({ code: 'permission.denied' });
  });
});

describe('recovery (R-18)', () => {
  it('by the kit gives a supervisor a new password, once', async () => {
    await station.createCase('Kept');
    await station.closeWorkspace();
    const recover = (recoveryCode: string, actor = 'Ada') =>
      station.call('workspaces.recover', { location, recoveryCode, actor, passphrase: SECOND });
    const before = folderState(station.workspaceFolder);
    expect(await recover('0000-0000-0000-0000-0000-0000-0000')).toMatchObject({ error: { code: 'recovery.mistyped' } });
    expect(folderState(station.workspaceFolder)).toEqual(before);
    expect(await recover(created.kit.recoveryCode, 'Eve')).toMatchObject({ error: { code: 'recovery.no-supervisor' } });
    const recovered = await recover(created.kit.recoveryCode.toLowerCase());
    expect(recovered).toMatchObject({ ok: true, value: { open: true, caseCount: 1, kit: { firstKey: null } } });
    await station.closeWorkspace();
    expect(await recover(created.kit.recoveryCode)).toMatchObject({ error: { code: 'recovery.refused' } });
    expect(await signIn(station.session, 'Ada', PASSPHRASE)).toMatchObject({ error: { code: 'workspace.locked' } });
    expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({ ok: true });
    expect(await station.acts()).toContain('workspace.recovered');
  });

  it('leaves a store that is older than its anchor as it is, and the keychain too', async () => {
    const written: string[] = [];
    const keychain: Keychain = {
      state: () => ({ available: true, reason: null }),
      read: () => null,
      write: name => void written.push(name),
      remove: () => undefined,
    };
    await station.closeWorkspace();
    const backup = join(station.folder, 'backup');
    cpSync(station.workspaceFolder, backup, { recursive: true });
    await station.open();
    await station.createCase('Tuesday');
    await station.closeWorkspace();
    rmSync(station.workspaceFolder, { recursive: true });
    cpSync(backup, station.workspaceFolder, { recursive: true });
    const before = header();
    const engine = new Engine({
      homeFolder: station.home,
      ports: systemPorts(),
      security: testSecurity(station.home, { keychain }),
    });
    try {
      const { recoveryCode } = created.kit;
      const input = { location, recoveryCode, actor: 'Ada', passphrase: SECOND, secondSecret: 'keychain' };
      expect(await engine.invoke(engine.openSession(), 'workspaces.recover', input)).toMatchObject({
        ok: false,
        error: { code: 'workspace.rolled-back', kept: 'Nothing was changed; the code is not spent.' },
      });
    } finally {
      await engine.close();
    }
    expect(written).toEqual([]);
    expect(header()).toBe(before);
    await station.open();
    expect((await station.invoke('workspaces.status', {})).anchor?.code).toBe('store.older-than-anchor');
  });

  it('after 100 failed tries at an account only the kit helps; nobody else is locked out', async () => {
    const { session } = await registerBob();
    await station.closeWorkspace(session);
    await station.closeWorkspace();
    // Each in a session of its own: a session may not even ask so often.
    for (let i = 0; i < 100; i++)
      expect(await signIn(station.engine.openSession(), 'Ada', `wrong ${i}`)).toMatchObject({
        error: { code: 'workspace.locked' },
      });
    expect(await signIn(station.engine.openSession(), 'Ada', PASSPHRASE)).toMatchObject({
      error: { code: 'workspace.recovery-only' },
    });
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ ok: true, value: { lastSignIn: { failedSince: 0 } } });
    await station.closeWorkspace(session);
    expect(
      await station.call('workspaces.recover', {
        location,
        recoveryCode: created.kit.recoveryCode,
        actor: 'Ada',
        passphrase: SECOND,
      }),
    ).toMatchObject({ ok: true });
    await station.closeWorkspace();
    expect(await signIn(station.session, 'Ada', SECOND)).toMatchObject({ ok: true });
  }, 300_000);
});

describe('a workspace older than accounts', () => {
  it('gets its first account at the first sign-in, and a header of today; its one passphrase goes on opening it', async () => {
    const old = fileURLToPath(new URL('../../migrations/tests/foundation-workspace', import.meta.url));
    cpSync(old, join(station.home, 'Old'), { recursive: true });
    const session = station.engine.openSession();
    const open = (actor?: string) =>
      station.call(
        'workspaces.open',
        { location: { name: 'Old' }, passphrase: PASSPHRASE, ...(actor === undefined ? {} : { actor }) },
        session,
      );
    const path = join(station.home, 'Old', 'workspace.json');
    const before = readFileSync(path, 'utf8');
    expect(before).toContain('"version": 1');
    const evidence = folderState(join(station.home, 'Old', 'evidence'));
    // Without a name, the log says whose workspace it is.
    expect(await open()).toMatchObject({
      ok: true,
      value: { account: { role: 'financial_examiner', supervisor: true }, caseCount: 1 },
    });
    expect(readFileSync(path, 'utf8')).toContain('"version": 2');
    expect(folderState(join(station.home, 'Old', 'evidence'))).toEqual(evidence);
    const { entries } = await station.invoke('audits.list', { limit: 1000 }, session);
    const created = entries.find(entry => entry.act === 'workspace.created');
    expect(await station.invoke('accounts.me', {}, session)).toMatchObject({ account: { username: created!.actor } });
    expect(entries.map(entry => entry.act)).toEqual(expect.arrayContaining(['account.registered', 'keys.upgraded']));
    await station.closeWorkspace(session);
    expect(await open(created!.actor)).toMatchObject({ ok: true });
    // A kit for it, from now on.
    const { kit } = await station.invoke('accounts.renewKit', {}, session);
    await station.closeWorkspace(session);
    expect(
      await station.call(
        'workspaces.recover',
        { location: { name: 'Old' }, recoveryCode: kit.recoveryCode, actor: created!.actor, passphrase: SECOND },
        session,
      ),
    ).toMatchObject({ ok: true });
    await station.closeWorkspace(session);
    // The header of before accounts put back: its shared passphrase opens nothing any more, under no name.
    const newest = readFileSync(path, 'utf8');
    writeFileSync(path, before);
    for (const actor of [created!.actor, 'Somebody else', undefined])
      expect(await open(actor)).toMatchObject({
        error: { code: 'workspace.older-header', remedy: expect.stringContaining('newest workspace.json') },
      });
    expect(readFileSync(path, 'utf8')).toBe(before);
    writeFileSync(path, newest);
    expect(
      await station.call(
        'workspaces.open',
        { location: { name: 'Old' }, passphrase: SECOND, actor: created!.actor },
        session,
      ),
    ).toMatchObject({ ok: true });
    expect((await station.invoke('accounts.list', {}, session)).accounts).toHaveLength(1);
    expect((await station.invoke('alerts.list', {}, session)).alerts).toMatchObject([{ rule: 'chain-anomaly' }]);
  });
});

describe('failed sign-ins', () => {
  it('change nothing in the folder, and the log knows of them at the next sign-in', async () => {
    await station.closeWorkspace();
    const before = folderState(station.workspaceFolder);
    for (let i = 0; i < 3; i++) await signIn(station.session, 'Ada', `wrong ${i}`);
    expect(folderState(station.workspaceFolder)).toEqual(before);
    await station.open();
    expect(await station.invoke('workspaces.status', {})).toMatchObject({
      lastSignIn: { at: '2026-01-02T03:04:05.000Z', failedSince: 3 },
    });
    const { entries } = await station.invoke('audits.list', {});
    expect(entries.find(entry => entry.act === 'signin.failed')?.object).toBe(
      JSON.stringify({ count: 3, times: Array.from({ length: 3 }, () => '2026-01-02T03:04:05.000Z') }),
    );
  });
});

describe('guessing at one account beside one’s own (R-15, R-39)', () => {
  it('is not forgiven by one’s own right password, is logged at once and raises alerts', async () => {
    const { session } = await registerBob();
    const guesser = station.engine.openSession();
    for (let i = 0; i < 6; i++) {
      expect(await signIn(guesser, 'Ada', `guess number ${i}`)).toMatchObject({ error: { code: 'workspace.locked' } });
      expect(await station.refusal('sessions.prove', { passphrase: 'wrong' }, session)).toMatchObject({
        code: 'workspace.locked',
      });
      expect(await station.call('sessions.prove', { passphrase: BOBS }, session)).toMatchObject({ ok: true });
    }
    // 100 tries in a row (SP 800-63B, section 3.2.2), less the six before and this one.
    const seventh = await signIn(guesser, 'Ada', 'guess number 6');
    expect(seventh.ok ? '' : seventh.error.remedy).toContain('Tries left before only the recovery code helps: 93.');
    const { entries } = await station.invoke('audits.list', { limit: 1000 });
    const told = entries.filter(({ act }) => act === 'signin.failed').map(({ object }) => JSON.parse(object) as object);
    expect(told).toEqual(Array.from({ length: 7 }, () => ({ count: 1, times: ['2026-01-02T03:04:05.000Z'] })));
    // Bob's own mistakes have entries of their own.
    expect(entries.filter(({ act }) => act === 'session.proof-refused')).toHaveLength(6);
    const { alerts } = await station.invoke('alerts.list', {});
    expect(alerts.map(({ rule, actor, events }) => [rule, actor, events]).sort()).toEqual([
      ['failed-unlocks', 'Bob', 5],
      ['failed-unlocks', 'system', 5],
    ]);
    // Who signs in hears of the tries at that account alone.
    await station.closeWorkspace(session);
    expect(await signIn(session, 'Bob', BOBS)).toMatchObject({ value: { lastSignIn: { failedSince: 0 } } });
    expect(await signIn(guesser, 'Ada', PASSPHRASE)).toMatchObject({ value: { lastSignIn: { failedSince: 7 } } });
  });
});

describe('the point of view', () => {
  it('is taken for the session, narrows only, and is logged with what it was', async () => {
    const { session } = await registerBob();
    await station.invoke('accounts.choosePov', { pov: 'financial_examiner', analysisMode: 'expert' }, session);
    const { permissions, role } = await station.invoke('workspaces.status', {}, session);
    expect(role).toBe('financial_examiner');
    expect(permissions).not.toContain('case.write');
    expect(await station.refusal('cases.create', { name: 'No' }, session)).toMatchObject({ code: 'permission.denied' });
    await station.closeWorkspace(session);
    await signIn(session, 'Bob', BOBS);
    expect(await station.invoke('workspaces.status', {}, session)).toMatchObject({
      role: 'judge',
      account: { analysisMode: 'expert', aiInterventionLevel: 'off' },
    });
    expect(await station.acts()).toContain('pov.selected');
  });
});

describe('sessions', () => {
  it('are listed: one’s own, and all for a supervisor, who ends any; the window is told', async () => {
    const { session } = await registerBob();
    expect((await station.invoke('sessions.list', {}, session)).sessions).toMatchObject([
      { username: 'Bob', current: true },
    ]);
    const all = (await station.invoke('sessions.list', {})).sessions;
    expect(all.map(known => known.username).sort()).toEqual(['Ada', 'Bob']);
    const own = all.find(known => known.current)!.id;
    expect(await station.refusal('sessions.end', { id: own }, session)).toMatchObject({ code: 'session.not-there' });
    await station.invoke('sessions.end', { id: session });
    expect(station.events).toContainEqual({ event: { name: 'session.locked', payload: { reason: 'ended' } }, session });
    expect(await station.refusal('cases.list', {}, session)).toMatchObject({ code: 'workspace.closed' });
  });

  it('prove anew by the password that it is still this person; a wrong one is logged', async () => {
    expect(await station.refusal('sessions.prove', { passphrase: 'wrong' })).toMatchObject({
      code: 'workspace.locked',
    });
    expect(await station.invoke('sessions.prove', { passphrase: PASSPHRASE })).toEqual({ provedForMs: 300_000 });
    expect((await station.acts()).filter(act => act.startsWith('session.'))).toEqual([
      'session.proof-refused',
      'session.proved',
    ]);
  });

  it('lock when left alone: the first call after it is refused, whatever the wall clock says', async () => {
    let monotonicMs = 0;
    let wallMs = Date.UTC(2026, 0, 2);
    const { ids, browser } = systemPorts();
    const ports = { ids, browser, clock: { now: () => wallMs, monotonic: () => monotonicMs } };
    const home = join(station.folder, 'alone');
    const engine = new Engine({ homeFolder: home, ports, security: testSecurity(home) });
    const locked: unknown[] = [];
    engine.subscribe(event => {
      if (event.name === 'session.locked') locked.push(event.payload);
    });
    const session = engine.openSession();
    const call = (channel: string, input: unknown) => engine.invoke(session, channel, input);
    await call('workspaces.create', { location, passphrase: PASSPHRASE, actor: 'Ada' });
    monotonicMs += 599_000;
    wallMs -= 10 * 365 * 86_400_000;
    expect(await call('sessions.touch', {})).toMatchObject({ ok: true });
    // What the window asks by itself after somebody else’s command puts nothing off.
    monotonicMs += 599_000;
    expect(await call('cases.list', {})).toMatchObject({ ok: true });
    monotonicMs += 1_000;
    expect(await call('cases.list', {})).toMatchObject({ ok: false, error: { code: 'workspace.closed' } });
    expect(locked).toEqual([{ reason: 'idle' }]);
    expect(engine.isSpent).toBe(true);
    await engine.close();
  });

  it('are all locked at once', async () => {
    const { session } = await registerBob();
    expect(await station.invoke('sessions.lock', {})).toMatchObject({ open: false });
    expect(await station.call('workspaces.status', {}, session)).toMatchObject({ value: { open: false } });
  });
});
