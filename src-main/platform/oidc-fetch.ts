import type { CustomFetch, FetchBody } from 'openid-client';
import { assertProviderAddress } from './oidc-address.ts';

/** No document of OpenID Connect comes near this. */
const MAX_ANSWER_BYTES = 1 << 20;

/**
 * The only place of NEXUS that calls out. Every request of a sign-in passes here: its address is checked again, redirects
 * are not followed, the answer is read up to a limit, and cancelling the sign-in ends it.
 */
export const providerFetch =
  (issuer: URL, signal: AbortSignal): CustomFetch =>
  async (address, options) => {
    const url = new URL(address);
    assertProviderAddress(issuer, url);
    const response = await fetch(url, {
      method: options.method,
      headers: options.headers,
      body: formOf(options.body),
      redirect: 'manual',
      signal: options.signal === undefined ? signal : AbortSignal.any([options.signal, signal]),
    });
    const body = await limited(response);
    return new Response(body, { status: response.status, headers: response.headers });
  };

/** OpenID Connect asks with forms or with nothing. */
const formOf = (body: FetchBody): string | URLSearchParams | null => {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams) return body;
  throw new Error('a request of a sign-in carries a form');
};

const limited = async (response: Response): Promise<Uint8Array<ArrayBuffer> | null> => {
  if (response.body === null) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('the provider’s answer is larger than any of OpenID Connect');
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
