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
 * A place between two statements of one account that follow each other, where something is to be explained:
 * `break` closing and next opening differ; `gap` days between the periods that no statement covers; `overlap` days that both
 * cover; `unknown` a balance is not stated, so that the link cannot be checked.
 */
export interface ChainProblem {
  readonly kind: 'break' | 'gap' | 'overlap' | 'unknown';
  /** Indexes into the list of statements. */
  readonly before: number;
  readonly after: number;
  /** Days missing or covered twice; null for the other kinds. */
  readonly days: number | null;
  /** Next opening minus closing; null where one of them is not stated. */
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

const link = (statements: readonly StatementFigures[], before: number, after: number): ChainProblem[] => {
  const earlier = statements[before];
  const later = statements[after];
  if (earlier === undefined || later === undefined) return [];
  const { closing } = earlier;
  const { opening } = later;
  const difference = closing === null || opening === null ? null : subtract(opening, closing);
  const problems: ChainProblem[] = [];
  const apart = firstDay(later) - lastDay(earlier);
  // One shared day is how many institutions write adjoining periods; the balances decide there.
  if (apart < 0) problems.push({ kind: 'overlap', before, after, days: 1 - apart, difference });
  else if (apart > 1) problems.push({ kind: 'gap', before, after, days: apart - 1, difference });
  if (difference === null) problems.push({ kind: 'unknown', before, after, days: null, difference });
  else if (difference.units !== 0n) problems.push({ kind: 'break', before, after, days: null, difference });
  return problems;
};

/**
 * Checks each statement's balance, and for each account that the closing balance of one statement is the opening balance of
 * the next by date. A gap in the days does not break a chain whose balances carry over it (weekends): it is listed all the same.
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
    const problems = inOrder.slice(1).flatMap((after, i) => link(statements, inOrder[i] ?? after, after));
    const broken = problems.some(({ kind }) => kind === 'break' || kind === 'overlap');
    const unknown = problems.some(({ kind }) => kind === 'unknown');
    return { accountId, currency, statements: inOrder, unbroken: broken ? false : unknown ? null : true, problems };
  });
  return { statements: statements.map(checkBalance), chains, unchained };
};
