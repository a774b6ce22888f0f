import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { RightsHolder } from '../domain/policy.ts';
import type { SeparationProblem } from '../domain/separation.ts';
import { approvalProblem, proposalProblem, rejectionProblem } from '../domain/separation.ts';
import type { StoredAccount } from '../storage/account.repository.ts';
import { accountById, allAccounts, appendAccountEvent, passwordGiver } from '../storage/account.repository.ts';
import type { StoredProposal } from '../storage/role-proposal.repository.ts';
import {
  decideProposal,
  insertProposal,
  openProposalOf,
  proposalById,
  proposalsIn,
  setRights,
} from '../storage/role-proposal.repository.ts';

const refused = (
  category: 'conflict' | 'permission' | 'not-found' | 'usage',
  code: string,
  message: string,
  remedy: string,
): NexusError => new NexusError({ code, category, message, kept: 'Nothing was changed.', remedy });

const SEPARATION: Readonly<Record<SeparationProblem, readonly [message: string, remedy: string]>> = {
  'own-proposal': ['Who proposed a change may not approve it.', 'Ask another supervisor to approve it.'],
  'own-rights': ['Nobody decides on their own rights.', 'Ask two other supervisors.'],
};
const separated = (problem: SeparationProblem | null): void => {
  if (problem === null) return;
  const [message, remedy] = SEPARATION[problem];
  throw refused('permission', `separation.${problem}`, message, remedy);
};

const rightsOfAccount = (account: StoredAccount): RightsHolder => ({
  roles: [account.role, ...account.secondaryRoles],
  supervisor: account.supervisor,
});

/** A change of rights as text, the same for the same rights: what a proposal changes from is compared by it. */
const textOf = ({ roles, supervisor }: RightsHolder): string => JSON.stringify({ roles, supervisor });

const viewOf = (store: ReadStore, proposal: StoredProposal) => {
  const nameOf = (id: string): string => accountById(store, id)?.username ?? id;
  const rights = (text: string) => {
    const { roles, supervisor } = JSON.parse(text) as RightsHolder;
    return { roles: [...roles], supervisor };
  };
  return {
    id: proposal.id,
    accountId: proposal.account_id,
    username: nameOf(proposal.account_id),
    before: rights(proposal.before),
    after: rights(proposal.after),
    reason: proposal.reason,
    proposedBy: nameOf(proposal.proposed_by),
    proposedAt: proposal.proposed_at,
    state: proposal.state,
    decided:
      proposal.decided_by === null
        ? null
        : {
            by: nameOf(proposal.decided_by),
            at: proposal.decided_at ?? '',
            reason: proposal.decision_reason ?? '',
          },
  };
};

const required = (store: ReadStore, id: string): StoredProposal => {
  const proposal = proposalById(store, id);
  if (proposal === undefined)
    throw refused('not-found', 'proposal.unknown', `There is no proposal ${id}.`, 'List the proposals.');
  return proposal;
};

const openProposal = (store: ReadStore, id: string): StoredProposal => {
  const proposal = required(store, id);
  if (proposal.state !== 'open')
    throw refused(
      'conflict',
      'proposal.decided',
      `This proposal was ${proposal.state} already.`,
      'List the proposals.',
    );
  return proposal;
};

const self = ({ session }: CommandContext): { readonly id: string; readonly username: string } => {
  if (session.opened === null) throw new Error('a command ran without a workspace');
  return session.opened.account;
};

/** Throws `approval.nobody` where no second person could ever approve. */
const assertSomebodyApproves = (store: ReadStore, proposer: string, subject: string): void => {
  const approvers = allAccounts(store).filter(
    ({ id, state, supervisor }) =>
      supervisor && state === 'active' && approvalProblem({ proposer, subject }, id) === null,
  );
  if (approvers.length === 0)
    throw refused(
      'conflict',
      'approval.nobody',
      'A change of roles needs a second supervisor to approve it, and there is none.',
      'Register another account with the supervisor’s duty; its holder can then approve.',
    );
};

