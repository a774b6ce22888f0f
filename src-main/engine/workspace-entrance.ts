import { NexusError } from '../contract/errors.ts';
import type { RecoveryKit, SecondSecret } from '../contract/workspaces.contract.ts';
import { SYSTEM_ACTOR } from '../features/audit/service/audit-trail.ts';
import type { RoleName } from '../features/identity/domain/policy.ts';
import {
  type AccountKeys,
  type CurrentHeader,
  forgetReplaced,
  foundHeader,
  newAccountKeys,
  newRecovery,
  withAccountSlot,
} from '../features/identity/service/account-keys.ts';
import { assertPassword } from '../features/identity/service/assert-password.ts';
import { HeldProofs } from '../features/identity/service/held-proofs.ts';
import {
  type Credentials,
  guessedAt,
  type OpenedSlot,
  openByRecoveryCode,
  openedBy,
  openSlot,
  unlockHint,
} from '../features/identity/service/open-slot.ts';
import {
  accountOfSlot,
  actorOfAccount,
  addAccount,
  assertInForce,
  assertPersonsName,
  FIRST_ACCOUNT,
  firstUsername,
  isOutOfForce,
  recordSignIn,
} from '../features/identity/service/sign-in.ts';
import { UnlockThrottle } from '../features/identity/service/unlock-throttle.ts';
import {
  accountByName,
  appendAccountEvent,
  recordKeyHeader,
  type StoredAccount,
  setLastSignIn,
} from '../features/identity/storage/account.repository.ts';
import { workspaceSettings } from '../features/settings/storage/workspace-settings.repository.ts';
import { lockedError, newDataKey, type WorkspaceHeader } from '../platform/key-slots.ts';
import type { Ports } from '../platform/ports.ts';
import { parseRecoveryCode } from '../platform/recovery-kit-code.ts';
import type { StationSecurity } from '../platform/station-security.ts';
import { readHeader } from '../platform/workspace-files.ts';
import { OpenWorkspace, type WorkspacePlace } from './open-workspace.ts';
import type { Entered } from './workspace-shelf.ts';

/** Making, opening and recovering workspaces at this station. */
export class WorkspaceEntrance {
  readonly security: StationSecurity;
  readonly throttle: UnlockThrottle;
  /** Second steps that were given in held stores. */
  readonly heldProofs: HeldProofs;
  private readonly ports: Ports;
  private readonly keyTouched: () => void;
  /** `keyTouched`: told whenever a data key came into this process's memory. */
  constructor(security: StationSecurity, ports: Ports, keyTouched: () => void) {
    this.keyTouched = keyTouched;
    this.security = security;
    this.ports = ports;
    this.throttle = new UnlockThrottle(security, ports.clock);
    this.heldProofs = new HeldProofs(security.vault, ports.clock);
  }

  /** Makes a workspace and its first account; answers what is shown once. */
  async create(
    place: WorkspacePlace,
    request: {
      readonly username: string;
      readonly password: string;
      readonly second: SecondSecret;
      readonly temporary: boolean;
    },
  ): Promise<Entered & { readonly kit: RecoveryKit }> {
    const { username, password, temporary } = request;
    assertPersonsName(username);
    // Also of a temporary workspace: whoever calls it that may keep it.
    assertPassword(password, [username, place.name], []);
    const workspaceId = this.ports.ids.next();
    const dataKey = newDataKey();
    this.keyTouched();
    const keyRequest = { workspaceId, workspaceName: place.name, username, password, initial: false };
    const keys = await newAccountKeys(
      dataKey,
      { ...keyRequest, second: request.second, random: temporary },
      this.security,
    );
    const recovery = newRecovery(workspaceId, dataKey);
    const header: CurrentHeader = {
      format: 'nexus-workspace',
      version: 2,
      workspaceId,
      createdAt: new Date(this.ports.clock.now()).toISOString(),
      cipher: 'sqlcipher-4',
      slots: [keys.slot, recovery.slot],
    };
    let account: StoredAccount | null = null;
    const made = this.forgettingOnFailure(keys, () =>
      OpenWorkspace.create(place, header, dataKey, this.ports, temporary ? null : this.security.vault, workspace => {
        account = addAccount(workspace, { username, ...FIRST_ACCOUNT }, username, this.ports);
        setLastSignIn(workspace.write, account.id, header.createdAt);
        const who = actorOfAccount(account, account.role);
        workspace.trail.append(workspace.write, who, 'workspace.created', { workspace: workspaceId });
        recordKeyHeader(workspace.write, header.createdAt, foundHeader(header));
      }),
    );
    if (account === null) throw new Error('the workspace has no first account');
    const { workspace, firstKey } = made;
    const kit = this.kitOf(workspace, recovery.code, keys, firstKey);
    return { workspace, account, pov: FIRST_ACCOUNT.role, failedSince: 0, kit };
  }

