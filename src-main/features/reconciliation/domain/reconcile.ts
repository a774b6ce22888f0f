import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { rescale } from '../../../kernel/decimal.ts';
import { CANDIDATE_LIMIT, type CandidatePairs, candidatePairs } from './candidate-pairs.ts';
import {
  type ComparableRows,
  type ComparableSides,
  CURRENCY_ASSUMED_FOR_ROW,
  comparableSides,
  isComparable,
  negated,
} from './comparable-rows.ts';
import { matchReasons, refusals } from './match-reasons.ts';
import { pairScore, referenceAgreement, sameByReference, WEIGHTS } from './match-score.ts';
import { nearestCandidates } from './nearest-candidates.ts';
import { type OrderedRows, orderedRows } from './ordered-rows.ts';
import { FULL_SCORE, type ReconciliationParameters } from './reconciliation-parameters.ts';
import type { ReconciliationSide, SideName } from './reconciliation-side.ts';
import { decideSign, type SignDecision } from './sign-convention.ts';

export const RECONCILIATION_VERSION = '1.0.0';

/**
 * Another row that scores within this of a match (ten-thousandths) leaves it open which of them is meant. It is what the
 * date can count from the same day to the edge of the window: the nearer date alone decides nothing.
 */
const AMBIGUITY_MARGIN = WEIGHTS.date / 2;

/** Rows of both sides that belong together. `bank` and `ledger` are row indexes (not row numbers). */
export interface ReconciliationMatch {
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly kind: 'one-to-one';
  /** 0 to 1, four decimals. */
  readonly score: number;
  /** Only a confirmed match settles its rows; a proposal waits for the examiner. */
  readonly status: 'confirmed' | 'proposed';
  /** Each field's agreement, and what keeps a proposal from being confirmed, in plain words. */
  readonly reasons: readonly string[];
}

export interface NearCandidate {
  /** Row index on the other side. */
  readonly index: number;
  /** Why it was not matched, in plain words; at least one. */
  readonly refusedBecause: readonly string[];
}

/** A row without a partner. */
export interface UnmatchedRow {
  readonly index: number;
  /** Why it could not take part at all; null where it did. */
  readonly excludedBecause: string | null;
  /** The nearest rows of the other side, at most three. */
  readonly candidates: readonly NearCandidate[];
}

export interface ReconciliationResult {
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly sign: SignDecision;
  /** By bank row index. Each row occurs in one match at most. */
  readonly matches: readonly ReconciliationMatch[];
  /** By row index. */
  readonly unmatchedBank: readonly UnmatchedRow[];
  readonly unmatchedLedger: readonly UnmatchedRow[];
  /** The currency each row was compared in, by row index; null where none is stated on either side or it could not be told. */
  readonly bankCurrency: (index: number) => string | null;
  readonly ledgerCurrency: (index: number) => string | null;
  /** Assumptions made and limits met, in plain words. */
  readonly notes: readonly string[];
}

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

const asScore = (tenThousandths: number): number => tenThousandths / FULL_SCORE;

const match = (
  sides: ComparableSides,
  b: number,
  assignment: Assignment,
  parameters: ReconciliationParameters,
): ReconciliationMatch => {
  const l = assignment.bankPartner[b] ?? 0;
  const score = assignment.bankScore[b] ?? 0;
  const rivals = assignment.rivals[b] ?? 0;
  const reasons = matchReasons(sides, b, l);
  const assumed =
    sides.bank.currencyKnowledge[b] === CURRENCY_ASSUMED_FOR_ROW ||
    sides.ledger.currencyKnowledge[l] === CURRENCY_ASSUMED_FOR_ROW;
  if (rivals > 0)
    reasons.push(
      `ambiguous: ${rivals} other ${rivals === 1 ? 'pairing fits' : 'pairings fit'} these rows as well, so this is only proposed`,
    );
  if (score < parameters.confirmThreshold)
    reasons.push(
      `score ${asScore(score)} lies below the confirm threshold ${asScore(parameters.confirmThreshold)}, so this is only proposed`,
    );
  const unequalOnText = sides.bank.amount[b] !== sides.ledger.amount[l] && assignment.byReference[b] === 0;
  if (unequalOnText) reasons.push('the amounts differ and no reference ties the rows, so this is only proposed');
  const confirmed = score >= parameters.confirmThreshold && rivals === 0 && !assumed && !unequalOnText;
  return {
    bank: [b],
    ledger: [l],
    kind: 'one-to-one',
    score: asScore(score),
    status: confirmed ? 'confirmed' : 'proposed',
    reasons,
  };
};

const exclusion = (rows: ComparableRows, index: number): string | null => {
  if (isComparable(rows, index)) return null;
  if (rows.repeated.has(index)) return 'it was confirmed to repeat another transaction';
  if (Number.isNaN(rows.amount[index] ?? Number.NaN))
    return 'its amount is unknown or too large to be compared exactly';
  return rows.day[index] === UNKNOWN_DAY
    ? 'its date is unknown'
    : 'it states no currency and the other side has several';
};

interface Refusal {
  readonly sides: ComparableSides;
  readonly assignment: Assignment;
  readonly statusOf: (bankIndex: number) => string;
  readonly tolerance: number;
  readonly parameters: ReconciliationParameters;
}

