import type { DecimalSign } from './csv-amount.ts';
import { parseAmount } from './csv-amount.ts';
import { type ColumnProfile, profileColumn } from './csv-column-profile.ts';
import { type ColumnRole, headerEvidence, namesSideAmount, normalizeHeader } from './csv-header-lexicon.ts';

/** Columns chosen for a role (0-based; several only for descriptions), with how sure and why. */
export interface ColumnChoice {
  readonly columns: readonly number[];
  readonly confidence: number;
  readonly reason: string;
}

export type ColumnChoices = Partial<Record<ColumnRole, ColumnChoice>>;

/** A role that the file leaves open: the columns that could play it. */
export interface OpenRole {
  readonly role: ColumnRole;
  readonly candidates: readonly number[];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const isDates = (p: ColumnProfile, least = 0.6): boolean => p.filled > 0 && share(p.dates, p.filled) >= least;
const isMoney = (p: ColumnProfile, least = 0.6): boolean => p.filled > 0 && share(p.amounts, p.filled) >= least;
const isText = (p: ColumnProfile): boolean => p.filled > 0 && share(p.texts, p.filled) >= 0.4 && !isDates(p);

/** Whether the content of a column lets it play a role at all. An empty column may play any but those of dates and the amount. */
const fits = (role: ColumnRole, p: ColumnProfile, named: boolean): boolean => {
  // A name lets a column have more unreadable values: they are rejected row by row, not overlooked.
  const least = named ? 0.3 : 0.6;
  switch (role) {
    case 'bookingDate':
    case 'valueDate':
      return isDates(p, least);
    case 'amount':
      return isMoney(p, least);
    case 'debit':
    case 'credit':
    case 'balance':
      return p.filled === 0 || isMoney(p, least);
    case 'indicator':
      return p.filled > 0 && share(p.indicators, p.filled) >= (named ? 0.5 : 0.8) && p.distinct <= 6;
    case 'currency':
      return p.filled > 0 && share(p.currencyCodes, p.filled) >= (named ? 0.5 : 0.8);
    case 'type':
      return !isDates(p);
    case 'account':
    case 'counterpartyAccount':
      return !isDates(p) && p.fractions === 0 && share(p.currencyCodes, p.filled) < 0.8;
    case 'counterparty':
      return !isDates(p) && share(p.ibans, p.filled) < 0.8;
    default:
      return !isDates(p);
  }
};

const HEADER_ROLES: readonly ColumnRole[] = [
  'bookingDate',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'balance',
  'indicator',
  'currency',
  'account',
  'counterparty',
  'counterpartyAccount',
  'reference',
  'type',
];

const percent = (part: number, whole: number): string => `${Math.round(100 * share(part, whole))} %`;

const contentReason = (role: ColumnRole, p: ColumnProfile): string => {
  if (role === 'bookingDate' || role === 'valueDate') return `${percent(p.dates, p.filled)} of its values are dates`;
  if (role === 'amount' || role === 'debit' || role === 'credit' || role === 'balance')
    return `${percent(p.amounts, p.filled)} of its values are amounts`;
  if (role === 'indicator') return 'its values are debit/credit marks';
  if (role === 'currency') return 'its values are currency codes';
  return `${p.distinct} distinct values in ${p.filled} filled rows`;
};

/**
 * Which column plays which part. Header names decide where there are any, content confirms or forbids; without
 * header names content alone decides: dates, columns of money (a running balance is one whose differences equal
 * another's values), currency codes, identifiers, texts.
 */
export const chooseColumns = (
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  columnCount: number,
): { choices: ColumnChoices; open: OpenRole[]; profiles: ColumnProfile[] } => {
  const profiles = Array.from({ length: columnCount }, (_, column) =>
    profileColumn(rows.map(fields => fields[column] ?? '')),
  );
  const choices: ColumnChoices = {};
  const open: OpenRole[] = [];
  const taken = new Set<number>();
  const choose = (role: ColumnRole, columns: readonly number[], confidence: number, reason: string): void => {
    choices[role] = { columns, confidence: Math.round(100 * Math.min(1, confidence)) / 100, reason };
    for (const column of columns) taken.add(column);
  };
  if (header !== null) {
    chooseByHeader(header, profiles, choose, choices, taken);
    settleAccounts(header, choices);
  }
  chooseMoney(rows, profiles, header, choose, choices, taken, open);
  chooseRest(profiles, header, choose, choices, taken);
  return { choices, open, profiles };
};

type Choose = (role: ColumnRole, columns: readonly number[], confidence: number, reason: string) => void;

const chooseByHeader = (
  header: readonly string[],
  profiles: readonly ColumnProfile[],
  choose: Choose,
  choices: ColumnChoices,
  taken: ReadonlySet<number>,
): void => {
  const claims: { role: ColumnRole; column: number; evidence: number; weight: number }[] = [];
  for (const role of HEADER_ROLES)
    for (const [column, name] of header.entries()) {
      const profile = profiles[column];
      if (!profile || !fits(role, profile, true)) continue;
      const evidence = headerEvidence(name, role);
      // An empty column still plays its part, but a filled one of the same name goes first.
      if (evidence > 0) claims.push({ role, column, evidence, weight: evidence - (profile.filled === 0 ? 0.2 : 0) });
    }
  claims.sort((a, b) => b.weight - a.weight || a.column - b.column);
  for (const { role, column, evidence } of claims)
    if (choices[role] === undefined && !taken.has(column))
      choose(role, [column], evidence, `named "${header[column]!.trim()}"; ${contentReason(role, profiles[column]!)}`);
};

/** Names for an account number that do not say whose: right after the counterparty's name it is the counterparty's. */
const ANY_ACCOUNT = /^(?:kontonummer|konto|iban|account number|account no|account|kontonr)$/;

const settleAccounts = (header: readonly string[], choices: ColumnChoices): void => {
  const { account, counterparty } = choices;
  if (!account || !counterparty || choices.counterpartyAccount) return;
  const column = account.columns[0]!;
  if (column !== counterparty.columns[0]! + 1 || !ANY_ACCOUNT.test(normalizeHeader(header[column]!))) return;
  choices.counterpartyAccount = {
    ...account,
    confidence: 0.7,
    reason: `${account.reason}; stands right after the counterparty's name`,
  };
  delete choices.account;
};

const chooseMoney = (
  rows: readonly (readonly string[])[],
  profiles: readonly ColumnProfile[],
  header: readonly string[] | null,
  choose: Choose,
  choices: ColumnChoices,
  taken: Set<number>,
  open: OpenRole[],
): void => {
  const { amount, debit, credit } = choices;
  if (amount && (amount.confidence >= 0.7 || !debit || !credit)) {
    const profile = profiles[amount.columns[0]!]!;
    // Sides beside a full, signed amount repeat it.
    if (debit && credit && profile.negatives === 0 && splits(rows, debit.columns[0]!, credit.columns[0]!)) {
      delete choices.amount;
      taken.delete(amount.columns[0]!);
    } else {
      delete choices.debit;
      delete choices.credit;
    }
    return;
  }
  if (debit && credit) {
    delete choices.amount;
    return;
  }
  if (debit || credit) return;
  const candidates = profiles
    .map((profile, column) => ({ profile, column }))
    .filter(
      ({ profile, column }) =>
        !taken.has(column) && isMoney(profile) && !(header !== null && namesSideAmount(header[column] ?? '')),
    );
  const money = candidates.filter(
    ({ profile }) => profile.fractions > 0 || profile.currencySigns > 0 || profile.negatives > 0,
  );
  const columns = (money.length > 0 ? money : candidates).map(({ column }) => column);
  if (columns.length === 0) return;
  const equation = findBalance(rows, columns);
  if (equation !== null) {
    const reason = 'its differences from row to row equal the amounts';
    if (equation.amount !== null) choose('amount', [equation.amount], 0.95, 'the running balance moves by its values');
    else {
      choose('debit', [equation.debit], 0.95, 'the running balance falls by its values');
      choose('credit', [equation.credit], 0.95, 'the running balance rises by its values');
    }
    choose('balance', [equation.balance], 0.95, reason);
    return;
  }
  for (const a of columns)
    for (const b of columns)
      if (a < b && splits(rows, a, b)) {
        const negativeA = profiles[a]!.negatives > 0;
        const negativeB = profiles[b]!.negatives > 0;
        if (negativeA === negativeB) {
          open.push({ role: 'debit', candidates: [a, b] });
          return;
        }
        choose('debit', [negativeA ? a : b], 0.8, 'filled where the other is empty, with negative values');
        choose('credit', [negativeA ? b : a], 0.8, 'filled where the other is empty, without negative values');
        return;
      }
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
    open.push({ role: 'amount', candidates: scored.filter(s => first!.score - s.score < 0.1).map(s => s.column) });
    return;
  }
  choose('amount', [first!.column], next ? 0.6 : 0.75, 'the column whose values look most like amounts');
};

