import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';

/** RFC 8410: what stands before the 32 bytes of a private and of a public Ed25519 key in their DER forms. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** A new private key: its 32 bytes, from the system's randomness. */
export const newSigningSeed = (): Uint8Array => new Uint8Array(randomBytes(32));

const privateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });

/** The 32 bytes of the public key that belongs to a private one. */
export const publicKeyOf = (seed: Uint8Array): Uint8Array =>
  new Uint8Array(createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length));

/** Ed25519 (RFC 8032) signature of a message. */
export const signEd25519 = (seed: Uint8Array, message: Uint8Array): Uint8Array =>
  new Uint8Array(sign(null, message, privateKey(seed)));

/** The points of small order by their y (little-endian, without the sign of x): 0, 1, −1 and both of order 8. */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * True for the one spelling of a point whose signatures say something: y below 2^255 − 19 (RFC 8032 § 5.1.3), and not of
 * small order, under which one signature fits many messages. OpenSSL checks neither.
 */
const isKey = (publicKey: Uint8Array): boolean => {
  if (publicKey.length !== 32) return false;
  const y = Buffer.from(publicKey);
  y[31] = (y[31] ?? 0) & 0x7f;
  const isReduced = y[31] !== 0x7f || (y[0] ?? 0) < 0xed || y.subarray(1, 31).some(byte => byte !== 0xff);
  return isReduced && !SMALL_ORDER.has(y.toString('hex'));
};

/** True when the 64 bytes are that key's signature of the message. */
export const verifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  isKey(publicKey) &&
  signature.length === 64 &&
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );
