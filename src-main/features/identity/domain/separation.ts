import { foldedName } from './username.ts';

/** Who is who in a change of rights: account ids. */
export interface RightsChange {
  readonly proposer: string;
  readonly subject: string;
}

export type SeparationProblem = 'own-proposal' | 'own-rights';

/** Why someone may not approve a change of rights; null when they may. Author ≠ approver ≠ subject. */
export const approvalProblem = ({ proposer, subject }: RightsChange, approver: string): SeparationProblem | null => {
  if (approver === proposer) return 'own-proposal';
  return approver === subject ? 'own-rights' : null;
};

/** Why someone may not propose a change of rights; null when they may. Nobody grants a role to themselves. */
export const proposalProblem = ({ proposer, subject }: RightsChange): SeparationProblem | null =>
  proposer === subject ? 'own-rights' : null;

/** Why someone may not reject a change of rights; null when they may. Who proposed it may withdraw it, its subject may not. */
export const rejectionProblem = ({ subject }: RightsChange, decider: string): SeparationProblem | null =>
  decider === subject ? 'own-rights' : null;

/** An account that may hold the supervisor's duty. */
export interface DutyHolder {
  readonly id: string;
  readonly supervisor: boolean;
  readonly state: 'active' | 'revoked';
}

/**
 * True where one supervisor alone may give somebody the supervisor's duty: as long as there is no second one who could
 * approve it. Afterwards it takes two, or one person could make the second of any pair.
 */
export const givesDutyAlone = (accounts: readonly DutyHolder[], giver: string): boolean =>
  !accounts.some(({ id, supervisor, state }) => supervisor && state === 'active' && id !== giver);

/** An account, as far as it decides or approves. */
export interface Decider {
  readonly id: string;
  readonly username: string;
}

/**
 * Which of these authors' works the reviewer may not approve, being their author. Records carry user names: those are
 * unique whatever their case and never used again, so a name stands for one account for ever. A name of no account is of
 * before accounts, when nothing tied a name to a person: whose it was cannot be shown, so it counts as the reviewer's.
 */
export const ownWorks = <T extends { readonly author: string }>(
  works: readonly T[],
  reviewer: Decider,
  accounts: readonly Decider[],
): { readonly own: readonly T[]; readonly unproven: readonly T[] } => {
  const idOf = new Map(accounts.map(({ id, username }) => [foldedName(username), id]));
  const authorOf = ({ author }: T): string | undefined => idOf.get(foldedName(author));
  return {
    own: works.filter(work => authorOf(work) === reviewer.id),
    unproven: works.filter(work => authorOf(work) === undefined),
  };
};
