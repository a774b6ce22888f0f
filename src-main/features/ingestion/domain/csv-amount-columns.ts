import { balanceFollows, equalsSides, equalValues, findBalance, splits } from './csv-balance-equation.ts';
import { isMoney, share } from './csv-column-fit.ts';
import { columnLabel } from './csv-column-names.ts';
import { type ColumnPlan, choose, release } from './csv-column-plan.ts';
import { headerEvidence, namesSideAmount, normalizeHeader } from './csv-header-lexicon.ts';

/** Names of columns of amounts as far apart as this are of one rank. */
const ONE_RANK = 0.12;
/** Columns of numbers among which a running balance is looked for. */
const MOST_COLUMNS = 8;
/** A name that plainly says amount. */
const PLAIN = 0.89;

/**
 * Settles which columns hold the amounts: the one that is named so, or debit and credit, or by content. Where two
 * columns of one rank say different things and no running balance follows just one of them, the role stays open.
 */
export const chooseAmounts = (plan: ColumnPlan): void => {
  const { amount, debit, credit } = plan.choices;
  if (debit && credit) settleSides(plan);
  else if (amount) {
    if (!plan.ledger) {
      release(plan, 'debit');
      release(plan, 'credit');
    }
    askRivals(plan);
  } else if (!debit && !credit) chooseByValues(plan);
};

/** Debit and credit beside an amount: sides that repeat it are dropped; sides that differ from it are the booked ones. */
const settleSides = (plan: ColumnPlan): void => {
  const { rows, profiles, choices } = plan;
  const { amount } = choices;
  if (amount === undefined) return;
  const column = amount.columns[0]!;
  const out = choices.debit!.columns[0]!;
  const in_ = choices.credit!.columns[0]!;
  const sidesFilled = profiles[out]!.filled + profiles[in_]!.filled > 0;
  const repeated = !plan.ledger && equalsSides(rows, column, out, in_);
  if (sidesFilled && !repeated && (plan.ledger || splits(rows, out, in_) || amount.confidence < PLAIN)) {
    release(plan, 'amount');
    return;
  }
  release(plan, 'debit');
  release(plan, 'credit');
  if (repeated)
    choices.amount = { ...amount, reason: `${amount.reason}; debit and credit stand beside it and say the same` };
  askRivals(plan);
};

/** Another column of amounts of the same rank with other values is a question, unless the running balance answers it. */
const askRivals = (plan: ColumnPlan): void => {
  const { header, profiles, rows, choices } = plan;
  const { amount, balance } = choices;
  if (amount === undefined || header === null) return;
  const chosenColumn = amount.columns[0]!;
  const evidence = headerEvidence(header[chosenColumn]!, 'amount');
  const isRival = (name: string, column: number): boolean => {
    const profile = profiles[column];
    if (column === chosenColumn || !profile || plan.taken.has(column) || !isMoney(profile)) return false;
    const near = headerEvidence(name, 'amount') >= evidence - ONE_RANK;
    // A net amount beside fees is what is left of the other.
    const net = choices.fee !== undefined && /^(?:net|netto)\b/.test(normalizeHeader(name));
    return (near || net) && !equalValues(rows, chosenColumn, column);
  };
  const rivals = header.flatMap((name, column) => (isRival(name, column) ? [column] : []));
  if (rivals.length === 0) return;
  const candidates = [chosenColumn, ...rivals].sort((a, b) => a - b);
  const balanceColumn = balance?.columns[0];
  const followed = candidates.filter(
    column => balanceColumn !== undefined && balanceFollows(plan.booked, balanceColumn, column),
  );
  release(plan, 'amount');
  if (followed.length === 1)
    choose(
      plan,
      'amount',
      followed,
      0.95,
      `named "${header[followed[0]!]!.trim()}"; the running balance moves by its values`,
    );
  else {
    choose(plan, 'amount', [chosenColumn], 0.3, `${amount.reason}; not settled`);
    const names = candidates.map(column => `"${columnLabel(header, column)}"`).join(' and ');
    plan.open.push({ role: 'amount', candidates, why: `The columns ${names} could each hold the booked amount` });
  }
};

/** Without a name: the columns that a running balance follows, two that take turns, or the one most like amounts. */
const chooseByValues = (plan: ColumnPlan): void => {
  const { header, profiles, rows, taken } = plan;
  const all = profiles
    .map((profile, column) => ({ profile, column }))
    .filter(
      ({ profile, column }) =>
        !taken.has(column) && isMoney(profile) && !(header !== null && namesSideAmount(header[column] ?? '')),
    );
  const money = all.filter(
    ({ profile }) => profile.fractions > 0 || profile.currencySigns > 0 || profile.negatives > 0,
  );
  const columns = (money.length > 0 ? money : all).map(({ column }) => column);
  if (columns.length === 0) return;
  const equation =
    findBalance(rows, columns) ??
    findBalance(
      rows,
      all.slice(0, MOST_COLUMNS).map(({ column }) => column),
    );
  if (equation !== null) {
    if (equation.amount !== null)
      choose(plan, 'amount', [equation.amount], 0.95, 'the running balance moves by its values');
    else {
      choose(plan, 'debit', [equation.debit], 0.95, 'the running balance falls by its values');
      choose(plan, 'credit', [equation.credit], 0.95, 'the running balance rises by its values');
    }
    choose(plan, 'balance', [equation.balance], 0.95, 'its differences from row to row equal the amounts');
    return;
  }
  if (chooseTurns(plan, columns)) return;
  const scored = columns
    .map(column => {
      const p = profiles[column]!;
      const score =
        share(p.fractions, p.filled) +
        2 * Math.min(1, 4 * share(p.negatives, p.filled)) +
        share(p.filled, p.rows) +
        0.5 * share(p.currencySigns, p.filled);
      return { column, score };
    })
    .sort((a, b) => b.score - a.score || a.column - b.column);
  const [first, next] = scored;
  if (next && first!.score - next.score < 0.1) {
    const candidates = scored.filter(s => first!.score - s.score < 0.1).map(s => s.column);
    const names = candidates.map(column => `"${columnLabel(header, column)}"`).join(' and ');
    plan.open.push({ role: 'amount', candidates, why: `The columns ${names} could each hold the booked amount` });
    return;
  }
  choose(plan, 'amount', [first!.column], next ? 0.6 : 0.75, 'the column whose values look most like amounts');
};

/** Two columns of which each row fills exactly one are debit and credit; which is which only a sign can tell. */
const chooseTurns = (plan: ColumnPlan, columns: readonly number[]): boolean => {
  const { rows, profiles } = plan;
  for (const a of columns)
    for (const b of columns) {
      if (a >= b || !splits(rows, a, b)) continue;
      const negativeA = profiles[a]!.negatives > 0;
      if (negativeA === profiles[b]!.negatives > 0) {
        plan.open.push({
          role: 'debit',
          candidates: [a, b],
          why: `Each row fills one of the columns ${a + 1} and ${b + 1}: one is money out, the other money in`,
        });
        return true;
      }
      choose(plan, 'debit', [negativeA ? a : b], 0.8, 'filled where the other is empty, with negative values');
      choose(plan, 'credit', [negativeA ? b : a], 0.8, 'filled where the other is empty, without negative values');
      return true;
    }
  return false;
};
