import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { NexusError } from '../contract/errors.ts';
import { SECOND_SECRETS, type SecondSecret } from '../contract/workspaces.contract.ts';
import type { StretchingCost } from './key-stretching.ts';
import { assertStrong, StretchingCost as StretchingCostShape, stretch } from './key-stretching.ts';

/**
 * Key slots: the store's data key is 32 random bytes; each slot wraps it (AES-256-GCM) under a key-encryption key. A
 * password slot is an account's: HKDF(Argon2id(password) ‖ device secret), so that neither the password nor the device
 * alone opens it. What a slot says of itself is authenticated: it cannot be weakened or handed over unseen. Slots
 * show no user names: their owner is a digest.
 */
const Wrapped = { salt: z.string(), nonce: z.string(), wrappedKey: z.string() };

/** The only kind of version 1: one passphrase for everybody. Read, and replaced at the first successful sign-in. */
const PassphraseSlot = z.strictObject({ kind: z.literal('passphrase'), argon2id: StretchingCostShape, ...Wrapped });
const PasswordSlot = z.strictObject({
  kind: z.literal('password'),
  owner: z.string().regex(/^[0-9a-f]{64}$/),
  second: z.enum(SECOND_SECRETS),
  /** Names the device secret of this slot; null where there is none. */
  secretId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  /** True while the password is an initial one, which somebody else has seen. */
  initial: z.boolean(),
  argon2id: StretchingCostShape,
  ...Wrapped,
});
const RecoverySlot = z.strictObject({ kind: z.literal('recovery'), ...Wrapped });

const Common = {
  format: z.literal('nexus-workspace'),
  workspaceId: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  createdAt: z.string(),
  cipher: z.literal('sqlcipher-4'),
};
/** The workspace's header file, in both forms. */
export const WorkspaceHeader = z.union([
  z.strictObject({ ...Common, version: z.literal(1), slots: z.array(PassphraseSlot).min(1) }),
  z.strictObject({
    ...Common,
    version: z.literal(2),
    slots: z
      .array(z.discriminatedUnion('kind', [PasswordSlot, RecoverySlot]))
      .min(1)
      .max(1000),
  }),
]);
export type WorkspaceHeader = z.infer<typeof WorkspaceHeader>;
export type PasswordSlot = z.infer<typeof PasswordSlot>;
export type RecoverySlot = z.infer<typeof RecoverySlot>;
type PassphraseSlot = z.infer<typeof PassphraseSlot>;
export type KeySlot = PasswordSlot | RecoverySlot;
type AnySlot = KeySlot | PassphraseSlot;

/** Whose slot it is, without the name: a digest over the workspace and the folded user name. */
export const slotOwner = (workspaceId: string, folded: string): string =>
  createHash('sha256').update(`nexus/slot-owner\0${workspaceId}\0${folded}`).digest('hex');

const authenticated = (workspaceId: string, slot: Omit<AnySlot, 'nonce' | 'wrappedKey'>): Buffer => {
  switch (slot.kind) {
    case 'passphrase': {
      const { argon2id, salt } = slot as PassphraseSlot;
      return Buffer.from(
        JSON.stringify([workspaceId, slot.kind, argon2id.memoryKiB, argon2id.passes, argon2id.lanes, salt]),
      );
    }
    case 'password': {
      const { owner, second, secretId, initial, argon2id, salt } = slot as PasswordSlot;
      const cost = [argon2id.memoryKiB, argon2id.passes, argon2id.lanes];
      return Buffer.from(JSON.stringify([2, workspaceId, slot.kind, owner, second, secretId, initial, ...cost, salt]));
    }
    case 'recovery':
      return Buffer.from(JSON.stringify([2, workspaceId, slot.kind, slot.salt]));
  }
};

const wrap = (key: Uint8Array, dataKey: Uint8Array, aad: Buffer): { nonce: string; wrappedKey: string } => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), wrappedKey: wrapped.toString('base64') };
};

/** The data key, or null when the key does not fit: GCM says only that the key or the slot is wrong. */
const unwrap = (key: Uint8Array, slot: AnySlot, aad: Buffer): Uint8Array | null => {
  const wrapped = Buffer.from(slot.wrappedKey, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(slot.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(aad);
    decipher.setAuthTag(wrapped.subarray(-16));
    return new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]));
  } catch {
    return null;
  } finally {
    key.fill(0);
  }
};

const keyOf = (material: Uint8Array, info: string): Uint8Array => {
  const key = new Uint8Array(hkdfSync('sha256', material, Buffer.alloc(0), info, 32));
  material.fill(0);
  return key;
};

