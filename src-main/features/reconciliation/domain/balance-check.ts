import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';

/** A balance as the institution states it: units × 10^-scale. */
export interface BalanceFigure {
  readonly units: number | bigint;
  readonly scale: number;
  readonly date: CivilDay;
}

/** What one statement states and what its transactions sum to. */
export interface StatementFigures {
  readonly accountId: string | null;
  readonly currency: string | null;
  readonly opening: BalanceFigure | null;
  readonly closing: BalanceFigure | null;
  /** First and last day of the period; UNKNOWN_DAY where not stated. */
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** Signed sum of the transactions (money in minus money out) in units of 10^-sumScale. */
  readonly sumUnits: bigint;
  readonly sumScale: number;
}

/** An exact amount of any size: units × 10^-scale. */
export interface ExactAmount {
  readonly units: bigint;
  readonly scale: number;
}

/** Whether opening + in − out = closing; `balanced` and `difference` are null where a balance is not stated. */
export interface StatementBalance {
  readonly balanced: boolean | null;
  /** Closing as stated minus closing as computed. */
  readonly difference: ExactAmount | null;
}

const at = (units: number | bigint, scale: number, wanted: number): bigint =>
  BigInt(units) * 10n ** BigInt(wanted - scale);

const subtract = (a: BalanceFigure, b: BalanceFigure): ExactAmount => {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a.units, a.scale, scale) - at(b.units, b.scale, scale), scale };
};

/** opening + in − out = closing, exactly. */
export const checkBalance = (statement: StatementFigures): StatementBalance => {
  const { opening, closing, sumUnits, sumScale } = statement;
  if (opening === null || closing === null) return { balanced: null, difference: null };
  const scale = Math.max(opening.scale, closing.scale, sumScale);
  const computed = at(opening.units, opening.scale, scale) + at(sumUnits, sumScale, scale);
  const units = at(closing.units, closing.scale, scale) - computed;
  return { balanced: units === 0n, difference: { units, scale } };
};

/**
 * A place between a statement and the one before it that reaches furthest, where something is to be explained:
 * `break` closing and next opening differ; `gap` days between the periods that no statement covers; `overlap` days that both
 * cover, at whose inner balances no chain can be checked; `unknown` a balance is not stated, so that the link cannot be checked.
 */
export interface ChainProblem {
  readonly kind: 'break' | 'gap' | 'overlap' | 'unknown';
  /** Indexes into the list of statements. */
  readonly before: number;
  readonly after: number;
  /** Days missing or covered twice; null for the other kinds. */
  readonly days: number | null;
  /** Next opening minus closing; null where one of them is not stated, and for an overlap, where the one does not follow the other. */
  readonly difference: ExactAmount | null;
}

/** The statements of one account and currency, by date. */
export interface StatementChain {
  readonly accountId: string;
  readonly currency: string | null;
  /** Indexes into the list of statements, in the order of their periods. */
  readonly statements: readonly number[];
  /** True: every closing balance is the next opening one. False: one is not, or periods overlap. Null: it cannot be told. */
  readonly unbroken: boolean | null;
  readonly problems: readonly ChainProblem[];
}

export interface BalanceCheck {
  /** By index of the statement. */
  readonly statements: readonly StatementBalance[];
  readonly chains: readonly StatementChain[];
  /** Statements that belong to no chain: no account, or no date to order them by. */
  readonly unchained: readonly number[];
}

/** The first day a statement speaks for: its period's, else its opening balance's. */
const firstDay = (statement: StatementFigures): CivilDay =>
  statement.from !== UNKNOWN_DAY ? statement.from : (statement.opening?.date ?? UNKNOWN_DAY);

const lastDay = (statement: StatementFigures): CivilDay =>
  statement.to !== UNKNOWN_DAY ? statement.to : (statement.closing?.date ?? UNKNOWN_DAY);

const agree = (one: BalanceFigure | null, other: BalanceFigure | null): boolean =>
  one !== null && other !== null && subtract(one, other).units === 0n;

