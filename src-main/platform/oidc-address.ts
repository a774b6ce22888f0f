import { createHash } from 'node:crypto';
import { NexusError } from '../contract/errors.ts';

/** True for http on a loopback address given as a number: a name could resolve elsewhere (RFC 8252, section 8.3). */
const isLoopback = (url: URL): boolean =>
  url.protocol === 'http:' && (/^127\.\d+\.\d+\.\d+$/.test(url.hostname) || url.hostname === '[::1]');

const refusedAddress = (text: string, why: string): NexusError =>
  new NexusError({
    code: 'oauth.address-refused',
    category: 'usage',
    message: `${text} is refused: ${why}.`,
    kept: 'Nothing was changed; nothing was contacted.',
    remedy: 'Use the https address that the provider publishes.',
  });

/** The address of an issuer (OpenID Connect Discovery, section 2: https, no query, no fragment); http on loopback only. */
export const issuerAddress = (text: string): URL => {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isLoopback(url))
    throw refusedAddress(text, 'an issuer is https, or http on a loopback address');
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw refusedAddress(text, 'an issuer has no query, no fragment and no user');
  return url;
};

/** Refuses what a provider's own metadata may not send us to: anything that is less guarded than its issuer. */
export const assertProviderAddress = (issuer: URL, url: URL): void => {
  if (url.protocol === 'https:' || (isLoopback(issuer) && isLoopback(url))) return;
  throw refusedAddress(url.origin, 'the provider names an address without https');
};

/**
 * The path of the loopback redirect of one provider. Each has its own: an answer that another provider was led to send
 * (a mix-up, RFC 9700, section 4.4) does not arrive, even from one that leaves out its `iss`.
 */
export const redirectPath = (issuer: string, clientId: string): string =>
  `/signed-in/${createHash('sha256').update(`${issuer}\n${clientId}`).digest('hex').slice(0, 16)}`;
