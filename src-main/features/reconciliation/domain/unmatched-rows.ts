import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type AmountTolerance, toleranceOf } from './amount-tolerance.ts';
import { CANDIDATE_LIMIT } from './candidate-pairs.ts';
import { type ComparableRows, type ComparableSides, isComparable } from './comparable-rows.ts';
import type { Forbidden, MatchBook } from './match-book.ts';
import { refusals } from './match-reasons.ts';
import { pairScore } from './match-score.ts';
import { nearestCandidates } from './nearest-candidates.ts';
import type { OrderedRows } from './ordered-rows.ts';
import { orphanProposals } from './orphan-proposals.ts';
import type { ReconciliationMatch, UnmatchedRow } from './reconciliation-match.ts';
import { FULL_SCORE, type ReconciliationParameters } from './reconciliation-parameters.ts';

/** Everything that an unmatched row is explained from. */
export interface UnmatchedContext {
  readonly sides: ComparableSides;
  readonly book: MatchBook;
  readonly tolerance: AmountTolerance;
  readonly parameters: ReconciliationParameters;
  readonly forbidden: Forbidden;
}

const exclusion = (rows: ComparableRows, index: number): string | null => {
  if (isComparable(rows, index)) return null;
  if (rows.repeated.has(index)) return 'it was confirmed to repeat another transaction';
  if (Number.isNaN(rows.amount[index] ?? Number.NaN))
    return 'its amount is unknown or too large to be compared exactly';
  return rows.day[index] === UNKNOWN_DAY
    ? 'its date is unknown'
    : 'it states no currency and the other side has several';
};

const numbersOf = (rows: ComparableRows, indexes: readonly number[]): string =>
  `${rows.name} row${indexes.length === 1 ? '' : 's'} ${indexes.map(index => rows.rowNumber[index] ?? 0).join(', ')}`;

/** What holds a candidate already. */
const holder = (sides: ComparableSides, match: ReconciliationMatch, candidateSide: 'bank' | 'ledger'): string => {
  const own = candidateSide === 'ledger' ? match.bank : match.ledger;
  const rows = candidateSide === 'ledger' ? sides.bank : sides.ledger;
  const partner =
    own.length > 0
      ? numbersOf(rows, own)
      : `${numbersOf(sides[candidateSide], match[candidateSide])} as an own transfer`;
  return `already matched to ${partner} (${match.status}, score ${match.score})`;
};

const refusedBecause = (
  { sides, book, tolerance, parameters, forbidden }: UnmatchedContext,
  b: number,
  l: number,
  candidateSide: 'bank' | 'ledger',
): string[] => {
  const allowed = toleranceOf(tolerance, sides.bank.amount[b] ?? 0);
  const reasons = refusals(sides, b, l, allowed, parameters.dayWindow);
  const inReach = reasons.length === 0;
  if (forbidden.pair(b, l)) reasons.push('the examiner refused this pair');
  const match = book.at(candidateSide === 'ledger' ? (book.ofLedger[l] ?? -1) : (book.ofBank[b] ?? -1));
  if (match !== null) reasons.push(holder(sides, match, candidateSide));
  if (reasons.length > 0 || !inReach) return reasons;
  const score = pairScore(sides.bank, b, sides.ledger, l, allowed, parameters.dayWindow);
  return [
    score < parameters.proposeThreshold
      ? `score ${score / FULL_SCORE} lies below the propose threshold ${parameters.proposeThreshold / FULL_SCORE}`
      : `too many rows alike: not among the ${CANDIDATE_LIMIT} candidates that were scored`,
  ];
};

/** The rows of one side that no match holds, each with its nearest candidates, why each was refused, and what it probably is. */
export const unmatchedRows = (
  context: UnmatchedContext,
  own: OrderedRows,
  other: OrderedRows,
  stopped: ReadonlySet<number>,
  progress: (share: number) => void,
): UnmatchedRow[] => {
  const { sides, book, parameters } = context;
  const ownIsBank = own.rows.name === 'bank';
  const [ofOwn, ofOther] = ownIsBank ? [book.ofBank, book.ofLedger] : [book.ofLedger, book.ofBank];
  if (!ofOwn.includes(-1)) return [];
  const nearest = nearestCandidates(sides, own, other, parameters.dayWindow);
  const proposalsOf = orphanProposals({
    sides,
    own,
    other,
    isFreeOther: index => ofOther[index] === -1,
    dayWindow: parameters.dayWindow,
  });
  const unmatched: UnmatchedRow[] = [];
  for (let index = 0; index < ofOwn.length; index++) {
    if (index % 1024 === 0) progress(index / ofOwn.length);
    if (ofOwn[index] !== -1) continue;
    const excludedBecause = exclusion(own.rows, index);
    if (excludedBecause !== null) {
      unmatched.push({ index, excludedBecause, candidates: [], proposals: [], limits: [] });
      continue;
    }
    const near = nearest.of(index);
    unmatched.push({
      index,
      excludedBecause,
      candidates: near.map(candidate => ({
        index: candidate,
        refusedBecause: ownIsBank
          ? refusedBecause(context, index, candidate, 'ledger')
          : refusedBecause(context, candidate, index, 'bank'),
      })),
      proposals: proposalsOf(index, near),
      limits: stopped.has(index)
        ? ['the search for combinations reached its limit of steps before this row: it may be part of one']
        : [],
    });
  }
  return unmatched;
};
