import { z } from 'zod';
import { command, Empty, FileGrant, InstantText, query, Uuid } from './channel.ts';
import { AiInterventionLevel, AnalysisMode } from './pov.ts';
import { KeyFile, Passphrase, RecoveryKit, Role, SecondSecret, SignedInAccount } from './workspaces.contract.ts';

export const ACCOUNT_STATES = ['active', 'revoked'] as const;
export const AccountState = z.enum(ACCOUNT_STATES);
export type AccountState = z.infer<typeof AccountState>;

/** A user name: what the log carries. Unique whatever its case, never used again for somebody else. */
const Username = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{C}]+$/u);

const Account = SignedInAccount.extend({
  state: AccountState,
  createdAt: InstantText,
  createdBy: z.string(),
  lastSignInAt: InstantText.nullable(),
  /** What the account opens the workspace with besides its password; null when it cannot open it. */
  secondSecret: SecondSecret.nullable(),
  /** True until the person has replaced the initial password by one of their own. */
  initialPassword: z.boolean(),
});
const Reason = z.string().trim().min(3).max(1000);

/** An initial password opens nothing until the person has replaced it by one that nobody else knows. */
const WithInitialPassword = z.strictObject({ account: Account, initialPassword: z.string() });

export const accountsContract = {
  'accounts.me': query({
    permission: 'account.own',
    summary: 'The account that is signed in, and its point of view',
    input: Empty,
    output: z.strictObject({ account: Account, pov: Role }),
  }),
  'accounts.list': query({
    permission: 'account.read',
    summary: 'Accounts of the workspace',
    input: Empty,
    output: z.strictObject({ accounts: z.array(Account) }),
  }),
  'accounts.register': command({
    permission: 'account.manage',
    summary: 'Registers an account; its initial password is shown once and must be replaced at the first sign-in',
    input: z.strictObject({
      username: Username,
      displayName: z.string().trim().min(1).max(200).optional(),
      role: Role,
      secondaryRoles: z.array(Role).max(3).default([]),
      supervisor: z.boolean().default(false),
    }),
    output: WithInitialPassword,
    audit: 'account.registered',
    stepUp: true,
  }),
  'accounts.resetPassword': command({
    permission: 'account.manage',
    summary: 'Gives another account a new initial password, for a person who forgot theirs',
    input: z.strictObject({ accountId: Uuid, reason: Reason }),
    output: WithInitialPassword,
    audit: 'account.password-replaced',
    stepUp: true,
  }),
  'accounts.changePassword': command({
    permission: 'account.own',
    summary: 'Changes one’s own password and what goes with it: the key is wrapped anew, nothing is encrypted anew',
    input: z.strictObject({
      passphrase: Passphrase,
      /** The key file in use, for an account that has one. */
      keyFile: FileGrant.optional(),
      newPassphrase: Passphrase,
      /** What goes with the new password; without it as before. Keychain and key-file secrets are made anew. */
      secondSecret: SecondSecret.optional(),
    }),
    output: z.strictObject({ account: Account, keyFile: KeyFile.nullable() }),
    audit: 'account.password-changed',
  }),
  'accounts.revoke': command({
    permission: 'account.manage',
    summary: 'Ends an account’s access from its next call on; its name stays taken',
    input: z.strictObject({ accountId: Uuid, reason: Reason }),
    output: z.strictObject({ account: Account }),
    audit: 'account.revoked',
    stepUp: true,
  }),
  'accounts.reinstate': command({
    permission: 'account.manage',
    summary: 'Gives a revoked account its access back, with a new initial password',
    input: z.strictObject({ accountId: Uuid, reason: Reason }),
    output: WithInitialPassword,
    audit: 'account.reinstated',
    stepUp: true,
  }),
  'accounts.renewKit': command({
    permission: 'account.manage',
    summary: 'A new recovery code for the printed kit, shown once; the one before it opens nothing any more',
    input: Empty,
    output: z.strictObject({ kit: RecoveryKit }),
    audit: 'recovery-kit.renewed',
    stepUp: true,
  }),
  'accounts.choosePov': command({
    permission: 'account.own',
    summary: 'Takes a point of view (it only narrows) and sets how screens present and how far the assistant may go',
    input: z.strictObject({
      pov: Role.optional(),
      analysisMode: AnalysisMode.optional(),
      aiInterventionLevel: AiInterventionLevel.optional(),
    }),
    output: z.strictObject({ account: Account, pov: Role }),
    audit: 'pov.selected',
  }),
};
