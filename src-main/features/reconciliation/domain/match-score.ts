import type { ComparableRows } from './comparable-rows.ts';
import { type MatchReference, referenceNamed, textSimilarity } from './match-text.ts';

/** Weights in ten-thousandths of the score; docs/specs/reconciliation.md says why these. */
export const WEIGHTS = { amount: 6000, date: 2000, identity: 2000 } as const;

/** Identity agreement where neither reference nor text can be compared: neither for nor against. */
const UNKNOWN_IDENTITY = 0.5;
const CONTAINED_REFERENCE = 0.95;

export type ReferenceAgreement =
  | 'equal'
  | 'bank-holds-ledger'
  | 'ledger-holds-bank'
  | 'same-series-other-number'
  | 'silent';

/** What a row's own reference and text say of the other side's reference. */
export const named = (rows: ComparableRows, index: number, reference: MatchReference): 'this' | 'another' | 'none' => {
  if (reference.key === '') return 'none';
  const inReference = referenceNamed(rows.reference[index]?.tokens ?? [], reference);
  if (inReference === 'this') return 'this';
  const inText = referenceNamed(rows.text[index]?.tokens ?? [], reference);
  return inText === 'none' ? inReference : inText;
};

/** What two references, and each reference against the other side's text, say. */
export const referenceAgreement = (
  bank: ComparableRows,
  b: number,
  ledger: ComparableRows,
  l: number,
): ReferenceAgreement => {
  const ofBank = bank.reference[b];
  const ofLedger = ledger.reference[l];
  if (ofBank === undefined || ofLedger === undefined) return 'silent';
  if (ofBank.key !== '' && ofBank.key === ofLedger.key) return 'equal';
  if (ofBank.series !== '' && ofBank.series === ofLedger.series && ofBank.key.length === ofLedger.key.length)
    return 'same-series-other-number';
  const inBank = named(bank, b, ofLedger);
  if (inBank === 'this') return 'bank-holds-ledger';
  const inLedger = named(ledger, l, ofBank);
  if (inLedger === 'this') return 'ledger-holds-bank';
  return inBank === 'another' || inLedger === 'another' ? 'same-series-other-number' : 'silent';
};

/** True where a reference says that two rows are one movement. */
export const sameByReference = (agreement: ReferenceAgreement): boolean =>
  agreement === 'equal' || agreement === 'bank-holds-ledger' || agreement === 'ledger-holds-bank';

/** Agreement of who and what, 0 to 1: the reference where it speaks, else the text, else unknown. */
export const identityAgreement = (reference: ReferenceAgreement, text: number | null): number => {
  switch (reference) {
    case 'equal':
      return 1;
    case 'bank-holds-ledger':
    case 'ledger-holds-bank':
      return CONTAINED_REFERENCE;
    case 'same-series-other-number':
      return 0;
    case 'silent':
      return text ?? UNKNOWN_IDENTITY;
  }
};

export const textAgreement = (bank: ComparableRows, b: number, ledger: ComparableRows, l: number): number | null => {
  const ofBank = bank.text[b];
  const ofLedger = ledger.text[l];
  return ofBank === undefined || ofLedger === undefined ? null : textSimilarity(ofBank, ofLedger);
};

/** 1 for equal amounts, down to 0.7 at the tolerance: such a pair is proposed unless who and what speak against it. */
const amountAgreement = (difference: number, tolerance: number): number =>
  difference === 0 ? 1 : 1 - (0.3 * difference) / tolerance;

/** 1 for the same day, down to 0.5 at the edge of the window. */
export const dateAgreement = (days: number, window: number): number => (days === 0 ? 1 : 1 - days / (2 * window));

/** The identity part of the score, in ten-thousandths. */
export const identityScore = (bank: ComparableRows, b: number, ledger: ComparableRows, l: number): number => {
  const reference = referenceAgreement(bank, b, ledger, l);
  const text = reference === 'silent' ? textAgreement(bank, b, ledger, l) : null;
  return Math.round(WEIGHTS.identity * identityAgreement(reference, text));
};

/** The score of two rows within tolerance and window, in ten-thousandths. `tolerance` in units of the common scale. */
export const pairScore = (
  bank: ComparableRows,
  b: number,
  ledger: ComparableRows,
  l: number,
  tolerance: number,
  window: number,
): number => {
  const difference = Math.abs((bank.amount[b] ?? 0) - (ledger.amount[l] ?? 0));
  const days = Math.abs((bank.day[b] ?? 0) - (ledger.day[l] ?? 0));
  return (
    Math.round(WEIGHTS.amount * amountAgreement(difference, tolerance)) +
    Math.round(WEIGHTS.date * dateAgreement(days, window)) +
    identityScore(bank, b, ledger, l)
  );
};
