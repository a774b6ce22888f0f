import type { Decimal } from '../../../../kernel/decimal.ts';

/** What the decimal text of an amount without exact units says of its digits. */
export interface OffScaleDigits {
  readonly negative: boolean;
  /** 100 to 999. */
  readonly leadingThree: number;
  /** The amount scaled by a power of ten to [1, 10), to the precision of a double. */
  readonly significand: number;
}

const TEXT = /^-?(\d+)(?:\.(\d+))?$/;

/** Digits of an amount given as plain decimal text; null for no text or a text without a digit other than 0. */
export const offScaleDigits = (text: string | undefined): OffScaleDigits | null => {
  const digits = text?.replace(/[^0-9]/g, '').replace(/^0+/, '') ?? '';
  if (text === undefined || digits === '') return null;
  return {
    negative: text.startsWith('-'),
    leadingThree: Number(digits.slice(0, 3).padEnd(3, '0')),
    significand: Number(`${digits[0]}.${digits.slice(1, 20)}`),
  };
};

/** True where the amount of this text, without its sign, is below the bound: exactly. */
export const isOffScaleBelow = (text: string, bound: Decimal): boolean => {
  const [, whole = '0', fraction = ''] = TEXT.exec(text) ?? [];
  return BigInt(whole + fraction) * 10n ** BigInt(bound.scale) < BigInt(bound.units) * 10n ** BigInt(fraction.length);
};