const passwordKey = async (
  password: string,
  deviceSecret: Uint8Array | null,
  slot: Pick<PasswordSlot, 'argon2id' | 'salt'>,
): Promise<Uint8Array> => {
  const stretched = await stretch(password, slot.argon2id, Buffer.from(slot.salt, 'base64'));
  const material = Buffer.concat([stretched, deviceSecret ?? new Uint8Array()]);
  stretched.fill(0);
  return keyOf(material, 'nexus/key-slot/v2');
};

/** What a new password slot is made of. */
export interface PasswordSlotOptions {
  readonly workspaceId: string;
  readonly owner: string;
  readonly password: string;
  readonly cost: StretchingCost;
  /** The device secret that goes with the password; null for a password alone. */
  readonly device: {
    readonly kind: Exclude<SecondSecret, 'none'>;
    readonly id: string;
    readonly secret: Uint8Array;
  } | null;
  readonly initial: boolean;
}

/** Wraps the data key for an account. */
export const createPasswordSlot = async (
  dataKey: Uint8Array,
  { workspaceId, owner, password, cost, device, initial }: PasswordSlotOptions,
): Promise<PasswordSlot> => {
  assertStrong(cost);
  const open = {
    kind: 'password' as const,
    owner,
    second: device?.kind ?? ('none' as const),
    secretId: device?.id ?? null,
    initial,
    argon2id: { ...cost },
    salt: randomBytes(16).toString('base64'),
  };
  const key = await passwordKey(password, device?.secret ?? null, open);
  const wrapped = wrap(key, dataKey, authenticated(workspaceId, open));
  key.fill(0);
  return { ...open, ...wrapped };
};

/** Opens one password slot (of either version); null when password or device secret do not fit. */
export const openPasswordSlot = async (
  workspaceId: string,
  slot: PasswordSlot | PassphraseSlot,
  password: string,
  deviceSecret: Uint8Array | null,
): Promise<Uint8Array | null> => {
  assertStrong(slot.argon2id);
  const key =
    slot.kind === 'password'
      ? await passwordKey(password, deviceSecret, slot)
      : keyOf(await stretch(password, slot.argon2id, Buffer.from(slot.salt, 'base64')), 'nexus/key-slot/v1');
  return unwrap(key, slot, authenticated(workspaceId, slot));
};

const recoveryKey = (code: Uint8Array, salt: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', code, Buffer.from(salt, 'base64'), 'nexus/recovery-slot/v2', 32));

/** Wraps the data key under a recovery code. Its 128 random bits need no stretching (SP 800-63B: 112 suffice). */
export const createRecoverySlot = (workspaceId: string, dataKey: Uint8Array, code: Uint8Array): RecoverySlot => {
  const open = { kind: 'recovery' as const, salt: randomBytes(16).toString('base64') };
  const key = recoveryKey(code, open.salt);
  const wrapped = wrap(key, dataKey, authenticated(workspaceId, open));
  key.fill(0);
  return { ...open, ...wrapped };
};

/** Opens a recovery slot; null when the code does not fit. */
export const openRecoverySlot = (workspaceId: string, slot: RecoverySlot, code: Uint8Array): Uint8Array | null =>
  unwrap(recoveryKey(code, slot.salt), slot, authenticated(workspaceId, slot));

/** A new data key. */
export const newDataKey = (): Uint8Array => new Uint8Array(randomBytes(32));

/** A digest over all that a header says, to notice one that something else than NEXUS put back or changed. */
export const slotsDigest = (header: WorkspaceHeader): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(JSON.stringify([header.workspaceId, header.createdAt, header.slots]))
      .digest(),
  );

/** The refusal of every failed unlock: it never says which part failed, nor whether there is such an account (ASVS 6.3.8). */
export const lockedError = (triesLeft: number | null, hint = ''): NexusError =>
  new NexusError({
    code: 'workspace.locked',
    category: 'permission',
    message: 'What was given does not open this workspace.',
    kept: 'Nothing was changed.',
    remedy: [
      'Check the user name, the passphrase (keyboard layout, Caps Lock) and the second secret, where there is one.',
      ...(hint === '' ? [] : [hint]),
      ...(triesLeft === null ? [] : [`Tries left before only the recovery code helps: ${triesLeft}.`]),
    ].join(' '),
  });

/** A key for one purpose, derived from the data key (HKDF-SHA-256, RFC 5869). */
export const purposeKey = (dataKey: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, Buffer.alloc(0), `nexus/${purpose}`, 32));