const propose = (
  context: CommandContext,
  { accountId, reason, ...after }: RightsHolder & { readonly accountId: string; readonly reason: string },
) => {
  const { store, ports, audit } = context;
  const proposer = self(context);
  separated(proposalProblem({ proposer: proposer.id, subject: accountId }));
  const subject = accountById(store, accountId);
  if (subject === undefined)
    throw refused('not-found', 'account.unknown', `There is no account ${accountId}.`, 'List the accounts.');
  if (subject.state !== 'active')
    throw refused('conflict', 'account.revoked', `“${subject.username}” is revoked.`, 'Reinstate the account first.');
  if (new Set(after.roles).size !== after.roles.length)
    throw refused('usage', 'proposal.role-twice', 'A role is named twice.', 'Name each role once.');
  if (openProposalOf(store, accountId) !== undefined)
    throw refused('conflict', 'proposal.open', 'A proposal for this account is open.', 'Decide on that one first.');
  const before = rightsOfAccount(subject);
  if (textOf(before) === textOf(after))
    throw refused('conflict', 'proposal.unchanged', 'These are its rights already.', 'Nothing needs to be done.');
  assertSomebodyApproves(store, proposer.id, accountId);
  const id = ports.ids.next();
  insertProposal(store, {
    id,
    account_id: accountId,
    before: textOf(before),
    after: textOf(after),
    reason,
    proposed_by: proposer.id,
    proposed_at: new Date(ports.clock.now()).toISOString(),
  });
  audit({
    proposal: id,
    account: accountId,
    username: subject.username,
    before: textOf(before),
    after: textOf(after),
    reason,
  });
  return viewOf(store, required(store, id));
};

const approve = (context: CommandContext, proposalId: string) => {
  const { store, ports, audit } = context;
  const approver = self(context);
  const proposal = openProposal(store, proposalId);
  separated(approvalProblem({ proposer: proposal.proposed_by, subject: proposal.account_id }, approver.id));
  const subject = accountById(store, proposal.account_id);
  if (subject === undefined || subject.state !== 'active' || textOf(rightsOfAccount(subject)) !== proposal.before)
    throw refused(
      'conflict',
      'proposal.overtaken',
      'The account is no longer as it was when this was proposed.',
      'Reject it and propose again.',
    );
  const proposer = accountById(store, proposal.proposed_by);
  if (proposer === undefined || proposer.state !== 'active' || !proposer.supervisor)
    throw refused(
      'conflict',
      'proposal.overtaken',
      'Who proposed this is no supervisor any more: it is one person’s word now.',
      'Reject it; another supervisor may propose it.',
    );
  if (passwordGiver(store, approver.id) === proposer.username)
    throw refused(
      'permission',
      'separation.same-hand',
      `“${proposer.username}”, who proposed this, also gave this account its last initial password: nothing shows that two people agree.`,
      'Ask another supervisor to approve it, or sign in once by the recovery kit.',
    );
  const at = new Date(ports.clock.now()).toISOString();
  setRights(store, subject.id, JSON.parse(proposal.after) as RightsHolder);
  decideProposal(store, proposalId, { state: 'approved', by: approver.id, at, reason: '' });
  const change = {
    proposal: proposalId,
    before: proposal.before,
    after: proposal.after,
    proposedBy: proposal.proposed_by,
  };
  appendAccountEvent(
    store,
    { accountId: subject.id, at, actor: approver.username, act: 'account.roles-approved' },
    change,
  );
  audit({ ...change, account: subject.id, username: subject.username });
  return viewOf(store, required(store, proposalId));
};

export const approvalHandlers: Handlers = {
  ...onQuery('accounts.proposals', ({ store }, { state }) => ({
    proposals: proposalsIn(store, state).map(proposal => viewOf(store, proposal)),
  })),
  ...onCommand('accounts.proposeRoles', propose),
  ...onCommand('accounts.approveProposal', (context, { proposalId }) => approve(context, proposalId)),
  ...onCommand('accounts.rejectProposal', (context, { proposalId, reason }) => {
    const { store, ports, audit } = context;
    const proposal = openProposal(store, proposalId);
    const { id: by } = self(context);
    separated(rejectionProblem({ proposer: proposal.proposed_by, subject: proposal.account_id }, by));
    const at = new Date(ports.clock.now()).toISOString();
    decideProposal(store, proposalId, { state: 'rejected', by, at, reason });
    audit({ proposal: proposalId, account: proposal.account_id, reason });
    return viewOf(store, required(store, proposalId));
  }),
};
