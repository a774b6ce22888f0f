import type { TFunction } from 'i18next';

/** What the engine may propose that an open row is (docs/specs/reconciliation.md). */
const PROPOSALS = [
  'duplicate',
  'reversed-sign',
  'transposed-digits',
  'wrong-amount',
  'bank-fee',
  'bank-interest',
  'timing-difference',
  'deposit-in-transit',
  'outstanding-payment',
  'not-booked',
] as const;

/** A kind of proposal in the words of the field; one the screen does not know is shown as the engine calls it. */
export const proposalName = (t: TFunction, kind: string): string => {
  const known = PROPOSALS.find(each => each === kind);
  return known === undefined ? kind : t(`reconciliation.proposals.${known}`);
};
