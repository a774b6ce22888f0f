import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';

/** CRDT adds to the account, DBIT takes from it; null for anything else. */
export const directionSign = (text: string): 1 | -1 | null => (text === 'CRDT' ? 1 : text === 'DBIT' ? -1 : null);

/** An unsigned amount (xs:decimal, minimum 0) with the direction's sign; null when it is not one or has too many digits. */
export const signedAmount = (text: string, sign: 1 | -1): Decimal | null => {
  if (text.startsWith('-')) return null;
  const amount = parseDecimal(text);
  return amount && sign < 0 && amount.units !== 0 ? { units: -amount.units, scale: amount.scale } : amount;
};
