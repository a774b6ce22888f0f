import type { AuditEntry } from './audit-log.ts';

/** An account as the log tells it. */
export interface LoggedAccount {
  readonly id: string;
  readonly username: string;
  readonly createdBy: string;
  /** The first is its role; the others are beside it. */
  readonly roles: readonly string[];
  readonly supervisor: boolean;
  readonly state: 'active' | 'revoked';
}

/** A step in the history of the accounts. */
export interface LoggedAccountStep {
  readonly account: string;
  readonly act: string;
  readonly actor: string;
}

export interface LoggedProposal {
  readonly account: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  /** Ids of the accounts of who proposed and who decided; null where nobody has. */
  readonly proposedBy: string;
  readonly state: 'open' | 'approved' | 'rejected';
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
}

export interface LoggedAssignment {
  readonly case: string;
  readonly account: string;
  readonly assigned: boolean;
  readonly actor: string;
}

/** Who may do what, as the log tells it. */
export interface LoggedAccess {
  readonly accounts: ReadonlyMap<string, LoggedAccount>;
  readonly steps: readonly LoggedAccountStep[];
  readonly proposals: ReadonlyMap<string, LoggedProposal>;
  readonly assignments: readonly LoggedAssignment[];
}

/** The roles that a new workspace's first account has: its entry does not repeat them. */
const FOUNDERS_ROLES: readonly string[] = ['financial_examiner'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

/** Rights as a proposal states them; none where they cannot be read. */
const rightsOf = (text: string): Pick<LoggedAccount, 'roles' | 'supervisor'> => {
  try {
    const { roles, supervisor } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return { roles: textsOf(roles), supervisor: supervisor === true };
  } catch {
    return { roles: [], supervisor: false };
  }
};

/** Tells entry by entry who may do what. */
class AccessTale implements LoggedAccess {
  readonly accounts = new Map<string, LoggedAccount>();
  readonly steps: LoggedAccountStep[] = [];
  readonly proposals = new Map<string, LoggedProposal>();
  readonly assignments: LoggedAssignment[] = [];

  add(account: LoggedAccount): void {
    this.accounts.set(account.id, account);
    this.steps.push({ account: account.id, act: 'created', actor: account.createdBy });
  }

  change(id: string, change: Partial<LoggedAccount>): void {
    const account = this.accounts.get(id);
    if (account !== undefined) this.accounts.set(id, { ...account, ...change });
  }

  decide(id: string, decision: Pick<LoggedProposal, 'state' | 'decidedBy' | 'decisionReason'>): void {
    const proposal = this.proposals.get(id);
    if (proposal !== undefined) this.proposals.set(id, { ...proposal, ...decision });
  }

  /** The account of a name: a name is never used again. Null for one that has none yet. */
  idOf(username: string): string | null {
    for (const { id, username: known } of this.accounts.values()) if (known === username) return id;
    return null;
  }
}

type Telling = (tale: AccessTale, entry: AuditEntry) => void;

/** What an entry of an act changes. */
const TELLINGS: Readonly<Record<string, Telling>> = {
  'account.registered': (tale, { actor, obj }) =>
    tale.add({
      id: textOf(obj.account),
      username: textOf(obj.username),
      createdBy: actor,
      roles: [textOf(obj.role), ...textsOf(obj.secondaryRoles)],
      supervisor: obj.supervisor === true,
      state: 'active',
    }),
  'account.revoked': (tale, { obj }) => tale.change(textOf(obj.account), { state: 'revoked' }),
  'account.reinstated': (tale, { obj }) =>
    tale.change(textOf(obj.account), { state: 'active', ...(obj.supervisor === false ? { supervisor: false } : {}) }),
  'account.roles-proposed': (tale, { actor, obj }) =>
    void tale.proposals.set(textOf(obj.proposal), {
      account: textOf(obj.account),
      before: textOf(obj.before),
      after: textOf(obj.after),
      reason: textOf(obj.reason),
      proposedBy: tale.idOf(actor) ?? '',
      state: 'open',
      decidedBy: null,
      decisionReason: null,
    }),
  'account.roles-approved': (tale, { actor, obj }) => {
    tale.change(textOf(obj.account), rightsOf(textOf(obj.after)));
    tale.decide(textOf(obj.proposal), { state: 'approved', decidedBy: tale.idOf(actor), decisionReason: '' });
  },
  'account.roles-rejected': (tale, { actor, obj }) =>
    tale.decide(textOf(obj.proposal), {
      state: 'rejected',
      decidedBy: tale.idOf(actor),
      decisionReason: textOf(obj.reason),
    }),
  // Who makes a case works on it; before there were accounts, nobody was assigned.
  'case.created': (tale, { actor, obj }) => {
    const account = tale.idOf(actor);
    if (account !== null) tale.assignments.push({ case: textOf(obj.case), account, assigned: true, actor });
  },
  'assignment.granted': (tale, { actor, obj }) =>
    void tale.assignments.push({ case: textOf(obj.case), account: textOf(obj.account), assigned: true, actor }),
  'assignment.ended': (tale, { actor, obj }) =>
    void tale.assignments.push({ case: textOf(obj.case), account: textOf(obj.account), assigned: false, actor }),
};

/** What the history of the accounts calls the acts that stand in it; `created` comes of registering. */
const STEPS: Readonly<Record<string, string>> = {
  'account.revoked': 'revoked',
  'account.reinstated': 'reinstated',
  'account.password-replaced': 'password-replaced',
  'account.password-changed': 'password-changed',
  'account.roles-approved': 'roles-approved',
  'keys.upgraded': 'keys.upgraded',
  'workspace.recovered': 'recovered',
};

/** The acts of which who may do what follows. */
export const ACCESS_ACTS: readonly string[] = [
  ...new Set(['workspace.created', ...Object.keys(TELLINGS), ...Object.keys(STEPS)]),
];

/** The steps of the history of accounts that the log records too, by the name both give them. */
export const ACCOUNT_STEPS: ReadonlySet<string> = new Set(['created', ...Object.values(STEPS)]);

/**
 * Folds the entries of `ACCESS_ACTS`, in their order. The entry of a new workspace names its first account only as its
 * actor: `idOfFounder` gives the id of that user name, null where the store has none. A workspace that is older than
 * accounts got its first one later, from the program.
 */
export const loggedAccess = (
  entries: readonly AuditEntry[],
  idOfFounder: (username: string) => string | null,
): LoggedAccess => {
  const tale = new AccessTale();
  const isUpgraded = entries.some(({ act, actor }) => act === 'account.registered' && actor === 'system');
  for (const entry of entries) {
    const { act, actor, obj } = entry;
    if (act === 'workspace.created' && !isUpgraded && tale.accounts.size === 0) {
      const id = idOfFounder(actor);
      if (id !== null)
        tale.add({ id, username: actor, createdBy: actor, roles: FOUNDERS_ROLES, supervisor: true, state: 'active' });
    }
    if (Object.hasOwn(TELLINGS, act)) TELLINGS[act]?.(tale, entry);
    if (!Object.hasOwn(STEPS, act)) continue;
    const account = textOf(obj.account);
    // By the kit a person comes back by oneself; the program writes the entry.
    const who = act === 'workspace.recovered' ? (tale.accounts.get(account)?.username ?? '') : actor;
    tale.steps.push({ account, act: STEPS[act] ?? '', actor: who });
  }
  return tale;
};
