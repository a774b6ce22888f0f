/** Length of a Norma 43 record. */
export const NORMA43_RECORD_LENGTH = 80;

/** Positions as the standard counts them: from 1, both ends included. `line` is padded to the record's length. */
export const at = (line: string, from: number, to: number): string => line.slice(from - 1, to);

/** Cents of an amount of 12 digits and 2 decimals, unsigned; null when it is not 14 digits. */
export const norma43Cents = (digits: string): number | null => (/^\d{14}$/.test(digits) ? Number(digits) : null);

/** Cents with their sign: 1 is debit (debe, negative), 2 credit (haber); null where either is unreadable. */
export const norma43SignedCents = (key: string, digits: string): number | null => {
  const cents = norma43Cents(digits);
  if (cents === null || (key !== '1' && key !== '2')) return null;
  return key === '1' && cents !== 0 ? -cents : cents;
};
