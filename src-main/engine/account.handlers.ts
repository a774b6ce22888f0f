import { randomBytes } from 'node:crypto';
import { NexusError } from '../contract/errors.ts';
import type { RoleName } from '../features/identity/domain/policy.ts';
import { givesDutyAlone } from '../features/identity/domain/separation.ts';
import {
  type AccountKeys,
  accountSlot,
  type CurrentHeader,
  currentHeader,
  forgetReplaced,
  newAccountKeys,
  newRecovery,
  saveHeader,
  withAccountSlot,
  withoutAccountSlot,
} from '../features/identity/service/account-keys.ts';
import { assertPassword } from '../features/identity/service/assert-password.ts';
import { grantedKeyFile } from '../features/identity/service/granted-key-file.ts';
import { addAccount, assertFreeName } from '../features/identity/service/sign-in.ts';
import {
  accountById,
  allAccounts,
  appendAccountEvent,
  recordKeyHeader,
  type StoredAccount,
  setAccountState,
  setPresentation,
} from '../features/identity/storage/account.repository.ts';
import { setRights } from '../features/identity/storage/role-proposal.repository.ts';
import { workspaceSettings } from '../features/settings/storage/workspace-settings.repository.ts';
import { recoveryCodeText } from '../platform/recovery-kit-code.ts';
import type { ReadStore } from '../platform/store.ts';
import type { CommandContext, HandlerContext, Handlers, Output } from './handler.ts';
import { onCommand, onPreparedCommand, onQuery } from './handler.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { provePassword } from './prove-password.ts';
import type { OpenedSession } from './session.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';

type AccountView = Output<'accounts.me'>['account'];

const viewOf = (account: StoredAccount, header: CurrentHeader): AccountView => {
  const slot = accountSlot(header, account.username);
  return {
    id: account.id,
    username: account.username,
    displayName: account.displayName,
    role: account.role,
    secondaryRoles: [...account.secondaryRoles],
    supervisor: account.supervisor,
    analysisMode: account.analysisMode,
    aiInterventionLevel: account.aiInterventionLevel,
    state: account.state,
    createdAt: account.createdAt,
    createdBy: account.createdBy,
    lastSignInAt: account.lastSignInAt,
    secondSecret: slot?.second ?? null,
    initialPassword: slot?.initial ?? false,
  };
};

const openedOf = ({ session }: HandlerContext): OpenedSession => {
  if (session.opened === null) throw new Error('the session has no workspace');
  return session.opened;
};

const known = (store: ReadStore, id: string): StoredAccount => {
  const account = accountById(store, id);
  if (account !== undefined) return account;
  throw refusal('usage', 'account.unknown', 'There is no such account.', '`accounts.list` names them.');
};

const others = (context: HandlerContext, store: ReadStore, id: string): StoredAccount => {
  const account = known(store, id);
  if (account.id !== openedOf(context).account.id) return account;
  throw refusal('permission', 'account.own', 'That is your own account.', 'Another supervisor does this for you.');
};

/** 128 random bits, as text that can be read aloud. */
const newInitialPassword = (): string => recoveryCodeText(new Uint8Array(randomBytes(16)));

/** A new initial slot of an account. Its password is random: the account's own comes at its first sign-in. */
const initialKeys = async (
  workspace: OpenWorkspace,
  username: string,
  entrance: WorkspaceEntrance,
): Promise<{ readonly password: string; readonly keys: AccountKeys }> => {
  const password = newInitialPassword();
  const { workspaceId, name } = workspace;
  const request = {
    workspaceId,
    workspaceName: name,
    username,
    password,
    second: 'none',
    initial: true,
    random: true,
  } as const;
  return { password, keys: await newAccountKeys(workspace.dataKey, request, entrance.security) };
};

/** Writes the header as the last step of a unit of work. */
const settle = (context: CommandContext, header: CurrentHeader): void => {
  const workspace = context.workspace();
  const known = saveHeader(workspace.folder, header);
  recordKeyHeader(context.store, new Date(context.ports.clock.now()).toISOString(), known);
};

