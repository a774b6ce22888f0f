import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RealProvider } from '../../../platform/oidc-provider.fixture.ts';
import { CLIENT_ID, startProvider } from '../../../platform/oidc-provider.fixture.ts';
import { enrol, FactorStation } from './factor-station.fixture.ts';

let station: FactorStation;
let provider: RealProvider;
let providerId: string;
beforeEach(async () => {
  provider = await startProvider();
  station = new FactorStation();
  await station.create();
  const saved = await station.invoke('oauth.saveProvider', {
    name: 'Office',
    issuer: provider.issuer,
    clientId: CLIENT_ID,
    scopes: ['email', 'openid'],
  });
  providerId = saved.id;
});
afterEach(async () => {
  await station.close();
  await provider.close();
});

const acts = async (): Promise<string[]> => (await station.logged('oauth.', 'factor.')).map(({ act }) => act).reverse();

describe('providers', () => {
  it('are configured without contacting them; the redirect to register is shown', async () => {
    const { providers } = await station.invoke('oauth.providers', {});
    expect(providers).toMatchObject([{ id: providerId, name: 'Office', issuer: provider.issuer, scopes: ['email'] }]);
    expect(providers[0]!.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1\/signed-in\/[0-9a-f]{16}$/);
    expect(provider.requests).toEqual([]);
  });

  it('several at once; names are unique; http is for loopback only; no offline access', async () => {
    const other = { name: 'Court', issuer: 'https://login.example/realms/court', clientId: 'nexus' };
    await station.invoke('oauth.saveProvider', other);
    expect((await station.invoke('oauth.providers', {})).providers.map(({ name }) => name)).toEqual([
      'Court',
      'Office',
    ]);
    expect(await station.refusal('oauth.saveProvider', other)).toMatchObject({ code: 'oauth.provider-exists' });
    expect(
      await station.refusal('oauth.saveProvider', { ...other, name: 'Open', issuer: 'http://login.example' }),
    ).toMatchObject({ code: 'oauth.address-refused' });
    expect(
      await station.refusal('oauth.saveProvider', { ...other, name: 'Kept', scopes: ['offline_access'] }),
    ).toMatchObject({ code: 'input.invalid' });
  });

  it('do not become someone else under their links; removing one ends its links', async () => {
    await station.done('oauth.link', { providerId });
    const moved = { id: providerId, name: 'Office', issuer: 'https://login.example', clientId: CLIENT_ID };
    expect(await station.refusal('oauth.saveProvider', moved)).toMatchObject({ code: 'oauth.provider-linked' });
    await station.invoke('oauth.saveProvider', { ...moved, issuer: provider.issuer, name: 'Head office' });
    expect((await station.invoke('oauth.list', {})).links).toMatchObject([{ providerName: 'Head office' }]);
    await station.invoke('oauth.removeProvider', { id: providerId });
    expect((await station.invoke('oauth.list', {})).links).toEqual([]);
    const [removed] = await station.logged('oauth.provider-removed');
    expect(removed!.object).toContain('"links":1');
  });
});

