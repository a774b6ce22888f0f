import { z } from 'zod';
import { Count, command, Empty, FileGrant, InstantText, query } from './channel.ts';

/** Seed roles (points of view). A role only narrows what an opened workspace may be used for. */
export const ROLES = ['financial_examiner', 'prosecutor', 'judge', 'executive'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Where a workspace lies: by name in the user's NEXUS folder, or a folder the host granted. */
const Location = z.union([
  z.strictObject({ name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u) }),
  z.strictObject({ grant: FileGrant }),
]);
const Passphrase = z.string().min(1).max(1024);

export const WorkspaceStatus = z.strictObject({
  open: z.boolean(),
  name: z.string().nullable(),
  path: z.string().nullable(),
  actor: z.string().nullable(),
  role: Role.nullable(),
  /** What the session may do (permission names). */
  permissions: z.array(z.string()),
  caseCount: Count,
});

export const workspacesContract = {
  'workspaces.list': query({
    permission: 'public',
    summary: 'Workspaces in the user’s NEXUS folder',
    input: Empty,
    output: z.strictObject({
      folder: z.string(),
      workspaces: z.array(z.strictObject({ name: z.string(), createdAt: InstantText })),
    }),
  }),
  'workspaces.create': command({
    permission: 'public',
    summary: 'Creates an encrypted workspace and opens it',
    input: z.strictObject({ location: Location, passphrase: Passphrase, actor: z.string().min(1).max(100) }),
    output: WorkspaceStatus,
    audit: 'workspace.created',
  }),
  'workspaces.open': command({
    permission: 'public',
    summary: 'Opens an encrypted workspace; a wrong passphrase changes nothing',
    input: z.strictObject({
      location: Location,
      passphrase: Passphrase,
      actor: z.string().min(1).max(100),
      role: Role.default('financial_examiner'),
    }),
    output: WorkspaceStatus,
    audit: 'workspace.opened',
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
