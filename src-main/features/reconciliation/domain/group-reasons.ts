import type { ComparableRows, ComparableSides } from './comparable-rows.ts';
import { amountText, moneyText } from './match-reasons.ts';
import type { Tie } from './tie-index.ts';

/** Rows of both sides and what their sums differ by: a fee, or a difference within the tolerance. */
interface GroupAmounts {
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly fee: number;
  readonly difference: number;
  readonly tie: Tie;
}

/** Amounts named one by one in a reason; beyond, their number and sum. */
const MOST_NAMED = 12;

const sumOf = (rows: ComparableRows, indexes: readonly number[]): number =>
  indexes.reduce((sum, index) => sum + (rows.amount[index] ?? 0), 0);

const termText = (sides: ComparableSides, rows: ComparableRows, indexes: readonly number[]): string => {
  const currency = rows.currency[indexes[0] ?? 0] ?? -1;
  const sum = moneyText(sides, sumOf(rows, indexes), currency);
  if (indexes.length === 1) return sum;
  if (indexes.length > MOST_NAMED) return `the sum of ${indexes.length} rows (${sum})`;
  const amounts = indexes.map(index => amountText(sides, rows.amount[index] ?? 0, currency));
  return amounts
    .map((text, at) => (at === 0 ? text : text.startsWith('-') ? `- ${text.slice(1)}` : `+ ${text}`))
    .join(' ');
};

/** `bank 58.93 USD = ledger 12.60 + 34.33 + 12.00` */
export const groupEquation = (
  sides: ComparableSides,
  { bank, ledger }: Pick<GroupAmounts, 'bank' | 'ledger'>,
): string => `bank ${termText(sides, sides.bank, bank)} = ledger ${termText(sides, sides.ledger, ledger)}`;

/** The same as a reason, with a fee or what is left over within the tolerance. */
export const groupAmountReason = (sides: ComparableSides, group: GroupAmounts): string => {
  const { bank, fee, difference } = group;
  const currency = sides.bank.currency[bank[0] ?? 0] ?? -1;
  const equation = groupEquation(sides, group);
  if (fee !== 0) return `amount: ${equation} less a fee of ${moneyText(sides, fee, currency)}`;
  if (difference !== 0)
    return `amount: ${equation}, apart from ${moneyText(sides, Math.abs(difference), currency)} within the tolerance`;
  return `amount: ${equation}`;
};

const daysText = (days: number): string => `${days} day${days === 1 ? '' : 's'}`;

/** How far the ledger's days lie from the bank's, over all rows. */
export const dateText = (sides: ComparableSides, bank: readonly number[], ledger: readonly number[]): string => {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const b of bank)
    for (const l of ledger) {
      const later = (sides.ledger.day[l] ?? 0) - (sides.bank.day[b] ?? 0);
      earliest = Math.min(earliest, later);
      latest = Math.max(latest, later);
    }
  const one = (later: number): string =>
    later === 0 ? 'on the same day' : `${daysText(Math.abs(later))} ${later < 0 ? 'before' : 'after'} bank`;
  return earliest === latest ? `date: ledger ${one(earliest)}` : `date: ledger ${one(earliest)} to ${one(latest)}`;
};

export const tieReason = (sides: ComparableSides, { bank, ledger, tie }: GroupAmounts): string => {
  if (tie === 'none') return 'text: nothing ties the rows but their amounts and dates';
  if (tie === 'party') return 'text: all rows name the same party';
  const references = new Set(
    [...ledger.map(l => sides.ledger.reference[l]), ...bank.map(b => sides.bank.reference[b])]
      .filter(reference => reference !== undefined && reference.key !== '')
      .map(reference => reference?.tokens.join(' ') ?? ''),
  );
  return `reference: ties the rows (${[...references].slice(0, 6).join(', ')}${references.size > 6 ? ', …' : ''})`;
};