/** Two columns of money of which each row fills exactly one (a zero counts as empty). */
const splits = (rows: readonly (readonly string[])[], a: number, b: number): boolean => {
  let one = 0;
  let other = 0;
  let wrong = 0;
  for (const fields of rows) {
    const hasA = holdsMoney(fields[a]);
    const hasB = holdsMoney(fields[b]);
    if (hasA && !hasB) one++;
    else if (hasB && !hasA) other++;
    else wrong++;
  }
  return one + other > 0 && one > 0 && other > 0 && wrong <= 0.1 * (one + other);
};

const holdsMoney = (text: string | undefined): boolean => /[1-9]/.test(text ?? '');

interface BalanceEquation {
  readonly balance: number;
  /** The signed column, or null when debit and credit stand in two. */
  readonly amount: number | null;
  readonly debit: number;
  readonly credit: number;
}

/** Finds columns a, b with b[i] − b[i±1] = a[i], or d, c, b with b[i] − b[i±1] = c[i] − d[i]. */
const findBalance = (rows: readonly (readonly string[])[], columns: readonly number[]): BalanceEquation | null => {
  if (columns.length < 2 || rows.length < 3) return null;
  for (const decimal of ['.', ','] as const) {
    const values = new Map(columns.map(column => [column, rows.map(fields => units(fields[column] ?? '', decimal))]));
    for (const balance of columns)
      for (const first of columns) {
        if (first === balance) continue;
        if (follows(values.get(balance)!, values.get(first)!, null))
          return { balance, amount: first, debit: -1, credit: -1 };
        for (const second of columns)
          if (
            second !== balance &&
            second !== first &&
            follows(values.get(balance)!, values.get(second)!, values.get(first)!)
          )
            return { balance, amount: null, debit: first, credit: second };
      }
  }
  return null;
};

