import type { ComparableSides } from './comparable-rows.ts';
import { CURRENCY_ASSUMED_FOR_ROW } from './comparable-rows.ts';
import { dateText, groupAmountReason, tieReason } from './group-reasons.ts';
import { dateAgreement, identityScore, WEIGHTS } from './match-score.ts';
import { kindOf, type ReconciliationMatch } from './reconciliation-match.ts';
import { FULL_SCORE, type ReconciliationParameters } from './reconciliation-parameters.ts';
import type { Tie } from './tie-index.ts';

/** Rows whose amounts add up, and how likely it is that this is chance. */
export interface GroupProposal {
  /** Row indexes, ascending. */
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly tie: Tie;
  /** Ledger sum minus bank sum, where it is taken for a fee that the payment is net of; 0 for none. */
  readonly fee: number;
  /** Ledger sum minus bank sum, where it lies within the amount tolerance; 0 when equal. */
  readonly difference: number;
  /** How many such combinations would be expected if the amounts had nothing to do with each other. */
  readonly chance: number;
  /** Rows that were looked at for the combination. */
  readonly lookedAt: number;
  /** Other combinations of the same rows that add up as well. */
  readonly rivals: number;
}

/**
 * Combinations more likely to be chance than this are not confirmed: tied by a reference, by a party, or by nothing, the last
 * after multiplying with the number of rows that were tried.
 */
const MOST_CHANCE: Readonly<Record<Tie, number>> = { reference: 0.01, party: 0.001, none: 0.001 };
/** Identity of rows that nothing ties but whose combination can hardly be chance, as a share. */
const IMPROBABLE_IDENTITY = 0.9;

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

/** The identity part of the score over all pairs of rows of a combination, in ten-thousandths. */
export const meanIdentity = (
  sides: ComparableSides,
  { bank, ledger }: Pick<GroupProposal, 'bank' | 'ledger'>,
): number => mean(bank.flatMap(b => ledger.map(l => identityScore(sides.bank, b, sides.ledger, l))));

/** Turns a combination into a match, confirmed only where nothing else could be meant. `tried`: rows for which combinations were searched. */
export const groupMatch = (
  sides: ComparableSides,
  proposal: GroupProposal,
  rivals: number,
  tried: number,
  parameters: ReconciliationParameters,
): ReconciliationMatch => {
  const { bank, ledger, tie, fee, difference, chance } = proposal;
  const pairs = bank.flatMap(b => ledger.map(l => [b, l] as const));
  const apart = pairs.map(([b, l]) => Math.abs((sides.bank.day[b] ?? 0) - (sides.ledger.day[l] ?? 0)));
  const stated = meanIdentity(sides, proposal);
  const odds = tie === 'none' ? chance * tried : chance;
  const improbable = odds <= MOST_CHANCE[tie];
  const identity =
    tie === 'none' && improbable && stated >= WEIGHTS.identity / 2 ? WEIGHTS.identity * IMPROBABLE_IDENTITY : stated;
  const amount = fee === 0 && difference === 0 ? 1 : 0.7;
  const score = Math.round(
    WEIGHTS.amount * amount +
      WEIGHTS.date * mean(apart.map(days => Math.max(0, dateAgreement(days, parameters.dayWindow)))) +
      identity,
  );
  const only: string[] = [];
  if (rivals > 0)
    only.push(`ambiguous: ${rivals} other ${rivals === 1 ? 'combination adds' : 'combinations add'} up as well`);
  if (fee !== 0) only.push('the fee is supposed, not booked');
  if (difference !== 0) only.push('the sums differ');
  if (!improbable) only.push('it may be chance');
  if (score < parameters.confirmThreshold)
    only.push(
      `score ${score / FULL_SCORE} lies below the confirm threshold ${parameters.confirmThreshold / FULL_SCORE}`,
    );
  if (
    bank.some(b => sides.bank.currencyKnowledge[b] === CURRENCY_ASSUMED_FOR_ROW) ||
    ledger.some(l => sides.ledger.currencyKnowledge[l] === CURRENCY_ASSUMED_FOR_ROW)
  )
    only.push('the currency of a row is assumed');
  return {
    bank,
    ledger,
    kind: kindOf(bank.length, ledger.length),
    score: score / FULL_SCORE,
    status: only.length === 0 ? 'confirmed' : 'proposed',
    reasons: [
      groupAmountReason(sides, proposal),
      dateText(sides, bank, ledger),
      tieReason(sides, proposal),
      `chance: ${odds < 0.001 ? 'fewer than 0.001' : odds.toFixed(3)} such combinations expected among the ${proposal.lookedAt} rows looked at${tie === 'none' ? ` for each of ${tried} rows` : ''}`,
      ...only.map(reason => `${reason}, so this is only proposed`),
    ],
  };
};