  /** Signs an account in. Throws `workspace.locked` for anything that does not fit, before any file is opened for writing. */
  async open(
    place: WorkspacePlace,
    credentials: Credentials,
    request: { readonly pov: RoleName | null; readonly newPassword: string | null },
    joined: OpenWorkspace | null,
  ): Promise<Entered> {
    const header = readHeader(place.folder);
    const opened = await this.unlock(header, credentials).catch(async (error: unknown) => {
      // Where somebody has it open, the log is told at once.
      if (joined !== null) await this.logMissed(joined);
      throw error;
    });
    const { failedBefore: failedSince } = opened;
    const username = credentials.username;
    if (opened.slot?.initial === true && request.newPassword === null) throw initialPassword(opened);
    const workspace = this.storeOf(place, header, opened.dataKey, joined);
    try {
      const known = accountOfSlot(workspace, opened, username);
      assertInForce(workspace, header, opened);
      const account = known ?? this.firstAccount(workspace, username);
      const pov = request.pov ?? account.role;
      if (workspace.trail.isHeld) return { workspace, account, pov, failedSince };
      this.heldProofs.settle(workspace);
      const missed = this.throttle.missed(header.workspaceId);
      const replacement = await this.replacement(
        place,
        header,
        opened,
        account,
        credentials,
        request.newPassword,
        workspace,
      );
      recordSignIn(workspace, { account, pov, missed, header, replacement }, this.ports);
      await this.throttle.logged(header.workspaceId, missed);
      return { workspace, account, pov, failedSince };
    } catch (error) {
      if (joined === null) workspace.close();
      throw error;
    }
  }

  /** Opens a workspace by the code of its kit: a supervisor gets a new password, the code is spent. */
  async recover(
    place: WorkspacePlace,
    request: {
      readonly code: string;
      readonly username: string;
      readonly password: string;
      readonly second: SecondSecret;
    },
    joined: OpenWorkspace | null,
  ): Promise<Entered & { readonly kit: RecoveryKit }> {
    const header = readHeader(place.folder);
    const code = parseRecoveryCode(request.code);
    if (code === null) throw mistyped();
    const opened = openByRecoveryCode(header, code);
    code.fill(0);
    if (opened === null || header.version === 1) throw notThatCode();
    this.keyTouched();
    const workspace = this.storeOf(place, header, opened.dataKey, joined);
    try {
      // Before anything is made for it: a store that is held is left as it is, and so is this station's keychain.
      if (workspace.trail.isHeld) throw heldStore();
      if (isOutOfForce(workspace, opened.slot)) throw notThatCode();
      const account = accountByName(workspace.read, request.username);
      if (account === undefined || !account.supervisor || account.state === 'revoked')
        throw noSupervisor(request.username);
      const keys = await newAccountKeys(
        workspace.dataKey,
        {
          workspaceId: header.workspaceId,
          workspaceName: place.name,
          username: account.username,
          password: assertPassword(request.password, [account.username, place.name], []),
          second: request.second,
          initial: false,
        },
        this.security,
      );
      const recovery = newRecovery(header.workspaceId, workspace.dataKey);
      const slots = withAccountSlot(header, keys.slot).slots.filter(slot => slot !== opened.slot);
      const replacement = {
        header: { ...header, slots: [...slots, recovery.slot] },
        act: 'account.password-changed' as const,
      };
      const missed = this.throttle.missed(header.workspaceId);
      const pov = account.role;
      const { username: actor, id: accountId } = account;
      const at = new Date(this.ports.clock.now()).toISOString();
      workspace.write.transaction(() => {
        workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'workspace.recovered', { account: accountId });
        appendAccountEvent(workspace.write, { accountId, at, actor, act: 'recovered' });
      });
      recordSignIn(workspace, { account, pov, missed, header, replacement }, this.ports);
      await this.throttle.forgive(header.workspaceId);
      await this.throttle.logged(header.workspaceId, missed);
      return {
        workspace,
        account,
        pov,
        failedSince: missed.count,
        kit: this.kitOf(workspace, recovery.code, keys, null),
      };
    } catch (error) {
      if (joined === null) workspace.close();
      throw error;
    }
  }

  /**
   * The data key, counted as a try at whose password it could be. Throws `workspace.locked`, `workspace.throttled`,
   * `workspace.recovery-only`.
   */
  async unlock(
    header: WorkspaceHeader,
    credentials: Credentials,
  ): Promise<OpenedSlot & { readonly failedBefore: number }> {
    const { workspaceId } = header;
    const { keychain } = this.security;
    const at = guessedAt(header, credentials);
    const work = () => openSlot(header, credentials, keychain);
    const opened = await this.throttle.attempt(workspaceId, at, work, openedBy);
    if (opened === null) throw lockedError(this.throttle.triesLeft(workspaceId, at), unlockHint(header, keychain));
    this.keyTouched();
    return { ...opened.value, failedBefore: opened.failedBefore };
  }

  /**
   * Tells the log of an open workspace of the failed tries that it does not know of yet. The last `told` of them have
   * entries of their own.
   */
  async logMissed({ workspaceId, write, trail }: OpenWorkspace, told = 0): Promise<void> {
    // Meanwhile its last window may have been locked.
    if (trail.isHeld || !write.connection.open) return;
    const missed = this.throttle.missed(workspaceId);
    const count = Math.max(0, missed.count - told);
    const times = missed.times.slice(0, Math.max(0, missed.times.length - told));
    if (count > 0) write.transaction(() => trail.append(write, SYSTEM_ACTOR, 'signin.failed', { count, times }));
    await this.throttle.logged(workspaceId, missed);
  }

  private storeOf(
    place: WorkspacePlace,
    header: WorkspaceHeader,
    dataKey: Uint8Array,
    joined: OpenWorkspace | null,
  ): OpenWorkspace {
    if (joined === null) return OpenWorkspace.open(place, header.workspaceId, dataKey, this.ports, this.security.vault);
    dataKey.fill(0);
    return joined;
  }

  /** The first account of a workspace that is older than accounts. In a held store nothing is written. */
  private firstAccount(workspace: OpenWorkspace, username: string | null): StoredAccount {
    const draft = { username: firstUsername(workspace, username), ...FIRST_ACCOUNT };
    if (workspace.trail.isHeld)
      return {
        ...draft,
        id: workspace.workspaceId,
        displayName: draft.username,
        analysisMode: 'standard',
        aiInterventionLevel: 'off',
        state: 'active',
        createdAt: '',
        createdBy: 'system',
        lastSignInAt: null,
      };
    return workspace.write.transaction(() => {
      const account = addAccount(workspace, draft, 'system', this.ports);
      const { id, role } = account;
      const facts = { account: id, username: account.username, role, supervisor: true };
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'account.registered', facts);
      return account;
    });
  }

  /** The header that takes the place of the one found: for an initial password, and for one older than accounts. */
  private async replacement(
    place: WorkspacePlace,
    header: WorkspaceHeader,
    opened: OpenedSlot,
    account: StoredAccount,
    { password }: Credentials,
    newPassword: string | null,
    workspace: OpenWorkspace,
  ) {
    const request = {
      workspaceId: header.workspaceId,
      workspaceName: place.name,
      username: account.username,
      second: 'none',
      initial: false,
    } as const;
    if (header.version === 1) {
      const { slot } = await newAccountKeys(workspace.dataKey, { ...request, password }, this.security);
      return { header: { ...header, version: 2 as const, slots: [slot] }, act: 'keys.upgraded' as const };
    }
    if (opened.slot?.initial !== true || newPassword === null) return null;
    const words = workspaceSettings(workspace.read).settings.organisationWords;
    assertPassword(newPassword, [account.username, account.displayName, place.name], words);
    const { slot } = await newAccountKeys(workspace.dataKey, { ...request, password: newPassword }, this.security);
    return { header: withAccountSlot(header, slot), act: 'account.password-changed' as const };
  }

  private forgettingOnFailure<T>(keys: AccountKeys, work: () => T): T {
    try {
      return work();
    } catch (error) {
      forgetReplaced(keys.slot, this.security);
      throw error;
    }
  }

  private kitOf(
    workspace: OpenWorkspace,
    recoveryCode: string,
    { keyFile }: AccountKeys,
    firstKey: string | null,
  ): RecoveryKit {
    const { workspaceId, trail } = workspace;
    return { workspaceId, recoveryCode, verificationKey: trail.vkey, firstKey, keyFile };
  }
}

