import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NexusError } from '../contract/errors.ts';
import { redirectPath } from './oidc-address.ts';
import type { Claims, Forgery, RealProvider } from './oidc-provider.fixture.ts';
import { CLIENT_ID, ScriptedBrowser, startProvider } from './oidc-provider.fixture.ts';
import type { OidcIdentity } from './oidc-sign-in.ts';
import { signInWithOidc } from './oidc-sign-in.ts';

let provider: RealProvider;
let browser: ScriptedBrowser;
beforeAll(async () => {
  provider = await startProvider();
});
beforeEach(() => {
  Object.assign(provider.conduct, { subject: 'ada', denies: false, forgery: null });
  provider.requests.length = 0;
  browser = new ScriptedBrowser();
});
afterAll(() => provider.close());

const signIn = (rest: { issuer?: string; timeoutMs?: number; signal?: AbortSignal } = {}): Promise<OidcIdentity> =>
  signInWithOidc({
    provider: { issuer: rest.issuer ?? provider.issuer, clientId: CLIENT_ID, scopes: [] },
    browser,
    signal: rest.signal ?? new AbortController().signal,
    timeoutMs: rest.timeoutMs ?? 10_000,
    waiting: () => undefined,
  });

const failureOf = async (work: Promise<unknown>): Promise<NexusError['data']> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NexusError)) throw new Error(`refused with ${String(error)}, not with a NexusError`);
  return error.data;
};

describe('a sign-in at a real provider', () => {
  it('answers who signed in, and asks as RFC 8252 and RFC 7636 say', async () => {
    expect(await signIn()).toEqual({ subject: 'ada', email: 'ada@example.org', name: 'ADA' });
    const [request] = provider.requests;
    expect(Object.fromEntries(request!)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT_ID,
      scope: 'openid',
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: '0',
    });
    expect(request!.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in\/[0-9a-f]{16}$/);
    expect(request!.get('state')!.length).toBeGreaterThanOrEqual(43);
    expect(request!.get('nonce')!.length).toBeGreaterThanOrEqual(43);
    expect(browser.answers.map(({ status }) => status)).toEqual([200]);
  });

  it('asks anew with other secrets each time, although the browser is still signed in', async () => {
    await signIn();
    await signIn();
    const [first, second] = provider.requests;
    for (const name of ['state', 'nonce', 'code_challenge']) expect(first!.get(name)).not.toBe(second!.get(name));
  });
});

