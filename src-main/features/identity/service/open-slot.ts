import { NexusError } from '../../../contract/errors.ts';
import { deviceSecretOf } from '../../../platform/device-secret.ts';
import {
  openPasswordSlot,
  openRecoverySlot,
  type PasswordSlot,
  type RecoverySlot,
  slotOwner,
  type WorkspaceHeader,
} from '../../../platform/key-slots.ts';
import type { Keychain } from '../../../platform/keychain.ts';
import { foldedName } from '../domain/username.ts';

/** What a person gives to sign in. */
export interface Credentials {
  /** Null: the account whose password fits. */
  readonly username: string | null;
  /** Where nobody has the name: as if none was given. */
  readonly orAnyAccount?: boolean;
  readonly password: string;
  readonly keyFile: { readonly id: string; readonly secret: Uint8Array } | null;
}

/** An opened key slot. `slot` null: the one passphrase of a workspace that has no accounts yet (header version 1). */
export interface OpenedSlot {
  readonly dataKey: Uint8Array;
  readonly slot: PasswordSlot | null;
}

/**
 * The slot that the credentials open; null when none does. A name that nobody has costs the same time as a wrong
 * password. Throws `account.ambiguous` when no name was given and the password fits more than one account.
 */
export const openSlot = async (
  header: WorkspaceHeader,
  { username, orAnyAccount, password, keyFile }: Credentials,
  keychain: Keychain,
): Promise<OpenedSlot | null> => {
  if (header.version === 1) {
    for (const slot of header.slots) {
      const dataKey = await openPasswordSlot(header.workspaceId, slot, password, null);
      if (dataKey !== null) return { dataKey, slot: null };
    }
    return null;
  }
  const slots = header.slots.filter(slot => slot.kind === 'password');
  const owner = username === null ? null : slotOwner(header.workspaceId, foldedName(username));
  const own = slots.filter(slot => slot.owner === owner);
  const candidates = owner === null || (own.length === 0 && orAnyAccount === true) ? slots : own;
  const opened: OpenedSlot[] = [];
  for (const slot of candidates) {
    const secret = deviceSecretOf(slot, keychain, keyFile);
    const dataKey = await openPasswordSlot(header.workspaceId, slot, password, secret);
    if (dataKey !== null) opened.push({ dataKey, slot });
  }
  const [stranger] = slots;
  if (candidates.length === 0 && stranger !== undefined)
    await openPasswordSlot(header.workspaceId, stranger, password, null);
  const [found, other] = opened;
  if (other === undefined) return found ?? null;
  for (const { dataKey } of opened) dataKey.fill(0);
  throw new NexusError({
    code: 'account.ambiguous',
    category: 'usage',
    message: 'This passphrase opens more than one account.',
    kept: 'Nothing was changed.',
    remedy: 'Name the account (--actor NAME on the command line), and give each account a passphrase of its own.',
  });
};

/** The recovery slot that a code opens; null when none does. */
export const openByRecoveryCode = (
  header: WorkspaceHeader,
  code: Uint8Array,
): { readonly dataKey: Uint8Array; readonly slot: RecoverySlot } | null => {
  if (header.version === 1) return null;
  for (const slot of header.slots) {
    if (slot.kind !== 'recovery') continue;
    const dataKey = openRecoverySlot(header.workspaceId, slot, code);
    if (dataKey !== null) return { dataKey, slot };
  }
  return null;
};

/** What may be missing besides the right password, as the header tells everybody: no account is named. */
export const unlockHint = (header: WorkspaceHeader, keychain: Keychain): string => {
  if (header.version === 1) return '';
  const kinds = new Set(header.slots.map(slot => (slot.kind === 'password' ? slot.second : 'none')));
  const hints: string[] = [];
  if (kinds.has('key-file')) hints.push('An account with a key file needs that file too.');
  if (kinds.has('keychain')) {
    const { available, reason } = keychain.state();
    hints.push(
      available
        ? 'An account with a secret in a keychain opens only at the station that keeps it.'
        : `An account with a secret in the keychain does not open here: ${reason}. The recovery code does.`,
    );
  }
  return hints.join(' ');
};
