import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import {
  type ComparableRows,
  type ComparableSides,
  CURRENCY_ASSUMED_FOR_ROW,
  CURRENCY_STATED,
} from './comparable-rows.ts';
import { referenceAgreement, textAgreement } from './match-score.ts';

/** Text of an amount at the common scale with the decimals of its currency, without its code. */
export const amountText = (sides: ComparableSides, units: number, currency: number): string =>
  formatUnits(units, sides.scale, Math.min(sides.scale, currencyExponent(sides.currencies[currency] ?? null)));

/** The same with the currency's code where known. */
export const moneyText = (sides: ComparableSides, units: number, currency: number): string => {
  const code = sides.currencies[currency] ?? null;
  const text = amountText(sides, units, currency);
  return code === null ? text : `${text} ${code}`;
};

const days = (count: number): string => `${count} day${count === 1 ? '' : 's'}`;

const amountReason = (sides: ComparableSides, b: number, l: number): string => {
  const ofBank = sides.bank.amount[b] ?? 0;
  const difference = Math.abs(ofBank - (sides.ledger.amount[l] ?? 0));
  const currency = sides.bank.currency[b] ?? -1;
  return difference === 0
    ? `amount: equal (${moneyText(sides, ofBank, currency)})`
    : `amount: differs by ${moneyText(sides, difference, currency)}, within the tolerance`;
};

const dateReason = (sides: ComparableSides, b: number, l: number): string => {
  const later = (sides.ledger.day[l] ?? 0) - (sides.bank.day[b] ?? 0);
  return later === 0
    ? 'date: same day'
    : `date: ledger ${days(Math.abs(later))} ${later < 0 ? 'before' : 'after'} bank`;
};

const referenceReason = (sides: ComparableSides, b: number, l: number): string => {
  switch (referenceAgreement(sides.bank, b, sides.ledger, l)) {
    case 'equal':
      return `reference: equal (${sides.bank.reference[b]?.tokens.join(' ')})`;
    case 'bank-holds-ledger':
      return `reference: the bank row names the ledger's (${sides.ledger.reference[l]?.tokens.join(' ')})`;
    case 'ledger-holds-bank':
      return `reference: the ledger row names the bank's (${sides.bank.reference[b]?.tokens.join(' ')})`;
    case 'same-series-other-number':
      return 'reference: same series, different numbers';
    case 'silent':
      return 'reference: cannot be compared';
  }
};

const textReason = (sides: ComparableSides, b: number, l: number): string => {
  const agreement = textAgreement(sides.bank, b, sides.ledger, l);
  if (agreement === null) return 'text: cannot be compared';
  return agreement === 0 ? 'text: nothing in common' : `text: agrees to ${Math.round(agreement * 100)} %`;
};

const currencyReason = (sides: ComparableSides, rows: ComparableRows, index: number): string | null => {
  const knowledge = rows.currencyKnowledge[index] ?? CURRENCY_STATED;
  if (knowledge === CURRENCY_STATED) return null;
  const code = sides.currencies[rows.currency[index] ?? -1] ?? null;
  if (code === null) return 'currency: not stated on either side';
  return knowledge === CURRENCY_ASSUMED_FOR_ROW
    ? `currency: the ${rows.name} row states none, ${code} is assumed, so this is only proposed`
    : `currency: the ${rows.name} side states none, taken as ${code}`;
};

/** Each field's agreement of two rows that match, in plain words. */
export const matchReasons = (sides: ComparableSides, b: number, l: number): string[] => {
  const reasons = [
    amountReason(sides, b, l),
    dateReason(sides, b, l),
    referenceReason(sides, b, l),
    textReason(sides, b, l),
  ];
  const ofBank = currencyReason(sides, sides.bank, b);
  const ofLedger = currencyReason(sides, sides.ledger, l);
  if (ofBank !== null) reasons.push(ofBank);
  if (ofLedger !== null && ofLedger !== ofBank) reasons.push(ofLedger);
  return reasons;
};

/** Why two rows were not matched with each other, as far as amount, date and currency go; empty where none of them stands against it. */
export const refusals = (sides: ComparableSides, b: number, l: number, tolerance: number, window: number): string[] => {
  const reasons: string[] = [];
  const ofBank = sides.bank.currency[b] ?? -1;
  const ofLedger = sides.ledger.currency[l] ?? -1;
  if (ofBank !== ofLedger)
    reasons.push(
      `currency differs: bank ${sides.currencies[ofBank] ?? 'not stated'}, ledger ${sides.currencies[ofLedger] ?? 'not stated'}`,
    );
  const difference = Math.abs((sides.bank.amount[b] ?? 0) - (sides.ledger.amount[l] ?? 0));
  if (difference > tolerance)
    reasons.push(
      ofBank === ofLedger
        ? `amount differs by ${moneyText(sides, difference, ofBank)}`
        : `amount differs: bank ${moneyText(sides, sides.bank.amount[b] ?? 0, ofBank)}, ledger ${moneyText(sides, sides.ledger.amount[l] ?? 0, ofLedger)}`,
    );
  const apart = Math.abs((sides.bank.day[b] ?? 0) - (sides.ledger.day[l] ?? 0));
  if (apart > window) reasons.push(`date is ${days(apart)} away, outside the window of ${days(window)}`);
  return reasons;
};
