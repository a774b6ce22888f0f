import { type ComparableSides, withoutRows } from './comparable-rows.ts';
import { groupEquation } from './group-reasons.ts';
import { type FreeSide, freeSide, type GroupSearch } from './group-search.ts';
import { referenceAgreement, sameByReference } from './match-score.ts';
import type { PairMatch } from './one-to-one.ts';
import type { SideName } from './reconciliation-side.ts';
import { StepBudget } from './subset-sum.ts';
import { type TiedCombination, TiedCombinationFinder } from './tied-combination.ts';

/** Share of the steps that may be spent on doubting pairs; the rest is for finding combinations. */
const SHARE_OF_STEPS = 0.5;
/** Rows of a combination named one by one in a reason. */
const MOST_NAMED = 6;

const isConfirmed = ({ match }: PairMatch): boolean => match.status === 'confirmed';

const rivalReason = (sides: ComparableSides, side: SideName, target: number, rival: TiedCombination): string => {
  const other = side === 'bank' ? 'ledger' : 'bank';
  const members = [...rival.members].sort((a, b) => a - b);
  const rows = members.slice(0, MOST_NAMED).map(index => sides[other].rowNumber[index] ?? 0);
  const named = `${rows.join(', ')}${members.length > MOST_NAMED ? ', …' : ''}`;
  const equation = groupEquation(
    sides,
    side === 'bank' ? { bank: [target], ledger: members } : { bank: members, ledger: [target] },
  );
  return `ambiguous: ${other} rows ${named}, tied by ${rival.tie === 'reference' ? 'a reference' : 'the party'}, add up as well (${equation}), so this is only proposed`;
};

/** The rows that a combination may take, those in no confirmed pair; a row of no amount adds nothing to any. */
const openRows = (free: ComparableSides, side: SideName, pairs: readonly PairMatch[]): FreeSide => {
  const held = new Set(pairs.filter(isConfirmed).flatMap(({ match }) => match[side]));
  return freeSide(withoutRows(free[side], index => held.has(index) || free[side].amount[index] === 0));
};

export interface DoubtedPairs {
  readonly pairs: readonly PairMatch[];
  /** Rows for which the steps did not suffice: their pairs are taken back as well. */
  readonly unsearched: Readonly<Record<SideName, ReadonlySet<number>>>;
}

/**
 * Takes back to a proposal every confirmed pair of which one row is also made up, exactly, by rows of the other side that a
 * reference or the party ties to it and that no confirmed pair holds. Rows of the same party say nothing against a pair that a
 * reference ties. `free`: the sides that the pairs were made of.
 */
export const withoutRivalled = (
  search: GroupSearch,
  free: ComparableSides,
  pairs: readonly PairMatch[],
): DoubtedPairs => {
  const { sides, parameters } = search;
  const allowance = new StepBudget(Math.floor(parameters.searchSteps * SHARE_OF_STEPS));
  const takeSteps = (steps: number): boolean => allowance.take(steps) && search.budget.take(steps);
  const unsearched = { bank: new Set<number>(), ledger: new Set<number>() };
  const finders = {
    bank: new TiedCombinationFinder(search, takeSteps, sides.bank, openRows(free, 'ledger', pairs)),
    ledger: new TiedCombinationFinder(search, takeSteps, sides.ledger, openRows(free, 'bank', pairs)),
  };
  const rivalOf = ({ match }: PairMatch): string | null => {
    const [b = -1] = match.bank;
    const [l = -1] = match.ledger;
    const byReference = sameByReference(referenceAgreement(sides.bank, b, sides.ledger, l));
    for (const [side, target] of [
      ['bank', b],
      ['ledger', l],
    ] as const) {
      const found = finders[side].find(target, !byReference);
      if (found === 'stopped') {
        unsearched[side].add(target);
        return `the limit of ${parameters.searchSteps} steps (search-steps) was reached before combinations that may explain it as well were looked for, so this is only proposed`;
      }
      if (found !== null) return rivalReason(sides, side, target, found);
    }
    return null;
  };
  return {
    pairs: pairs.map((pair): PairMatch => {
      const reason = isConfirmed(pair) ? rivalOf(pair) : null;
      return reason === null
        ? pair
        : { ...pair, match: { ...pair.match, status: 'proposed', reasons: [...pair.match.reasons, reason] } };
    }),
    unsearched,
  };
};
