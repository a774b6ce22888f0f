import type { AmountTolerance } from './amount-tolerance.ts';
import { CANDIDATE_LIMIT, type CandidatePairs, candidatePairs } from './candidate-pairs.ts';
import { type ComparableSides, CURRENCY_ASSUMED_FOR_ROW } from './comparable-rows.ts';
import type { Forbidden } from './match-book.ts';
import { matchReasons } from './match-reasons.ts';
import { referenceAgreement, sameByReference, textAgreement, WEIGHTS } from './match-score.ts';
import { orderedRows } from './ordered-rows.ts';
import type { ReconciliationMatch } from './reconciliation-match.ts';
import { FULL_SCORE, type ReconciliationParameters } from './reconciliation-parameters.ts';

/**
 * Another row that scores within this of a match (ten-thousandths) leaves it open which of them is meant. It is what the
 * date can count from the same day to the edge of the window: the nearer date alone decides nothing.
 */
const AMBIGUITY_MARGIN = WEIGHTS.date / 2;

/** Text that agrees less than this speaks of somebody else. */
const SAME_PARTY = 0.5;

/** The partner of each row, chosen best first. */
interface Assignment {
  /** Partner's row index, -1 for none. */
  readonly bankPartner: Int32Array;
  readonly ledgerPartner: Int32Array;
  /** Score by bank row and by ledger row, ten-thousandths; 0 for none. */
  readonly bankScore: Uint16Array;
  readonly ledgerScore: Uint16Array;
  /** By bank row: 1 where its match rests on a reference. */
  readonly byReference: Uint8Array;
  /** By bank row: other pairings that fit the rows of its match as well. */
  readonly rivals: Uint32Array;
}

/**
 * Takes the pairs in their order (best first) and matches each whose rows are both free. Under a strict order this is the
 * same as matching mutual best pairs again and again until none is left.
 */
const assign = ({ bank, ledger }: ComparableSides, pairs: CandidatePairs): Assignment => {
  const bankPartner = new Int32Array(bank.rowCount).fill(-1);
  const ledgerPartner = new Int32Array(ledger.rowCount).fill(-1);
  const bankScore = new Uint16Array(bank.rowCount);
  const ledgerScore = new Uint16Array(ledger.rowCount);
  const byReference = new Uint8Array(bank.rowCount);
  const rivals = new Uint32Array(bank.rowCount);
  for (let at = 0; at < pairs.count; at++) {
    const b = pairs.bankIndex(at);
    const l = pairs.ledgerIndex(at);
    if (bankPartner[b] !== -1 || ledgerPartner[l] !== -1) continue;
    bankPartner[b] = l;
    ledgerPartner[l] = b;
    bankScore[b] = pairs.score(at);
    ledgerScore[l] = pairs.score(at);
    byReference[b] = sameByReference(referenceAgreement(bank, b, ledger, l)) ? 1 : 0;
  }
  for (let at = 0; at < pairs.count; at++) {
    const b = pairs.bankIndex(at);
    const l = pairs.ledgerIndex(at);
    if (bankPartner[b] === l) continue;
    const score = pairs.score(at);
    const ofBank = bankScore[b] ?? 0;
    const ofLedger = ledgerScore[l] ?? 0;
    const holderOfLedger = ledgerPartner[l] ?? -1;
    const bankRival = ofBank > 0 && score > ofBank - AMBIGUITY_MARGIN;
    const ledgerRival = ofLedger > 0 && score > ofLedger - AMBIGUITY_MARGIN;
    if (!bankRival && !ledgerRival) continue;
    // A row that clearly belongs elsewhere, by its score or by a reference that this pair lacks, is no rival.
    const alsoByReference = sameByReference(referenceAgreement(bank, b, ledger, l));
    const ledgerElsewhere =
      ofLedger >= score + AMBIGUITY_MARGIN ||
      (!alsoByReference && holderOfLedger >= 0 && byReference[holderOfLedger] === 1);
    const bankElsewhere = ofBank >= score + AMBIGUITY_MARGIN || (!alsoByReference && byReference[b] === 1);
    if (bankRival && !ledgerElsewhere) rivals[b] = (rivals[b] ?? 0) + 1;
    if (ledgerRival && !bankElsewhere) rivals[holderOfLedger] = (rivals[holderOfLedger] ?? 0) + 1;
  }
  return { bankPartner, ledgerPartner, bankScore, ledgerScore, byReference, rivals };
};