/** Units with four decimals, NaN for what cannot be read; an empty cell is NaN too. */
const units = (text: string, decimal: DecimalSign): number => {
  const value = parseAmount(text, decimal, null);
  return value === null || value.scale > 4 ? Number.NaN : value.units * 10 ** (4 - value.scale);
};

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

const follows = (balance: readonly number[], credit: readonly number[], debit: readonly number[] | null): boolean => {
  let forward = 0;
  let backward = 0;
  let pairs = 0;
  for (let i = 1; i < balance.length; i++) {
    const difference = balance[i]! - balance[i - 1]!;
    if (Number.isNaN(difference)) continue;
    pairs++;
    const move = (row: number): number => {
      const in_ = credit[row]!;
      if (debit === null) return in_;
      const out = debit[row]!;
      return Number.isNaN(in_) && Number.isNaN(out) ? Number.NaN : orZero(in_) - Math.abs(orZero(out));
    };
    if (difference === move(i) && difference !== 0) forward++;
    if (-difference === move(i - 1) && difference !== 0) backward++;
  }
  return pairs >= 2 && Math.max(forward, backward) >= Math.max(2, 0.8 * pairs);
};

const chooseRest = (
  profiles: readonly ColumnProfile[],
  header: readonly string[] | null,
  choose: Choose,
  choices: ColumnChoices,
  taken: ReadonlySet<number>,
): void => {
  const free = (test: (profile: ColumnProfile, column: number) => boolean): number[] =>
    profiles.flatMap((profile, column) => (!taken.has(column) && test(profile, column) ? [column] : []));
  const dates = free(profile => isDates(profile));
  if (!choices.bookingDate && choices.valueDate) {
    const column = choices.valueDate.columns[0]!;
    delete choices.valueDate;
    choose(
      'bookingDate',
      [column],
      0.7,
      `the only column of dates; ${contentReason('bookingDate', profiles[column]!)}`,
    );
  }
  if (!choices.bookingDate && dates.length > 0) {
    const column = dates.shift()!;
    choose(
      'bookingDate',
      [column],
      dates.length > 0 ? 0.65 : 0.85,
      `the first column of dates; ${contentReason('bookingDate', profiles[column]!)}`,
    );
  }
  if (header === null) {
    if (!choices.valueDate && dates.length > 0) choose('valueDate', [dates[0]!], 0.5, 'the second column of dates');
    if (!choices.currency) {
      const [column] = free(p => fits('currency', p, false) && p.distinct <= Math.max(3, p.filled / 3));
      if (column !== undefined) choose('currency', [column], 0.8, 'its values are currency codes');
    }
    if (!choices.account) {
      const [column] = free(
        p =>
          p.filled > 0 &&
          (share(p.ibans, p.filled) >= 0.8 || (p.averageLength >= 8 && p.texts === 0)) &&
          p.distinct === 1 &&
          share(p.filled, p.rows) >= 0.8 &&
          p.rows >= 2,
      );
      if (column !== undefined) choose('account', [column], 0.6, 'one and the same identifier in every row');
    }
  }
  if (!choices.indicator) {
    const [column] = free(
      (p, column) =>
        fits('indicator', p, header !== null) &&
        p.distinct >= 2 &&
        (header === null || headerEvidence(header[column] ?? '', 'indicator') > 0),
    );
    if (column !== undefined) choose('indicator', [column], 0.7, 'its values are debit/credit marks');
  }
  const named =
    header === null
      ? []
      : free((p, column) => !isDates(p) && headerEvidence(header[column] ?? '', 'description') > 0.45);
  if (named.length > 0) {
    choose('description', named, 0.9, `named ${named.map(column => `"${header![column]!.trim()}"`).join(', ')}`);
    return;
  }
  const texts = free(profile => isText(profile));
  if (texts.length === 0) return;
  if (header === null) choose('description', texts, 0.6, 'the columns of text');
  else {
    const longest = texts.reduce((a, b) => (profiles[b]!.averageLength > profiles[a]!.averageLength ? b : a));
    if (profiles[longest]!.averageLength >= 8)
      choose('description', [longest], 0.5, 'the longest text without another part');
  }
};
