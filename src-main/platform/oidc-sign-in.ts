import * as client from 'openid-client';
import { assertProviderAddress, issuerAddress, redirectPath } from './oidc-address.ts';
import { invalidAnswer, signInFailure, timedOut } from './oidc-failure.ts';
import { providerFetch } from './oidc-fetch.ts';
import { listenForRedirect } from './oidc-loopback.ts';
import type { Browser } from './ports.ts';
import { cancelled } from './worker-pool.ts';

/** A provider as configured. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Scopes besides `openid`. */
  readonly scopes: readonly string[];
}

/** Who signed in, by a verified ID token. No token outlives the call. */
export interface OidcIdentity {
  readonly subject: string;
  readonly email: string | null;
  readonly name: string | null;
}

export interface OidcSignIn {
  readonly provider: OidcProvider;
  readonly browser: Browser;
  readonly signal: AbortSignal;
  /** How long the person may take at the provider. */
  readonly timeoutMs: number;
  /** Told when the browser shows the provider's page. */
  readonly waiting: () => void;
}

const REQUEST_TIMEOUT_SECONDS = 15;
/** Tolerance between two clocks, as the library has it for every other claim. */
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * One sign-in at an OpenID provider: authorization code with PKCE (S256) in the system's browser, answer on loopback
 * (RFC 8252), exact `iss`, `aud`, `nonce`, `state` and answer `iss` (RFC 9207), ID token's signature checked (OpenID
 * Connect Core 1.0, section 3.1.3.7). Asks for a fresh sign-in (prompt=login, max_age=0) and believes only an `auth_time`
 * after its own start. Throws NexusError; changes nothing.
 */
export const signInWithOidc = async (request: OidcSignIn): Promise<OidcIdentity> => {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(timedOut()), request.timeoutMs);
  const cancel = (): void => ended.abort(cancelled());
  request.signal.addEventListener('abort', cancel);
  try {
    if (request.signal.aborted) throw cancelled();
    return await signIn(request, ended.signal);
  } catch (error) {
    throw signInFailure(ended.signal.aborted ? ended.signal.reason : error);
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', cancel);
  }
};

const signIn = async ({ provider, browser, waiting }: OidcSignIn, signal: AbortSignal): Promise<OidcIdentity> => {
  const startedMs = performance.now();
  const config = await discover(provider, signal);
  const state = client.randomState();
  const nonce = client.randomNonce();
  const verifier = client.randomPKCECodeVerifier();
  const redirect = await listenForRedirect(redirectPath(provider.issuer, provider.clientId), state);
  try {
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirect.redirectUri,
      scope: ['openid', ...provider.scopes].join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      prompt: 'login',
      max_age: '0',
    });
    assertProviderAddress(issuerAddress(provider.issuer), address);
    await browser.open(address);
    waiting();
    const answer = await Promise.race([redirect.answer, aborted(signal)]);
    const tokens = await client.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      maxAge: Math.ceil((performance.now() - startedMs) / 1000),
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw invalidAnswer('it holds no ID token');
    assertFresh(claims, (performance.now() - startedMs) / 1000);
    if (claims.sub.length > MAX_SUBJECT_LENGTH || !claims.sub.isWellFormed())
      throw invalidAnswer('its subject is no name');
    return { subject: claims.sub, email: shortText(claims.email), name: shortText(claims.name) };
  } finally {
    redirect.close();
  }
};

/** Reads the provider's metadata, which must be the issuer's own, letter by letter: no tenant's, no alias's. */
const discover = async (provider: OidcProvider, signal: AbortSignal): Promise<client.Configuration> => {
  const issuer = issuerAddress(provider.issuer);
  const execute = [client.enableNonRepudiationChecks];
  // Needed for a provider on this machine only; every address is checked again by `providerFetch`.
  if (issuer.protocol === 'http:') execute.push(client.allowInsecureRequests);
  const config = await client.discovery(issuer, provider.clientId, undefined, client.None(), {
    execute,
    timeout: REQUEST_TIMEOUT_SECONDS,
    [client.customFetch]: providerFetch(issuer, signal),
  });
  if (new URL(config.serverMetadata().issuer).href !== issuer.href)
    throw invalidAnswer('its metadata is another issuer’s');
  return config;
};

/**
 * By the provider's own clock the person signed in after this began. The library compares with this station's clock, which
 * an examiner can set back; the two times of the token cannot be moved.
 */
const assertFresh = ({ iat, auth_time }: client.IDToken, elapsedSeconds: number): void => {
  if (auth_time === undefined || iat - auth_time > elapsedSeconds + CLOCK_TOLERANCE_SECONDS)
    throw invalidAnswer('the sign-in was not fresh');
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

/** OpenID Connect Core 1.0, section 2. */
const MAX_SUBJECT_LENGTH = 255;
const MAX_TEXT_LENGTH = 200;
const shortText = (claim: unknown): string | null =>
  typeof claim === 'string' && claim !== '' && claim.isWellFormed() ? claim.slice(0, MAX_TEXT_LENGTH) : null;
