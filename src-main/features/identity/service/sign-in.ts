import { NexusError } from '../../../contract/errors.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { slotOwner, slotsDigest, type WorkspaceHeader } from '../../../platform/key-slots.ts';
import type { Ports } from '../../../platform/ports.ts';
import type { AuditEntry } from '../../audit/domain/audit-log.ts';
import type { Actor } from '../../audit/service/audit-trail.ts';
import { SYSTEM_ACTOR } from '../../audit/service/audit-trail.ts';
import { entryAt } from '../../audit/storage/audit.repository.ts';
import type { RoleName } from '../domain/policy.ts';
import { foldedName, isReservedName } from '../domain/username.ts';
import {
  accountByName,
  allAccounts,
  appendAccountEvent,
  insertAccount,
  isRetiredSlot,
  lastKeyHeader,
  recordKeyHeader,
  type StoredAccount,
  setLastSignIn,
} from '../storage/account.repository.ts';
import { type CurrentHeader, foundHeader, saveHeader, slotDigest } from './account-keys.ts';
import { adoptCases } from './case-access.ts';
import type { OpenedSlot } from './open-slot.ts';
import type { MissedTries } from './unlock-throttle.ts';

/** What a new account is. */
export interface AccountDraft {
  readonly username: string;
  readonly displayName?: string | undefined;
  readonly role: RoleName;
  readonly secondaryRoles: readonly RoleName[];
  readonly supervisor: boolean;
}

/** The first account of a workspace: it examines, and supervises the others. */
export const FIRST_ACCOUNT = { role: 'financial_examiner', secondaryRoles: [], supervisor: true } as const;

/** Refuses the name that the program signs with in the log. */
export const assertPersonsName = (username: string): void => {
  if (!isReservedName(username)) return;
  throw new NexusError({
    code: 'account.name-reserved',
    category: 'usage',
    message: `“${username}” is the name under which the log writes what no person did.`,
    kept: 'Nothing was changed.',
    remedy: 'Choose another name.',
  });
};

/** Adds an account, inside the unit of work that logs it. */
export const addAccount = (
  { write }: Pick<OpenWorkspace, 'write'>,
  draft: AccountDraft,
  createdBy: string,
  ports: Ports,
): StoredAccount => {
  assertPersonsName(draft.username);
  const account: StoredAccount = {
    id: ports.ids.next(),
    username: draft.username.normalize('NFC').trim(),
    displayName: draft.displayName ?? draft.username.trim(),
    role: draft.role,
    secondaryRoles: draft.secondaryRoles.filter(role => role !== draft.role),
    supervisor: draft.supervisor,
    analysisMode: 'standard',
    aiInterventionLevel: 'off',
    state: 'active',
    createdAt: new Date(ports.clock.now()).toISOString(),
    createdBy,
    lastSignInAt: null,
  };
  insertAccount(write, account);
  appendAccountEvent(write, { accountId: account.id, at: account.createdAt, actor: createdBy, act: 'created' });
  return account;
};

/** Who made a workspace that is older than accounts: its log's second entry says so. */
const creatorOf = (workspace: OpenWorkspace): string | null => {
  const stored = entryAt(workspace.read, 1);
  const entry = stored === undefined ? null : (JSON.parse(stored.entry) as AuditEntry);
  return entry?.act === 'workspace.created' ? entry.actor : null;
};

/** The user name under which a workspace without accounts gets its first one. */
export const firstUsername = (workspace: OpenWorkspace, given: string | null): string =>
  given ?? creatorOf(workspace) ?? 'Examiner';

/** The account of an opened slot. Throws for a slot without an account, and for one of a revoked account. */
export const accountOfSlot = (
  workspace: OpenWorkspace,
  opened: OpenedSlot,
  username: string | null,
): StoredAccount | null => {
  const accounts = allAccounts(workspace.read);
  const { slot } = opened;
  const account =
    slot === null
      ? accounts.find(known => username === null || foldedName(known.username) === foldedName(username))
      : accounts.find(known => slotOwner(workspace.workspaceId, foldedName(known.username)) === slot.owner);
  if (account === undefined) {
    if (slot === null) return null;
    throw new NexusError({
      code: 'account.missing',
      category: 'integrity',
      message: 'The header has a key of an account that the workspace does not know.',
      kept: 'Nothing was changed.',
      remedy: 'The header may be newer than the store: restore both from the same backup.',
    });
  }
  if (account.state === 'revoked') throw revoked();
  return account;
};

