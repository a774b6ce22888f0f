/** What the decimal text of an amount beyond 2^53 units says of its digits. */
export interface LargeAmountDigits {
  readonly negative: boolean;
  /** 100 to 999. */
  readonly leadingThree: number;
  /** The amount scaled by a power of ten to [1, 10), to the precision of a double. */
  readonly significand: number;
}

/** Digits of an amount given as plain decimal text; null for no text or a text without a digit other than 0. */
export const largeAmountDigits = (text: string | undefined): LargeAmountDigits | null => {
  const digits = text?.replace(/[^0-9]/g, '').replace(/^0+/, '') ?? '';
  if (text === undefined || digits === '') return null;
  return {
    negative: text.startsWith('-'),
    leadingThree: Number(digits.slice(0, 3).padEnd(3, '0')),
    significand: Number(`${digits[0]}.${digits.slice(1, 20)}`),
  };
};
