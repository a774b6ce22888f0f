import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { NexusError } from '../contract/errors.ts';
import type { SecondSecret } from '../contract/workspaces.contract.ts';
import type { PasswordSlot } from './key-slots.ts';
import type { Keychain } from './keychain.ts';

/** 32 random bytes that open an account's slot together with its password: in the keychain, or in a key file. */
export interface DeviceSecret {
  readonly kind: Exclude<SecondSecret, 'none'>;
  readonly id: string;
  readonly secret: Uint8Array;
}

const KeyFileShape = z.strictObject({
  format: z.literal('nexus-key-file'),
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
  check: z.string(),
});
const MAX_KEY_FILE_BYTES = 4096;

const keychainName = (id: string): string => `device-secret.${id}`;
const checkOf = (id: string, secret: string): string =>
  createHash('sha256').update(`nexus/key-file\0${id}\0${secret}`).digest('hex').slice(0, 16);

/** A new device secret; one for the keychain is kept there before this returns. Throws `keychain.unavailable`. */
export const newDeviceSecret = (kind: SecondSecret, keychain: Keychain): DeviceSecret | null => {
  if (kind === 'none') return null;
  const device = { kind, id: randomBytes(16).toString('hex'), secret: new Uint8Array(randomBytes(32)) };
  if (kind === 'keychain') {
    const { available, reason } = keychain.state();
    if (!available)
      throw new NexusError({
        code: 'keychain.unavailable',
        category: 'conflict',
        message: `This station has no keychain that NEXUS could keep a secret in: ${reason}`,
        kept: 'Nothing was changed.',
        remedy: 'Choose a key file (kept on a USB stick), or knowingly a password alone.',
      });
    keychain.write(keychainName(device.id), device.secret);
  }
  return device;
};

/** The file to save off this machine. */
export const keyFileOf = (
  device: DeviceSecret | null,
  workspaceName: string,
): { name: string; content: string } | null => {
  if (device?.kind !== 'key-file') return null;
  const secret = Buffer.from(device.secret).toString('hex');
  const file = { format: 'nexus-key-file', version: 1, id: device.id, secret, check: checkOf(device.id, secret) };
  return { name: `${workspaceName}.nexus-key`, content: `${JSON.stringify(file, null, 2)}\n` };
};

/** Reads a key file. Throws `key-file.unreadable` or `key-file.damaged`. */
export const readKeyFile = (path: string): { readonly id: string; readonly secret: Uint8Array } => {
  const refuse = (code: string, message: string): NexusError =>
    new NexusError({
      code,
      category: 'input',
      message,
      kept: 'Nothing was changed.',
      remedy: 'Give the key file saved when the password was set, or use the recovery code.',
    });
  let text: string;
  try {
    if (statSync(path).size > MAX_KEY_FILE_BYTES) throw refuse('key-file.damaged', 'This is no NEXUS key file.');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof NexusError) throw error;
    throw refuse('key-file.unreadable', 'The key file cannot be read.');
  }
  let content: unknown = null;
  try {
    content = JSON.parse(text);
  } catch {
    // Judged below like any other text that is no key file.
  }
  const file = KeyFileShape.safeParse(content);
  if (!file.success || file.data.check !== checkOf(file.data.id, file.data.secret))
    throw refuse('key-file.damaged', 'This is no NEXUS key file, or it is damaged.');
  return { id: file.data.id, secret: Uint8Array.from(Buffer.from(file.data.secret, 'hex')) };
};

/**
 * The device secret of a slot, from the keychain or the given key file. A slot whose secret is not at hand gets random
 * bytes: it does not open, after the same time as with a wrong password. Throws `keychain.away`.
 */
export const deviceSecretOf = (
  slot: PasswordSlot,
  keychain: Keychain,
  keyFile: { readonly id: string; readonly secret: Uint8Array } | null,
): Uint8Array | null => {
  if (slot.second === 'none' || slot.secretId === null) return null;
  const found =
    slot.second === 'keychain'
      ? keychain.state().available
        ? keychain.read(keychainName(slot.secretId))
        : null
      : keyFile?.id === slot.secretId
        ? keyFile.secret
        : null;
  return found ?? new Uint8Array(randomBytes(32));
};

/** Forgets the secret of a slot that is no longer used. */
export const forgetDeviceSecret = (slot: PasswordSlot, keychain: Keychain): void => {
  if (slot.second === 'keychain' && slot.secretId !== null && keychain.state().available)
    keychain.remove(keychainName(slot.secretId));
};
