import { rescale } from '../../../kernel/decimal.ts';
import type { AmountTolerance } from './amount-tolerance.ts';
import { withoutRivalled } from './combination-rivals.ts';
import { type ComparableRows, type ComparableSides, comparableSides, negated, withoutRows } from './comparable-rows.ts';
import { convertedSides } from './converted-sides.ts';
import { matchGroups } from './group-matching.ts';
import type { GroupSearch } from './group-search.ts';
import { Forbidden, MatchBook } from './match-book.ts';
import { matchOneToOne, type PairSearch } from './one-to-one.ts';
import { orderedRows } from './ordered-rows.ts';
import { ownTransfers } from './own-transfers.ts';
import { kindOf, type ReconciliationDecisions, type ReconciliationResult } from './reconciliation-match.ts';
import type { ReconciliationParameters } from './reconciliation-parameters.ts';
import type { ReconciliationSide } from './reconciliation-side.ts';
import { decideSign, type SignDecision } from './sign-convention.ts';
import { StepBudget } from './subset-sum.ts';
import { unmatchedRows } from './unmatched-rows.ts';

export const RECONCILIATION_VERSION = '2.1.0';

const NO_DECISIONS: ReconciliationDecisions = { settled: [], rejected: [] };

const currencyReader =
  (sides: ComparableSides, rows: ComparableRows) =>
  (index: number): string | null =>
    sides.currencies[rows.currency[index] ?? -1] ?? null;

/** A parameter in currency units at the common scale. */
const unitsOf = (value: { readonly units: number; readonly scale: number }, scale: number, name: string): number => {
  const units = rescale(value, scale)?.units;
  if (units === undefined) throw new RangeError(`${name} exceeds 2^53 units`);
  return units;
};

interface Stopped {
  readonly bank: Set<number>;
  readonly ledger: Set<number>;
}

interface Matching {
  readonly sides: ComparableSides;
  readonly book: MatchBook;
  readonly tolerance: AmountTolerance;
  readonly parameters: ReconciliationParameters;
  readonly forbidden: Forbidden;
  readonly groups: GroupSearch;
  readonly notes: string[];
  readonly stopped: Stopped;
}

/** The sides without the rows that are matched. */
const freeSides = ({ sides, book }: Matching): ComparableSides => ({
  ...sides,
  bank: withoutRows(sides.bank, index => book.ofBank[index] !== -1),
  ledger: withoutRows(sides.ledger, index => book.ofLedger[index] !== -1),
});

/** Row to row; answers the proposals that speak of different parties, which a tied combination may undo. */
const enterPairs = (matching: Matching, mayConfirm: boolean, progress: (share: number) => void): Set<number> => {
  const { book, tolerance, parameters, forbidden, notes, groups, stopped } = matching;
  const free = freeSides(matching);
  const search: PairSearch = { tolerance, parameters, forbidden, amountReason: null, mayConfirm, progress };
  const found = matchOneToOne(free, search);
  for (const note of found.notes) if (!notes.includes(note)) notes.push(note);
  const { pairs, unsearched } =
    mayConfirm && parameters.groupSize > 1
      ? withoutRivalled(groups, free, found.pairs)
      : { pairs: found.pairs, unsearched: null };
  for (const side of ['bank', 'ledger'] as const)
    for (const index of unsearched?.[side] ?? []) stopped[side].add(index);
  const weak = new Set<number>();
  for (const { match, contradicted } of pairs) {
    book.add(match);
    if (contradicted && match.status === 'proposed') weak.add(book.ofBank[match.bank[0] ?? 0] ?? -1);
  }
  return weak;
};

const enterGroups = (
  matching: Matching,
  weak: ReadonlySet<number>,
  tiedOnly: boolean,
  progress: (share: number) => void,
): void => {
  const { book, groups, stopped } = matching;
  const isFree = (of: Int32Array) => (index: number) => of[index] === -1 || weak.has(of[index] ?? -1);
  const found = matchGroups(groups, { bank: isFree(book.ofBank), ledger: isFree(book.ofLedger) }, tiedOnly, progress);
  for (const match of found.matches) {
    for (const b of match.bank) book.release(book.ofBank[b] ?? -1);
    for (const l of match.ledger) book.release(book.ofLedger[l] ?? -1);
    book.add(match);
  }
  for (const b of found.stoppedBank) stopped.bank.add(b);
  for (const l of found.stoppedLedger) stopped.ledger.add(l);
};

/** Decides the sign by conversions where no row has a partner of its own currency. */
const signOf = (
  asStated: ComparableSides,
  parameters: ReconciliationParameters,
  forbidden: Forbidden,
): SignDecision => {
  const decided = decideSign(asStated.bank, asStated.ledger, parameters.sign, parameters.dayWindow);
  if (decided.decidedBy === 'parameter' || decided.exactWhenSame !== decided.exactWhenOpposite) return decided;
  const tolerance = { absolute: 0, percent: parameters.rateTolerancePercent };
  const search = { tolerance, parameters, forbidden, amountReason: null, mayConfirm: true, progress: () => {} };
  const pairs = (ledger: ComparableRows): number =>
    convertedSides({ ...asStated, ledger }, parameters.rates).reduce(
      (sum, view) => sum + matchOneToOne(view.sides, search).pairs.length,
      0,
    );
  return pairs(negated(asStated.ledger)) > pairs(asStated.ledger) ? { ...decided, used: 'opposite' } : decided;
};