/**
 * Days that two statements both cover, the later one beginning no earlier. One shared day is how many institutions write
 * adjoining periods: where they meet on it, the balances say whether one carries on from the other or is a part of it.
 */
const daysShared = (earlier: StatementFigures, later: StatementFigures): number => {
  const shared = Math.max(0, Math.min(lastDay(earlier), lastDay(later)) - firstDay(later) + 1);
  if (lastDay(earlier) !== firstDay(later)) return shared;
  const isPart =
    (lastDay(later) === lastDay(earlier) && agree(earlier.closing, later.closing)) ||
    (firstDay(later) === firstDay(earlier) && agree(earlier.opening, later.opening));
  return isPart && !agree(earlier.closing, later.opening) ? 1 : 0;
};

/** Problems where the later statement is to carry on from the earlier one. */
const link = (
  earlier: StatementFigures,
  later: StatementFigures,
): Pick<ChainProblem, 'kind' | 'days' | 'difference'>[] => {
  const { closing } = earlier;
  const { opening } = later;
  const difference = closing === null || opening === null ? null : subtract(opening, closing);
  const apart = firstDay(later) - lastDay(earlier);
  const gap = apart > 1 ? [{ kind: 'gap' as const, days: apart - 1, difference }] : [];
  if (difference === null) return [...gap, { kind: 'unknown', days: null, difference }];
  return difference.units === 0n ? gap : [...gap, { kind: 'break', days: null, difference }];
};

/** Compares each statement with the one before it that reaches furthest: one that lies within another is the predecessor of none. */
const problemsOf = (statements: readonly StatementFigures[], inOrder: readonly number[]): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  let before: number | null = null;
  for (const after of inOrder) {
    const earlier = before === null ? undefined : statements[before];
    const later = statements[after];
    if (before === null || earlier === undefined || later === undefined) {
      before = after;
      continue;
    }
    const days = daysShared(earlier, later);
    // Where days are shared, the later one opens before the earlier one closes: these balances need not agree.
    if (days > 0) problems.push({ kind: 'overlap', before, after, days, difference: null });
    else for (const problem of link(earlier, later)) problems.push({ ...problem, before, after });
    if (days === 0 || lastDay(later) > lastDay(earlier)) before = after;
  }
  return problems;
};

/**
 * Checks each statement's balance, and for each account that the closing balance of one statement is the opening balance of
 * the next by date. A statement that shares days with another is listed as an overlap; only its own balance is checked. A gap in the days does not break a chain whose balances carry over it (weekends): it is listed all the same.
 */
export const checkBalances = (statements: readonly StatementFigures[]): BalanceCheck => {
  const groups = new Map<string, { accountId: string; currency: string | null; members: number[] }>();
  const unchained: number[] = [];
  statements.forEach((statement, index) => {
    const { accountId, currency } = statement;
    if (accountId === null || firstDay(statement) === UNKNOWN_DAY || lastDay(statement) === UNKNOWN_DAY) {
      unchained.push(index);
      return;
    }
    const key = JSON.stringify([accountId, currency]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { accountId, currency, members: [index] });
    else group.members.push(index);
  });
  const dayOf = (day: (statement: StatementFigures) => CivilDay, index: number): CivilDay => {
    const statement = statements[index];
    return statement === undefined ? UNKNOWN_DAY : day(statement);
  };
  const chains = [...groups.values()].map(({ accountId, currency, members }): StatementChain => {
    const inOrder = members.sort(
      (a, b) => dayOf(firstDay, a) - dayOf(firstDay, b) || dayOf(lastDay, a) - dayOf(lastDay, b) || a - b,
    );
    const problems = problemsOf(statements, inOrder);
    const broken = problems.some(({ kind }) => kind === 'break' || kind === 'overlap');
    const unknown = problems.some(({ kind }) => kind === 'unknown');
    return { accountId, currency, statements: inOrder, unbroken: broken ? false : unknown ? null : true, problems };
  });
  return { statements: statements.map(checkBalance), chains, unchained };
};
