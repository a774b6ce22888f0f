import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A fresh secret of 256 bits as URL-safe text: the launch token, or the key by which a reloaded window comes back. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Whether `given` is the secret. Digests are compared, so neither length nor content shows in the time it takes. */
export const isSecret = (secret: string, given: unknown): boolean =>
  typeof given === 'string' && timingSafeEqual(digestOf(secret), digestOf(given));

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
