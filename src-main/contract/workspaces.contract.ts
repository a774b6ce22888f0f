import { z } from 'zod';
import { Count, command, Empty, FileGrant, InstantText, query, Uuid } from './channel.ts';
import { AiInterventionLevel, AnalysisMode } from './pov.ts';

/** Seed roles (points of view). A role only narrows what an opened workspace may be used for. */
export const ROLES = ['financial_examiner', 'prosecutor', 'judge', 'executive'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Where a workspace lies: by name in the user's NEXUS folder, or a folder the host granted. */
const Location = z.union([
  z.strictObject({ name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u) }),
  z.strictObject({ grant: FileGrant }),
]);
export const Passphrase = z.string().min(1).max(1024);

/** What opens a workspace besides the password: nothing, a secret in the system's keychain, one in a key file. */
export const SECOND_SECRETS = ['none', 'keychain', 'key-file'] as const;
export const SecondSecret = z.enum(SECOND_SECRETS);
export type SecondSecret = z.infer<typeof SecondSecret>;

/** A key file to be saved by the user, off this machine: shown once. */
export const KeyFile = z.strictObject({ name: z.string(), content: z.string() });

/** What is shown once and never again, to be printed and locked away. */
export const RecoveryKit = z.strictObject({
  workspaceId: z.string(),
  /** 128 bits: opens the workspace once, when passwords or device secrets are lost. */
  recoveryCode: z.string(),
  /** Checks the log's signed checkpoints. Null until this station has signed. */
  verificationKey: z.string().nullable(),
  /** K_0 in lower-case hex: checks every tag of the log. Null where the log is older than tags. */
  firstKey: z.string().nullable(),
  keyFile: KeyFile.nullable(),
});
export type RecoveryKit = z.infer<typeof RecoveryKit>;

/** The account that is signed in. */
export const SignedInAccount = z.strictObject({
  id: Uuid,
  username: z.string(),
  displayName: z.string(),
  role: Role,
  secondaryRoles: z.array(Role),
  supervisor: z.boolean(),
  analysisMode: AnalysisMode,
  aiInterventionLevel: AiInterventionLevel,
});

export const WorkspaceStatus = z.strictObject({
  open: z.boolean(),
  name: z.string().nullable(),
  path: z.string().nullable(),
  actor: z.string().nullable(),
  /** The point of view taken. */
  role: Role.nullable(),
  account: SignedInAccount.nullable(),
  /** What this account opens the workspace with besides its password; `none` is a standing warning. */
  secondSecret: SecondSecret.nullable(),
  /** The sign-in of this account before this one, and failed ones since (by anybody). */
  lastSignIn: z.strictObject({ at: InstantText.nullable(), failedSince: Count }).nullable(),
  /** True until a one-time code, a recovery code or a linked provider has proved the second step of the sign-in. */
  secondStepDue: z.boolean(),
  /** What the session may do (permission names). */
  permissions: z.array(z.string()),
  caseCount: Count,
  /** What speaks against the store being the newest this station knows of; null while nothing does, or none is open. */
  anchor: z
    .strictObject({
      code: z.enum(['store.older-than-anchor', 'store.forked', 'store.changed', 'store.tag', 'anchor.not-kept']),
      message: z.string(),
      markSize: Count,
      storeSize: Count,
      markedAt: InstantText,
    })
    .nullable(),
  /** Entries that nobody outside the workspace has countersigned, since when; null while none is open. */
  unwitnessed: z.strictObject({ entries: Count, since: InstantText.nullable() }).nullable(),
});

/** A workspace's status right after it was made or recovered, with what is shown only now. */
const WithKit = WorkspaceStatus.extend({ kit: RecoveryKit });

export const workspacesContract = {
  'workspaces.list': query({
    permission: 'public',
    summary: 'Workspaces in the user’s NEXUS folder',
    input: Empty,
    output: z.strictObject({
      folder: z.string(),
      workspaces: z.array(
        z.strictObject({
          name: z.string(),
          createdAt: InstantText,
          /** What its accounts open it with besides a password: a key file is asked for where one of them has one. */
          secondSecrets: z.array(SecondSecret),
        }),
      ),
      /** Whether this station has a keychain to keep a device secret in, and if not, why. */
      keychain: z.strictObject({ available: z.boolean(), reason: z.string().nullable() }),
    }),
  }),
  'workspaces.create': command({
    permission: 'public',
    summary: 'Creates an encrypted workspace and opens it',
    input: z.strictObject({
      location: Location,
      passphrase: Passphrase,
      /** The first account's user name: it supervises the others. */
      actor: z.string().min(1).max(100),
      /** Password-only is a choice that stays marked as the weaker one. */
      secondSecret: SecondSecret.default('none'),
      /** Removed when the command ends, under a random passphrase: no kit, no memory at the station. */
      temporary: z.boolean().default(false),
    }),
    output: WithKit,
    audit: 'workspace.created',
  }),
  'workspaces.open': command({
    permission: 'public',
    summary: 'Opens an encrypted workspace; a wrong passphrase changes nothing',
    input: z.strictObject({
      location: Location,
      passphrase: Passphrase,
      /** The account; without it the one that the password fits. */
      actor: z.string().min(1).max(100).optional(),
      /** Where nobody has that name: the account that the password fits, under its own name. */
      orAnyAccount: z.boolean().default(false),
      /** The point of view; without it the account's primary role. */
      role: Role.optional(),
      /** The key file of an account that has one. */
      keyFile: FileGrant.optional(),
      /** The person's own password, chosen at the first sign-in with an initial one. */
      newPassphrase: Passphrase.optional(),
    }),
    output: WorkspaceStatus,
    audit: 'workspace.opened',
  }),
  'workspaces.recover': command({
    permission: 'public',
    summary: 'Opens a workspace by its recovery code, once: a supervisor gets a new password, the kit a new code',
    input: z.strictObject({
      location: Location,
      recoveryCode: z.string().min(1).max(100),
      /** A supervisor's user name. */
      actor: z.string().min(1).max(100),
      passphrase: Passphrase,
      secondSecret: SecondSecret.default('none'),
    }),
    output: WithKit,
    audit: 'workspace.recovered',
  }),
  'workspaces.close': command({
    permission: 'workspace.use',
    summary: 'Closes the workspace and forgets its key',
    input: Empty,
    output: WorkspaceStatus,
    audit: 'workspace.closed',
  }),
  'workspaces.status': query({
    permission: 'public',
    summary: 'What is open, as whom, with which permissions',
    input: Empty,
    output: WorkspaceStatus,
  }),
};