const enterConversions = (matching: Matching, progress: (share: number) => void): void => {
  const { book, parameters, forbidden } = matching;
  const tolerance = { absolute: 0, percent: parameters.rateTolerancePercent };
  for (const view of convertedSides(freeSides(matching), parameters.rates)) {
    const sides = {
      ...view.sides,
      bank: withoutRows(view.sides.bank, index => book.ofBank[index] !== -1),
      ledger: withoutRows(view.sides.ledger, index => book.ofLedger[index] !== -1),
    };
    const search = { tolerance, parameters, forbidden, amountReason: view.amountReason, mayConfirm: true, progress };
    for (const { match } of matchOneToOne(sides, search).pairs) book.add(match);
  }
};

const enterDecisions = (book: MatchBook, { settled }: ReconciliationDecisions): void => {
  for (const { bank, ledger } of settled)
    book.add({
      bank: [...bank].sort((a, b) => a - b),
      ledger: [...ledger].sort((a, b) => a - b),
      kind: kindOf(bank.length, ledger.length),
      score: 1,
      status: 'confirmed',
      reasons: ['matched by the examiner'],
    });
};

/** Pairs first, then combinations that something ties, then own transfers, what that leaves, conversions, and the other combinations. */
const matchAll = (matching: Matching, progress: (share: number) => void): void => {
  const { sides, book, forbidden, parameters } = matching;
  const weak = enterPairs(matching, true, share => progress(0.3 * share));
  const grouping = parameters.groupSize > 1 || parameters.feePercent.units + parameters.feeAmount.units > 0;
  if (grouping) enterGroups(matching, weak, true, share => progress(0.3 + 0.2 * share));
  for (const side of ['bank', 'ledger'] as const)
    for (const match of ownTransfers(sides, freeSides(matching)[side], forbidden, parameters)) book.add(match);
  enterPairs(matching, false, share => progress(0.5 + 0.1 * share));
  enterConversions(matching, share => progress(0.6 + 0.1 * share));
  if (grouping) enterGroups(matching, new Set(), false, share => progress(0.7 + 0.3 * share));
};

/**
 * Matches a bank statement with a ledger. Method, weights and limits: docs/specs/reconciliation.md. Deterministic, and
 * independent of the order of the rows except between rows that are alike in every field compared. `progress` is called now
 * and then with 0…1 and may throw to cancel. `decisions`: what people decided stands and is not searched again; throws a
 * RangeError where two settled matches share a row.
 */
export const reconcile = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  parameters: ReconciliationParameters,
  progress: (share: number) => void,
  decisions: ReconciliationDecisions = NO_DECISIONS,
): ReconciliationResult => {
  const scale = Math.max(bank.scale, ledger.scale, parameters.amountTolerance.scale, parameters.feeAmount.scale);
  const tolerance: AmountTolerance = {
    absolute: unitsOf(parameters.amountTolerance, scale, 'amount-tolerance'),
    percent: parameters.amountTolerancePercent,
  };
  const asStated = comparableSides(bank, ledger, scale);
  const forbidden = new Forbidden(decisions.rejected);
  const sign = signOf(asStated, parameters, forbidden);
  const sides: ComparableSides = sign.used === 'same' ? asStated : { ...asStated, ledger: negated(asStated.ledger) };
  const book = new MatchBook(bank.rowCount, ledger.rowCount);
  const budget = new StepBudget(parameters.searchSteps);
  const feeUnits = unitsOf(parameters.feeAmount, scale, 'fee-amount');
  const groups: GroupSearch = { sides, tolerance, feeUnits, parameters, forbidden, budget };
  const stopped: Stopped = { bank: new Set(), ledger: new Set() };
  const notes = [...sides.notes];
  progress(0.1);
  enterDecisions(book, decisions);
  matchAll({ sides, book, tolerance, parameters, forbidden, groups, notes, stopped }, share =>
    progress(0.1 + 0.6 * share),
  );
  const stoppedRows = stopped.bank.size + stopped.ledger.size;
  if (stoppedRows > 0)
    notes.push(
      `the search for combinations reached its limit of ${parameters.searchSteps} steps (search-steps): ${stopped.bank.size} bank rows and ${stopped.ledger.size} ledger rows were not searched`,
    );
  const orderedBank = orderedRows(sides.bank);
  const orderedLedger = orderedRows(sides.ledger);
  const context = { sides, book, tolerance, parameters, forbidden };
  return {
    version: RECONCILIATION_VERSION,
    parameters: parameters.stated,
    sign,
    matches: book.matches(),
    unmatchedBank: unmatchedRows(context, orderedBank, orderedLedger, stopped.bank, share =>
      progress(0.7 + 0.15 * share),
    ),
    unmatchedLedger: unmatchedRows(context, orderedLedger, orderedBank, stopped.ledger, share =>
      progress(0.85 + 0.15 * share),
    ),
    bankCurrency: currencyReader(sides, sides.bank),
    ledgerCurrency: currencyReader(sides, sides.ledger),
    notes,
  };
};
