import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { redirectPath } from './oidc-address.ts';
import type { Browser } from './ports.ts';

export const CLIENT_ID = 'nexus-station';

export type Claims = Record<string, unknown>;

/** How the provider answers at its token endpoint instead of with its own ID token. */
export interface Forgery {
  readonly claims?: (claims: Claims) => Claims;
  /** `own`: the provider's key. `other`: a key it never published, under the same key id. `none`: alg none, no signature. */
  readonly key?: 'own' | 'other' | 'none';
}

/** What a test changes about the provider, also while it runs. */
export interface Conduct {
  /** Who signs in on the provider's pages. */
  subject: string;
  denies: boolean;
  forgery: Forgery | null;
}

/** A real OpenID provider (oidc-provider) on 127.0.0.1 whose pages are answered by a script. */
export interface RealProvider {
  readonly issuer: string;
  readonly conduct: Conduct;
  /** Authorization requests as they arrived. */
  readonly requests: URLSearchParams[];
  close(): Promise<void>;
}

const rsaKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const KEY_ID = 'signing';

/** Starts a provider. `alsoPaths`: further redirect paths its client may use, as an attacker would register them. */
export const startProvider = async (alsoPaths: readonly string[] = []): Promise<RealProvider> => {
  const conduct: Conduct = { subject: 'ada', denies: false, forgery: null };
  const requests: URLSearchParams[] = [];
  const own = rsaKey();
  const other = rsaKey();
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [redirectPath(issuer, CLIENT_ID), ...alsoPaths].map(path => `http://127.0.0.1${path}`),
      },
    ],
    jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of the fixture'] },
    claims: { openid: ['sub', 'email', 'name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, name: id.toUpperCase() }),
    }),
  });
  provider.use(async (context, next) => {
    if (context.path === '/auth') requests.push(new URLSearchParams(context.querystring));
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (context.path === '/token' && conduct.forgery !== null && body?.id_token !== undefined)
      context.body = { ...body, id_token: forge(body.id_token, conduct.forgery, own, other) };
  });
  const pages = provider.callback();

  const interaction = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params } = await provider.interactionDetails(request, response);
    if (conduct.denies) {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId: conduct.subject } });
      return;
    }
    const grant = new provider.Grant({ accountId: conduct.subject, clientId: params.client_id as string });
    grant.addOIDCScope(params.scope as string);
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  };
  answer = (request, response) => {
    if (request.url?.startsWith('/interaction/') === true)
      interaction(request, response).catch((error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    else void pages(request, response);
  };
  return {
    issuer,
    conduct,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
};

const forge = (idToken: string, forgery: Forgery, own: KeyObject, other: KeyObject): string => {
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1]!, 'base64url').toString()) as Claims;
  const key = forgery.key ?? 'own';
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = key === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: KEY_ID };
  const signed = `${part(header)}.${part(forgery.claims?.(claims) ?? claims)}`;
  if (key === 'none') return `${signed}.`;
  const signer = createPrivateKey((key === 'own' ? own : other).export({ format: 'pem', type: 'pkcs8' }));
  return `${signed}.${sign('sha256', Buffer.from(signed), signer).toString('base64url')}`;
};

/** A browser that follows redirects with its cookies, as the system's would, and ends at NEXUS's own page. */
export class ScriptedBrowser implements Browser {
  /** Addresses of answers brought to NEXUS, and what NEXUS replied to each. */
  readonly answers: { readonly url: URL; readonly status: number }[] = [];
  /** What the person's machine does to the first address, and to the answer, on their way. */
  onOpen: (url: URL) => URL = url => url;
  onAnswer: (url: URL) => URL | Promise<URL> = url => url;
  /** The journey under way: `open` returns as a system's opener does, before the person has done anything. */
  journey: Promise<void> = Promise.resolve();
  private readonly cookies = new Map<string, string>();

  async open(url: URL): Promise<void> {
    this.journey = this.travel(this.onOpen(url));
    this.journey.catch(() => undefined); // a journey that breaks off is a person who never comes back
  }

  /** The browser of a person who is signed in nowhere. */
  forget(): void {
    this.cookies.clear();
  }

  private async travel(first: URL): Promise<void> {
    let url = first;
    for (let hops = 0; hops < 20; hops++) {
      const isAnswer = url.pathname.startsWith('/signed-in/');
      if (isAnswer) url = await this.onAnswer(url);
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: isAnswer ? {} : { cookie } });
      await response.arrayBuffer();
      if (isAnswer) {
        this.answers.push({ url, status: response.status });
        return;
      }
      for (const set of response.headers.getSetCookie()) {
        const [name, value] = set.split(';')[0]!.split('=');
        this.cookies.set(name!, value!);
      }
      const location = response.headers.get('location');
      if (location === null) return;
      url = new URL(location, url);
    }
  }
}