/** A pair of rows with why it matched. */
export interface PairMatch {
  readonly match: ReconciliationMatch;
  /** The texts speak of different parties, or the references of different numbers. */
  readonly contradicted: boolean;
}

export interface PairMatches {
  readonly pairs: readonly PairMatch[];
  readonly notes: readonly string[];
}

export interface PairSearch {
  readonly tolerance: AmountTolerance;
  readonly parameters: ReconciliationParameters;
  readonly forbidden: Forbidden;
  /** Says the amounts where they are not compared as stated (a conversion); null otherwise. */
  readonly amountReason: ((b: number, l: number) => string) | null;
  /** False for rows left over by other matches: what is their best now need not be what was meant. */
  readonly mayConfirm: boolean;
  readonly progress: (share: number) => void;
}

const pairMatch = (
  sides: ComparableSides,
  b: number,
  assignment: Assignment,
  { parameters, amountReason, mayConfirm }: PairSearch,
): PairMatch => {
  const l = assignment.bankPartner[b] ?? 0;
  const score = assignment.bankScore[b] ?? 0;
  const rivals = assignment.rivals[b] ?? 0;
  const reasons = matchReasons(sides, b, l);
  if (amountReason !== null) reasons[0] = amountReason(b, l);
  const assumed =
    sides.bank.currencyKnowledge[b] === CURRENCY_ASSUMED_FOR_ROW ||
    sides.ledger.currencyKnowledge[l] === CURRENCY_ASSUMED_FOR_ROW;
  if (rivals > 0)
    reasons.push(
      `ambiguous: ${rivals} other ${rivals === 1 ? 'pairing fits' : 'pairings fit'} these rows as well, so this is only proposed`,
    );
  if (score < parameters.confirmThreshold)
    reasons.push(
      `score ${score / FULL_SCORE} lies below the confirm threshold ${parameters.confirmThreshold / FULL_SCORE}, so this is only proposed`,
    );
  const unequal = sides.bank.amount[b] !== sides.ledger.amount[l];
  const unequalOnText = unequal && assignment.byReference[b] === 0;
  const unequalConversion = unequal && amountReason !== null;
  if (unequalConversion) reasons.push('the converted amount differs by more than rounding, so this is only proposed');
  else if (unequalOnText) reasons.push('the amounts differ and no reference ties the rows, so this is only proposed');
  if (!mayConfirm) reasons.push('its likelier partners were taken by other matches, so this is only proposed');
  const confirmed =
    mayConfirm &&
    score >= parameters.confirmThreshold &&
    rivals === 0 &&
    !assumed &&
    !unequalOnText &&
    !unequalConversion;
  const agreement = referenceAgreement(sides.bank, b, sides.ledger, l);
  const otherParty = (textAgreement(sides.bank, b, sides.ledger, l) ?? SAME_PARTY) < SAME_PARTY;
  return {
    match: {
      bank: [b],
      ledger: [l],
      kind: 'one-to-one',
      score: score / FULL_SCORE,
      status: confirmed ? 'confirmed' : 'proposed',
      reasons,
    },
    contradicted: !sameByReference(agreement) && (otherParty || agreement === 'same-series-other-number'),
  };
};

/** Matches the comparable rows of two sides one to one, mutual best first. */
export const matchOneToOne = (sides: ComparableSides, search: PairSearch): PairMatches => {
  const { tolerance, parameters, forbidden, progress } = search;
  const bank = orderedRows(sides.bank);
  const ledger = orderedRows(sides.ledger);
  const reach = { tolerance, window: parameters.dayWindow };
  const pairs = candidatePairs(bank, ledger, reach, parameters.proposeThreshold, forbidden, progress);
  const assignment = assign(sides, pairs);
  const made: PairMatch[] = [];
  for (let b = 0; b < sides.bank.rowCount; b++)
    if (assignment.bankPartner[b] !== -1) made.push(pairMatch(sides, b, assignment, search));
  const bounded = pairs.boundedBankRows + pairs.boundedLedgerRows > 0;
  return {
    pairs: made,
    notes: bounded
      ? [
          `${pairs.boundedBankRows} bank rows and ${pairs.boundedLedgerRows} ledger rows had more than ${CANDIDATE_LIMIT} candidates; ` +
            'those nearest in content on each day, and those sharing an identifier, were scored',
        ]
      : [],
  };
};
