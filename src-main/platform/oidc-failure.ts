import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { NexusError } from '../contract/errors.ts';

const UNCHANGED = 'Nothing was changed.';
const OTHER_WAY = 'Use a one-time code or the password instead, or try again later.';

const failure = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code: `oauth.${code}`, category: 'permission', message, kept: UNCHANGED, remedy });

/** Printable ASCII, and not much of it: a provider's texts may end on a terminal. */
const plainText = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 120);

export const timedOut = (): NexusError =>
  failure('timed-out', 'The sign-in at the provider did not come to an end in time.', OTHER_WAY);

/** An answer that does not prove what it must: never a reason to try less strictly. */
export const invalidAnswer = (why: string): NexusError =>
  failure(
    'answer-invalid',
    `The provider’s answer was refused: ${why}.`,
    'Tell whoever administers the provider; use a one-time code or the password instead.',
  );

/** Any error of a sign-in in plain words. */
export const signInFailure = (error: unknown): NexusError => {
  if (error instanceof NexusError) return error;
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied'
      ? failure('denied', 'The sign-in was denied at the provider.', OTHER_WAY)
      : failure('refused', `The provider refused the sign-in (${plainText(error.error)}).`, OTHER_WAY);
  if (error instanceof ResponseBodyError)
    return failure('refused', `The provider refused the answer (${plainText(error.error)}).`, OTHER_WAY);
  if (error instanceof ClientError)
    return error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
      ? invalidAnswer(
          `${detailOf(error)}; its time and this station’s clock do not agree, or the sign-in was not fresh`,
        )
      : invalidAnswer(detailOf(error));
  if (error instanceof DOMException && error.name === 'TimeoutError') return timedOut();
  return failure('unreachable', `The provider cannot be reached${reasonOf(error)}.`, OTHER_WAY);
};

/** The library names the claim or rule in the error's cause. */
const detailOf = (error: ClientError): string =>
  plainText(error.cause instanceof Error ? error.cause.message : error.message);

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? '' : ` (${plainText(code)})`;
};
