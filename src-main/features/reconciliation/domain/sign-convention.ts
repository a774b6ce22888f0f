import { type ComparableRows, isComparable } from './comparable-rows.ts';

export interface SignDecision {
  readonly used: 'same' | 'opposite';
  readonly decidedBy: 'parameter' | 'data';
  /** Rows that find a partner of exactly the same amount and currency within the window, under each convention; null where not counted. */
  readonly exactWhenSame: number | null;
  readonly exactWhenOpposite: number | null;
}

const daysByAmount = (rows: ComparableRows, sign: 1 | -1): Map<number, Map<number, number[]>> => {
  const byCurrency = new Map<number, Map<number, number[]>>();
  for (let i = 0; i < rows.rowCount; i++) {
    if (!isComparable(rows, i)) continue;
    const currency = rows.currency[i] ?? 0;
    let byAmount = byCurrency.get(currency);
    if (byAmount === undefined) {
      byAmount = new Map();
      byCurrency.set(currency, byAmount);
    }
    const amount = sign * (rows.amount[i] ?? 0);
    const days = byAmount.get(amount);
    if (days === undefined) byAmount.set(amount, [rows.day[i] ?? 0]);
    else days.push(rows.day[i] ?? 0);
  }
  for (const byAmount of byCurrency.values()) for (const days of byAmount.values()) days.sort((a, b) => a - b);
  return byCurrency;
};

/** Size of the largest one-to-one pairing of two ascending lists of days at most `window` apart (greedy is optimal: all windows are equal). */
const pairedDays = (a: readonly number[], b: readonly number[], window: number): number => {
  let i = 0;
  let j = 0;
  let paired = 0;
  while (i < a.length && j < b.length) {
    const distance = (a[i] ?? 0) - (b[j] ?? 0);
    if (distance > window) j++;
    else if (distance < -window) i++;
    else {
      paired++;
      i++;
      j++;
    }
  }
  return paired;
};

const exactPairs = (
  bank: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>,
  ledger: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>,
  window: number,
): number => {
  let pairs = 0;
  for (const [currency, byAmount] of bank)
    for (const [amount, days] of byAmount) pairs += pairedDays(days, ledger.get(currency)?.get(amount) ?? [], window);
  return pairs;
};

/** Decides whether both sides give a movement the same sign: the convention under which more rows match exactly; a tie is `same`. */
export const decideSign = (
  bank: ComparableRows,
  ledger: ComparableRows,
  choice: 'auto' | 'same' | 'opposite',
  window: number,
): SignDecision => {
  if (choice !== 'auto') return { used: choice, decidedBy: 'parameter', exactWhenSame: null, exactWhenOpposite: null };
  const ofBank = daysByAmount(bank, 1);
  const exactWhenSame = exactPairs(ofBank, daysByAmount(ledger, 1), window);
  const exactWhenOpposite = exactPairs(ofBank, daysByAmount(ledger, -1), window);
  return {
    used: exactWhenOpposite > exactWhenSame ? 'opposite' : 'same',
    decidedBy: 'data',
    exactWhenSame,
    exactWhenOpposite,
  };
};