export const revoked = (): NexusError =>
  new NexusError({
    code: 'account.revoked',
    category: 'permission',
    message: 'This account’s access was revoked.',
    kept: 'Everything stored stays stored.',
    remedy: 'Ask a supervisor of this workspace.',
  });

const logOtherHeader = ({ write, trail, workspaceId }: OpenWorkspace): void =>
  trail.append(write, SYSTEM_ACTOR, 'keys.header-differs', { workspace: workspaceId });

/** True for a header from before accounts in a workspace that has had a later one. */
const isOutgrown = (workspace: OpenWorkspace, header: WorkspaceHeader): boolean =>
  header.version === 1 && lastKeyHeader(workspace.read) !== undefined;

/** A slot that stands in the header but is out of force: the header is an older one that was put back. */
export const isOutOfForce = (workspace: OpenWorkspace, slot: { readonly salt: string }): boolean =>
  isRetiredSlot(workspace.read, slotDigest(slot));

/**
 * Refuses what opened only because an older header was put back: the passphrase of before accounts, a password that was
 * replaced. The log has it, so that it raises an alert. Throws `workspace.older-header`.
 */
export const assertInForce = (workspace: OpenWorkspace, header: WorkspaceHeader, { slot }: OpenedSlot): void => {
  if (slot === null ? !isOutgrown(workspace, header) : !isOutOfForce(workspace, slot)) return;
  if (!workspace.trail.isHeld) workspace.write.transaction(() => logOtherHeader(workspace));
  throw olderHeader();
};

const olderHeader = (): NexusError =>
  new NexusError({
    code: 'workspace.older-header',
    category: 'integrity',
    message: 'workspace.json is an older one that was put back: this password was replaced since, and opens nothing.',
    kept: 'Nothing was changed; the log says that the header is another.',
    remedy:
      'Put the newest workspace.json back. Where it is lost: sign in as somebody whose password was not replaced since, and let a supervisor give the others new ones; or put the whole folder back from one backup.',
  });

export interface SignIn {
  readonly account: StoredAccount;
  readonly pov: RoleName;
  readonly missed: MissedTries;
  /** The header as it was found. */
  readonly header: WorkspaceHeader;
  /** What the sign-in puts in its place: an initial password replaced, or a header older than accounts. */
  readonly replacement: {
    readonly header: CurrentHeader;
    readonly act: 'account.password-changed' | 'keys.upgraded';
  } | null;
}

/** Who signed in, as the log names them. */
export const actorOfAccount = (account: StoredAccount, pov: RoleName): Actor => ({
  actor: account.username,
  role: account.role,
  pov,
});

/**
 * Records a sign-in, in one unit of work: failed tries before it, a header that something else changed, the opening itself.
 * A replaced slot is written to the header last, so that nothing of it stands in the log without being in force.
 */
export const recordSignIn = (workspace: OpenWorkspace, signIn: SignIn, ports: Ports): void => {
  const { account, missed, replacement } = signIn;
  const { write, trail } = workspace;
  const who = actorOfAccount(account, signIn.pov);
  const at = new Date(ports.clock.now()).toISOString();
  write.transaction(() => {
    if (missed.count > 0)
      trail.append(write, SYSTEM_ACTOR, 'signin.failed', { count: missed.count, times: [...missed.times] });
    const known = lastKeyHeader(write);
    if (known !== undefined && !Buffer.from(known).equals(slotsDigest(signIn.header))) logOtherHeader(workspace);
    trail.append(write, who, 'workspace.opened', { workspace: workspace.workspaceId });
    adoptCases(write, ports, account, (act, obj) => trail.append(write, who, act, obj));
    setLastSignIn(write, account.id, at);
    if (replacement !== null) {
      appendAccountEvent(write, { accountId: account.id, at, actor: account.username, act: replacement.act });
      trail.append(write, who, replacement.act, { account: account.id });
    }
    const header = replacement === null ? foundHeader(signIn.header) : saveHeader(workspace.folder, replacement.header);
    if (known === undefined || !Buffer.from(known).equals(header.digest)) recordKeyHeader(write, at, header);
    trail.checkpoint(write, 'unlock');
  });
};

/** Refuses a user name that somebody has or had. */
export const assertFreeName = (workspace: Pick<OpenWorkspace, 'read'>, username: string): void => {
  assertPersonsName(username);
  if (accountByName(workspace.read, username) === undefined) return;
  throw new NexusError({
    code: 'account.exists',
    category: 'conflict',
    message: `The user name “${username}” is taken: names are never used again for somebody else.`,
    kept: 'Nothing was changed.',
    remedy: 'Choose another name, or reinstate that account.',
  });
};
