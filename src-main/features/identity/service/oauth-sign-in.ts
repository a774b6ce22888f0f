import { NexusError } from '../../../contract/errors.ts';
import type { JobContext } from '../../../engine/handler.ts';
import type { OidcIdentity } from '../../../platform/oidc-sign-in.ts';
import type { OauthProviderRecord } from '../storage/oauth.repository.ts';

/** How long a person may take at the provider's pages. */
const SIGN_IN_TIMEOUT_MS = 5 * 60_000;
/** Failures that say nothing about the person: the network, the clock on the wall, a change of mind. */
const NO_REFUSAL: ReadonlySet<string> = new Set(['oauth.unreachable', 'oauth.timed-out', 'browser.not-opened']);

/** Tells the log. */
export type LogNamed = (act: string, obj: Readonly<Record<string, string>>) => void;

/**
 * Signs in at a provider on behalf of a job. `log` is told of the contact before it is made; what the provider or the checks
 * refused is logged too. An outage changes nothing.
 */
export const signInAt = async (
  context: JobContext,
  provider: OauthProviderRecord,
  purpose: 'link' | 'step-up',
  log: LogNamed,
): Promise<OidcIdentity> => {
  const named = { provider: provider.id, issuer: provider.issuer, purpose };
  log('oauth.sign-in-started', named);
  context.progress({ stage: 'contacting the provider', done: 0, total: null, unit: '' });
  // What can call out is not even loaded before a person asks for it.
  const { signInWithOidc } = await import('../../../platform/oidc-sign-in.ts');
  try {
    return await signInWithOidc({
      provider: {
        issuer: provider.issuer,
        clientId: provider.client_id,
        scopes: JSON.parse(provider.scopes) as string[],
      },
      browser: context.ports.browser,
      signal: context.signal,
      timeoutMs: SIGN_IN_TIMEOUT_MS,
      waiting: () => context.progress({ stage: 'waiting for the browser', done: 0, total: null, unit: '' }),
    });
  } catch (error) {
    if (error instanceof NexusError && error.data.category === 'permission' && !NO_REFUSAL.has(error.data.code))
      log('factor.refused', { ...named, reason: error.data.code });
    throw error;
  }
};
