import type { ComparableRows, ComparableSides } from './comparable-rows.ts';
import { moneyText } from './match-reasons.ts';
import { compareContent, type OrderedRows } from './ordered-rows.ts';
import { FEE_WORDS, INTEREST_WORDS } from './orphan-words.ts';
import type { OrphanProposal, OrphanProposalKind } from './reconciliation-match.ts';
import { type Tie, tieOf } from './tie-index.ts';

const SHOWN = 3;

/** What the proposals are drawn from. `isFree`: rows that no match holds. */
export interface OrphanContext {
  readonly sides: ComparableSides;
  readonly own: OrderedRows;
  readonly other: OrderedRows;
  readonly isFreeOther: (index: number) => boolean;
  readonly dayWindow: number;
}

const digitsOf = (units: number): string => String(Math.abs(units));

/** Two neighbouring digits are exchanged and all others are equal. */
export const transposed = (a: number, b: number): boolean => {
  if (Math.sign(a) !== Math.sign(b)) return false;
  const length = Math.max(digitsOf(a).length, digitsOf(b).length);
  const one = digitsOf(a).padStart(length, '0');
  const other = digitsOf(b).padStart(length, '0');
  const at = [...one].findIndex((digit, position) => digit !== other[position]);
  return (
    at >= 0 &&
    at + 1 < length &&
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
};

const days = (count: number): string => `${count} day${count === 1 ? '' : 's'}`;

/** First and last day of the comparable rows of one currency. */
const periodsOf = ({ rows, order }: OrderedRows): ReadonlyMap<number, readonly [number, number]> => {
  const periods = new Map<number, readonly [number, number]>();
  for (const index of order) {
    const currency = rows.currency[index] ?? 0;
    const day = rows.day[index] ?? 0;
    const known = periods.get(currency);
    periods.set(currency, known === undefined ? [day, day] : [known[0], day]);
  }
  return periods;
};

const byAbsoluteAmount = ({ rows, order }: OrderedRows, keep: (index: number) => boolean): Map<string, number[]> => {
  const found = new Map<string, number[]>();
  for (const index of order) {
    if (!keep(index)) continue;
    const key = `${rows.currency[index] ?? 0} ${Math.abs(rows.amount[index] ?? 0)}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [index]);
    else if (list.length < 8) list.push(index);
  }
  return found;
};

/** Says what an orphan probably is, from its own side, its nearest free candidates and the days that both sides cover. */
export const orphanProposals = (
  context: OrphanContext,
): ((index: number, nearest: readonly number[]) => OrphanProposal[]) => {
  const { sides, own, other, isFreeOther, dayWindow } = context;
  const { rows } = own;
  const isBank = rows.name === 'bank';
  const otherPeriods = periodsOf(other);
  const ofAmount = byAbsoluteAmount(other, isFreeOther);
  const number = (of: ComparableRows, index: number): string => `${of.name} row ${of.rowNumber[index] ?? 0}`;
  const amountOf = (index: number): number => rows.amount[index] ?? 0;
  const apart = (index: number, candidate: number): number =>
    Math.abs((rows.day[index] ?? 0) - (other.rows.day[candidate] ?? 0));
  const tie = (index: number, candidate: number): Tie =>
    isBank ? tieOf(rows, index, other.rows, candidate) : tieOf(other.rows, candidate, rows, index);
  const proposal = (
    kind: OrphanProposalKind,
    text: string,
    ownRows: readonly number[],
    otherRows: readonly number[],
  ) => ({
    kind,
    bank: isBank ? ownRows : otherRows,
    ledger: isBank ? otherRows : ownRows,
    text,
  });

  const duplicate = (index: number): OrphanProposal[] => {
    const rank = own.rank[index] ?? -1;
    const twin = [rank - 1, rank + 1]
      .map(at => own.order[at] ?? -1)
      .find(
        at =>
          at >= 0 &&
          rows.currency[at] === rows.currency[index] &&
          rows.day[at] === rows.day[index] &&
          compareContent(rows, at, rows, index) === 0,
      );
    return twin === undefined
      ? []
      : [proposal('duplicate', `looks like a duplicate of ${number(rows, twin)}`, [twin], [])];
  };

  const wrongEntry = (index: number, nearest: readonly number[]): OrphanProposal[] => {
    const reversed = (ofAmount.get(`${rows.currency[index] ?? 0} ${Math.abs(amountOf(index))}`) ?? []).find(
      candidate => other.rows.amount[candidate] === -amountOf(index) && apart(index, candidate) <= dayWindow,
    );
    const found: OrphanProposal[] = [];
    if (reversed !== undefined && amountOf(index) !== 0)
      found.push(
        proposal(
          'reversed-sign',
          `${number(other.rows, reversed)} has the same amount with the other sign`,
          [],
          [reversed],
        ),
      );
    for (const candidate of nearest) {
      if (!isFreeOther(candidate) || rows.currency[index] !== other.rows.currency[candidate]) continue;
      const amount = other.rows.amount[candidate] ?? 0;
      const difference = Math.abs(amount - amountOf(index));
      const within = apart(index, candidate) <= dayWindow;
      const tied = tie(index, candidate) !== 'none';
      const text = moneyText(sides, difference, rows.currency[index] ?? -1);
      if (difference === 0) {
        if (!within)
          found.push(
            proposal(
              'timing-difference',
              `${number(other.rows, candidate)} has the same amount ${days(apart(index, candidate))} away, outside the window of ${days(dayWindow)}`,
              [],
              [candidate],
            ),
          );
      } else if (within && transposed(amount, amountOf(index)))
        found.push(
          proposal(
            'transposed-digits',
            `two digits may be exchanged: ${number(other.rows, candidate)} differs by ${text}, which is divisible by 9`,
            [],
            [candidate],
          ),
        );
      else if (within && tied && Math.sign(amount) === Math.sign(amountOf(index)))
        found.push(
          proposal(
            'wrong-amount',
            `${number(other.rows, candidate)} names the same party or reference and differs by ${text}${difference % 9 === 0 ? ', which is divisible by 9' : ''}: a wrong amount, a part payment or a fee`,
            [],
            [candidate],
          ),
        );
    }
    return found;
  };

  const bankEntry = (index: number): OrphanProposal[] => {
    const tokens = rows.text[index]?.tokens ?? [];
    if (!isBank) return [];
    const word = tokens.find(token => INTEREST_WORDS.has(token));
    if (word !== undefined)
      return [proposal('bank-interest', `bank interest that is not booked ("${word}" in its text)`, [], [])];
    const fee = tokens.find(token => FEE_WORDS.has(token));
    return fee === undefined || amountOf(index) >= 0
      ? []
      : [proposal('bank-fee', `a bank charge that is not booked ("${fee}" in its text)`, [], [])];
  };

  const timing = (index: number): OrphanProposal => {
    const day = rows.day[index] ?? 0;
    const period = otherPeriods.get(rows.currency[index] ?? -1);
    const incoming = amountOf(index) > 0;
    if (isBank) {
      if (period !== undefined && day - period[0] <= dayWindow)
        return proposal(
          'timing-difference',
          'lies at the start of the days the ledger covers: probably booked in the period before',
          [],
          [],
        );
      if (period !== undefined && period[1] - day <= dayWindow)
        return proposal(
          'timing-difference',
          'lies at the end of the days the ledger covers: probably booked in the period after',
          [],
          [],
        );
      return proposal(
        'not-booked',
        `${incoming ? 'a receipt' : 'a payment'} of the bank that the ledger does not hold`,
        [],
        [],
      );
    }
    const kind = incoming ? 'deposit-in-transit' : 'outstanding-payment';
    const name = incoming ? 'a deposit in transit' : 'an outstanding payment';
    if (period === undefined || period[1] - day <= dayWindow)
      return proposal(kind, `${name}: booked at the end of the days that the bank side covers`, [], []);
    return proposal(
      kind,
      `${name} that the bank has not shown ${days(period[1] - day)} after it was booked: ask why`,
      [],
      [],
    );
  };

  return (index, nearest) =>
    [...duplicate(index), ...wrongEntry(index, nearest), ...bankEntry(index), timing(index)].slice(0, SHOWN);
};
