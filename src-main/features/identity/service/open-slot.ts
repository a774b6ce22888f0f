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
import type { GuessedAt } from './unlock-throttle.ts';

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

/** The slots whose password it could be. */
const candidateSlots = (
  header: Extract<WorkspaceHeader, { version: 2 }>,
  { username, orAnyAccount }: Credentials,
): PasswordSlot[] => {
  const slots = header.slots.filter(slot => slot.kind === 'password');
  if (username === null) return slots;
  const owner = slotOwner(header.workspaceId, foldedName(username));
  const own = slots.filter(slot => slot.owner === owner);
  return own.length === 0 && orAnyAccount === true ? slots : own;
};

/** Stands for the one passphrase of a header of version 1. */
const SHARED_PASSPHRASE = 'shared-passphrase';
/** Names that nobody has are counted together: they are no more worth a guess than one. */
const NOBODY: GuessedAt = { owner: 'nobody', secret: '' };

/** What a try with these credentials guesses at, as throttling counts it. A slot's salt names its secret. */
export const guessedAt = (header: WorkspaceHeader, credentials: Credentials): GuessedAt[] => {
  if (header.version === 1) return [{ owner: SHARED_PASSPHRASE, secret: header.slots.map(slot => slot.salt).join() }];
  const slots = candidateSlots(header, credentials);
  return slots.length === 0 ? [NOBODY] : slots.map(({ owner, salt }) => ({ owner, secret: salt }));
};

/** Whose password opened it, as throttling counts it. */
export const openedBy = ({ slot }: OpenedSlot): string => slot?.owner ?? SHARED_PASSPHRASE;

/**
 * The slot that the credentials open; null when none does. A name that nobody has costs the same time as a wrong
 * password. Throws `account.ambiguous` when no name was given and the password fits more than one account.
 */
export const openSlot = async (
  header: WorkspaceHeader,
  credentials: Credentials,
  keychain: Keychain,
): Promise<OpenedSlot | null> => {
  const { password, keyFile } = credentials;
  if (header.version === 1) {
    for (const slot of header.slots) {
      const dataKey = await openPasswordSlot(header.workspaceId, slot, password, null);
      if (dataKey !== null) return { dataKey, slot: null };
    }
    return null;
  }
  const candidates = candidateSlots(header, credentials);
  const opened: OpenedSlot[] = [];
  for (const slot of candidates) {
    const secret = deviceSecretOf(slot, keychain, keyFile);
    const dataKey = await openPasswordSlot(header.workspaceId, slot, password, secret);
    if (dataKey !== null) opened.push({ dataKey, slot });
  }
  const stranger = header.slots.find(slot => slot.kind === 'password');
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