describe('answers that prove nothing', () => {
  const forgeries: readonly (readonly [string, RegExp, Forgery])[] = [
    ['a wrong nonce', /nonce/, { claims: claims => ({ ...claims, nonce: 'of another sign-in' }) }],
    ['no nonce', /nonce/, { claims: ({ nonce: _nonce, ...claims }: Claims) => claims }],
    ['alg none', /alg/, { key: 'none' }],
    ['a key that the provider never published', /signature/, { key: 'other' }],
    ['another audience', /"aud"/, { claims: claims => ({ ...claims, aud: 'another-client' }) }],
    ['another issuer', /"iss"/, { claims: claims => ({ ...claims, iss: 'https://other.example' }) }],
    [
      'a stale auth_time',
      /fresh/,
      { claims: claims => ({ ...claims, auth_time: (claims.auth_time as number) - 3_600 }) },
    ],
    // As if this station's clock had been set back by ten minutes: only the token's own two times tell.
    [
      'an auth_time that is stale by the provider’s clock',
      /fresh/,
      { claims: claims => ({ ...claims, iat: (claims.iat as number) + 600 }) },
    ],
    ['no auth_time', /auth_time/, { claims: ({ auth_time: _time, ...claims }: Claims) => claims }],
    ['an expired token', /exp/, { claims: claims => ({ ...claims, exp: (claims.exp as number) - 86_400 }) }],
    ['an endless subject', /subject/, { claims: claims => ({ ...claims, sub: 'x'.repeat(300) }) }],
  ];
  it.each(forgeries)('%s is refused', async (_name, reason, forgery) => {
    provider.conduct.forgery = forgery;
    expect(await failureOf(signIn())).toMatchObject({
      code: 'oauth.answer-invalid',
      category: 'permission',
      message: expect.stringMatching(reason),
    });
    await browser.journey;
    expect(browser.answers).toHaveLength(1); // the answer arrived: it was the ID token that was refused
  });

  it('the same forging apparatus, forging nothing, is believed', async () => {
    provider.conduct.forgery = { key: 'own' };
    expect(await signIn()).toMatchObject({ subject: 'ada' });
  });

  it('a code used before is refused', async () => {
    await signIn();
    const used = browser.answers[0]!.url.searchParams.get('code')!;
    browser.onAnswer = url => {
      url.searchParams.set('code', used);
      return url;
    };
    expect(await failureOf(signIn())).toMatchObject({
      code: 'oauth.refused',
      message: expect.stringContaining('invalid_grant'),
    });
  });

  it('an answer with another state is turned away, and does not end the wait for the right one', async () => {
    const statuses: number[] = [];
    browser.onAnswer = async url => {
      const forged = new URL(url);
      forged.searchParams.set('state', 'x'.repeat(43));
      const twice = new URL(url);
      twice.searchParams.append('state', url.searchParams.get('state')!);
      const elsewhere = new URL('/signed-in/0000000000000000', url);
      elsewhere.search = url.search;
      for (const wrong of [forged, twice, elsewhere]) statuses.push((await fetch(wrong)).status);
      statuses.push((await fetch(url, { method: 'POST' })).status);
      return url;
    };
    expect(await signIn()).toMatchObject({ subject: 'ada' });
    expect(statuses).toEqual([400, 400, 400, 400]);
  });

  it('an answer brought twice is taken once', async () => {
    let again = 0;
    browser.onAnswer = async url => {
      again = await fetch(url).then(response => response.status);
      return url;
    };
    expect(await signIn()).toMatchObject({ subject: 'ada' });
    await browser.journey.catch(() => undefined);
    expect(again).toBe(200); // the first of the two
    for (const { status } of browser.answers) expect(status).toBe(410);
    await expect(fetch(provider.requests[0]!.get('redirect_uri')!)).rejects.toThrow(); // nothing listens any more
  });

  it('mix-up: an answer of another provider, led to ours, is refused by its iss (RFC 9207)', async () => {
    const attacked = await startProvider([redirectPath(provider.issuer, CLIENT_ID)]);
    try {
      browser.onOpen = url => new URL(`${attacked.issuer}${url.pathname}${url.search}`);
      expect(await failureOf(signIn())).toMatchObject({ code: 'oauth.answer-invalid' });
      await browser.journey;
      expect(browser.answers[0]!.url.searchParams.get('iss')).toBe(attacked.issuer);
      expect(browser.answers[0]!.url.searchParams.get('code')).not.toBeNull();
    } finally {
      await attacked.close();
    }
  });

  it('mix-up: without an iss in the answer, too', async () => {
    const attacked = await startProvider([redirectPath(provider.issuer, CLIENT_ID)]);
    try {
      browser.onOpen = url => new URL(`${attacked.issuer}${url.pathname}${url.search}`);
      browser.onAnswer = url => {
        url.searchParams.delete('iss');
        return url;
      };
      expect(await failureOf(signIn())).toMatchObject({ code: 'oauth.answer-invalid' });
    } finally {
      await attacked.close();
    }
  });

  it('mix-up: a provider that knows only its own redirect path does not answer to ours', async () => {
    const attacked = await startProvider();
    try {
      browser.onOpen = url => new URL(`${attacked.issuer}${url.pathname}${url.search}`);
      expect(await failureOf(signIn({ timeoutMs: 1_500 }))).toMatchObject({ code: 'oauth.timed-out' });
      expect(attacked.requests).toHaveLength(1);
      expect(browser.answers).toHaveLength(0);
    } finally {
      await attacked.close();
    }
  });
});

describe('a sign-in that does not come about', () => {
  it('denied by the person', async () => {
    provider.conduct.denies = true;
    expect(await failureOf(signIn())).toMatchObject({ code: 'oauth.denied', category: 'permission' });
  });

  it('with the provider away', async () => {
    const away = await startProvider();
    const { issuer } = away;
    await away.close();
    expect(await failureOf(signIn({ issuer }))).toMatchObject({
      code: 'oauth.unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
      kept: 'Nothing was changed.',
      remedy: expect.stringContaining('one-time code'),
    });
  });

  it('with a person who never comes back', async () => {
    browser.onOpen = () => new URL('http://127.0.0.1:9/');
    expect(await failureOf(signIn({ timeoutMs: 500 }))).toMatchObject({ code: 'oauth.timed-out' });
  });

  it('cancelled while it waits, and before it begins', async () => {
    const controller = new AbortController();
    browser.onOpen = () => {
      setTimeout(() => controller.abort(), 50);
      return new URL('http://127.0.0.1:9/');
    };
    expect(await failureOf(signIn({ signal: controller.signal }))).toMatchObject({ category: 'cancelled' });
    expect(await failureOf(signIn({ signal: controller.signal }))).toMatchObject({ category: 'cancelled' });
    expect(provider.requests).toHaveLength(0);
  });

  it.each([
    'http://login.example',
    'http://localhost:4000',
    'http://127.0.0.1.example',
    'file:///etc/passwd',
    'https://login.example/?tenant=1',
    'https://user@login.example',
  ])('issuer %s is refused before anything is contacted', async issuer => {
    expect(await failureOf(signIn({ issuer }))).toMatchObject({ code: 'oauth.address-refused', category: 'usage' });
    expect(provider.requests).toHaveLength(0);
  });
});
