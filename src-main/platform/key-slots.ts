import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { NexusError } from '../contract/errors.ts';

/**
 * Key slots: the store's data key is 32 random bytes; each slot wraps it (AES-256-GCM) under a key-encryption key.
 * A passphrase slot derives that key with Argon2id (RFC 9106). The slot's own parameters are authenticated, so they
 * cannot be weakened unseen; parameters below the floor are refused.
 */
const Argon2Parameters = z.strictObject({
  // Ceilings: a changed header may not make an unlock take all memory or never end.
  memoryKiB: z
    .number()
    .int()
    .max(1 << 20),
  passes: z.number().int().max(64),
  lanes: z.number().int().max(64),
});
const PassphraseSlot = z.strictObject({
  kind: z.literal('passphrase'),
  argon2id: Argon2Parameters,
  salt: z.string(),
  nonce: z.string(),
  wrappedKey: z.string(),
});
/** The workspace's header file. `version` grows when slots of other kinds come. */
export const WorkspaceHeader = z.strictObject({
  format: z.literal('nexus-workspace'),
  version: z.literal(1),
  workspaceId: z.string(),
  createdAt: z.string(),
  cipher: z.literal('sqlcipher-4'),
  slots: z.array(PassphraseSlot).min(1),
});
export type WorkspaceHeader = z.infer<typeof WorkspaceHeader>;
type PassphraseSlot = z.infer<typeof PassphraseSlot>;

/** @node-rs/argon2's numbers for Argon2id and version 1.3 (its enums are declared const, which erasable syntax cannot use). */
const ARGON2ID = 2;
const ARGON2_VERSION_13 = 1;

/** OWASP/RFC 9106 second recommended option is the floor. */
const FLOOR = { memoryKiB: 65_536, passes: 3, lanes: 4 } as const;

const derive = async (passphrase: string, slot: Pick<PassphraseSlot, 'argon2id' | 'salt'>): Promise<Uint8Array> => {
  const stretched = await hashRaw(passphrase.normalize('NFC'), {
    algorithm: ARGON2ID,
    version: ARGON2_VERSION_13,
    memoryCost: slot.argon2id.memoryKiB,
    timeCost: slot.argon2id.passes,
    parallelism: slot.argon2id.lanes,
    outputLen: 32,
    salt: Buffer.from(slot.salt, 'base64'),
  });
  return new Uint8Array(hkdfSync('sha256', stretched, Buffer.alloc(0), 'nexus/key-slot/v1', 32));
};

const authenticated = (workspaceId: string, slot: Pick<PassphraseSlot, 'kind' | 'argon2id' | 'salt'>): Buffer =>
  Buffer.from(
    JSON.stringify([
      workspaceId,
      slot.kind,
      slot.argon2id.memoryKiB,
      slot.argon2id.passes,
      slot.argon2id.lanes,
      slot.salt,
    ]),
  );

/** A new random data key and the passphrase slot that wraps it. */
export const createPassphraseSlot = async (
  workspaceId: string,
  passphrase: string,
): Promise<{ dataKey: Uint8Array; slot: PassphraseSlot }> => {
  const dataKey = new Uint8Array(randomBytes(32));
  const open = { kind: 'passphrase' as const, argon2id: { ...FLOOR }, salt: randomBytes(16).toString('base64') };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, open), nonce);
  cipher.setAAD(authenticated(workspaceId, open));
  const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { dataKey, slot: { ...open, nonce: nonce.toString('base64'), wrappedKey: wrapped.toString('base64') } };
};

/** The data key of a header. Throws `workspace.locked` for a wrong passphrase; never says more than that. */
export const unlockHeader = async (header: WorkspaceHeader, passphrase: string): Promise<Uint8Array> => {
  for (const slot of header.slots) {
    const { memoryKiB, passes, lanes } = slot.argon2id;
    if (memoryKiB < FLOOR.memoryKiB || passes < FLOOR.passes || lanes < FLOOR.lanes)
      throw new NexusError({
        code: 'workspace.weak-parameters',
        category: 'integrity',
        message: 'The workspace header asks for weaker key derivation than NEXUS allows: it was changed.',
        kept: 'Nothing was changed.',
        remedy: 'Restore workspace.json from a backup.',
      });
    const key = await derive(passphrase, slot);
    const wrapped = Buffer.from(slot.wrappedKey, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(slot.nonce, 'base64'));
      decipher.setAAD(authenticated(header.workspaceId, slot));
      decipher.setAuthTag(wrapped.subarray(-16));
      return new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]));
    } catch {
      // Not this slot: GCM says only that the key or the header is wrong. The next slot may fit.
    }
  }
  throw new NexusError({
    code: 'workspace.locked',
    category: 'permission',
    message: 'The passphrase does not open this workspace.',
    kept: 'Nothing was changed.',
    remedy: 'Try again; check the keyboard layout and Caps Lock.',
  });
};

/** A key for one purpose, derived from the data key (HKDF-SHA-256, RFC 5869). */
export const purposeKey = (dataKey: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, Buffer.alloc(0), `nexus/${purpose}`, 32));