const initialPassword = ({ dataKey }: OpenedSlot): NexusError => {
  dataKey.fill(0);
  return new NexusError({
    code: 'account.initial-password',
    category: 'permission',
    message: 'This is an initial password, which somebody else has seen: it opens nothing yet.',
    kept: 'Nothing was changed.',
    remedy: 'Choose a password of your own, and sign in with both.',
  });
};
const mistyped = (): NexusError =>
  new NexusError({
    code: 'recovery.mistyped',
    category: 'usage',
    message: 'The recovery code is mistyped: its check characters do not fit.',
    kept: 'Nothing was changed.',
    remedy: 'Type its 28 characters as printed; dashes and case do not matter.',
  });
const notThatCode = (): NexusError =>
  new NexusError({
    code: 'recovery.refused',
    category: 'permission',
    message: 'This recovery code does not open this workspace.',
    kept: 'Nothing was changed.',
    remedy: 'A code works once: take the newest kit of this workspace.',
  });
const heldStore = (): NexusError =>
  new NexusError({
    code: 'workspace.rolled-back',
    category: 'integrity',
    message: 'The store is not the newest that this station knows: the recovery code changes nothing in it.',
    kept: 'Nothing was changed; the code is not spent.',
    remedy: 'Put the newest copy back, or let a supervisor sign in with a password and accept this one with a reason.',
  });
const noSupervisor = (username: string): NexusError =>
  new NexusError({
    code: 'recovery.no-supervisor',
    category: 'permission',
    message: `“${username}” is no supervisor’s account here: the kit gives only a supervisor a new password.`,
    kept: 'Nothing was changed; the code is not spent.',
    remedy: 'Name a supervisor; they give others a new initial password.',
  });