const record = (
  context: CommandContext,
  accountId: string,
  act: string,
  detail: Readonly<Record<string, string>> = {},
): void => {
  const at = new Date(context.ports.clock.now()).toISOString();
  appendAccountEvent(context.store, { accountId, at, actor: openedOf(context).actor, act }, detail);
};

export const accountHandlers = (entrance: WorkspaceEntrance): Handlers => ({
  ...onQuery('accounts.me', context => {
    const { account, pov } = openedOf(context);
    const header = currentHeader(context.workspace().folder);
    return { account: viewOf(known(context.store, account.id), header), pov };
  }),
  ...onQuery('accounts.list', context => {
    const header = currentHeader(context.workspace().folder);
    return { accounts: allAccounts(context.store).map(account => viewOf(account, header)) };
  }),
  ...onPreparedCommand('accounts.register', {
    prepare: (context, { username }) => {
      const workspace = context.workspace();
      assertFreeName(workspace, username);
      return initialKeys(workspace, username, entrance);
    },
    run: (context, { username, displayName, role, secondaryRoles, supervisor }, { password, keys }) => {
      const workspace = context.workspace();
      assertFreeName({ read: context.store }, username);
      const { actor, account: giver } = openedOf(context);
      if (supervisor && !givesDutyAlone(allAccounts(context.store), giver.id)) throw dutyTakesTwo();
      const draft = { username, displayName, role, secondaryRoles: [...new Set(secondaryRoles)], supervisor };
      const account = addAccount({ write: context.store }, draft, actor, context.ports);
      context.audit({
        account: account.id,
        username: account.username,
        role,
        secondaryRoles: [...account.secondaryRoles],
        supervisor,
      });
      const header = withAccountSlot(currentHeader(workspace.folder), keys.slot);
      settle(context, header);
      return { account: viewOf(account, header), initialPassword: password };
    },
  }),
  ...replacingPassword('accounts.resetPassword', entrance),
  ...replacingPassword('accounts.reinstate', entrance),
  ...onPreparedCommand('accounts.changePassword', {
    prepare: async (context, { passphrase, keyFile, newPassphrase, secondSecret }) => {
      const workspace = context.workspace();
      const { account, actor } = openedOf(context);
      const stored = known(workspace.read, account.id);
      const names = [actor, stored.displayName, workspace.name];
      assertPassword(newPassphrase, names, workspaceSettings(workspace.read).settings.organisationWords);
      const slot = await provePassword(context, entrance, passphrase, grantedKeyFile(context, keyFile));
      const { workspaceId, name } = workspace;
      const request = { workspaceId, workspaceName: name, username: actor, password: newPassphrase, initial: false };
      const second = secondSecret ?? slot.second;
      return {
        replaced: slot,
        keys: await newAccountKeys(workspace.dataKey, { ...request, second }, entrance.security),
      };
    },
    run: (context, _input, { replaced, keys }) => {
      const { account } = openedOf(context);
      context.audit({ account: account.id, secondSecret: keys.slot.second });
      record(context, account.id, 'password-changed');
      const header = withAccountSlot(currentHeader(context.workspace().folder), keys.slot);
      settle(context, header);
      forgetReplaced(replaced, entrance.security);
      return { account: viewOf(known(context.store, account.id), header), keyFile: keys.keyFile };
    },
  }),
  ...onCommand('accounts.revoke', (context, { accountId, reason }) => {
    const account = others(context, context.store, accountId);
    if (account.state === 'revoked')
      throw refusal(
        'conflict',
        'account.already-revoked',
        'The account is revoked already.',
        'Nothing needs to be done.',
      );
    setAccountState(context.store, accountId, 'revoked');
    record(context, accountId, 'revoked', { reason });
    context.audit({ account: accountId, reason });
    const before = currentHeader(context.workspace().folder);
    const header = withoutAccountSlot(before, account.username);
    settle(context, header);
    forgetReplaced(accountSlot(before, account.username), entrance.security);
    return { account: viewOf(known(context.store, accountId), header) };
  }),
  ...onPreparedCommand('accounts.renewKit', {
    prepare: context => {
      const { workspaceId, dataKey } = context.workspace();
      return Promise.resolve(newRecovery(workspaceId, dataKey));
    },
    run: (context, _input, { slot, code }) => {
      const workspace = context.workspace();
      context.audit({ workspace: workspace.workspaceId });
      const header = currentHeader(workspace.folder);
      settle(context, { ...header, slots: [...header.slots.filter(other => other.kind !== 'recovery'), slot] });
      const { workspaceId, trail } = workspace;
      return {
        kit: { workspaceId, recoveryCode: code, verificationKey: trail.vkey, firstKey: null, keyFile: null },
      };
    },
  }),
  ...onCommand('accounts.choosePov', (context, { pov, analysisMode, aiInterventionLevel }) => {
    const opened = openedOf(context);
    const account = known(context.store, opened.account.id);
    const chosen: RoleName = pov ?? opened.pov;
    const mode = analysisMode ?? account.analysisMode;
    const level = aiInterventionLevel ?? account.aiInterventionLevel;
    setPresentation(context.store, account.id, mode, level);
    context.audit({
      before: { pov: opened.pov, analysisMode: account.analysisMode, aiInterventionLevel: account.aiInterventionLevel },
      after: { pov: chosen, analysisMode: mode, aiInterventionLevel: level },
    });
    // The entry is under the point of view that was left; what follows is under the one taken.
    opened.pov = chosen;
    const header = currentHeader(context.workspace().folder);
    return { account: viewOf(known(context.store, account.id), header), pov: chosen };
  }),
});