describe('linking and step-up', () => {
  it('links an identity, proves by it, and unlinks it; each is in the log, the contact before it is made', async () => {
    const link = await station.done('oauth.link', { providerId });
    expect(link).toMatchObject({ subject: 'ada', providerName: 'Office', issuer: provider.issuer, lastUsedAt: null });
    station.wait(60_000);
    expect(await station.done('oauth.prove', { providerId })).toEqual({ providerId, subject: 'ada' });
    const { links } = await station.invoke('oauth.list', {});
    expect(links).toMatchObject([{ id: link.id, lastUsedAt: new Date(station.clock.nowMs).toISOString() }]);
    await station.invoke('oauth.unlink', { id: link.id });
    expect(await station.failed('oauth.prove', { providerId })).toMatchObject({ code: 'oauth.not-linked' });
    expect(await acts()).toEqual([
      'oauth.provider-saved',
      'oauth.sign-in-started',
      'oauth.linked',
      'oauth.sign-in-started',
      'oauth.proved',
      'oauth.unlinked',
    ]);
  });

  it('leaves no token, code or secret of the exchange in the log, in an event or in an answer', async () => {
    const told: unknown[] = [];
    station.engine.subscribe(event => told.push(event));
    told.push(await station.done('oauth.link', { providerId }));
    told.push(await station.invoke('oauth.list', {}), await station.invoke('oauth.providers', {}));
    told.push(await station.invoke('jobs.list', {}), await station.logged(''));
    const answer = station.browser.answers.at(-1)!.url.searchParams;
    const request = provider.requests.at(-1)!;
    const secrets = [answer.get('code'), answer.get('state'), request.get('nonce'), request.get('code_challenge')];
    const text = JSON.stringify(told);
    expect(text).toContain('oauth.linked');
    // A JSON Web Token begins so: {"alg… or {"typ… in base64url.
    expect(text).not.toMatch(/eyJ[\w-]{10}/);
    for (const secret of secrets) {
      expect(secret).toMatch(/.{20}/);
      expect(text).not.toContain(secret);
    }
  });

  it('gives the second step of an account with one-time codes', async () => {
    await station.done('oauth.link', { providerId });
    await enrol(station);
    await station.signOut();
    await station.signIn();
    expect(await station.invoke('workspaces.status', {})).toMatchObject({ open: true, secondStepDue: true });
    await station.done('oauth.prove', { providerId });
    expect(await station.invoke('workspaces.status', {})).toMatchObject({ secondStepDue: false });
    expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: false });
  });

  it('refuses another identity than the linked one, and logs it', async () => {
    await station.done('oauth.link', { providerId });
    await enrol(station);
    await station.signOut();
    await station.signIn();
    provider.conduct.subject = 'mallory';
    station.browser.forget();
    expect(await station.failed('oauth.prove', { providerId })).toMatchObject({ code: 'oauth.other-identity' });
    expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: true });
    provider.conduct.subject = 'ada';
    station.browser.forget();
    await station.done('oauth.prove', { providerId });
    const [refused] = await station.logged('factor.refused');
    expect(refused!.object).toContain('oauth.other-identity');
  });

  it('refuses a forged answer and logs the refusal; nothing is linked', async () => {
    provider.conduct.forgery = { key: 'none' };
    expect(await station.failed('oauth.link', { providerId })).toMatchObject({ code: 'oauth.answer-invalid' });
    provider.conduct.forgery = null;
    provider.conduct.denies = true;
    expect(await station.failed('oauth.link', { providerId })).toMatchObject({ code: 'oauth.denied' });
    expect((await station.invoke('oauth.list', {})).links).toEqual([]);
    expect((await acts()).slice(1)).toEqual([
      'oauth.sign-in-started',
      'factor.refused',
      'oauth.sign-in-started',
      'factor.refused',
    ]);
  });

  it('belongs to one account: another one cannot link the same identity, nor unlink it', async () => {
    const { session } = await station.secondPerson('Bob');
    const { id } = await station.done('oauth.link', { providerId });
    await station.as(session, async () => {
      expect(await station.failed('oauth.link', { providerId })).toMatchObject({ code: 'oauth.identity-taken' });
      expect(await station.failed('oauth.prove', { providerId })).toMatchObject({ code: 'oauth.not-linked' });
      expect(await station.refusal('oauth.unlink', { id })).toMatchObject({ code: 'oauth.link-unknown' });
      expect((await station.invoke('oauth.list', {})).links).toEqual([]);
    });
    expect((await station.invoke('oauth.list', {})).links).toHaveLength(1);
  });

  it('links once', async () => {
    await station.done('oauth.link', { providerId });
    expect(await station.failed('oauth.link', { providerId })).toMatchObject({ code: 'oauth.linked' });
  });
});

describe('without the network', () => {
  it('a sign-in says so and changes nothing; the workspace opens all the same', async () => {
    await station.done('oauth.link', { providerId });
    const before = await acts();
    await provider.close();
    expect(await station.failed('oauth.prove', { providerId })).toMatchObject({
      code: 'oauth.unreachable',
      kept: 'Nothing was changed.',
    });
    expect((await acts()).slice(before.length)).toEqual(['oauth.sign-in-started']);
    await station.signOut();
    await station.signIn();
    expect((await station.invoke('oauth.list', {})).links).toHaveLength(1);
    expect(await station.invoke('factors.read', {})).toMatchObject({ secondStepDue: false });
  });

  it('can be cancelled while the person is at the provider', async () => {
    station.browser.onOpen = () => new URL('http://127.0.0.1:9/');
    const opened = new Promise<void>(resolve => {
      station.engine.subscribe(event => {
        if (event.name === 'job.progressed' && event.payload.stage === 'waiting for the browser') resolve();
      });
    });
    const { jobId, view } = await station.start('oauth.link', { providerId });
    await opened;
    await station.invoke('jobs.cancel', { jobId });
    expect(await view).toMatchObject({ state: 'cancelled' });
    expect((await station.invoke('oauth.list', {})).links).toEqual([]);
    expect((await acts()).at(-1)).toBe('oauth.sign-in-started');
  });

  it('leaving the workspace ends a sign-in under way', async () => {
    station.browser.onOpen = () => new URL('http://127.0.0.1:9/');
    const { view } = await station.start('oauth.link', { providerId });
    await station.signOut();
    expect(await view).toMatchObject({ state: 'cancelled' });
  });
});
