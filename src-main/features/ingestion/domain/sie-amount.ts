import { type Decimal, formatUnits, MAX_SCALE, parseDecimal } from '../../../kernel/decimal.ts';

interface SieAmount {
  readonly value: Decimal;
  /** Whether it is written with a decimal point, as the format wants it. */
  readonly standard: boolean;
}

/** An amount of a SIE item: sign, digits, a decimal point, no grouping (SIE 4B, 5.12). A decimal comma is read and told. */
export const parseSieAmount = (text: string): SieAmount | null => {
  const comma = /^[+-]?\d+,\d+$/.test(text);
  const value = parseDecimal(comma ? text.replace(',', '.') : text);
  return value === null ? null : { value, standard: !comma };
};

/** Units of 10^-9, to add exactly. */
export const nanoUnits = (value: Decimal): bigint => BigInt(value.units) * 10n ** BigInt(MAX_SCALE - value.scale);

/** An exact sum in units of 10^-9 as decimal text. */
export const nanoText = (sum: bigint): string => formatUnits(sum, MAX_SCALE, 2);
