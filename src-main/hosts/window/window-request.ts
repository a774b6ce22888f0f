import type { NexusErrorData, WireResult } from '../../contract/errors.ts';
import { NexusError } from '../../contract/errors.ts';
import type { EngineClient, SessionId } from '../../engine/engine-client.ts';
import { MAX_REQUEST_LENGTH, type SessionQuota } from './session-quota.ts';

/** Where a request of a window goes. */
export interface RequestTarget {
  readonly engine: EngineClient;
  readonly session: SessionId;
  readonly quota: SessionQuota;
}

/**
 * Passes one request of a window to the engine. `input` came as JSON text of `textLength` UTF-16 units, so it is plain
 * data: no functions, no prototypes, no cycles. Never throws and never shows a stack: a fault becomes `host.fault`
 * . What the channel takes is for the engine to check.
 */
export const passRequest = async (
  target: RequestTarget,
  channel: unknown,
  input: unknown,
  textLength: number,
): Promise<WireResult<unknown>> => {
  if (typeof channel !== 'string' || channel.length > 100) return refusedRequest('The request names no channel');
  if (textLength > MAX_REQUEST_LENGTH)
    return refused('host.request-too-large', `A request may hold ${MAX_REQUEST_LENGTH} characters`);
  return withinQuota(target.quota, () => target.engine.invoke(target.session, channel, input));
};

/** Runs one piece of host work inside a session's quota; refusals and faults come back as results. */
export const withinQuota = async <T>(
  quota: SessionQuota,
  work: () => Promise<WireResult<T>>,
): Promise<WireResult<T>> => {
  const overQuota = quota.enter();
  if (overQuota !== null) return { ok: false, error: overQuota };
  try {
    return await work();
  } catch (error) {
    return { ok: false, error: wireError(error) };
  } finally {
    quota.leave();
  }
};

/** What a window may know of an error: a NexusError's own data; of anything else only that it happened. */
export const wireError = (error: unknown): NexusErrorData =>
  error instanceof NexusError
    ? error.data
    : { code: 'host.fault', category: 'internal', message: 'NEXUS could not carry out the request' };

/** JSON text to its value; `malformed` when it is not JSON. */
export const parseJsonText = (text: string): { readonly value: unknown } | 'malformed' => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'malformed'; // the caller answers with a refusal
  }
};

export const refusedRequest = (message: string): WireResult<never> => refused('host.malformed-request', message);

const refused = (code: string, message: string): WireResult<never> => ({
  ok: false,
  error: { code, category: 'usage', message },
});