const refusedBecause = (
  { sides, assignment, statusOf, tolerance, parameters }: Refusal,
  b: number,
  l: number,
  candidateSide: SideName,
): string[] => {
  const window = parameters.dayWindow;
  const reasons = refusals(sides, b, l, tolerance, window);
  const inReach = reasons.length === 0;
  const partner = candidateSide === 'ledger' ? assignment.ledgerPartner[l] : assignment.bankPartner[b];
  if (partner !== undefined && partner >= 0) {
    const other = candidateSide === 'ledger' ? sides.bank : sides.ledger;
    const bankIndex = candidateSide === 'ledger' ? partner : b;
    reasons.push(
      `already matched to ${other.name} row ${other.rowNumber[partner] ?? 0} (${statusOf(bankIndex)}, score ${asScore(assignment.bankScore[bankIndex] ?? 0)})`,
    );
  } else if (inReach) {
    const score = pairScore(sides.bank, b, sides.ledger, l, tolerance, window);
    reasons.push(
      score < parameters.proposeThreshold
        ? `score ${asScore(score)} lies below the propose threshold ${asScore(parameters.proposeThreshold)}`
        : `too many rows alike: not among the ${CANDIDATE_LIMIT} candidates that were scored`,
    );
  }
  return reasons;
};

const unmatchedRows = (
  refusal: Refusal,
  own: OrderedRows,
  other: OrderedRows,
  partners: Int32Array,
  progress: (share: number) => void,
): UnmatchedRow[] => {
  const { sides, parameters } = refusal;
  const nearest = nearestCandidates(sides, own, other, parameters.dayWindow);
  const ownIsBank = own.rows.name === 'bank';
  const unmatched: UnmatchedRow[] = [];
  for (let index = 0; index < partners.length; index++) {
    if (index % 1024 === 0) progress(index / partners.length);
    if (partners[index] !== -1) continue;
    const excludedBecause = exclusion(own.rows, index);
    const candidates =
      excludedBecause !== null
        ? []
        : nearest.of(index).map(candidate => ({
            index: candidate,
            refusedBecause: ownIsBank
              ? refusedBecause(refusal, index, candidate, 'ledger')
              : refusedBecause(refusal, candidate, index, 'bank'),
          }));
    unmatched.push({ index, excludedBecause, candidates });
  }
  return unmatched;
};

const currencyReader =
  (sides: ComparableSides, rows: ComparableRows) =>
  (index: number): string | null =>
    sides.currencies[rows.currency[index] ?? -1] ?? null;

/**
 * Matches a bank statement with a ledger, row by row. Method, weights and limits: docs/specs/reconciliation.md.
 * Deterministic, and independent of the order of the rows except between rows that are alike in every field compared.
 * `progress` is called now and then with 0…1 and may throw to cancel.
 */
export const reconcile = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  parameters: ReconciliationParameters,
  progress: (share: number) => void,
): ReconciliationResult => {
  const scale = Math.max(bank.scale, ledger.scale, parameters.amountTolerance.scale);
  const tolerance = rescale(parameters.amountTolerance, scale)?.units;
  if (tolerance === undefined) throw new RangeError('amount-tolerance exceeds 2^53 units');
  const window = parameters.dayWindow;
  const asStated = comparableSides(bank, ledger, scale);
  const sign = decideSign(asStated.bank, asStated.ledger, parameters.sign, window);
  const sides: ComparableSides = sign.used === 'same' ? asStated : { ...asStated, ledger: negated(asStated.ledger) };

  const orderedBank = orderedRows(sides.bank);
  const orderedLedger = orderedRows(sides.ledger);
  progress(0.2);
  const pairs = candidatePairs(orderedBank, orderedLedger, { tolerance, window }, parameters.proposeThreshold, share =>
    progress(0.2 + 0.4 * share),
  );
  const assignment = assign(sides, pairs);

  const matches: ReconciliationMatch[] = [];
  const statuses = new Map<number, string>();
  for (let b = 0; b < bank.rowCount; b++) {
    if (assignment.bankPartner[b] === -1) continue;
    const made = match(sides, b, assignment, parameters);
    matches.push(made);
    statuses.set(b, made.status);
  }
  progress(0.7);
  const refusal: Refusal = { sides, assignment, statusOf: b => statuses.get(b) ?? '', tolerance, parameters };
  const unmatchedBank = unmatchedRows(refusal, orderedBank, orderedLedger, assignment.bankPartner, share =>
    progress(0.7 + 0.15 * share),
  );
  const unmatchedLedger = unmatchedRows(refusal, orderedLedger, orderedBank, assignment.ledgerPartner, share =>
    progress(0.85 + 0.15 * share),
  );
  const notes = [...sides.notes];
  if (pairs.boundedBankRows + pairs.boundedLedgerRows > 0)
    notes.push(
      `${pairs.boundedBankRows} bank rows and ${pairs.boundedLedgerRows} ledger rows had more than ${CANDIDATE_LIMIT} candidates; ` +
        'those nearest in content on each day, and those sharing an identifier, were scored',
    );
  return {
    version: RECONCILIATION_VERSION,
    parameters: parameters.stated,
    sign,
    matches,
    unmatchedBank,
    unmatchedLedger,
    bankCurrency: currencyReader(sides, sides.bank),
    ledgerCurrency: currencyReader(sides, sides.ledger),
    notes,
  };
};