/** The two commands that give another account a new initial password. */
const replacingPassword = (
  channel: 'accounts.resetPassword' | 'accounts.reinstate',
  entrance: WorkspaceEntrance,
): Handlers =>
  onPreparedCommand(channel, {
    prepare: (context, { accountId }: { accountId: string; reason: string }) => {
      const workspace = context.workspace();
      return initialKeys(workspace, others(context, workspace.read, accountId).username, entrance);
    },
    run: (context, { accountId, reason }, { password, keys }) => {
      const account = others(context, context.store, accountId);
      const isReinstated = channel === 'accounts.reinstate';
      if (isReinstated !== (account.state === 'revoked'))
        throw isReinstated
          ? refusal('conflict', 'account.not-revoked', 'The account is not revoked.', 'Nothing needs to be done.')
          : refusal(
              'conflict',
              'account.revoked',
              'The account is revoked.',
              'Reinstate it: that gives a new password.',
            );
      if (isReinstated) setAccountState(context.store, accountId, 'active');
      // Who comes back comes back without the duty where it takes two to give it.
      const losesDuty =
        isReinstated &&
        account.supervisor &&
        !givesDutyAlone(
          allAccounts(context.store).filter(({ id }) => id !== accountId),
          openedOf(context).account.id,
        );
      if (losesDuty)
        setRights(context.store, accountId, { roles: [account.role, ...account.secondaryRoles], supervisor: false });
      record(context, accountId, isReinstated ? 'reinstated' : 'password-replaced', { reason });
      context.audit({ account: accountId, reason, ...(losesDuty ? { supervisor: false } : {}) });
      const before = currentHeader(context.workspace().folder);
      const header = withAccountSlot(before, keys.slot);
      settle(context, header);
      forgetReplaced(accountSlot(before, account.username), entrance.security);
      return { account: viewOf(known(context.store, accountId), header), initialPassword: password };
    },
  });

const dutyTakesTwo = (): NexusError =>
  refusal(
    'permission',
    'approval.needed',
    'There is a second supervisor: the supervisor’s duty is given by two people.',
    'Register the account without it and propose it then; another supervisor approves.',
  );

const refusal = (
  category: 'usage' | 'permission' | 'conflict',
  code: string,
  message: string,
  remedy: string,
): NexusError => new NexusError({ code, category, message, kept: 'Nothing was changed.', remedy });
