import { type DecimalSign, parseAmount } from './csv-amount.ts';

type Rows = readonly (readonly string[])[];

/** Units with four decimals, NaN for what cannot be read; an empty cell is NaN too. */
const unitsOf = (text: string, decimal: DecimalSign): number => {
  const value = parseAmount(text, decimal, null);
  return value === null || value.scale > 4 ? Number.NaN : value.units * 10 ** (4 - value.scale);
};

const columnUnits = (rows: Rows, column: number, decimal: DecimalSign): number[] =>
  rows.map(fields => unitsOf(fields[column] ?? '', decimal));

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

/** Runs a check under each decimal sign: which one is right is settled later. */
const underEither = <T>(check: (decimal: DecimalSign) => T | null): T | null => check('.') ?? check(',');

/** Two columns of money of which each row fills exactly one (a zero counts as empty). */
export const splits = (rows: Rows, a: number, b: number): boolean => {
  let one = 0;
  let other = 0;
  let wrong = 0;
  for (const fields of rows) {
    const hasA = holdsMoney(fields[a]);
    const hasB = holdsMoney(fields[b]);
    if (hasA && !hasB) one++;
    else if (hasB && !hasA) other++;
    else if (hasA && hasB) wrong++;
  }
  return one > 0 && other > 0 && wrong <= 0.1 * (one + other) && one + other >= 0.5 * rows.length;
};

const holdsMoney = (text: string | undefined): boolean => /[1-9]/.test(text ?? '');

/** True when in every row that states both the amount is the credit less the debit. */
export const equalsSides = (rows: Rows, amount: number, debit: number, credit: number): boolean =>
  underEither(decimal => {
    let equal = 0;
    for (const fields of rows) {
      const value = unitsOf(fields[amount] ?? '', decimal);
      const out = unitsOf(fields[debit] ?? '', decimal);
      const in_ = unitsOf(fields[credit] ?? '', decimal);
      if (Number.isNaN(value) || (Number.isNaN(out) && Number.isNaN(in_))) continue;
      if (value !== orZero(in_) - Math.abs(orZero(out))) return null;
      equal++;
    }
    return equal > 0 ? true : null;
  }) === true;

/** True when the two columns say the same in every row. */
export const equalValues = (rows: Rows, a: number, b: number): boolean =>
  rows.every(fields => (fields[a] ?? '').trim() === (fields[b] ?? '').trim());

/** True when debits and credits of all rows add up to the same, as those of whole journal entries do. */
export const sidesBalance = (rows: Rows, debit: number, credit: number): boolean =>
  underEither(decimal => {
    const total = (column: number): number =>
      columnUnits(rows, column, decimal).reduce((sum, value) => sum + orZero(value), 0);
    const debits = total(debit);
    return debits !== 0 && debits === total(credit) ? true : null;
  }) === true;

/** True when the running balance moves by the column's values, forward or backward through the rows. */
export const balanceFollows = (rows: Rows, balance: number, amount: number): boolean =>
  underEither(decimal =>
    follows(columnUnits(rows, balance, decimal), columnUnits(rows, amount, decimal), null) ? true : null,
  ) === true;

export interface BalanceEquation {
  readonly balance: number;
  /** The signed column, or null when debit and credit stand in two. */
  readonly amount: number | null;
  readonly debit: number;
  readonly credit: number;
}

/** Finds columns a, b with b[i] − b[i±1] = a[i], or d, c, b with b[i] − b[i±1] = c[i] − d[i]. */
export const findBalance = (rows: Rows, columns: readonly number[]): BalanceEquation | null => {
  if (columns.length < 2 || rows.length < 3) return null;
  return underEither(decimal => {
    const values = new Map(columns.map(column => [column, columnUnits(rows, column, decimal)]));
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
    return null;
  });
};

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
