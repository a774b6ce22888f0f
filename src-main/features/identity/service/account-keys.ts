import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';
import type { KeyFile, SecondSecret } from '../../../contract/workspaces.contract.ts';
import { forgetDeviceSecret, keyFileOf, newDeviceSecret } from '../../../platform/device-secret.ts';
import {
  createPasswordSlot,
  createRecoverySlot,
  type KeySlot,
  type PasswordSlot,
  slotOwner,
  slotsDigest,
  type WorkspaceHeader,
} from '../../../platform/key-slots.ts';
import { STRETCHING_FLOOR } from '../../../platform/key-stretching.ts';
import { newRecoveryCode, recoveryCodeText } from '../../../platform/recovery-kit-code.ts';
import type { StationSecurity } from '../../../platform/station-security.ts';
import { readHeader, writeHeader } from '../../../platform/workspace-files.ts';
import { foldedName } from '../domain/username.ts';
import type { KnownHeader } from '../storage/account.repository.ts';

/** The header as NEXUS writes it. */
export type CurrentHeader = Extract<WorkspaceHeader, { version: 2 }>;

export interface AccountKeyRequest {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly username: string;
  readonly password: string;
  readonly second: SecondSecret;
  readonly initial: boolean;
  /** True where the password is random by itself: stretching it long would gain nothing. */
  readonly random?: boolean;
}

/** A new slot of an account and, where its second secret is a key file, that file. */
export interface AccountKeys {
  readonly slot: PasswordSlot;
  readonly keyFile: z.infer<typeof KeyFile> | null;
}

/** Wraps the data key for an account. A keychain secret is kept before this returns. */
export const newAccountKeys = async (
  dataKey: Uint8Array,
  request: AccountKeyRequest,
  security: StationSecurity,
): Promise<AccountKeys> => {
  const device = newDeviceSecret(request.second, security.keychain);
  const slot = await createPasswordSlot(dataKey, {
    workspaceId: request.workspaceId,
    owner: slotOwner(request.workspaceId, foldedName(request.username)),
    password: request.password,
    cost: request.random === true ? STRETCHING_FLOOR : await security.stretchingCost(),
    device,
    initial: request.initial,
  });
  const keyFile = keyFileOf(device, request.workspaceName);
  device?.secret.fill(0);
  return { slot, keyFile };
};

/** A new recovery slot and its code as printed. */
export const newRecovery = (
  workspaceId: string,
  dataKey: Uint8Array,
): { readonly slot: KeySlot; readonly code: string } => {
  const code = newRecoveryCode();
  const slot = createRecoverySlot(workspaceId, dataKey, code);
  const text = recoveryCodeText(code);
  code.fill(0);
  return { slot, code: text };
};

/** The header with an account's slot in place of the one it had. */
export const withAccountSlot = (header: CurrentHeader, slot: PasswordSlot): CurrentHeader => ({
  ...header,
  slots: [...header.slots.filter(other => other.kind !== 'password' || other.owner !== slot.owner), slot],
});

/** The header without any slot of an account. */
export const withoutAccountSlot = (header: CurrentHeader, username: string): CurrentHeader => {
  const owner = slotOwner(header.workspaceId, foldedName(username));
  return { ...header, slots: header.slots.filter(slot => slot.kind !== 'password' || slot.owner !== owner) };
};

export const accountSlot = (header: WorkspaceHeader, username: string): PasswordSlot | null => {
  const owner = slotOwner(header.workspaceId, foldedName(username));
  if (header.version === 1) return null;
  return header.slots.filter(slot => slot.kind === 'password').find(slot => slot.owner === owner) ?? null;
};

/** The header of a workspace with accounts. Throws where it has none: an open workspace always has. */
export const currentHeader = (folder: string): CurrentHeader => {
  const header = readHeader(folder);
  if (header.version === 1) throw new Error('the header has no accounts');
  return header;
};

/**
 * Names a slot for the store to remember it by, whatever header it stands in: its salt is random and authenticated with the
 * key that it wraps, so nobody makes a slot that opens under another one.
 */
export const slotDigest = ({ salt }: { readonly salt: string }): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`nexus/slot\0${salt}`).digest());

/** A header as it was found. */
export const foundHeader = (header: WorkspaceHeader): KnownHeader => ({
  digest: slotsDigest(header),
  slots: header.slots.map(slotDigest),
  retired: [],
});

/** Writes a header in place of the one that is there; answers it for the store to remember. */
export const saveHeader = (folder: string, header: CurrentHeader): KnownHeader => {
  const kept = new Set(header.slots.map(slot => slot.salt));
  const retired = readHeader(folder).slots.filter(slot => !kept.has(slot.salt));
  writeHeader(folder, header);
  return { ...foundHeader(header), retired: retired.map(slotDigest) };
};

/**
 * Forgets the keychain secret of a replaced slot, once the new one is in place. One that a locked keychain keeps opens
 * nothing any more: that undoes no change of a key that is made already.
 */
export const forgetReplaced = (slot: PasswordSlot | null, security: StationSecurity): void => {
  if (slot === null) return;
  try {
    forgetDeviceSecret(slot, security.keychain);
  } catch (error) {
    if (!(error instanceof NexusError)) throw error;
  }
};
