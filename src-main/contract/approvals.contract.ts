import { z } from 'zod';
import { command, InstantText, query, Uuid } from './channel.ts';
import { Role } from './workspaces.contract.ts';

const Rights = z.strictObject({
  /** The primary role first. */
  roles: z.array(Role).min(1).max(4),
  supervisor: z.boolean(),
});

/** A change of an account's rights that one person proposed and another one decides. */
export const RoleProposal = z.strictObject({
  id: Uuid,
  accountId: Uuid,
  username: z.string(),
  before: Rights,
  after: Rights,
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: InstantText,
  state: z.enum(['open', 'approved', 'rejected']),
  decided: z.strictObject({ by: z.string(), at: InstantText, reason: z.string() }).nullable(),
});
export type RoleProposal = z.infer<typeof RoleProposal>;

const Reason = z.string().trim().min(1).max(2000);

export const approvalsContract = {
  'accounts.proposals': query({
    permission: 'account.manage',
    summary: 'Proposed changes of roles, newest first',
    input: z.strictObject({ state: z.enum(['open', 'all']).default('open') }),
    output: z.strictObject({ proposals: z.array(RoleProposal) }),
  }),
  'accounts.proposeRoles': command({
    permission: 'account.manage',
    summary: 'Proposes other roles or duties for an account: they hold once a second person approves',
    input: z.strictObject({ accountId: Uuid, ...Rights.shape, reason: Reason }),
    output: RoleProposal,
    audit: 'account.roles-proposed',
    stepUp: true,
  }),
  'accounts.approveProposal': command({
    permission: 'account.approve',
    summary: 'Approves a proposed change of roles; refused to who proposed it and to whom it concerns',
    input: z.strictObject({ proposalId: Uuid }),
    output: RoleProposal,
    audit: 'account.roles-approved',
    stepUp: true,
  }),
  'accounts.rejectProposal': command({
    permission: 'account.approve',
    summary:
      'Rejects a proposed change of roles with a reason; who proposed it may withdraw it so; refused to whom it concerns',
    input: z.strictObject({ proposalId: Uuid, reason: Reason }),
    output: RoleProposal,
    audit: 'account.roles-rejected',
  }),
};
