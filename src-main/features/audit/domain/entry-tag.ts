import type { Sha256 } from './audit-log.ts';

/** HMAC-SHA-256 (RFC 2104); given by the host. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

/** "nexus-al/1 evolve" and a zero byte. */
const EVOLVE = Uint8Array.of(...[...'nexus-al/1 evolve'].map(character => character.codePointAt(0) ?? 0), 0);

/** tag_i = HMAC-SHA256(K_i, leaf_i): only who held K_i could make it. */
export const entryTag = (hmac: HmacSha256, key: Uint8Array, leaf: Uint8Array): Uint8Array => hmac(key, leaf);

/** K_{i+1} = SHA-256("nexus-al/1 evolve\0" ‖ K_i): the way back is not to be found, so a key taken today makes no tag of yesterday. */
export const evolvedKey = (sha256: Sha256, key: Uint8Array): Uint8Array => sha256(EVOLVE, key);
